"""机制运行: the monthly health of contacts, with the list behind each number."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from lianxin.common import clock
from lianxin.common.actor import Role
from lianxin.insight import mechanism
from lianxin.regions.selectors import place_name
from lianxin.web.door import actor_of, for_roles, start_of
from lianxin.web.office.pairing_lists import alarm_said

SHOWN = 50


@for_roles(Role.PRESIDIUM, Role.OFFICE)
@never_cache
@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """Show the months of the last twelve in which something broke, and one of them with its links."""
    actor, start = actor_of(request), start_of(request)
    month = _month(request.GET.get("month", ""))
    rows = list(mechanism.alarms_of(actor, month)[start : start + SHOWN + 1])
    lines = mechanism.health(actor)
    page = {
        "lines": [line for line in lines if line.says_something or line.month == month],
        "this": next(line for line in lines if line.month == month),
        "met": mechanism.met_in(actor, month),
        "rows": [(row, alarm_said(row)[1], place_name(row.division_code)) for row in rows[:SHOWN]],
        "next": start + SHOWN if len(rows) > SHOWN else 0,
        "at": "/office/mechanism",
    }
    return render(request, "web/office/mechanism.html", page)


def _month(typed: str) -> date:
    """Return the month asked for, the present one where it is not among the twelve."""
    months = mechanism.months_until(clock.today())
    day = parse_date(f"{typed}-01") if len(typed) == 7 and typed.replace("-", "").isdigit() else None
    return day if day in months else months[0]
