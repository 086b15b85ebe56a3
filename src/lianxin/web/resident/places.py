"""Stations and deputies: whom to turn to, and where."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from lianxin.people.selectors import deputies_in
from lianxin.regions.models import Station
from lianxin.regions.selectors import place_name, station_by_code, stations, town_station, towns, villages_of
from lianxin.web.door import public

MOST = 120


@public
@require_GET
def station_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show one station: how to reach it, what it is for, its rooms and deputies."""
    station = station_by_code(code)
    if station.code != code:
        return redirect("station", code=station.code)
    page = {
        "station": station,
        "rooms": stations().filter(parent=station)[:MOST],
        "place": place_name(station.division_code),
        "deputies": deputies_in(station.division_code).prefetch_related("seats")[:12],
    }
    return render(request, "web/resident/station.html", page)


@public
@require_GET
def station_list(request: HttpRequest) -> HttpResponse:
    """List stations by town."""
    town = request.GET.get("town", "")
    found = stations().filter(town_code=town) if town else stations().filter(level__in=["city", "town"])
    page = {"stations": found[:MOST], "towns": towns(), "town": town, "counts": _counts()}
    return render(request, "web/resident/stations.html", page)


def _counts() -> dict[str, int]:
    levels = ("city", "town", "constituency", "village")
    return {level: Station.objects.filter(level=level, is_open=True).count() for level in levels}


@public
@require_GET
def find_deputy(request: HttpRequest) -> HttpResponse:
    """找代表: the deputies of a village, else of its town; never a private number."""
    town, village = request.GET.get("town", ""), request.GET.get("village", "")
    village = village if village[:9] == town[:9] else ""
    near = list(deputies_in(village).prefetch_related("seats")) if village else []
    all_town = list(deputies_in(town).prefetch_related("seats")[:60]) if town else []
    page = {
        "towns": towns(),
        "town": town,
        "villages": villages_of(town) if town else [],
        "village": village,
        "near": near,
        "others": [one for one in all_town if one not in near],
        "station": town_station(town) if town else None,
        "place": place_name(village or town) if town else "",
    }
    return render(request, "web/resident/deputies.html", page)
