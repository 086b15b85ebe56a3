"""Who is asking, and what a refusal looks like on a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from lianxin.common.actor import RESIDENT, Actor
from lianxin.common.errors import Invalid, LianxinError, NotSignedIn, TooMany
from lianxin.people.actors import actor_of
from lianxin.people.permissions import APART
from lianxin.web import door
from lianxin.web.signin.gate import lacks_second

Answer = Callable[[HttpRequest], HttpResponse]


LACKS = "_lacks_second"


def _actor(request: HttpRequest) -> Actor:
    """Return who asks; without the rights of an administrator where the second factor was not shown."""
    if not request.user.is_authenticated:
        return RESIDENT
    actor = actor_of(request.user)
    if not lacks_second(request, actor):
        return actor
    setattr(request, LACKS, True)
    return replace(actor, roles=tuple(held for held in actor.roles if held.role not in APART))


class ActorMiddleware:
    """Put the actor on the request; roles are read once, when somebody asks for them."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request with `request.actor` at hand."""
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined] # set here once
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Answer, args: tuple[object, ...], kwargs: dict[str, object]
    ) -> HttpResponse | None:
        """Lead whoever has become an administrator meanwhile through the sign-in, with the second factor."""
        if getattr(view, "roles", None) is None or not request.user.is_authenticated:
            return None
        known = door.actor_of(request).id  # reads the roles
        if known is None or not hasattr(request, LACKS):
            return None
        logout(request)
        return redirect_to_login(request.get_full_path() if request.method == "GET" else "")


class LanguageMiddleware:
    """Chinese first; English only for those who chose it (not by the browser's own language)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the chosen language."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        with translation.override("en" if chosen == "en" else settings.LANGUAGE_CODE):
            answer = self.get_response(request)
        answer.headers.setdefault("Content-Language", "en" if chosen == "en" else "zh-CN")
        return answer


def _odd(request: HttpRequest) -> bool:
    """Say whether a query or a form holds a NUL sign."""
    sent = [request.GET, request.POST] if request.method == "POST" else [request.GET]
    return any("\x00" in part for one in sent for _, parts in one.lists() for part in parts)


class RefusalMiddleware:
    """Turn an expected refusal that no view has caught into a page that says what to do."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Answer, args: tuple[object, ...], kwargs: dict[str, object]
    ) -> HttpResponse | None:
        """Refuse what no database column takes before anything is done with it."""
        if request.path.startswith("/api/") or not _odd(request):
            return None
        refusal = Invalid("内容里有不能保存的字符（空字符），请去掉后再试。")
        return render(request, "web/refused.html", {"refusal": refusal}, status=refusal.status)

    def process_exception(self, request: HttpRequest, caught: Exception) -> HttpResponse | None:
        """Answer with the refusal's status and sentence."""
        if not isinstance(caught, LianxinError) or request.path.startswith("/api/"):
            return None
        if isinstance(caught, NotSignedIn):
            return redirect_to_login(request.get_full_path())
        answer = render(request, "web/refused.html", {"refusal": caught}, status=caught.status)
        if isinstance(caught, TooMany):
            answer["Retry-After"] = str(caught.retry_after)
        return answer
