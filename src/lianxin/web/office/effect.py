"""治理效能: figures with their definitions; each opens the list whose length it is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from lianxin.common.actor import Actor, Role
from lianxin.duties.models import DutyPledge
from lianxin.insight import effect
from lianxin.people.models import Deputy
from lianxin.regions.selectors import place_name
from lianxin.suggestions.models import Suggestion
from lianxin.suggestions.permissions import may_know_names
from lianxin.web.deputy.duties import year_of, years
from lianxin.web.door import actor_of, for_roles

BODY = (Role.OFFICE, Role.PRESIDIUM, Role.LEADER)
PAGE = 100


@for_roles(*BODY)
@never_cache
@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """Show the five figures of a year with what each means."""
    year = year_of(request)
    page = {
        "figures": effect.figures(actor_of(request), year),
        "year": year,
        "years": years(),
        "at": "/office/effect",
    }
    return render(request, "web/office/effect.html", page)


@for_roles(*BODY)
@never_cache
@require_GET
def behind(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the list behind a figure: those that are in it, or those that are missing."""
    actor, year, rest = actor_of(request), year_of(request), request.GET.get("of") == "rest"
    rows = effect.rows_of(actor, slug, year, rest=rest)
    typed, inside = request.GET.get("page", ""), actor.has(Role.OFFICE, Role.PRESIDIUM)
    start = PAGE * (int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else 0)
    page = {
        "indicator": effect.indicator(slug),
        "total": rows.count(),
        "rows": [_line(row, actor, inside) for row in rows[start : start + PAGE]],
        "rest": rest,
        "next": start // PAGE + 1 if rows[start + PAGE : start + PAGE + 1] else "",
        "year": year,
        "at": "/office/effect",
    }
    return render(request, "web/office/effect_list.html", page)


def _line(row: Deputy | DutyPledge | Suggestion, actor: Actor, inside: bool) -> tuple[str, str, str]:
    """Return (address, what it is, whose) of one row; who only reads gets the public page of a deputy."""
    if isinstance(row, Suggestion):
        named = may_know_names(actor, row)
        title, lead = (row.title, row.lead.name) if named else (_("（保密）"), "")
        return f"/office/suggestions/{row.pk}" if inside else "", f"{row.number} {title}", lead
    deputy = row if isinstance(row, Deputy) else row.deputy
    link = f"/office/duties/deputies/{deputy.pk}" if inside else f"/deputies/{deputy.pk}"
    if isinstance(row, Deputy):
        return link, row.name, place_name(row.division_code)
    return link, row.item, deputy.name
