"""The one way in which a row of this room moves: permission, rule, row, event, trail."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.db.models import Model

from lianxin.audit.moving import Trail, move
from lianxin.common.actor import Actor
from lianxin.common.errors import Denied, Invalid
from lianxin.common.workflow import Workflow

M = TypeVar("M", bound=Model)
NOT_YOURS = "您没有办理这一步的权限。"
May = Callable[[Actor, str, M], bool]


def step(  # noqa: PLR0913 - who, what, by which table, and what is said of it
    row: M,
    *,
    actor: Actor,
    act: str,
    table: Workflow,
    may: May[M],
    trail: Trail,
    rule_facts: object = None,
    note: str = "",
    facts: Mapping[str, Any] | None = None,
    **changes: Any,
) -> M:
    """Move a row by an act of its table and set `changes`, on the record."""
    if not may(actor, act, row):
        raise Denied(NOT_YOURS)
    state: str = getattr(row, "state")  # noqa: B009 - any row of this room
    to = table.next_state(state, act, rule_facts)
    return move(row, actor=actor, act=act, to=to, trail=trail, note=note, facts=facts, **changes)


def words(said: str, field: str, *, least: int, most: int, what: str) -> str:
    """Return typed words without space around; refuse what is too short or too long."""
    told = said.strip()
    if not least <= len(told) <= most:
        raise Invalid(f"{what}还没写好。", fields={field: f"请写{what}，{least} 到 {most} 个字。"})
    return told
