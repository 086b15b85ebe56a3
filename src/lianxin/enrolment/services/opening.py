"""First passwords: a town's accounts are opened together, each password is told once, on paper."""

from __future__ import annotations

import secrets
from collections import defaultdict
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Refused
from lianxin.enrolment.permissions import closed_accounts_visible_to
from lianxin.people.models import Account, Deputy
from lianxin.people.permissions import only

AT_ONCE = 15
"""A password is slow to keep, on purpose: fifteen take some seconds on an old machine."""
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without what is mistaken on paper: i l o 0 1."""
PARTS, PART = 3, 4


@dataclass(frozen=True, slots=True)
class PasswordsGiven:
    """Who was given a first password, and how many still wait."""

    slips: list[tuple[Account, str]]
    left: int


def closed_by_place(actor: Actor) -> dict[str, list[Account]]:
    """Return city or town → its accounts that nobody ever opened (two queries)."""
    found: dict[str, list[Account]] = defaultdict(list)
    rows = closed_accounts_visible_to(actor).select_related("deputy").prefetch_related("roles_held")
    for account in rows.order_by("username"):
        found[_place_of(account)].append(account)
    return found


def _place_of(account: Account) -> str:
    """Return where somebody gets his slip: his town; the city where he works for it, or has no role yet."""
    deputy: Deputy | None = getattr(account, "deputy", None)
    codes = [deputy.division_code] if deputy else [held.place for held in account.roles_held.all()]
    code = codes[0] if codes else f"{settings.LIANXIN_HOME6}000000"
    return f"{code[:9]}000"


def passwords_give(*, actor: Actor, place: str) -> PasswordsGiven:
    """Open up to `AT_ONCE` closed accounts; the passwords must be changed at the first sign-in."""
    only(actor, Role.SYSTEM_ADMIN)
    with transaction.atomic():
        closed = closed_by_place(actor).get(place, [])
        if not closed:
            raise Refused("这里没有还没开通的账号。密码只显示一次，没拿到的人请到「账号与角色」里逐个重设。")
        slips = [(account, _password()) for account in closed[:AT_ONCE]]
        given = [slip for slip in slips if _opened(*slip)]
        record(
            actor=actor,
            tag="enrolment.passwords",
            kind="account",
            target=place,
            home6=place[:6],
            facts={"count": len(given)},
        )
    return PasswordsGiven(given, max(0, len(closed) - AT_ONCE))


def _opened(account: Account, first: str) -> bool:
    """Keep the password unless somebody else has just opened the account."""
    closed = Account.objects.filter(pk=account.pk, password=account.password)
    return bool(
        closed.update(
            password=make_password(first), must_change_password=True, password_changed_at=clock.now()
        )
    )


def _password() -> str:
    """Return a password that can be read out and typed: 3 × 4 letters, 59 bits."""
    parts = ("".join(secrets.choice(LETTERS) for _ in range(PART)) for _ in range(PARTS))
    return "-".join(parts)
