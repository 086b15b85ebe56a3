"""A deputy's public page: who he is and what he did, as 代表法第五十八条 asks it to be published."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from lianxin.common import clock
from lianxin.insight.public_deputy import public_deputy
from lianxin.people.models import Deputy
from lianxin.regions.selectors import place_name, town_station
from lianxin.web.door import public


@public
@never_cache
@require_GET
def deputy_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the published part of a deputy's year; no private number, no points."""
    deputy = get_object_or_404(Deputy, pk=pk)
    today = clock.today()
    year = today.year - 1 if request.GET.get("year") == str(today.year - 1) else today.year
    found = public_deputy(deputy, year)
    page = {
        "deputy": deputy,
        "shown": found,
        "seats": [(seat, place_name(seat.body_code)) for seat in found.get("seats", [])],
        "pledges": [(row, row.overdue(today)) for row in found.get("pledges", [])],
        "station": town_station(deputy.division_code[:9] + "000"),
        "year": year,
        "years": (today.year, today.year - 1),
    }
    return render(request, "web/resident/deputy.html", page)
