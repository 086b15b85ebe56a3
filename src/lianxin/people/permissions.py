"""Who may change people. Three administrators keep apart (三员分立): one makes, one grants, one watches."""

from __future__ import annotations

from lianxin.common.actor import Actor, ActorKind, Role
from lianxin.common.errors import Denied

APART = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR})


def only(actor: Actor, role: Role) -> None:
    """Let the system itself and holders of `role` pass; refuse everybody else."""
    if actor.kind is not ActorKind.SYSTEM and not actor.has(role):
        raise Denied("您没有办理这一步的权限。")
