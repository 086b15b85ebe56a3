"""Stations and deputies: whom to turn to, and where."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lianxin.regions.models import Station
from lianxin.regions.selectors import stations, towns
from lianxin.web.door import public

MOST = 120


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
