"""Accounts and roles: the system administrator makes accounts, the security administrator grants."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Invalid, LianxinError, NotFound
from lianxin.leaving.services import account_close_checked
from lianxin.people.accounts import account_reopen, password_reset, role_end
from lianxin.people.models import Account, Organ, RoleHeld, RoleLabel
from lianxin.people.second_factor import is_enrolled, second_factor_reset
from lianxin.people.services import account_create, role_grant
from lianxin.regions.models import Division, DivisionKind
from lianxin.regions.selectors import place_name
from lianxin.web.administration.parts import ADMINS, PAGE, attempt, show, typed_date
from lianxin.web.door import actor_of, for_roles

HERE = "/administration/accounts"
UNIT_ROLES = {Role.UNIT_CLERK, Role.UNIT_HEAD}


@for_roles(*ADMINS)
@never_cache
@require_GET
def account_list(request: HttpRequest) -> HttpResponse:
    """List accounts by name, with what they hold today."""
    words, after = request.GET.get("q", "").strip()[:40], request.GET.get("after", "")[:40]
    found = Account.objects.prefetch_related("roles_held").order_by("username")
    if words:
        found = found.filter(Q(username__icontains=words) | Q(display_name__contains=words))
    rows = list(found.filter(username__gt=after)[: PAGE + 1])
    page = {
        "rows": [
            (row, [_said(held) for held in row.roles_held.all() if _is_on(held)]) for row in rows[:PAGE]
        ],
        "next": rows[PAGE - 1].username if len(rows) > PAGE else "",
        "q": words,
        "may_create": actor_of(request).has(Role.SYSTEM_ADMIN),
    }
    return show(request, "accounts", HERE, page)


@for_roles(Role.SYSTEM_ADMIN)
@never_cache
@require_http_methods(["GET", "POST"])
def account_new(request: HttpRequest) -> HttpResponse:
    """Make an account; its first password is shown this once."""
    problem: LianxinError | None = None
    if request.method == "POST":
        try:
            return _made(request)
        except LianxinError as refusal:
            problem = refusal
    return show(request, "account_new", HERE, {}, problem)


def _made(request: HttpRequest) -> HttpResponse:
    first = secrets.token_urlsafe(12)
    account = account_create(
        actor=actor_of(request),
        username=request.POST.get("username", "").strip(),
        display_name=request.POST.get("display_name", "").strip(),
        email=request.POST.get("email", "").strip()[:200],
        password=first,
    )
    return show(request, "first_password", HERE, {"account": account, "first": first})


@for_roles(*ADMINS)
@never_cache
@require_http_methods(["GET", "POST"])
def account_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show an account with its roles, and the acts of the administrator who asks."""
    account = Account.objects.filter(pk=pk).first()
    if account is None:
        raise NotFound("没有这个账号。")
    problem: LianxinError | None = None
    if request.method == "POST" and request.POST.get("act") == "password":
        first = password_reset(actor=actor_of(request), account=account)
        return show(request, "first_password", HERE, {"account": account, "first": first})
    if request.method == "POST":
        problem = attempt(request, lambda: _act(request, account), _("已办好。"))
        account.refresh_from_db()
    return show(request, "account", HERE, _page(request, account), problem)


def _page(request: HttpRequest, account: Account) -> dict[str, object]:
    actor = actor_of(request)
    held = account.roles_held.order_by("-valid_from", "role")
    kinds = [DivisionKind.CITY, DivisionKind.TOWN, DivisionKind.VILLAGE, DivisionKind.COMMUNITY]
    grants = actor.has(Role.SECURITY_ADMIN)
    return {
        "account": account,
        "held": [(row, place_name(row.place), _is_on(row)) for row in held],
        "second_factor": is_enrolled(account),
        "may_keep": actor.has(Role.SYSTEM_ADMIN),
        "may_grant": grants,
        "roles": [choice for choice in RoleLabel.choices if choice[0] != Role.DEPUTY],
        "places": Division.objects.filter(kind__in=kinds).order_by("code") if grants else [],
        "organs": Organ.objects.filter(is_active=True).order_by("level", "code") if grants else [],
        "today": clock.today(),
    }


def _act(request: HttpRequest, account: Account) -> object:
    acts: dict[str, Callable[[HttpRequest, Account, Actor], object]] = {
        "close": lambda request, account, actor: account_close_checked(actor=actor, account=account),
        "reopen": lambda request, account, actor: account_reopen(actor=actor, account=account),
        "factor": lambda request, account, actor: second_factor_reset(actor=actor, account=account),
        "grant": _grant,
        "end": _end,
    }
    name = request.POST.get("act", "")
    if name not in acts:
        raise Invalid("没有这个操作，请刷新页面。")
    return acts[name](request, account, actor_of(request))


def _grant(request: HttpRequest, account: Account, actor: Actor) -> RoleHeld:
    role, place, unit = (request.POST.get(name, "") for name in ("role", "place", "unit"))
    errors = {}
    if role not in RoleLabel.values or role == Role.DEPUTY:
        errors["role"] = "请选角色；代表身份随代表资格登记，不在这里授予。"
    if not Division.objects.filter(code=place).exists():
        errors["place"] = "请选地方。"
    if (role in UNIT_ROLES) != bool(unit) or (unit and not Organ.objects.filter(code=unit).exists()):
        errors["unit"] = "承办单位的角色要选单位，其他角色不选单位。"
    if errors:
        raise Invalid("角色没有授予，请看每一项的提示。", fields=errors)
    since = typed_date(request, "valid_from", empty=clock.today())
    until = typed_date(request, "valid_to") if request.POST.get("valid_to") else None
    return role_grant(
        actor=actor,
        account=account,
        role=Role(role),
        place=place,
        unit=unit,
        valid_from=since,
        valid_to=until,
    )


def _end(request: HttpRequest, account: Account, actor: Actor) -> RoleHeld:
    pk = _uuid(request.POST.get("held", ""))
    held = account.roles_held.filter(pk=pk).first() if pk else None
    if held is None:
        raise NotFound("没有这个角色，请刷新页面。")
    return role_end(actor=actor, held=held, on=typed_date(request, "on", empty=clock.today()))


def _uuid(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


def _is_on(held: RoleHeld) -> bool:
    today = clock.today()
    return held.valid_from <= today and (held.valid_to is None or held.valid_to >= today)


def _said(held: RoleHeld) -> str:
    return f"{held.get_role_display()}（{place_name(held.place) or held.place}）"
