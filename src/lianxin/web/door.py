"""What all pages share: who asks, what may be asked of him, browser tokens."""

from __future__ import annotations

import functools
import secrets
from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest, HttpResponse

from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Denied, NotSignedIn

View = Callable[..., HttpResponse]
BROWSER_COOKIE = "said"
YEAR = 365 * 24 * 3600


def actor_of(request: HttpRequest) -> Actor:
    """Return the actor that the middleware has put on the request."""
    return cast(Actor, request.actor)  # type: ignore[attr-defined] # set by ActorMiddleware


def for_roles(*roles: Role) -> Callable[[View], View]:
    """Let only holders of one of `roles` in; the matter itself is checked by its room."""

    def guard(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                raise NotSignedIn("请先登录。")
            if roles and not actor_of(request).has(*roles):
                raise Denied("这个页面不在您的职责范围内。")
            return view(request, *args, **kwargs)

        guarded.roles = roles  # type: ignore[attr-defined] # read by the permission test
        return guarded

    return guard


def public(view: View) -> View:
    """Mark a page that anybody may open (the permission test asks for a mark on every page)."""
    view.roles = None  # type: ignore[attr-defined] # read by the permission test
    return view


def start_of(request: HttpRequest) -> int:
    """Return the place in a list from which a page goes on (`?from=50`); nonsense begins at the first."""
    typed = request.GET.get("from", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 0


def browser_token(request: HttpRequest) -> str:
    """Return the browser's random token; no fingerprint, no tracking, only to count once."""
    return request.COOKIES.get(BROWSER_COOKIE, "") or str(vars(request).get("_token", ""))


def address_of(request: HttpRequest) -> str:
    """Return the network address a request comes from."""
    return str(request.META.get("REMOTE_ADDR", ""))


def with_token(request: HttpRequest) -> str:
    """Return the browser's token, making one that `keep_token` will set."""
    token: str = browser_token(request) or secrets.token_urlsafe(16)
    request._token = token  # type: ignore[attr-defined] # for keep_token on the way out
    return token


def keep_token(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Set the browser's token on an answer."""
    if BROWSER_COOKIE not in request.COOKIES and vars(request).get("_token"):
        answer.set_cookie(
            BROWSER_COOKIE,
            browser_token(request),
            max_age=YEAR,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
    return answer
