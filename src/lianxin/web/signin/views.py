"""Sign in, sign out, change one's password."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from lianxin.common.errors import Denied, Invalid, NotSignedIn
from lianxin.people.actors import actor_of as rights_of
from lianxin.people.models import Account
from lianxin.people.services import must_change_password, needs_second_factor, password_set, sign_in_check
from lianxin.web.door import actor_of, for_roles, public

TOUR = [
    ("deputy_city", "市人大代表"),
    ("deputy_town", "镇人大代表"),
    ("keeper", "联络站联络员"),
    ("grid", "网格员"),
    ("presidium", "镇人大主席团"),
    ("office", "市人大代工委"),
    ("clerk", "承办单位经办人"),
    ("head", "承办单位负责人"),
    ("oversight", "政府督查室"),
    ("admin", "系统管理员"),
    ("security", "安全管理员"),
    ("auditor", "审计员"),
]


@public
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Take name and password; five failures lock for half an hour."""
    username, problem = request.POST.get("username", ""), ""
    if request.method == "POST":
        try:
            return _enter(request, sign_in_check(request, username, request.POST.get("password", "")))
        except (NotSignedIn, Denied) as refusal:
            problem = refusal.message
    page = {
        "username": username,
        "problem": problem,
        "tour": TOUR if settings.LIANXIN_DEMO else [],
        "next": request.GET.get("next", ""),
    }
    return render(request, "web/signin/sign_in.html", page, status=422 if problem else 200)


def _enter(request: HttpRequest, account: Account) -> HttpResponse:
    if needs_second_factor(account, rights_of(account)):
        raise Denied("管理员登录需要第二重验证；请按「部署与运维」一章先为这个账号开通。")
    login(request, account, backend="django.contrib.auth.backends.ModelBackend")
    if must_change_password(account):
        return redirect("password")
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return redirect(back if back and safe else "desk")


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("home")


@for_roles()
@never_cache
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password."""
    errors: dict[str, str] = {}
    if request.method == "POST":
        assert isinstance(request.user, Account)
        try:
            if not request.user.check_password(request.POST.get("old", "")):
                raise Invalid("原密码不对。", fields={"old": "请再输一遍原密码。"})
            password_set(actor=actor_of(request), account=request.user, new=request.POST.get("new", ""))
            update_session_auth_hash(request, request.user)
            return redirect("desk")
        except Invalid as refusal:
            errors = refusal.fields
    return render(request, "web/signin/password.html", {"errors": errors}, status=422 if errors else 200)
