"""Due dates: set with their calculation, met once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from lianxin.handling.models import Assignment, Deadline
from lianxin.rulebook.deadlines import due_for


def deadline_set(
    *,
    kind: str,
    matter_id: UUID,
    home6: str,
    what: str,
    rule: str,
    start: date,
    assignment: Assignment | None = None,
) -> Deadline:
    """Store a due date computed from the parameter `rule`; an open one of the same kind is replaced."""
    due = due_for(rule, start, home6=home6)
    Deadline.objects.filter(
        matter_kind=kind, matter_id=matter_id, assignment=assignment, what=what, met_on=None
    ).update(replaced=True)
    return Deadline.objects.create(
        home6=home6,
        matter_kind=kind,
        matter_id=matter_id,
        assignment=assignment,
        what=what,
        rule=rule,
        start_on=start,
        due_on=due.on,
        provisional=due.provisional,
        trace=due.trace,
    )


def deadlines_start(*, kind: str, matter_id: UUID, home6: str, rules: Mapping[str, str], start: date) -> None:
    """Store the first due dates of a new matter, at once: `rules` names the parameter of each."""
    dues = {what: due_for(rule, start, home6=home6) for what, rule in rules.items()}
    Deadline.objects.bulk_create(
        Deadline(
            home6=home6,
            matter_kind=kind,
            matter_id=matter_id,
            what=what,
            rule=rules[what],
            start_on=start,
            due_on=due.on,
            provisional=due.provisional,
            trace=due.trace,
        )
        for what, due in dues.items()
    )


def deadline_meet(
    *, kind: str, matter_id: UUID, what: str, on: date, assignment: Assignment | None = None
) -> None:
    """Note that what was due is done."""
    open_ones = Deadline.objects.filter(
        matter_kind=kind, matter_id=matter_id, what=what, met_on=None, replaced=False
    )
    if assignment is not None:
        open_ones = open_ones.filter(assignment=assignment)
    open_ones.update(met_on=on)
