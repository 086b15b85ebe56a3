"""The second factor at sign-in: enrol by QR, enter the code, keep the recovery codes.

Between the right password and the right code nobody is signed in: the session only holds which
account it is about, for five minutes.
"""

from __future__ import annotations

import io
from uuid import UUID

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Denied, Invalid, NotSignedIn, Refused
from lianxin.people.models import Account
from lianxin.people.second_factor import (
    is_enrolled,
    provisioning_uri,
    second_factor_begin,
    second_factor_check,
    second_factor_confirm,
    secret_of,
)
from lianxin.web.door import public
from lianxin.web.signin.entering import enter

HALF = "half_signed_in"
MINUTES = 5


def ask(request: HttpRequest, account: Account, back: str) -> HttpResponse:
    """Remember who gave the right password and ask for the code, or for enrolment."""
    request.session.cycle_key()
    request.session[HALF] = {"account": str(account.pk), "at": clock.now().timestamp(), "next": back}
    return redirect("second_factor" if is_enrolled(account) else "second_factor_enrol")


@public
@never_cache
@require_http_methods(["GET", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Take the six digits or a recovery code."""
    account, back = _half(request)
    problem = ""
    if request.method == "POST":
        try:
            if second_factor_check(account=account, code=request.POST.get("code", "")[:40]):
                return enter(request, account, back, second=True)
            problem = "验证码不对，或者已经用过。请等手机上换成新的六位数字再输。"
        except Denied as refusal:
            problem = refusal.message
    return render(request, "web/signin/second.html", {"problem": problem}, status=422 if problem else 200)


@public
@never_cache
@require_http_methods(["GET", "POST"])
def enrol(request: HttpRequest) -> HttpResponse:
    """Show the QR, take the first code, show the recovery codes once."""
    account, back = _half(request)
    actor = Actor(id=account.pk, name=account.display_name)
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            typed = request.POST.get("code", "")[:40]
            codes = second_factor_confirm(actor=actor, account=account, code=typed)
        except Invalid as refusal:
            errors = refusal.fields
        else:
            page = {"codes": codes, "onward": enter(request, account, back, second=True)["Location"]}
            return render(request, "web/signin/recovery.html", page)
    try:
        factor = second_factor_begin(actor=actor, account=account)
    except Refused:
        return redirect("second_factor")
    page = {"qr": _picture(provisioning_uri(factor)), "secret": secret_of(factor)}
    return render(request, "web/signin/enrol.html", {**page, "errors": errors}, status=422 if errors else 200)


def _half(request: HttpRequest) -> tuple[Account, str]:
    """Return whose code is asked for, or send back to the password."""
    half = request.session.get(HALF)
    if not half or clock.now().timestamp() - half["at"] > MINUTES * 60:
        raise NotSignedIn("请先输入用户名和密码。")
    account = Account.objects.filter(pk=UUID(half["account"]), is_active=True).first()
    if account is None:
        raise NotSignedIn("请先输入用户名和密码。")
    return account, str(half["next"])


def _picture(text: str) -> SafeString:
    out = io.BytesIO()
    code = segno.make(text, error="m")
    code.save(out, kind="svg", border=2, omitsize=True, xmldecl=False, svgns=False)
    return mark_safe(out.getvalue().decode())  # noqa: S308 - drawn by segno from our own secret
