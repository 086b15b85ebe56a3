"""Telephones prepared for work without signal: the server-held part of their keys.

Nothing that was typed or read on the telephone comes here; what is handed out opens nothing by
itself, because the telephone's own key (and the PIN, for households) is mixed in.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Denied, NotFound
from lianxin.common.sealing import new_wrapped_key, seal, unseal
from lianxin.common.writes import write
from lianxin.people.models import FieldDevice
from lianxin.rulebook.selectors import value

FRESH_SIGN_IN = timedelta(minutes=10)
MOST_FAILURES = 5


@dataclass(frozen=True, slots=True)
class Parts:
    """The server's parts as text: `carry` goes along offline, `rescue` never stays on the telephone."""

    carry: str = field(repr=False)
    rescue: str = field(repr=False)


@write
def device_prepare(*, actor: Actor, request_id: str | None = None) -> FieldDevice:
    """Prepare a telephone for a deputy; it ends after the days of `field.days`."""
    if actor.id is None or not actor.has(Role.DEPUTY):
        raise Denied("只有在任的代表可以做下乡准备。")
    key = new_wrapped_key()
    secret = base64.b64encode(os.urandom(32)).decode()
    device = FieldDevice.objects.create(
        account_id=actor.id,
        wrapped_key=key,
        sealed_secret=seal(secret, wrapped_key=key),
        expires_at=clock.now() + timedelta(days=int(value("field.days"))),
    )
    _note(actor, device, "prepare")
    return device


def parts_of(device: FieldDevice) -> Parts:
    """Return both parts; for the moment of preparing, when the telephone needs them to close its keys."""
    return Parts(_part(device, "carry"), _part(device, "rescue"))


def device_of(actor: Actor, pk: UUID) -> FieldDevice:
    """Return the actor's own telephone; another's does not exist for him."""
    found = FieldDevice.objects.filter(pk=pk, account=actor.id, forgotten_at=None).first()
    if found is None:
        raise NotFound("这部手机的下乡准备已经作废，请重新准备。")
    return found


@write
def device_wipe(
    *, actor: Actor, pk: UUID, failures: int = MOST_FAILURES, request_id: str | None = None
) -> FieldDevice:
    """Note that a telephone has wiped its households after too many wrong PINs."""
    device = device_of(actor, pk)
    fresh = FieldDevice.objects.filter(pk=device.pk, wiped_at=None)
    if fresh.update(wiped_at=clock.now(), pin_failures=min(max(failures, 0), 99)):
        _note(actor, device, "wipe")
    device.refresh_from_db()
    return device


def rescue_part(*, actor: Actor, pk: UUID, signed_in_at: datetime) -> str:
    """Return the part that opens unsent drafts; only to whoever has just signed in again."""
    device = device_of(actor, pk)
    if clock.now() - signed_in_at > FRESH_SIGN_IN:
        raise Denied("请重新登录，再取回没有同步的记录。")
    _note(actor, device, "rescue")
    return _part(device, "rescue")


@write
def device_forget(*, actor: Actor, pk: UUID, request_id: str | None = None) -> FieldDevice:
    """Destroy the server's parts, when somebody leaves a telephone or loses it."""
    device = device_of(actor, pk)
    device.wrapped_key = device.sealed_secret = ""
    device.forgotten_at = clock.now()
    device.save(update_fields=["wrapped_key", "sealed_secret", "forgotten_at"])
    _note(actor, device, "forget")
    return device


def _part(device: FieldDevice, name: str) -> str:
    secret = unseal(device.sealed_secret, wrapped_key=device.wrapped_key)
    made = hmac.new(base64.b64decode(secret), f"field:{name}".encode(), hashlib.sha256)
    return base64.b64encode(made.digest()).decode()


def _note(actor: Actor, device: FieldDevice, act: str) -> None:
    home6 = settings.LIANXIN_HOME6
    record(actor=actor, tag=f"people.device_{act}", kind="field_device", target=device.pk, home6=home6)
