"""The one way in which an item of disclosure moves: permission, rule, row, event, audit."""

from __future__ import annotations

from typing import Any

from lianxin.audit.moving import Trail, move
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Denied
from lianxin.villages.models import DisclosureItem, DisclosureVersion
from lianxin.villages.permissions import may
from lianxin.villages.workflow import DISCLOSURE, Facts

TRAIL = Trail("village_disclosure", "disclosure")


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
    to = DISCLOSURE.next_state(item.state, act, facts_of(item))
    return move(item, actor=actor, act=act, to=to, trail=TRAIL, note=note, facts=facts, **changes)
