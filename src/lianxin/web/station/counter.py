"""柜台查询: somebody has lost his slip; the keeper finds his matter by name and the phone's last digits."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lianxin.common.actor import Role
from lianxin.common.errors import Invalid, LianxinError, TooMany
from lianxin.opinions import selectors, services
from lianxin.opinions.models import Opinion
from lianxin.web.door import actor_of, for_roles


@for_roles(Role.KEEPER)
@never_cache
@require_http_methods(["GET", "POST"])
def counter(request: HttpRequest) -> HttpResponse:
    """Ask for the digits and the name; show number and state of what fits, never a query code."""
    actor, problem, found = actor_of(request), None, []
    if request.method == "POST":
        try:
            found = services.counter_find(
                actor=actor, tail=request.POST.get("tail", "").strip(), name=request.POST.get("name", "")
            )
        except (Invalid, TooMany) as refusal:
            problem = refusal
    return _page(request, found, problem)


def _page(request: HttpRequest, found: list[Opinion], problem: LianxinError | None) -> HttpResponse:
    page = {
        "asked": request.method == "POST" and problem is None,
        "rows": [(row, selectors.plain_state(row)) for row in found],
        "typed": request.POST,
        "problem": problem.message if problem else "",
        "errors": problem.fields if problem else {},
        "at": "/station/counter",
    }
    return render(request, "web/station/counter.html", page, status=problem.status if problem else 200)
