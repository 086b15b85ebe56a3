"""The supervision committee's own pages: the quarter's review and the yearly appraisal."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lianxin.common import clock
from lianxin.common.actor import Role
from lianxin.common.errors import Conflict, Invalid, LianxinError, Refused
from lianxin.common.ids import uuid7
from lianxin.elections import services
from lianxin.elections.bodies import AppraisalResult, SupervisionReview
from lianxin.elections.services.office import in_office
from lianxin.regions.selectors import place_name
from lianxin.villages.selectors import published
from lianxin.web.door import actor_of, for_roles
from lianxin.web.typed import typed_count, typed_day
from lianxin.web.village.forms import own_village

REFUSALS = (Invalid, Refused, Conflict)


@for_roles(Role.VILLAGE_SUPERVISOR)
@never_cache
@require_http_methods(["GET", "POST"])
def reviews(request: HttpRequest) -> HttpResponse:
    """Show the quarters' reviews and take this quarter's."""
    village = own_village(actor_of(request))
    problem: LianxinError | None = None
    if request.method == "POST":
        try:
            services.review_note(
                actor=actor_of(request),
                village=village,
                held_on=typed_day(request, "held_on"),
                text=request.POST.get("text", ""),
                vouchers=typed_count(request, "vouchers"),
                request_id=request.POST.get("request_id"),
            )
            messages.success(request, _("季度审核记下了。"))
            return redirect("election_reviews")
        except REFUSALS as refusal:
            problem = refusal
    found = SupervisionReview.objects.filter(division_code=village).order_by("-period")[:12]
    more = {"rows": found, "published": published(village)[:8]}
    return _page(request, "web/elections/reviews.html", village, problem, more)


@for_roles(Role.VILLAGE_SUPERVISOR)
@never_cache
@require_http_methods(["GET", "POST"])
def appraisals(request: HttpRequest) -> HttpResponse:
    """Show the yearly appraisals and take this year's."""
    village = own_village(actor_of(request))
    problem: LianxinError | None = None
    members = list(in_office(village))
    if request.method == "POST":
        try:
            services.appraisal_note(
                actor=actor_of(request),
                village=village,
                held_on=typed_day(request, "held_on"),
                by_assembly=request.POST.get("body") == "assembly",
                present=typed_count(request, "present"),
                unfit_votes={str(one.pk): typed_count(request, f"unfit-{one.pk}") for one in members},
                request_id=request.POST.get("request_id"),
            )
            messages.success(request, _("民主评议记下了。"))
            return redirect("election_appraisals")
        except REFUSALS as refusal:
            problem = refusal
    mine = AppraisalResult.objects.filter(appraisal__division_code=village)
    results = mine.select_related("appraisal", "candidate__post").order_by("-appraisal__year", "id")[:30]
    return _page(
        request, "web/elections/appraisals.html", village, problem, {"results": results, "members": members}
    )


def _page(
    request: HttpRequest, template: str, village: str, problem: LianxinError | None, more: dict[str, Any]
) -> HttpResponse:
    page = {
        "place": place_name(village),
        "today": clock.today(),
        "typed": request.POST,
        "problem": problem,
        "errors": problem.fields if problem else {},
        "request_id": str(uuid7()),
        "at": "/elections/supervision",
        **more,
    }
    return render(request, template, page, status=problem.status if problem else 200)
