"""The grid worker's phone: report in one screen, and what has become of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from lianxin.common.actor import Role
from lianxin.common.ids import uuid7
from lianxin.opinions import selectors
from lianxin.opinions.models import Channel
from lianxin.regions.selectors import place_name, town_station
from lianxin.stations.selectors import in_charge
from lianxin.web.door import actor_of, for_roles
from lianxin.web.station.entry import choices
from lianxin.web.station.icons import icon_of


@for_roles(Role.GRID_WORKER)
@never_cache
@require_GET
def grid(request: HttpRequest) -> HttpResponse:
    """Show the report form, whom to turn to, and the worker's own matters."""
    actor = actor_of(request)
    rows = selectors.opinions_page(actor, limit=20)
    villages = actor.places(Role.GRID_WORKER)
    page = {
        **choices(actor),
        "in_charge": in_charge(villages),
        "station": town_station(villages[0]),
        "channel": Channel.GRID.value,
        "typed": {},
        "errors": {},
        "request_id": str(uuid7()),
        "mine": [
            (row, place_name(row.division_code), icon_of(row.category), selectors.plain_state(row))
            for row in rows
        ],
        "at": "/station/grid",
    }
    return render(request, "web/station/grid.html", page)
