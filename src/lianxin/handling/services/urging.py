"""Urging (催办、督办单、约谈建议) and warnings: each step is a record, once for a unit's part."""

from __future__ import annotations

from datetime import date, timedelta

from lianxin.common import clock
from lianxin.common.actor import SYSTEM, Actor
from lianxin.common.errors import Conflict
from lianxin.common.numbers import next_number
from lianxin.common.writes import write
from lianxin.handling.letters import urging_letter_store
from lianxin.handling.models import Assignment, Deadline, Urging
from lianxin.handling.rules import UrgingKind, urging_due, warning_due
from lianxin.handling.services.notices import tell_unit
from lianxin.handling.services.step import step
from lianxin.handling.workflow import State
from lianxin.rulebook.services import value

WORDS = {UrgingKind.REMINDER: "催办单", UrgingKind.SUPERVISION: "督办单", UrgingKind.TALK: "约谈建议"}
LATE_WORDS = "超过答复期限，系统按本地制度发出。"


@write
def urge(
    *, actor: Actor, assignment: Assignment, kind: UrgingKind, reason: str, request_id: str | None = None
) -> Assignment:
    """Issue one step of urging; the same step twice is a conflict."""
    step(actor=actor, assignment=assignment, act="urge", note=reason, facts={"kind": kind.value})
    _issue(actor, assignment, kind, reason)
    return assignment


def urge_overdue(*, actor: Actor = SYSTEM, today: date) -> int:
    """Issue the steps that are due and not yet issued; return how many (safe to repeat)."""
    late = Assignment.objects.filter(ended=False, reply_due_on__lt=today)
    late = late.exclude(urgings__kind=UrgingKind.TALK).prefetch_related("urgings")
    count = 0
    for part in late:
        kind = _step_due(part, today)
        if kind is not None:
            _urge_late(actor=actor, assignment=part, kind=kind)
            count += 1
    return count


def warn_soon(*, today: date) -> int:
    """Warn units 15, 7 and 1 days before their reply is due; the outbox tells each step once."""
    steps: list[int] = value("suggestion.warn_days")
    soon = Assignment.objects.filter(
        ended=False, reply_due_on__range=(today, today + timedelta(days=max(steps)))
    )
    count = 0
    for part in soon:
        count += _warn(part, today, steps)
    return count + _warn_of_targets(today, steps)


def remind_of_progress(*, today: date) -> int:
    """Remind units that have recorded nothing for a month (本地制度：每 30 天至少一次)."""
    days: int = value("suggestion.min_progress_days")
    since = today - timedelta(days=days)
    quiet = Assignment.objects.filter(
        ended=False, state=State.IN_HANDLING, handed_over_on__lt=since, needs_contact=True
    ).exclude(progress__on__gte=since)
    for part in quiet:
        words = f"已有 {days} 天没有记进展：{part.title}"
        tell_unit(part, words, "请记一次办理进展，代表会同时看到。", dedupe=f"quiet:{today:%Y%m}")
    return len(quiet)


@write
def _urge_late(*, actor: Actor, assignment: Assignment, kind: UrgingKind) -> Assignment:
    facts = {"kind": kind.value}
    step(actor=actor, assignment=assignment, act="urge_by_time", note=LATE_WORDS, facts=facts)
    _issue(actor, assignment, kind, LATE_WORDS)
    return assignment


def _step_due(part: Assignment, today: date) -> UrgingKind | None:
    assert part.reply_due_on is not None
    days = value("suggestion.urge_days", home6=part.home6)
    kind = urging_due(
        part.reply_due_on, today, {step_kind: days[step_kind.value] for step_kind in UrgingKind}
    )
    issued = {urging.kind for urging in part.urgings.all()}
    return kind if kind is not None and kind.value not in issued else None


def _warn(part: Assignment, today: date, steps: list[int]) -> int:
    assert part.reply_due_on is not None
    reached = warning_due(part.reply_due_on, today, steps)
    if reached is None:
        return 0
    left = (part.reply_due_on - today).days
    words = f"离答复期限还有 {left} 天：{part.title}" if left else f"今天到答复期限：{part.title}"
    due = f"答复期限是 {part.reply_due_on:%Y-%m-%d}。"
    tell_unit(part, words, due, dedupe=f"warn:{reached}:{part.reply_due_on}")
    return 1


def _warn_of_targets(today: date, steps: list[int]) -> int:
    """Remind of a target (力争) before it; it is no limit, so nothing is urged after it."""
    soon = Deadline.objects.filter(what="target", met_on=None, replaced=False, assignment__ended=False)
    count = 0
    for due in soon.filter(due_on__range=(today, today + timedelta(days=max(steps)))):
        reached, part = warning_due(due.due_on, today, steps), due.assignment
        if reached is not None and part is not None:
            words = f"直通车力争在 {due.due_on:%Y-%m-%d} 前答复：{part.title}"
            text = f"这是目标，不是期限；答复期限是 {part.reply_due_on:%Y-%m-%d}。"
            tell_unit(part, words[:160], text, dedupe=f"target:{reached}:{due.due_on}")
            count += 1
    return count


def _issue(actor: Actor, assignment: Assignment, kind: UrgingKind, reason: str) -> None:
    today = clock.today()
    row, made = Urging.objects.get_or_create(
        assignment=assignment, kind=kind, defaults={"issued_on": today, "reason": reason}
    )
    if not made:
        raise Conflict(f"这件事已经发过{WORDS[kind]}。")
    series = f"urging:{kind.value}:{assignment.division_code}"
    row.number = str(next_number(home6=assignment.home6, series=series, year=today.year))
    row.letter_id = urging_letter_store(actor=actor, assignment=assignment, urging=row)
    row.save(update_fields=["number", "letter_id"])
    tell_unit(assignment, f"{WORDS[kind]}：{assignment.title}", reason, dedupe=f"urged:{kind.value}")
