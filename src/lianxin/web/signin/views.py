"""Sign in, sign out, change one's password."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from lianxin.common.errors import Denied, Invalid, NotSignedIn
from lianxin.people.accounts import signed_out
from lianxin.people.actors import actor_of as rights_of
from lianxin.people.models import Account
from lianxin.people.permissions import APART
from lianxin.people.services import needs_second_factor, password_set, sign_in_check
from lianxin.rulebook.selectors import value
from lianxin.web.door import actor_of, for_roles, public
from lianxin.web.signin.entering import enter
from lianxin.web.signin.gate import MUST_CHANGE
from lianxin.web.signin.second import ask

TOUR = [
    ("deputy_city", "市人大代表"),
    ("deputy_town", "镇人大代表"),
    ("group_leader", "代表小组组长"),
    ("leader", "常委会组成人员"),
    ("keeper", "联络站联络员"),
    ("grid", "网格员"),
    ("presidium", "镇人大主席团"),
    ("office", "市人大代工委"),
    ("clerk", "承办单位经办人"),
    ("head", "承办单位负责人"),
    ("village", "村委会"),
    ("village_supervisor", "村务监督委员会"),
    ("oversight", "政府督查室"),
    ("admin", "系统管理员"),
    ("security", "安全管理员"),
    ("auditor", "审计员"),
]


@public
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Take name and password; too many wrong ones lock the name for a while."""
    username, problem = request.POST.get("username", "")[:40], ""
    if request.method == "POST":
        try:
            account = sign_in_check(request, username, request.POST.get("password", "")[:128])
            back = request.POST.get("next", "")
            if needs_second_factor(account, rights_of(account)):
                return ask(request, account, back)
            return enter(request, account, back)
        except (NotSignedIn, Denied) as refusal:
            problem = refusal.message
    page = {
        "username": username,
        "problem": problem,
        "was_idle": "idle" in request.GET,
        "tour": TOUR if settings.LIANXIN_DEMO else [],
        "next": request.POST.get("next", request.GET.get("next", "")),
    }
    return render(request, "web/signin/sign_in.html", page, status=422 if problem else 200)


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    if isinstance(request.user, Account):
        signed_out(request.user)
    logout(request)
    return redirect("home")


@for_roles()
@never_cache
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password."""
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            _change(request)
            return redirect("desk")
        except Invalid as refusal:
            errors = refusal.fields
    length = "security.password_length_admin" if actor_of(request).has(*APART) else "security.password_length"
    page = {
        "errors": errors,
        "must": request.session.get(MUST_CHANGE),
        "length": value(length),
        "kept": value("security.password_history"),
    }
    return render(request, "web/signin/password.html", page, status=422 if errors else 200)


def _change(request: HttpRequest) -> None:
    account, new = request.user, request.POST.get("new", "")[:128]
    assert isinstance(account, Account)
    if not account.check_password(request.POST.get("old", "")[:128]):
        raise Invalid("原密码不对。", fields={"old": "原密码不对，请再输一遍。"})
    if new != request.POST.get("again", ""):
        raise Invalid("两次输入不一样。", fields={"again": "两次输入的新密码不一样。"})
    password_set(actor=actor_of(request), account=account, new=new)
    update_session_auth_hash(request, account)
    request.session[MUST_CHANGE] = False
