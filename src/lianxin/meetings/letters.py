"""The letter that a department gets after a forum: its text, and the annexed list of its items."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.numbers import next_number
from lianxin.documents.services import letter_issue
from lianxin.handling import senders
from lianxin.handling.models import Assignment
from lianxin.meetings.models import Forum, ForumItem, ForumLetter
from lianxin.people.selectors import organ_name

ANNEX = "代表意见清单"


def letter_number(forum: Forum) -> str:
    """Return the next number of a hand-over letter of forums in this year."""
    year = clock.today().year
    count = next_number(home6=forum.home6, series=f"forum_letter:{forum.division_code}", year=year)
    return f"议政转〔{year}〕{count}号"


def batch_letter_store(
    *, actor: Actor, row: ForumLetter, items: Sequence[ForumItem], part: Assignment
) -> UUID:
    """Issue the letter with its annex; return the letter's id."""
    forum = row.forum
    body = [
        f"{_day(clock.local_date(forum.held_at))}，{forum.title}围绕“{forum.theme}”听取了代表意见。"
        f"需要贵单位会后书面答复的共 {row.items} 件，现随函转办，清单附后。",
        f"请逐件办理，于{_day(row.due_on)}前答复提出意见的代表。"
        "不属于贵单位职责的，请在期限内申请退办，不要自行转给其他单位。",
    ]
    return _issued(actor, row, part, f"关于转办{forum.title}代表意见的函", body, items)


def second_letter_store(*, actor: Actor, item: ForumItem, part: Assignment) -> ForumLetter:
    """Issue the letter that gives one item back after a dissatisfied rating; it says why and until when."""
    forum = item.forum
    assert part.reply_due_on and item.refused_on
    row = ForumLetter.objects.create(
        forum=forum,
        item=item,
        home6=forum.home6,
        division_code=forum.division_code,
        unit=part.unit_code,
        number=letter_number(forum),
        items=1,
        due_on=part.reply_due_on,
    )
    body = [
        f"贵单位对{forum.title}第 {item.number} 件代表意见的书面答复，"
        f"{item.deputy.name}代表于{_day(item.refused_on)}评价不满意，原因是：{item.refused_note}。",
        f"请针对原因重新办理，先与代表当面沟通，于{_day(row.due_on)}前重新书面答复。",
    ]
    title = f"关于重新办理{forum.title}第 {item.number} 件代表意见的函"
    row.letter_id = _issued(actor, row, part, title, body, [item])
    row.save(update_fields=["letter_id"])
    return row


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _issued(  # noqa: PLR0913 - the parts of a letter
    actor: Actor,
    row: ForumLetter,
    part: Assignment,
    title: str,
    body: list[str],
    items: Sequence[ForumItem],
) -> UUID:
    forum = row.forum
    content = {
        "kind": "forum_hand_over",
        "organ": senders.body_name(part),
        "number": row.number,
        "title": title,
        "addressee": organ_name(row.unit),
        "body": body,
        "enclosures": [ANNEX],
        "annex": _annex(items),
        "signature": senders.body_name(part),
        "copies": senders.oversight_of(part),
        "date": str(clock.today()),
        "home6": forum.home6,
    }
    return letter_issue(
        home6=forum.home6,
        matter_kind="forum",
        matter_id=forum.id,
        part_id=row.id,
        kind="forum_batch",
        content=content,
        signed_by=actor.name,
    ).id


def _annex(items: Sequence[ForumItem]) -> dict[str, object]:
    rows = [[str(one.number), one.deputy.name, one.get_kind_display(), one.text] for one in items]
    return {"title": ANNEX, "head": ["序号", "提出代表", "类型", "内容"], "rows": rows}
