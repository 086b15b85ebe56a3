"""Checking the trail on request and every night, and keeping what was found."""

from __future__ import annotations

from datetime import timedelta

from lianxin.audit.models import ChainCheck
from lianxin.audit.selectors import entries_count, verify
from lianxin.common import clock
from lianxin.common.actor import SYSTEM, Actor, Role
from lianxin.common.errors import Denied

EVERY = timedelta(hours=24)


def chain_check(*, actor: Actor) -> ChainCheck:
    """Walk the whole trail and keep the result; no transaction, or every writer would wait for the walk."""
    if actor is not SYSTEM and not actor.has(Role.AUDITOR):
        raise Denied("只有审计员可以核对审计链。")
    found = verify()
    words = "；".join(f"地区 {one.home6} 第 {one.seq} 条：{one.words}" for one in found)
    return ChainCheck.objects.create(
        at=clock.now(), actor_id=actor.id, entries=entries_count(), problem=words[:200]
    )


def chain_check_due() -> int:
    """Check once a day (the worker); return how many checks were made."""
    if ChainCheck.objects.filter(at__gt=clock.now() - EVERY).exists():
        return 0
    chain_check(actor=SYSTEM)
    return 1
