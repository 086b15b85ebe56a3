"""The committee and the supervision committee of the tour's village; no chance is drawn for them."""

from __future__ import annotations

from datetime import date

from lianxin.common.actor import SYSTEM, Actor, Role
from lianxin.people.actors import actor_of
from lianxin.people.loading import NewRole, accounts_register, roles_register
from lianxin.regions.loading import HOME6

WANTED = {"village": Role.VILLAGE, "village_supervisor": Role.VILLAGE_SUPERVISOR}


def village_staff(village: str, names: dict[str, str], since: date) -> dict[str, Actor]:
    """Register both with their roles and return them as actors."""
    people = [(f"staff-{key}", names[key]) for key in WANTED]
    accounts = accounts_register(actor=SYSTEM, people=people, home6=HOME6)
    pairs = list(zip(accounts, WANTED.items(), strict=True))
    roles = [NewRole(account.id, role, village, "") for account, (_, role) in pairs]
    roles_register(actor=SYSTEM, roles=roles, home6=HOME6, since=since)
    return {key: actor_of(account) for account, (key, _) in pairs}
