"""The second factor of administrators: codes by time (TOTP, RFC 6238) and recovery codes on paper.

The arithmetic is the `cryptography` package's. A code is taken once (`last_step`), one step early or
late is allowed for slow clocks, and five wrong codes lock the factor for `security.lock_minutes`.
"""

from __future__ import annotations

import base64
import os
import secrets
from datetime import timedelta

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Denied, Invalid, Refused
from lianxin.common.sealing import keyed_hash, new_wrapped_key, seal, unseal
from lianxin.common.writes import write
from lianxin.people.models import Account, RecoveryCode, SecondFactor
from lianxin.people.permissions import only
from lianxin.rulebook.selectors import value

STEP_SECONDS = 30
DRIFT = (-1, 0, 1)
RECOVERY_CODES = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def is_enrolled(account: Account) -> bool:
    """Say whether the account has a confirmed second factor."""
    return SecondFactor.objects.filter(account=account).exclude(confirmed_at=None).exists()


@write
def second_factor_begin(*, actor: Actor, account: Account, request_id: str | None = None) -> SecondFactor:
    """Return the pending factor whose secret the owner scans; a confirmed one is never shown again."""
    _own(actor, account)
    factor = SecondFactor.objects.filter(account=account).first()
    if factor is not None and factor.confirmed_at is not None:
        raise Refused("这个账号已经开通了第二重验证。要换手机，请安全管理员先重置。")
    if factor is None:
        key = new_wrapped_key()
        secret = base64.b32encode(os.urandom(20)).decode()
        factor = SecondFactor.objects.create(
            account=account, wrapped_key=key, sealed_secret=seal(secret, wrapped_key=key)
        )
    return factor


def secret_of(factor: SecondFactor) -> str:
    """Return the secret in base 32, to be typed where no code can be scanned."""
    return unseal(factor.sealed_secret, wrapped_key=factor.wrapped_key)


def provisioning_uri(factor: SecondFactor) -> str:
    """Return the `otpauth:` address for the QR."""
    return _totp(factor).get_provisioning_uri(factor.account.username, "连心")


def code_at(factor: SecondFactor, step: int) -> str:
    """Return the six digits of a time step."""
    return _totp(factor).generate(step * STEP_SECONDS).decode()


def second_factor_confirm(*, actor: Actor, account: Account, code: str) -> list[str]:
    """Confirm the pending factor by a first code; return the recovery codes, shown this once."""
    _own(actor, account)
    factor = SecondFactor.objects.filter(account=account, confirmed_at=None).first()
    if factor is None or not _take_step(factor, code):
        raise Invalid("验证码不对。", fields={"code": "请输入手机上现在显示的六位数字，并核对手机时间。"})
    with transaction.atomic():
        SecondFactor.objects.filter(pk=factor.pk).update(confirmed_at=clock.now(), failures=0)
        codes = _recovery_codes(account)
        _record(actor, "people.second_factor_confirm", account)
    return codes


def second_factor_check(*, account: Account, code: str) -> bool:
    """Say whether the code is right; it is used up. Wrong ones are counted and lock the factor.

    Not one transaction: the count of wrong codes must stay although the sign-in fails.
    """
    factor = SecondFactor.objects.filter(account=account).exclude(confirmed_at=None).first()
    if factor is None:
        return False
    if factor.locked_until is not None and factor.locked_until > clock.now():
        raise Denied("验证码连续输错，已暂时锁定，请半小时后再试，或请安全管理员重置。")
    if _take_step(factor, code) or _take_recovery(account, code):
        SecondFactor.objects.filter(pk=factor.pk).update(failures=0, locked_until=None)
        return True
    _count_failure(factor)
    return False


@write
def second_factor_reset(*, actor: Actor, account: Account, request_id: str | None = None) -> Account:
    """Take the factor away (telephone lost): the owner enrols anew at the next sign-in."""
    only(actor, Role.SECURITY_ADMIN)
    if actor.id == account.id:
        raise Refused("不能重置自己的第二重验证，请另一位安全管理员办理。")
    SecondFactor.objects.filter(account=account).delete()
    RecoveryCode.objects.filter(account=account).delete()
    _record(actor, "people.second_factor_reset", account)
    return account


def _totp(factor: SecondFactor) -> TOTP:
    key = base64.b32decode(secret_of(factor))
    return TOTP(key, 6, SHA1(), STEP_SECONDS)  # noqa: S303 - RFC 6238 as authenticator apps speak it


def _take_step(factor: SecondFactor, code: str) -> bool:
    """Use up the time step whose code this is; two parallel tries of one code take it once."""
    typed = "".join(letter for letter in code if letter.isascii() and letter.isdigit())
    present = int(clock.now().timestamp()) // STEP_SECONDS
    for step in (present + drift for drift in DRIFT):
        if secrets.compare_digest(code_at(factor, step), typed):
            mine = SecondFactor.objects.filter(pk=factor.pk, last_step__lt=step)
            return mine.update(last_step=step) == 1
    return False


def _take_recovery(account: Account, code: str) -> bool:
    hashed = _recovery_hash(account, code)
    mine = RecoveryCode.objects.filter(account=account, code_hash=hashed, used_at=None)
    return mine.update(used_at=clock.now()) == 1


def _recovery_codes(account: Account) -> list[str]:
    words = ["".join(secrets.choice(LETTERS) for _ in range(10)) for _ in range(RECOVERY_CODES)]
    codes = [f"{word[:5]}-{word[5:]}" for word in words]
    RecoveryCode.objects.filter(account=account).delete()
    RecoveryCode.objects.bulk_create(
        [RecoveryCode(account=account, code_hash=_recovery_hash(account, code)) for code in codes]
    )
    return codes


def _recovery_hash(account: Account, code: str) -> str:
    plain = "".join(letter for letter in code.lower() if letter in LETTERS)
    return keyed_hash(f"{account.pk}:{plain}", purpose="recovery")


def _count_failure(factor: SecondFactor) -> None:
    mine = SecondFactor.objects.filter(pk=factor.pk)
    mine.update(failures=F("failures") + 1)
    lock_after = int(value("security.lock_after"))
    until = clock.now() + timedelta(minutes=int(value("security.lock_minutes")))
    mine.filter(Q(failures__gte=lock_after)).update(failures=0, locked_until=until)


def _own(actor: Actor, account: Account) -> None:
    if actor.id != account.id:
        raise Denied("只能为自己的账号开通第二重验证。")


def _record(actor: Actor, tag: str, account: Account) -> None:
    record(actor=actor, tag=tag, kind="account", target=account.id, home6=settings.LIANXIN_HOME6)
