"""Making accounts, granting and ending roles, tokens. Three admins keep apart (三员分立)."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth import authenticate
from django.db.models import Q
from django.http import HttpRequest

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor, ActorKind, Role
from lianxin.common.errors import Denied, Invalid, NotSignedIn, Refused
from lianxin.common.writes import write
from lianxin.people.actors import actor_of
from lianxin.people.models import Account, ApiToken, RoleHeld, Seat
from lianxin.people.passwords import password_expired, password_keep
from lianxin.people.permissions import APART, only

TOKEN_HOURS = 12


@write
def account_create(
    *,
    actor: Actor,
    username: str,
    display_name: str,
    password: str,
    email: str = "",
    is_demo: bool = False,
    request_id: str | None = None,
) -> Account:
    """Make an account without any right; the system administrator does it."""
    only(actor, Role.SYSTEM_ADMIN)
    if is_demo and not settings.LIANXIN_DEMO:
        raise Refused("演示账号只能在演示模式下建立。")
    if Account.objects.filter(username=username).exists():
        raise Invalid("这个用户名已经有人用了。", fields={"username": "请换一个用户名。"})
    _check_names(username, display_name)
    account = Account.objects.create_user(
        username,
        password,
        display_name=display_name,
        email=email,
        is_demo=is_demo,
        must_change_password=not is_demo,
    )
    record(
        actor=actor,
        tag="people.account_create",
        kind="account",
        target=account.id,
        home6=settings.LIANXIN_HOME6,
    )
    return account


@write
def role_grant(
    *,
    actor: Actor,
    account: Account,
    role: Role,
    place: str,
    valid_from: date,
    valid_to: date | None = None,
    unit: str = "",
    request_id: str | None = None,
) -> RoleHeld:
    """Grant a role in a place for a time; the security administrator does it."""
    only(actor, Role.SECURITY_ADMIN)
    if actor.id == account.id:
        raise Refused("不能给自己授予角色，请另一位安全管理员办理。")
    if valid_to is not None and valid_to < valid_from:
        raise Invalid("到期日在开始日之前。", fields={"valid_to": "请核对到期日。"})
    check_apart(account, role, valid_from)
    row = RoleHeld.objects.create(
        account=account,
        role=role,
        place=place,
        unit=unit,
        valid_from=valid_from,
        valid_to=valid_to,
        granted_by=actor.id,
    )
    if role in APART:
        ApiToken.objects.filter(account=account).delete()  # given for a password alone
    record(
        actor=actor,
        tag="people.role_grant",
        kind="account",
        target=account.id,
        home6=place[:6],
        facts={"role": role.value, "place": place, "unit": unit},
    )
    return row


def check_apart(account: Account, role: Role, since: date) -> None:
    """Refuse a role that may not stand beside what the account holds from `since` on (三员分立)."""
    still = Q(valid_to=None) | Q(valid_to__gte=since)
    rows = RoleHeld.objects.filter(still, account=account)
    held = {Role(row) for row in rows.values_list("role", flat=True)}
    if Seat.objects.filter(still, deputy__account=account).exists():
        held.add(Role.DEPUTY)
    if (role in APART and held - {role}) or (held & APART and role not in held):
        raise Refused("系统、安全、审计三员互斥，也不能兼任业务角色（等级保护要求）。")


@write
def password_set(*, actor: Actor, account: Account, new: str, request_id: str | None = None) -> Account:
    """Set one's own password; it must pass the validators."""
    if actor.id != account.id:
        raise Denied("只能修改自己的密码。")
    password_keep(account, new, admin=actor.has(*APART))
    account.must_change_password = False
    account.save(update_fields=["password", "must_change_password", "password_changed_at"])
    ApiToken.objects.filter(account=account).delete()
    record(
        actor=actor,
        tag="people.password_set",
        kind="account",
        target=account.id,
        home6=settings.LIANXIN_HOME6,
    )
    return account


def sign_in_check(request: HttpRequest, username: str, password: str) -> Account:
    """Return the account of a right name and password; five failures lock for half an hour (axes)."""
    account = authenticate(request, username=username, password=password)
    if not isinstance(account, Account):
        raise NotSignedIn("用户名或密码不对。连续输错 5 次会锁定 30 分钟。")
    if account.is_demo and not settings.LIANXIN_DEMO:
        raise Denied("演示账号只能在演示模式下登录。")
    return account


def needs_second_factor(account: Account, actor: Actor) -> bool:
    """Say whether the account must show a second factor (admins; demo accounts only in demo mode not)."""
    return actor.has(*APART) and not (account.is_demo and settings.LIANXIN_DEMO)


def must_change_password(account: Account) -> bool:
    """Say whether the account must change its password before anything else (first time, or too old)."""
    if account.is_demo and settings.LIANXIN_DEMO:
        return False
    return account.must_change_password or password_expired(account)


def token_issue(*, request: HttpRequest, username: str, password: str) -> str:
    """Return a bearer token for twelve hours; only its hash is kept."""
    account = sign_in_check(request, username, password)
    if must_change_password(account):
        raise Denied("首次登录请先在网页上修改密码。")
    if needs_second_factor(account, actor_of(account)):
        raise Denied("管理员账号需要第二重验证，不能用密码换取令牌。")
    raw = secrets.token_urlsafe(32)
    ApiToken.objects.create(
        account=account, token_hash=_hash(raw), expires_at=clock.now() + timedelta(hours=TOKEN_HOURS)
    )
    record(
        actor=Actor(id=account.id, name="", kind=ActorKind.ACCOUNT),
        tag="people.token_issue",
        kind="account",
        target=account.id,
        home6=settings.LIANXIN_HOME6,
    )
    return raw


def actor_by_token(raw: str) -> Actor | None:
    """Return the actor of a token that is still good."""
    token = (
        ApiToken.objects.select_related("account")
        .filter(token_hash=_hash(raw), expires_at__gt=clock.now())
        .first()
    )
    if token is None or not token.account.is_active:
        return None
    if token.account.is_demo and not settings.LIANXIN_DEMO:
        return None
    return actor_of(token.account)


def _hash(raw: str) -> str:
    return hashlib.sha256(raw.encode()).hexdigest()


def _check_names(username: str, display_name: str) -> None:
    fields = {}
    if not re.fullmatch(r"[A-Za-z0-9_.-]{3,40}", username):
        fields["username"] = "用户名用 3 到 40 个字母、数字、点、横线或下划线。"
    if not 1 <= len(display_name.strip()) <= 40:
        fields["display_name"] = "请填姓名，不超过 40 个字。"
    if fields:
        raise Invalid("账号没有建成，请看每一项的提示。", fields=fields)
