"""The one way in which a leaving and its things move: permission, rule, row, event, audit."""

from __future__ import annotations

from typing import Any

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import SYSTEM, Actor
from lianxin.common.errors import Conflict, Denied
from lianxin.leaving.models import Leaving, LeavingEvent, LeavingItem
from lianxin.leaving.permissions import may, may_item
from lianxin.leaving.rules import left_over
from lianxin.leaving.workflow import ITEM, LEAVING, STANDING, Facts, ItemFacts

DENIED = "您没有办理这一步的权限。"
FASTER = "这一步刚刚有人办过了，请刷新后再看。"


def facts_of(leaving: Leaving) -> Facts:
    """Return the plain facts that the guards of a leaving look at (one query)."""
    rows = leaving.items.filter(state__in=STANDING)
    return Facts(*left_over([(row.state, row.has_receiver) for row in rows]))


def step(
    *, actor: Actor, leaving: Leaving, act: str, note: str = "", facts: dict[str, Any] | None = None,
    **changes: Any,
) -> Leaving:  # fmt: skip
    """Move a leaving by `act` and set `changes`, on the record."""
    if not may(actor, act, leaving):
        raise Denied(DENIED)
    old = leaving.state
    row = LEAVING.acts[act]
    changes["state"] = LEAVING.next_state(old, act, facts_of(leaving) if row.has_rules else None)
    if Leaving.objects.filter(pk=leaving.pk, state=old).update(**changes) != 1:
        raise Conflict(FASTER)
    for name, changed in changes.items():
        setattr(leaving, name, changed)
    event_add(actor=actor, leaving=leaving, act=act, old=old, new=leaving.state, note=note, facts=facts)
    return leaving


def item_step(
    *, actor: Actor, item: LeavingItem, act: str, about: ItemFacts | None = None, said: str = "",
    facts: dict[str, Any] | None = None, **changes: Any,
) -> LeavingItem:  # fmt: skip
    """Move one thing by `act`; what follows by itself is carried out by the service that saw its cause."""
    derived = not ITEM.acts[act].by
    if not may_item(SYSTEM if derived else actor, act, item):
        raise Denied(DENIED)
    if item.leaving.state != "open":
        raise Conflict("这次移交已经结束，请刷新后再看。")
    old = item.state
    changes["state"] = ITEM.next_state(old, act, about or ItemFacts(item.kind))
    if LeavingItem.objects.filter(pk=item.pk, state=old).update(**changes) != 1:
        raise Conflict(FASTER)
    for name, changed in changes.items():
        setattr(item, name, changed)
    event_add(
        actor=actor, leaving=item.leaving, item=item, act=act, old=old, new=item.state, note=said, facts=facts
    )
    return item


def event_add(
    *, actor: Actor, leaving: Leaving, act: str, old: str, new: str, item: LeavingItem | None = None,
    note: str = "", facts: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    """Append a step to the history and to the trail; the trail holds ids and codes only."""
    LeavingEvent.objects.create(
        leaving=leaving, item=item, at=clock.now(), actor_id=actor.id, actor_name=actor.name, act=act,
        from_state=old, to_state=new, note=note, facts=facts or {},
    )  # fmt: skip
    record(
        actor=actor,
        tag=f"leaving.{act}",
        kind="leaving_item" if item else "leaving",
        target=(item or leaving).pk,
        home6=leaving.home6,
        facts=facts,
    )
