"""What every step of an aggregate does once permission and rule have spoken: row, event, trail.

The row is moved only if it still stands where the rule found it, so that two people who press at the
same moment do one act, on SQLite and on PostgreSQL alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict

FASTER = "这一步刚刚有人办过了，请刷新后再看。"
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Trail:
    """How the steps of one kind of row are called on the audit trail: `tag.act`, about a `kind`."""

    tag: str
    kind: str


def row_change(row: Model, **changes: Any) -> None:
    """Set `changes` if the row still stands in the state it was read in; raise `Conflict` if not."""
    before = getattr(row, "state")  # noqa: B009 - any aggregate
    if type(row)._default_manager.filter(pk=row.pk, state=before).update(**changes) != 1:
        raise Conflict(FASTER)
    for name, changed in changes.items():
        setattr(row, name, changed)


def event_add(  # noqa: PLR0913 - an event row has as many columns as it has
    row: Any,
    *,
    actor: Actor,
    act: str,
    old: str,
    trail: Trail,
    note: str = "",
    facts: Mapping[str, Any] | None = None,
    **more: Any,
) -> None:
    """Append a step to the row's history and to the trail; `more` are columns of this history alone."""
    row.events.create(
        at=clock.now(),
        actor_id=actor.id,
        actor_name=actor.name,
        act=act,
        from_state=old,
        to_state=row.state,
        note=note,
        facts=dict(facts or {}),
        **more,
    )
    known = dict(facts) if facts else None
    record(
        actor=actor, tag=f"{trail.tag}.{act}", kind=trail.kind, target=row.id, home6=row.home6, facts=known
    )


def move(  # noqa: PLR0913 - who, what, where to, and what is said of it
    row: M,
    *,
    actor: Actor,
    act: str,
    to: str,
    trail: Trail,
    note: str = "",
    facts: Mapping[str, Any] | None = None,
    **changes: Any,
) -> M:
    """Move the row to the state `to` and set `changes`, on the record; the caller has asked may and rule."""
    old = getattr(row, "state")  # noqa: B009 - any aggregate
    row_change(row, state=to, **changes)
    event_add(row, actor=actor, act=act, old=old, trail=trail, note=note, facts=facts)
    return row
