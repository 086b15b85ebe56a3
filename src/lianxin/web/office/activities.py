"""Activities at the desk: what the groups do, common learning of a town or the city."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianxin.activities import selectors, services
from lianxin.activities.models import Kind
from lianxin.activities.permissions import STAFF, WATCHERS
from lianxin.common.actor import Actor
from lianxin.common.errors import LianxinError
from lianxin.regions.selectors import place_name
from lianxin.web import activity_pages as pages
from lianxin.web.acts import Tried
from lianxin.web.door import actor_of, for_roles


@for_roles(*WATCHERS)
@never_cache
@require_GET
def activity_list(request: HttpRequest) -> HttpResponse:
    """List activities by state and kind."""
    shown, kind = request.GET.get("tab", "open"), request.GET.get("kind", "")
    actor = actor_of(request)
    rows = selectors.activities_page(actor, tab=shown, kind=kind)
    page = {
        "rows": [(row, place_name(row.division_code)) for row in rows],
        "tabs": pages.TABS,
        "shown": shown,
        "kind": kind,
        "kinds": Kind.choices,
        "hosts": actor.has(*STAFF),
        "at": "/office/activities",
    }
    return render(request, "web/office/activities.html", page)


@for_roles(*STAFF)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Prepare an activity for all deputies of a town or of the city, such as a course."""
    actor = actor_of(request)
    problem: LianxinError | None = None
    if request.method == "POST":
        try:
            row = services.activity_plan(
                actor=actor,
                group=None,
                planned=pages.planned_from(request),
                place_code=request.POST.get("place_code", ""),
                request_id=request.POST.get("request_id"),
            )
            messages.success(request, _("活动建好了。核对一下，再发通知。"))
            return redirect("office_activity", pk=row.pk)
        except pages.REFUSALS as refusal:
            problem = refusal
    page = {
        **pages.new_page(request, None, None),
        "places": _places(actor),
        "problem": problem,
        "at": "/office/activities",
    }
    return render(request, "web/office/activity_new.html", page, status=problem.status if problem else 200)


def _places(actor: Actor) -> list[tuple[str, str]]:
    return [(code, place_name(code)) for code in actor.places(*STAFF)]


@for_roles(*WATCHERS)
@never_cache
@require_GET
def activity(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one activity with attendance, minutes, photos and its history."""
    return _page(request, pk)


def _page(request: HttpRequest, pk: UUID, tried: Tried | None = None) -> HttpResponse:
    actor = actor_of(request)
    row = selectors.activity_for(actor, pk)
    page = pages.activity_page(actor, row, base=f"/office/activities/{pk}", tried=tried)
    page |= {"place_said": place_name(row.division_code), "at": "/office/activities"}
    return render(request, "web/office/activity.html", page, status=tried.refusal.status if tried else 200)


@for_roles(*STAFF)
@require_POST
def activity_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Carry out one act on an activity."""
    actor = actor_of(request)
    row = selectors.activity_for(actor, pk)
    try:
        pages.perform(request, actor, row, act)
    except pages.REFUSALS as refusal:
        return _page(request, pk, Tried(act, request.POST, refusal))
    messages.success(request, _("已办好。"))
    return redirect("office_activity", pk=pk)


@for_roles(*WATCHERS)
@never_cache
@require_GET
def photo(request: HttpRequest, pk: UUID, file: UUID) -> HttpResponse:
    """Return one photo."""
    return pages.photo_answer(selectors.activity_for(actor_of(request), pk), file)
