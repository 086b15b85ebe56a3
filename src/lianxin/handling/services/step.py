"""The one way in which a unit's part moves: permission, rule, row, event, audit."""

from __future__ import annotations

from typing import Any

from lianxin.audit.moving import row_change
from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Denied
from lianxin.handling.facts import facts_of
from lianxin.handling.models import Assignment, AssignmentEvent
from lianxin.handling.permissions import may
from lianxin.handling.workflow import ENDED, HANDLING


def check(*, actor: Actor, assignment: Assignment, act: str) -> str:
    """Return the next state; raise `Denied`, `Refused` or `Conflict` with the reason."""
    if HANDLING.acts[act].by and not may(actor, act, assignment):
        raise Denied("您没有办理这一步的权限。")
    return HANDLING.next_state(assignment.state, act, facts_of(assignment, act))


def step(
    *,
    actor: Actor,
    assignment: Assignment,
    act: str,
    note: str = "",
    facts: dict[str, Any] | None = None,
    **changes: Any,
) -> Assignment:
    """Move the part by `act` and set `changes` on its row, on the record."""
    old = assignment.state
    new = check(actor=actor, assignment=assignment, act=act)
    row_change(assignment, **(changes | {"state": new, "ended": new in ENDED}))
    AssignmentEvent.objects.create(
        assignment=assignment,
        at=clock.now(),
        actor_id=actor.id,
        actor_name=actor.name,
        act=act,
        from_state=old,
        to_state=new,
        note=note,
        facts=facts or {},
    )
    record(
        actor=actor,
        tag=f"handling.{act}",
        kind=assignment.matter_kind,
        target=assignment.matter_id,
        home6=assignment.home6,
        facts={"assignment": str(assignment.id), "unit": assignment.unit_code, **(facts or {})},
    )
    return assignment
