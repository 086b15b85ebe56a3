"""Provisional due dates counted anew once the calendar knows more (国务院放假通知)."""

from __future__ import annotations

from django.db import transaction

from lianxin.audit.services import record
from lianxin.common.actor import SYSTEM
from lianxin.handling.models import Assignment, Deadline
from lianxin.handling.services.notices import tell_unit
from lianxin.rulebook.calendar import Due
from lianxin.rulebook.deadlines import due_for

COPIES = {"return": "return_until", "reply": "reply_due_on"}
"""What a part keeps of its own due dates, for lists and guards."""
NAMES = {"return": "签收或退办", "reply": "答复", "contact": "与代表沟通", "target": "力争答复"}


def deadlines_recount() -> int:
    """Count open provisional due dates anew; return how many days moved. A job of every hour, idempotent.

    The calendar is the rulebook's, which knows nothing of matters: so the worker looks in its next round.
    An extension that was granted is a day of its own and stands.
    """
    waiting = Deadline.objects.filter(provisional=True, met_on=None, replaced=False)
    rows = waiting.exclude(assignment__ended=True).select_related("assignment").order_by("pk")
    return sum(_recount(row) for row in rows.iterator(chunk_size=500))


def _recount(row: Deadline) -> int:
    due = due_for(row.rule, row.start_on, home6=row.home6)
    if (due.on, due.provisional) == (row.due_on, row.provisional):
        return 0
    return int(_set(row, due) and due.on != row.due_on)


@transaction.atomic
def _set(row: Deadline, due: Due) -> bool:
    """Write the new calculation unless the row was met or replaced meanwhile."""
    same = Deadline.objects.filter(pk=row.pk, due_on=row.due_on, met_on=None, replaced=False)
    if not same.update(due_on=due.on, provisional=due.provisional, trace=due.trace):
        return False
    if due.on != row.due_on:
        _on_record(row, due)
        if row.assignment is not None:
            _carry_over(row.assignment, row, due)
    return True


def _carry_over(part: Assignment, row: Deadline, due: Due) -> None:
    """Copy the new day to the part and tell its unit."""
    if row.what in COPIES:
        Assignment.objects.filter(pk=part.pk).update(**{COPIES[row.what]: due.on})
    words = f"{NAMES.get(row.what, '办理')}期限改为 {due.on:%Y-%m-%d}：{part.title}"
    text = f"放假安排公布后重新计算，原来是 {row.due_on:%Y-%m-%d}。"
    tell_unit(part, words[:160], text, dedupe=f"recounted:{row.pk}:{due.on}")


def _on_record(row: Deadline, due: Due) -> None:
    record(
        actor=SYSTEM,
        tag="handling.deadline_recounted",
        kind=row.matter_kind,
        target=row.matter_id,
        home6=row.home6,
        facts={"what": row.what, "from": str(row.due_on), "to": str(due.on)},
    )
