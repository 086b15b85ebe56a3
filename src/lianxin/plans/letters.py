"""Papers of this room in the letter format of official documents: petition, plan, minutes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings

from lianxin.common import clock
from lianxin.documents import typesetting
from lianxin.documents.letters import day_of, numeral, sheet
from lianxin.documents.models import LetterVersion
from lianxin.documents.services import letter_issue
from lianxin.handling.senders import region_name
from lianxin.plans.content import Content, content_of
from lianxin.plans.models import MeetingDecision, MeetingMinutes, Petition, PlanVersion, WorkMeeting
from lianxin.plans.owners import owner_name
from lianxin.plans.rules import Attendance

HEAD = ["序号", "责任单位", "完成时限", "任务"]


def body_name(home6: str) -> str:
    """Return the standing committee as it signs."""
    return f"{region_name(home6)}人民代表大会常务委员会"


def petition_letter(row: Petition, text: str, *, signed_by: str) -> LetterVersion:
    """Issue the letter by which the committee is asked; its content is fixed by a checksum."""
    content = {
        "kind": "petition",
        "organ": body_name(row.home6),
        "number": row.number,
        "title": row.title,
        "addressee": f"中共{region_name(row.home6)}委员会",
        "body": [*(one.strip() for one in text.splitlines() if one.strip()), "妥否，请批示。"],
        "signature": body_name(row.home6),
        "date": str(clock.today()),
        "home6": row.home6,
    }
    return letter_issue(
        home6=row.home6,
        matter_kind="petition",
        matter_id=row.id,
        part_id=None,
        kind="petition",
        content=content,
        signed_by=signed_by,
    )


def plan_pdf(version: PlanVersion) -> bytes:
    """Return a version of a plan: its goals as the text, its tasks as the annexed list."""
    content = content_of(version.content)
    issued = version.issued_on
    paper = {
        "organ": body_name(version.home6),
        "number": f"第{version.number}版" if issued else f"第{version.number}版（未批准）",
        "title": version.plan.title,
        "body": _goals(content),
        "enclosures": ["任务分解表"],
        "signature": body_name(version.home6) if issued else "",
        "date": str(issued) if issued else "",
        "annex": _table(
            "任务分解表", [(one.number, one.owner, one.due_on, one.text) for one in content.lines]
        ),
    }
    return typesetting.pdf("letter", sheet(paper, demo=settings.LIANXIN_DEMO))


def _goals(content: Content) -> list[str]:
    return [f"{numeral(place)}、{one.text}" for place, one in enumerate(content.goals, 1)]


def minutes_pdf(
    meeting: WorkMeeting, minutes: MeetingMinutes, decisions: Sequence[MeetingDecision], came: Attendance
) -> bytes:
    """Return the minutes with the list of what was decided."""
    day = clock.local_date(meeting.held_at)
    rows = [(one.number, one.owner, one.due_on, one.text) for one in decisions]
    paper: dict[str, Any] = {
        "organ": body_name(meeting.home6),
        "number": f"会议纪要第{minutes.version}稿",
        "title": f"{meeting.title}纪要",
        "body": [
            f"{day_of(str(day))}，在{meeting.place}召开{meeting.title}。"
            f"应到 {came.asked} 个单位，实到 {came.present} 个，请假 {came.leave} 个。",
            *(one.strip() for one in minutes.text.splitlines() if one.strip()),
        ],
        "enclosures": ["议定事项"] if rows else [],
        "signature": body_name(meeting.home6),
        "date": str(clock.local_date(minutes.created_at)),
        "annex": _table("议定事项", rows) if rows else None,
    }
    return typesetting.pdf("letter", sheet(paper, demo=settings.LIANXIN_DEMO))


def _table(title: str, rows: Sequence[tuple[int, str, date, str]]) -> dict[str, Any]:
    lines = [[str(number), owner_name(owner), str(due), text] for number, owner, due, text in rows]
    return {"title": title, "head": HEAD, "rows": lines}
