"""Keeping accounts: closing, opening, first passwords, ending roles; each by its own administrator."""

from __future__ import annotations

import secrets
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import transaction

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor, ActorKind, Role
from lianxin.common.errors import Refused
from lianxin.common.writes import write
from lianxin.people.models import Account, ApiToken, RoleHeld
from lianxin.people.permissions import only


@write
def account_close(*, actor: Actor, account: Account, request_id: str | None = None) -> Account:
    """Close an account: it cannot sign in and its tokens end; its history stays."""
    only(actor, Role.SYSTEM_ADMIN)
    if actor.id == account.id:
        raise Refused("不能停用自己的账号。")
    return _switch(actor, account, active=False)


@write
def account_reopen(*, actor: Actor, account: Account, request_id: str | None = None) -> Account:
    """Open a closed account again."""
    only(actor, Role.SYSTEM_ADMIN)
    return _switch(actor, account, active=True)


def password_reset(*, actor: Actor, account: Account) -> str:
    """Give a first password that must be changed at the next sign-in; it is shown this once."""
    only(actor, Role.SYSTEM_ADMIN)
    first = secrets.token_urlsafe(12)
    with transaction.atomic():
        account.set_password(first)
        account.must_change_password, account.password_changed_at = True, clock.now()
        account.save(update_fields=["password", "must_change_password", "password_changed_at"])
        ApiToken.objects.filter(account=account).delete()
        _record(actor, "people.password_reset", account.id)
    return first


@write
def role_end(*, actor: Actor, held: RoleHeld, on: date, request_id: str | None = None) -> RoleHeld:
    """End a role: `on` is its last day, the right stops the day after; the row stays as history."""
    only(actor, Role.SECURITY_ADMIN)
    if held.valid_to is not None and held.valid_to < on:
        raise Refused("这个角色已经到期，不能往后改；需要时请重新授予。")
    held.valid_to = max(on, held.valid_from)
    held.save(update_fields=["valid_to"])
    record(
        actor=actor,
        tag="people.role_end",
        kind="account",
        target=held.account_id,
        home6=held.place[:6],
        facts={"role": held.role, "place": held.place, "on": str(held.valid_to)},
    )
    return held


def signed_in(account: Account) -> None:
    """Note a sign-in on the trail."""
    actor = Actor(id=account.id, name=account.display_name, kind=ActorKind.ACCOUNT)
    _record(actor, "people.sign_in", account.id)


def signed_out(account: Account) -> None:
    """Note a sign-out on the trail."""
    actor = Actor(id=account.id, name=account.display_name, kind=ActorKind.ACCOUNT)
    _record(actor, "people.sign_out", account.id)


def _switch(actor: Actor, account: Account, *, active: bool) -> Account:
    account.is_active = active
    account.save(update_fields=["is_active"])
    if not active:
        ApiToken.objects.filter(account=account).delete()
    _record(actor, "people.account_reopen" if active else "people.account_close", account.id)
    return account


def _record(actor: Actor, tag: str, account_id: UUID) -> None:
    record(actor=actor, tag=tag, kind="account", target=account_id, home6=settings.LIANXIN_HOME6)
