"""Rules for passwords (GB/T 22239-2019 8.1.4.1 a; the figures are parameters `security.*`)."""

from __future__ import annotations

import string
from datetime import timedelta

from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from lianxin.common import clock
from lianxin.common.errors import Invalid
from lianxin.people.models import Account, PasswordUsed
from lianxin.rulebook.selectors import value

KINDS = (string.ascii_lowercase, string.ascii_uppercase, string.digits)
KINDS_WANTED = 3


class KindsValidator:
    """Ask for three of four kinds: small letters, capitals, digits, others."""

    def validate(self, password: str, user: object = None) -> None:
        """Refuse a password of fewer kinds."""
        kinds = sum(any(letter in kind for letter in password) for kind in KINDS)
        kinds += any(all(letter not in kind for kind in KINDS) for letter in password)
        if kinds < KINDS_WANTED:
            raise ValidationError(self.get_help_text(), code="password_kinds")

    def get_help_text(self) -> str:
        """Return the rule as a sentence."""
        return "小写字母、大写字母、数字、符号四类中至少要有三类。"


def password_keep(account: Account, new: str, *, admin: bool) -> None:
    """Give the account a new password that keeps all rules; the caller saves the row."""
    try:
        validate_password(new, account)
        _check_length(new, admin=admin)
        _check_history(account, new)
    except ValidationError as caught:
        raise Invalid("新密码不合要求。", fields={"new": "；".join(caught.messages)}) from caught
    PasswordUsed.objects.create(account=account, hash=account.password)
    account.set_password(new)
    account.password_changed_at = clock.now()


def password_expired(account: Account) -> bool:
    """Say whether the password is older than `security.password_days`."""
    return clock.now() - account.password_changed_at > timedelta(days=int(value("security.password_days")))


def _check_length(new: str, *, admin: bool) -> None:
    least = int(value("security.password_length_admin" if admin else "security.password_length"))
    if len(new) < least:
        raise ValidationError(f"密码至少要 {least} 个字符。")


def _check_history(account: Account, new: str) -> None:
    kept = int(value("security.password_history"))
    rows = PasswordUsed.objects.filter(account=account).order_by("-created_at")[:kept]
    if any(check_password(new, old) for old in [account.password, *(row.hash for row in rows)]):
        raise ValidationError(f"不能使用最近 {kept} 次用过的密码。")
