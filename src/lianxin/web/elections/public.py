"""What everybody may read of a village's elections: totals, candidates, results; no voter."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lianxin.common.errors import NotFound
from lianxin.elections import selectors
from lianxin.elections.services.supervision import sitting
from lianxin.regions.models import Division, DivisionKind
from lianxin.regions.selectors import place_name
from lianxin.villages.workflow import TEXT_OPEN
from lianxin.web.door import public
from lianxin.web.elections.checks import checks_of, votes_of

VILLAGES = (DivisionKind.VILLAGE, DivisionKind.COMMUNITY)


@public
@require_GET
def village(request: HttpRequest, code: str) -> HttpResponse:
    """Show a village's elections: notices, totals of the list, results with their arithmetic."""
    division = Division.objects.filter(code=code, kind__in=VILLAGES).first()
    if division is None:
        raise NotFound("没有找到这个村，请从镇里选。")
    found = [
        (one, [(line, checks_of(line), votes_of(line)) for line in one.rounds])
        for one in selectors.public_elections(code)
    ]
    page = {
        "division": division,
        "place": place_name(code),
        "found": found,
        "supervisors": list(sitting(code)),
        "text_open": TEXT_OPEN if division.kind == DivisionKind.COMMUNITY else "",
    }
    return render(request, "web/elections/public.html", page)
