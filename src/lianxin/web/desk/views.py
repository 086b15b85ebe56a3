"""The first page of each role, search, notices, health."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from lianxin.common.actor import Role
from lianxin.insight.homes import home_of
from lianxin.insight.lists import open_in
from lianxin.insight.search import search_all
from lianxin.notifications.selectors import notices_for
from lianxin.notifications.services import notice_read
from lianxin.people.models import Account
from lianxin.regions.selectors import place_name
from lianxin.web.door import actor_of, for_roles, public

KINDS = (
    (_("找件"), "file-text", {"opinion", "suggestion"}),
    (_("找人"), "user-round", {"deputy"}),
    (_("找站、找地方"), "map-pin", {"station", "division"}),
    (_("制度"), "scroll-text", {"institution"}),
)
LONGEST = 500


@for_roles()
@never_cache
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """Show the actor's first screen; a deputy goes to the phone pages."""
    actor = actor_of(request)
    if actor.has(Role.DEPUTY):
        return redirect("deputy")
    if actor.has(Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR):
        return redirect("administration")
    if actor.has(Role.VILLAGE, Role.VILLAGE_SUPERVISOR):
        return redirect("village")
    return render(request, "web/desk/home.html", {"home": home_of(actor), "at": "/desk"})


@for_roles()
@never_cache
@require_GET
def place(request: HttpRequest, code: str) -> HttpResponse:
    """List the open opinions that a tile of the cartogram counts."""
    width = 9 if code.endswith("000") else 12
    rows = list(open_in(actor_of(request), code, width)[:LONGEST])
    base = "/deputy/opinions/" if actor_of(request).has(Role.DEPUTY) else "/station/opinions/"
    page = {"rows": rows, "name": place_name(code), "base": base, "at": "/desk"}
    return render(request, "web/desk/place.html", page)


@for_roles()
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Find people, matters, stations."""
    words = request.GET.get("q", "")[:100]
    hits = search_all(actor_of(request), words)
    groups = [(name, icon, [hit for hit in hits if hit.kind in kinds]) for name, icon, kinds in KINDS]
    page = {"q": words, "groups": [group for group in groups if group[2]]}
    return render(request, "web/desk/search.html", page)


@for_roles()
@require_GET
def open_hit(request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
    """Open a found matter on the page of the actor's own door."""
    actor = actor_of(request)
    if kind == "opinion":
        return redirect("deputy_opinion" if actor.has(Role.DEPUTY) else "opinion", pk=pk)
    return redirect("deputy_suggestion" if actor.has(Role.DEPUTY) else "suggestion", pk=pk)


@for_roles()
@never_cache
@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """List the actor's notices."""
    return render(
        request, "web/desk/notices.html", {"notices": notices_for(actor_of(request))[:50], "at": "/notices"}
    )


@for_roles()
@require_POST
def notice_open(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note a notice as read and go where it points."""
    notice = get_object_or_404(notices_for(actor_of(request)), pk=pk)
    notice_read(actor=actor_of(request), notice=notice)
    return redirect(notice.link or "notices")


@for_roles()
@require_GET
def menu(request: HttpRequest) -> HttpResponse:
    """Show the menu as a page, for phones."""
    return render(request, "web/desk/menu.html")


@public
@never_cache
@require_GET
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers and, in demo mode, the demo city is loaded."""
    loaded = (
        Account.objects.filter(username="auditor", is_demo=True).exists() if settings.LIANXIN_DEMO else True
    )
    ready = loaded and (not settings.LIANXIN_DEMO or (settings.LIANXIN_DATA / "demo_loaded").exists())
    return JsonResponse(
        {"status": "ok" if ready else "loading", "demo": settings.LIANXIN_DEMO}, status=200 if ready else 503
    )
