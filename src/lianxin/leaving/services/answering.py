"""The receiver says himself whether he takes a thing over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from lianxin.common.actor import Actor
from lianxin.common.errors import Invalid
from lianxin.common.writes import write
from lianxin.leaving.models import Leaving, LeavingItem
from lianxin.leaving.services.step import item_step
from lianxin.leaving.services.telling import tell_town


@write
def item_accept(*, actor: Actor, item: LeavingItem, request_id: str | None = None) -> LeavingItem:
    """Take a thing over; it moves when the whole leaving is finished."""
    return item_step(actor=actor, item=item, act="accept")


@write
def item_decline(
    *, actor: Actor, item: LeavingItem, reason: str, request_id: str | None = None
) -> LeavingItem:
    """Say that one cannot; the presidium looks for somebody else."""
    words = reason.strip()
    if not 2 <= len(words) <= 200:
        raise Invalid("请写一句为什么。", fields={"reason": "写 2 到 200 个字。"})
    nobody: dict[str, Any] = {"receiver": None, "receiver_account": None, "asked_at": None, "note": words}
    item_step(actor=actor, item=item, act="decline", said=words, **nobody)
    tell_town(item, "有一项移交没有人接，请另定接手人")
    return item


@write
def items_accept(
    *, actor: Actor, leaving: Leaving, items: Sequence[UUID], request_id: str | None = None
) -> Leaving:
    """Take over all that was ticked, in one go."""
    for item in _asked(leaving, items):
        item_accept(actor=actor, item=item)
    return leaving


@write
def items_decline(
    *, actor: Actor, leaving: Leaving, items: Sequence[UUID], reason: str, request_id: str | None = None
) -> Leaving:
    """Say of all that was ticked that one cannot take it over."""
    for item in _asked(leaving, items):
        item_decline(actor=actor, item=item, reason=reason)
    return leaving


def _asked(leaving: Leaving, items: Sequence[UUID]) -> list[LeavingItem]:
    rows = list(leaving.items.filter(pk__in=list(items)).select_related("leaving"))
    if not rows:
        raise Invalid("请至少选一项。", fields={"rows": "请至少选一项。"})
    return rows
