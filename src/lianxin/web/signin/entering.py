"""Making the session, after everything that was asked has been shown."""

from __future__ import annotations

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from lianxin.people.accounts import signed_in
from lianxin.people.actors import actor_of as rights_of
from lianxin.people.models import Account
from lianxin.people.services import must_change_password
from lianxin.web.signin.gate import remember


def enter(request: HttpRequest, account: Account, back: str, *, second: bool = False) -> HttpResponseRedirect:
    """Sign in and lead on: to the new password, to where the person wanted to go, or to the desk."""
    request.session.pop("half_signed_in", None)
    login(request, account, backend="django.contrib.auth.backends.ModelBackend")
    remember(request, account, rights_of(account), second=second)
    signed_in(account)
    if must_change_password(account):
        return HttpResponseRedirect(resolve_url("password"))
    safe = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(back if back and safe else resolve_url("desk"))
