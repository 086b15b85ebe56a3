"""The one way in which a round, a wish or a project moves: permission, rule, row, event, audit."""

from __future__ import annotations

from typing import Any

from lianxin.audit.moving import Trail, move
from lianxin.common.actor import Actor
from lianxin.common.errors import Denied
from lianxin.projects.models import Project, ProjectRound, Wish
from lianxin.projects.permissions import may, may_round, may_wish
from lianxin.projects.services.facts import facts_of, round_facts
from lianxin.projects.workflow import PROJECT, ROUND, WISH

NOT_YOURS = "您没有办理这一步的权限。"
ROUND_TRAIL = Trail("project_round", "project_round")
PROJECT_TRAIL = Trail("livelihood_project", "livelihood_project")
WISH_TRAIL = Trail("project_wish", "project_wish")
Facts = dict[str, Any] | None


def round_step(
    *, actor: Actor, row: ProjectRound, act: str, note: str = "", facts: Facts = None, **changes: Any
) -> ProjectRound:
    """Move a round by `act` and set `changes`, on the record."""
    if not may_round(actor, act, row):
        raise Denied(NOT_YOURS)
    to = ROUND.next_state(row.state, act, round_facts(row))
    return move(row, actor=actor, act=act, to=to, trail=ROUND_TRAIL, note=note, facts=facts, **changes)


def project_step(
    *, actor: Actor, row: Project, act: str, note: str = "", facts: Facts = None, **changes: Any
) -> Project:
    """Move a project by `act` and set `changes`, on the record."""
    if not may(actor, act, row):
        raise Denied(NOT_YOURS)
    to = PROJECT.next_state(row.state, act, facts_of(row))
    return move(row, actor=actor, act=act, to=to, trail=PROJECT_TRAIL, note=note, facts=facts, **changes)


def wish_step(*, actor: Actor, row: Wish, act: str, note: str = "", **changes: Any) -> Wish:
    """Move a wish by `act` and set `changes`, on the record."""
    if not may_wish(actor, act, row):
        raise Denied(NOT_YOURS)
    to = WISH.next_state(row.state, act)
    return move(row, actor=actor, act=act, to=to, trail=WISH_TRAIL, note=note, **changes)
