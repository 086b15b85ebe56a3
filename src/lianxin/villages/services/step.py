"""The one way in which an item of disclosure moves: permission, rule, row, event, audit."""

from __future__ import annotations

from typing import Any

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Denied
from lianxin.villages.models import DisclosureEvent, DisclosureItem, DisclosureVersion
from lianxin.villages.permissions import may
from lianxin.villages.workflow import DISCLOSURE, Facts

FASTER = "这一步刚刚有人办过了，请刷新后再看。"


def last_version(item: DisclosureItem) -> DisclosureVersion | None:
    """Return the newest version of an item."""
    return item.versions.order_by("-number").first()


def facts_of(item: DisclosureItem) -> Facts:
    """Return the plain facts that guards look at."""
    last = last_version(item)
    return Facts(
        approved=last is not None and last.approved_at is not None and last.published_at is None,
        due_on=item.due_on,
        today=clock.today(),
        open_questions=item.questions.filter(answered_on=None).count(),
    )


def step(
    *,
    actor: Actor,
    item: DisclosureItem,
    act: str,
    note: str = "",
    facts: dict[str, Any] | None = None,
    **changes: Any,
) -> DisclosureItem:
    """Move the item by `act` and set `changes`, on the record."""
    if not may(actor, act, item):
        raise Denied("您没有办理这一步的权限。")
    old = item.state
    changes["state"] = DISCLOSURE.next_state(old, act, facts_of(item))
    if DisclosureItem.objects.filter(pk=item.pk, state=old).update(**changes) != 1:
        raise Conflict(FASTER)
    for name, changed in changes.items():
        setattr(item, name, changed)
    DisclosureEvent.objects.create(
        item=item,
        at=clock.now(),
        actor_id=actor.id,
        actor_name=actor.name,
        act=act,
        from_state=old,
        to_state=item.state,
        note=note,
        facts=facts or {},
    )
    record(
        actor=actor,
        tag=f"village_disclosure.{act}",
        kind="disclosure",
        target=item.id,
        home6=item.home6,
        facts=facts,
    )
    return item
