"""巡查单: the supervising deputy's quarterly sheet, findings with a day, the second look."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from lianxin.audit.moving import Trail, move
from lianxin.audit.services import record
from lianxin.campaigns.models import Finding, Inspection
from lianxin.campaigns.permissions import may_assign, may_find, may_inspect
from lianxin.campaigns.rules import checklist, missing_answers, quarter_of
from lianxin.campaigns.services.telling import tell_deputy, tell_town, tell_village
from lianxin.campaigns.workflow import FINDING, FindingFacts, State
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Denied, Invalid, NotFound
from lianxin.common.writes import write
from lianxin.duties.services import duty_post
from lianxin.people.actors import deputy_of
from lianxin.people.models import Deputy
from lianxin.people.terms import refuse_ended_term
from lianxin.rulebook.selectors import value
from lianxin.villages.hiding import hidden
from lianxin.villages.models import VillageProfile

TRAIL = Trail("village_finding", "village_finding")
Answers = Mapping[str, bool]
Problems = Mapping[str, str]


@write
def inspection_record(  # noqa: PLR0913 - what a sheet says
    *,
    actor: Actor,
    village: str,
    on: date,
    answers: Answers,
    problems: Problems,
    note: str = "",
    device_time: datetime | None = None,
    request_id: str | None = None,
) -> Inspection:
    """Take in a village's sheet of a quarter; what is not in order becomes a finding with a day."""
    if not may_inspect(actor, village):
        raise Denied("只有这个村的监督代表或本镇可以填巡查单。")
    profile = VillageProfile.objects.filter(division_code=village).first()
    if profile is None:
        raise NotFound("没有找到这个村，请从「我监督的村」进来。")
    _said(on, answers, problems)
    refuse_ended_term(on, profile.home6)
    quarter = quarter_of(on)
    if Inspection.objects.filter(division_code=village, quarter=quarter).exists():
        raise Conflict("这个村本季度的巡查单已经交过了。")
    row = Inspection.objects.create(
        home6=profile.home6,
        division_code=village,
        quarter=quarter,
        on=on,
        deputy=deputy_of(actor),
        answers={key: bool(ok) for key, ok in answers.items()},
        note=hidden(note.strip()[:500])[0],
    )
    found = _findings(row, problems)
    Finding.objects.bulk_create(found)
    facts = {"village": village, "quarter": quarter, "findings": len(found)}
    record(
        actor=actor,
        tag="village_inspection.record",
        kind="village_inspection",
        target=row.id,
        home6=row.home6,
        facts=facts,
    )
    _told(actor, row, len(found), online=device_time is None)
    return row


def _said(on: date, answers: Answers, problems: Problems) -> None:
    errors: dict[str, str] = {}
    if on > clock.today() or on < clock.today() - timedelta(days=120):
        errors["on"] = "请填巡查那天，最多补四个月以内的。"
    for key in missing_answers(answers):
        errors[key] = "这一项还没有勾。"
    for one in checklist():
        if answers.get(one.key) is False and len(problems.get(one.key, "").strip()) < 4:
            errors[one.key] = "有问题的请写一句是什么问题。"
    if errors:
        raise Invalid("巡查单还没填完，填的都还在。", fields=errors)


def _findings(row: Inspection, problems: Problems) -> list[Finding]:
    due = row.on + timedelta(days=value("inspection.mend_days", home6=row.home6))
    return [
        Finding(
            home6=row.home6,
            division_code=row.division_code,
            inspection=row,
            key=one.key,
            link=one.link,
            words=hidden(problems[one.key].strip()[:300])[0],
            due_on=due,
        )
        for one in checklist()
        if row.answers.get(one.key) is False
    ]


def _told(actor: Actor, row: Inspection, found: int, *, online: bool) -> None:
    if found:
        tell_village(row, f"监督代表巡查，有 {found} 个问题要整改", f"found:{row.id}")
    if row.deputy is not None:
        facts = {"topic": "村民自治巡查", "title": "村民自治季度巡查"}
        duty_post(
            actor=actor,
            deputy_id=row.deputy.pk,
            kind="inspection",
            on=row.on,
            home6=row.home6,
            division_code=row.division_code,
            source_room="campaigns",
            source_id=str(row.id),
            online=online,
            facts=facts,
        )


def finding_facts(row: Finding, new_due: date | None = None) -> FindingFacts:
    """Return the plain facts that guards look at."""
    return FindingFacts(today=clock.today(), new_due=new_due)


def _step(
    actor: Actor, row: Finding, act: str, note: str, new_due: date | None = None, **changes: Any
) -> Finding:
    if not may_find(actor, act, row):
        raise Denied("您没有办理这一步的权限。")
    to = FINDING.next_state(row.state, act, finding_facts(row, new_due))
    words = hidden(note.strip()[:300])[0]
    return move(row, actor=actor, act=act, to=to, trail=TRAIL, note=words, **changes)


def _long_enough(note: str) -> str:
    words = note.strip()
    if not 4 <= len(words) <= 300:
        raise Invalid("请写清楚。", fields={"note": "写 4 到 300 个字。"})
    return hidden(words)[0]


@write
def finding_mend(*, actor: Actor, row: Finding, note: str, request_id: str | None = None) -> Finding:
    """The village says how a problem was mended; the deputy looks again."""
    words = _long_enough(note)
    _step(actor, row, "mend", words, mended_words=words)
    tell_deputy(row, "村里说整改好了，请去复查", f"mended:{row.id}:{row.events.count()}")
    return row


@write
def finding_close(*, actor: Actor, row: Finding, note: str, request_id: str | None = None) -> Finding:
    """The second look: the problem is mended."""
    return _step(actor, row, "close", _long_enough(note), rechecked_on=clock.today())


@write
def finding_reopen(
    *, actor: Actor, row: Finding, note: str, due_on: date, request_id: str | None = None
) -> Finding:
    """The second look: not mended yet, with a new day."""
    words = _long_enough(note)
    _step(actor, row, "reopen", words, due_on, rechecked_on=clock.today(), due_on=due_on)
    tell_village(row, f"复查没有通过，请在 {due_on} 前改好", f"again:{row.id}:{row.events.count()}")
    return row


@write
def supervisor_assign(
    *, actor: Actor, profile: VillageProfile, deputy: Deputy, request_id: str | None = None
) -> VillageProfile:
    """Name the supervising deputy of a village (每村至少一名监督代表)."""
    if not may_assign(actor, profile.division_code):
        raise Denied("只有人大代工委或本镇可以安排监督代表。")
    VillageProfile.objects.filter(pk=profile.pk).update(supervising_deputy=deputy)
    profile.refresh_from_db()
    facts = {"deputy": str(deputy.pk)}
    record(
        actor=actor,
        tag="village.supervisor",
        kind="village",
        target=profile.id,
        home6=profile.home6,
        facts=facts,
    )
    return profile


def inspection_tick(today: date | None = None) -> int:
    """Tell town, village and deputy of findings that are past their day without a second look; each once."""
    day = today or clock.today()
    late = list(
        Finding.objects.exclude(state=State.CLOSED).filter(
            due_on__lt=day, due_on__gte=day - timedelta(days=7)
        )
    )
    for row in late:
        key = f"late:{row.id}:{row.due_on}"
        tell_town(row, "有村的问题到期没有复查", key)
        tell_village(row, "整改期限已过，请尽快改好", key)
        tell_deputy(row, "您监督的村有问题到期没有复查", key)
    return len(late)
