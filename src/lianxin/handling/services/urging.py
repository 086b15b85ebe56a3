"""Urging (催办、督办单、约谈建议): each step is a record with a letter, once for a unit's part."""

from __future__ import annotations

from datetime import date

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict
from lianxin.common.writes import write
from lianxin.handling.letters import urging_letter_store
from lianxin.handling.models import Assignment, Urging
from lianxin.handling.rules import UrgingKind, urging_due
from lianxin.handling.services.notices import tell_unit
from lianxin.handling.services.step import step
from lianxin.handling.workflow import ENDED
from lianxin.rulebook.services import value

WORDS = {UrgingKind.REMINDER: "催办单", UrgingKind.SUPERVISION: "督办单", UrgingKind.TALK: "约谈建议"}


@write
def urge(
    *, actor: Actor, assignment: Assignment, kind: UrgingKind, reason: str, request_id: str | None = None
) -> Assignment:
    """Issue one step of urging; the same step twice is a conflict."""
    step(actor=actor, assignment=assignment, act="urge", note=reason, facts={"kind": kind.value})
    if Urging.objects.filter(assignment=assignment, kind=kind).exists():
        raise Conflict(f"这件事已经发过{WORDS[kind]}。")
    _issue(actor, assignment, kind, reason)
    return assignment


def urge_overdue(*, actor: Actor, today: date, limit: int = 500) -> int:
    """Issue the reminders that are due and not yet issued; return how many (safe to repeat)."""
    late = Assignment.objects.filter(ended=False, reply_due_on__lt=today).prefetch_related("urgings")[:limit]
    count = 0
    for part in late:
        kind = _step_due(part, today)
        if kind is not None and part.state not in ENDED:
            _issue(actor, part, kind, "超过答复期限，系统按本地制度发出。")
            count += 1
    return count


def _step_due(part: Assignment, today: date) -> UrgingKind | None:
    assert part.reply_due_on is not None
    days = value("suggestion.urge_days", home6=part.home6)
    kind = urging_due(
        part.reply_due_on, today, {step_kind: days[step_kind.value] for step_kind in UrgingKind}
    )
    issued = {urging.kind for urging in part.urgings.all()}
    return kind if kind is not None and kind.value not in issued else None


def _issue(actor: Actor, assignment: Assignment, kind: UrgingKind, reason: str) -> None:
    row = Urging(assignment=assignment, kind=kind, issued_on=clock.today(), reason=reason)
    row.letter_id = urging_letter_store(actor=actor, assignment=assignment, urging=row)
    row.save(force_insert=True)
    tell_unit(assignment, f"{WORDS[kind]}：{assignment.title}", reason, dedupe=f"urged:{kind.value}")
