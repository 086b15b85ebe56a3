"""找代表: who stands for a village, where and when to meet him; never a private number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lianxin.contacts import selectors
from lianxin.people.models import Deputy
from lianxin.people.selectors import deputies_in
from lianxin.regions.models import Station
from lianxin.regions.selectors import place_name, town_station, towns, villages_of
from lianxin.stations.selectors import next_day
from lianxin.web.door import public

MOST = 60


@dataclass(frozen=True, slots=True)
class Shown:
    """A deputy as the public sees him."""

    deputy: Deputy
    households_here: int

    @property
    def levels(self) -> str:
        """Return the levels of his seats, each once."""
        return " ".join(dict.fromkeys(str(seat.get_level_display()) for seat in self.deputy.seats.all()))


@public
@require_GET
def find_deputy(request: HttpRequest) -> HttpResponse:
    """Show the deputies who live in a village or keep contact with households there, then the town's."""
    town, village = request.GET.get("town", ""), request.GET.get("village", "")
    village = village if village[:9] == town[:9] else ""
    counts = selectors.contacts_in_village(village) if village else {}
    all_town = list(deputies_in(town).prefetch_related("seats")[:MOST]) if town else []
    near = [one for one in all_town if village and (one.division_code == village or one.pk in counts)]
    station = town_station(town) if town else None
    page = {
        "towns": towns(),
        "town": town,
        "villages": villages_of(town) if town else [],
        "village": village,
        "near": _shown(near, counts),
        "others": _shown((one for one in all_town if one not in near), {}),
        "station": station,
        "reception": _reception(station),
        "place": place_name(village or town) if town else "",
    }
    return render(request, "web/resident/deputies.html", page)


def _reception(station: Station | None) -> date | None:
    """Return the next day on which deputies sit at the station."""
    day = next_day(station) if station else None
    return day.on if day else None


def _shown(rows: Iterable[Deputy], counts: dict[UUID, int]) -> list[Shown]:
    return [Shown(row, counts.get(row.pk, 0)) for row in rows]
