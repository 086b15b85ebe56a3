"""The town's and the city's view: which village is late with what, and when it last met."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from lianxin.common.errors import NotFound
from lianxin.regions.selectors import place_name
from lianxin.villages import selectors
from lianxin.villages.permissions import OVERSEERS, villages_visible_to
from lianxin.web.door import actor_of, for_roles


@for_roles(*OVERSEERS)
@never_cache
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Show all villages of the actor in red, yellow and green, the late ones first."""
    actor = actor_of(request)
    lines = selectors.board(actor)
    wanted = request.GET.get("light", "")
    order = {"red": 0, "yellow": 1, "green": 2}
    shown = sorted(
        (line for line in lines if not wanted or line.light == wanted), key=lambda line: order[line.light]
    )
    counts = {light: sum(line.light == light for line in lines) for light in order}
    page = {
        "lines": shown,
        "counts": counts,
        "wanted": wanted,
        "rates": selectors.rates(actor),
        "at": "/village/board",
    }
    return render(request, "web/village/board.html", page)


@for_roles(*OVERSEERS)
@never_cache
@require_GET
def village(request: HttpRequest, code: str) -> HttpResponse:
    """Show one village's missing and coming duties, each with its day and basis."""
    actor = actor_of(request)
    profile = (
        villages_visible_to(actor).select_related("supervising_deputy").filter(division_code=code).first()
    )
    if profile is None:
        raise NotFound("没有找到这个村，或者不在您的范围内。")
    page = {
        "profile": profile,
        "place": place_name(code),
        "rows": selectors.with_lights(selectors.items_page(actor, village=code)),
        "done": selectors.items_page(actor, village=code, tab="done", limit=12),
        "meetings": selectors.meetings_page(actor, village=code, limit=8),
        "at": "/village/board",
    }
    return render(request, "web/village/board_one.html", page)
