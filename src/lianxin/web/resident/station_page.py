"""A station's public pages: one template for all, five tiles, the calendar, policies, 四好, papers."""

from __future__ import annotations

import calendar as months
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_http_methods

from lianxin.common import clock
from lianxin.common.actor import RESIDENT
from lianxin.common.errors import LianxinError
from lianxin.documents.models import StoredFile
from lianxin.documents.papers import StationFacts
from lianxin.documents.services import file_read
from lianxin.people.selectors import deputies_in
from lianxin.regions.models import Station
from lianxin.regions.selectors import place_name, station_by_code, stations
from lianxin.stations import goods as goods_of
from lianxin.stations import papers, selectors, services, tiles
from lianxin.stations.calendar_feed import feed
from lianxin.stations.models import StationPage
from lianxin.stations.services.goods import QUESTIONS
from lianxin.stations.services.outpost import PAGE_PHOTO
from lianxin.web.door import keep_token, public, with_token

MOST = 120
LIST = 100
AHEAD_DAYS = 60


@public
@require_GET
def station_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show one station: how to reach it, next reception, five tiles, its own block, rooms, deputies."""
    station = station_by_code(code)
    if station.code != code:
        return redirect("station", code=station.code)
    today = clock.today()
    days = selectors.days_public(station, since=today, until=today + timedelta(days=AHEAD_DAYS))
    page = {
        "station": station,
        "rooms": stations().filter(parent=station)[:MOST],
        "place": place_name(station.division_code),
        "deputies": deputies_in(station.division_code).prefetch_related("seats")[:12],
        "days": [(day, selectors.names_of(day)) for day in days[:6]],
        "tiles": tiles.counts(station),
        "policies": selectors.policies_of(station)[:3],
        "feature": StationPage.objects.filter(station__in=[station, station.parent]).first(),
        "rates": station.level in {"city", "town"},
    }
    return render(request, "web/resident/station.html", page)


@public
@require_GET
def tile(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Show the list behind one tile: its length is the tile's number."""
    station, wanted = station_by_code(code), tiles.tile_of(key)
    rows = wanted.rows(station, tiles.since())
    start = _number(request.GET.get("from", ""))
    page = {
        "station": station,
        "tile": wanted,
        "count": rows.count(),
        "rows": rows[start : start + LIST],
        "start": start,
        "next": start + LIST if rows.count() > start + LIST else 0,
        "since": tiles.since(),
        "mediations": tiles.mediations(station)[:20] if key == "service" else [],
    }
    return render(request, "web/resident/tile.html", page)


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0  # noqa: PLR2004 - digits


@public
@require_GET
def policy(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """Show one policy note; opening it is counted once for each browser, by nobody's name."""
    station = station_by_code(code)
    note = get_object_or_404(selectors.policies_of(station), pk=pk)
    services.policy_read(note=note, browser_token=with_token(request))
    page = {"station": station, "note": note, "reads": note.reads.count()}
    return keep_token(request, render(request, "web/resident/policy.html", page))


@public
@require_http_methods(["GET", "POST"])
def goods(request: HttpRequest, code: str) -> HttpResponse:
    """四好: residents answer four questions; results are shown when enough have answered."""
    station = get_object_or_404(goods_of.evaluated(), code=code)
    errors: dict[str, str] = {}
    token = with_token(request)
    if request.method == "POST":
        try:
            answers = {name: request.POST.get(name, "") for name in QUESTIONS}
            services.goods_rate(actor=RESIDENT, station=station, answers=answers, browser_token=token)
            messages.success(request, _("记下了，谢谢您。"))
            return keep_token(request, redirect("station_goods", code=code))
        except LianxinError as refusal:
            errors = refusal.fields or {"bridge": refusal.message}
    year = clock.today().year
    page = {
        "station": station,
        "year": year,
        "results": goods_of.results(station, year),
        "errors": errors,
        "typed": request.POST,
    }
    answer = render(request, "web/resident/goods.html", page, status=422 if errors else 200)
    return keep_token(request, answer)


@public
@cache_control(max_age=900)
@require_GET
def calendar_feed(request: HttpRequest, code: str) -> HttpResponse:
    """Hand out the reception days as iCalendar, a month back and a year ahead."""
    station, today = station_by_code(code), clock.today()
    days = selectors.days_public(station, since=today - timedelta(days=31), until=today + timedelta(days=366))
    answer = HttpResponse(feed(station, days), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(station.name)}.ics"
    return answer


@public
@cache_control(max_age=3600)
@require_GET
def plate(request: HttpRequest, code: str) -> HttpResponse:
    """Hand out the station's plate, A3: one layout for all, own name and code."""
    station = station_by_code(code)
    made = papers.plate_pdf(_facts(station), level=station.get_level_display(), demo=settings.LIANXIN_DEMO)
    return _pdf(made, f"{station.name}标牌.pdf")


@public
@cache_control(max_age=300)
@require_GET
def month(request: HttpRequest, code: str) -> HttpResponse:
    """Hand out the poster of a month: the reception days, and what was received."""
    station = station_by_code(code)
    typed = request.GET.get("month", "")
    first = (parse_date(f"{typed}-01") if len(typed) == 7 else None) or clock.today().replace(day=1)  # noqa: PLR2004 - 2026-11
    last = first.replace(day=months.monthrange(first.year, first.month)[1])
    days = selectors.days_public(station, since=first, until=last)
    made = papers.month_pdf(
        _facts(station), month=first, rows=_rows(days), received=_received(station, first, last),
        demo=settings.LIANXIN_DEMO,
    )  # fmt: skip
    return _pdf(made, f"{station.name}{first:%Y-%m}接待日.pdf")


def _rows(days: list[Any]) -> list[tuple[str, str, str]]:
    week = "一二三四五六日"
    return [
        (
            f"{day.on.month}月{day.on.day}日（周{week[day.on.weekday()]}）{day.starts:%H:%M}—{day.ends:%H:%M}",
            day.station.name,
            "、".join(selectors.names_of(day)),
        )
        for day in days
    ]


def _received(station: Station, first: date, last: date) -> list[tuple[str, int]]:
    return selectors.categories_of(station, first, last)


@public
@cache_control(max_age=3600)
@require_GET
def photo(request: HttpRequest, code: str, file: UUID) -> HttpResponse:
    """Return the photo of the free block."""
    station = station_by_code(code)
    shown = StoredFile.objects.filter(owner_kind=PAGE_PHOTO, owner_id=station.id, visibility="public")
    found = get_object_or_404(shown.filter(erased_at=None), pk=file)
    return HttpResponse(file_read(found), content_type=found.mime)


def _facts(station: Station) -> StationFacts:
    return StationFacts(station.code, station.name, station.phone, station.address, settings.LIANXIN_SITE_URL)


def _pdf(data: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type="application/pdf")
    answer["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(name)}"
    return answer
