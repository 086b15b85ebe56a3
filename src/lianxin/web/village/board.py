"""The town's and the city's view: which of the four links is broken in which village, and why."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from lianxin.campaigns.permissions import inspections_visible_to
from lianxin.campaigns.rules import quarter_words
from lianxin.campaigns.selectors import findings_page
from lianxin.common import clock
from lianxin.common.errors import NotFound
from lianxin.elections.permissions import elections_visible_to
from lianxin.elections.services.supervision import sitting
from lianxin.insight import four_links
from lianxin.insight.four_links import VillageRow
from lianxin.insight.link_rules import PLAIN_LINK, Link
from lianxin.people.permissions import TERM_READERS
from lianxin.regions.selectors import place_name
from lianxin.villages import selectors
from lianxin.villages.permissions import NUMBERERS, OVERSEERS, may_number, villages_visible_to
from lianxin.web.door import actor_of, for_roles

ORDER = {"red": 0, "yellow": 1, "green": 2}


@for_roles(*OVERSEERS)
@never_cache
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Show all villages of the actor with the lamps of the four links, the red ones first."""
    actor = actor_of(request)
    rows = four_links.board(actor)
    wanted, link = request.GET.get("light", ""), request.GET.get("link", "")
    lights = [row.light for row in rows]
    page = {
        "rows": _shown(rows, wanted, link),
        "links": [(key.value, PLAIN_LINK[key], _red(rows, place)) for place, key in enumerate(Link)],
        "counts": {light: lights.count(light) for light in ORDER},
        "link": next((words for key, words in PLAIN_LINK.items() if key == link), ""),
        "wanted": wanted,
        "inspected": sum(row.is_inspected for row in rows),
        "total": len(rows),
        "rates": selectors.rates(actor),
        "compares": actor.has(*TERM_READERS),
        "numbers": actor.has(*NUMBERERS),
        "at": "/village/board",
    }
    return render(request, "web/village/board.html", page)


def _shown(rows: list[VillageRow], light: str, link: str) -> list[VillageRow]:
    """Return the villages with this lamp, in one link or as the worst of the four, the red ones first."""
    place = list(Link).index(Link(link)) if link in set(Link) else None
    lamps = [row.light if place is None else row.cells[place].lamp for row in rows]
    shown = [row for row, lamp in zip(rows, lamps, strict=True) if not light or lamp == light]
    return sorted(shown, key=lambda row: ORDER[row.light])


def _red(rows: list[VillageRow], place: int) -> int:
    """Return how many villages are red in one link."""
    return sum(row.cells[place].lamp == "red" for row in rows)


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
    sheet = inspections_visible_to(actor).filter(division_code=code).order_by("-quarter").first()
    page = {
        "profile": profile,
        "numbers": may_number(actor, code),
        "sheet": sheet,
        "quarter": quarter_words(sheet.quarter) if sheet else "",
        "found": findings_page(actor, village=code, tab="open"),
        "today": clock.today(),
        "place": place_name(code),
        "links": four_links.village(code, is_community=profile.is_community),
        "supervisors": sitting(code),
        "elections": elections_visible_to(actor).filter(division_code=code).order_by("-created_at")[:4],
        "rows": selectors.with_lights(selectors.items_page(actor, village=code)),
        "done": selectors.items_page(actor, village=code, tab="done", limit=12),
        "meetings": selectors.meetings_page(actor, village=code, limit=8),
        "at": "/village/board",
    }
    return render(request, "web/village/board_one.html", page)
