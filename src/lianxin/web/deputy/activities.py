"""A deputy's activities: what comes, what was; the leader prepares, tells, ends and minutes them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianxin.activities import selectors, services
from lianxin.activities.permissions import leads
from lianxin.common.actor import Role
from lianxin.common.errors import Denied, LianxinError
from lianxin.web import activity_pages as pages
from lianxin.web.acts import Tried
from lianxin.web.deputy.group import own_group
from lianxin.web.door import actor_of, for_roles


@for_roles(Role.DEPUTY)
@never_cache
@require_GET
def activity_list(request: HttpRequest) -> HttpResponse:
    """List the activities of one's group and place."""
    actor = actor_of(request)
    shown = request.GET.get("tab", "open")
    group = selectors.own_group(actor)
    page = {
        "rows": selectors.activities_page(actor, tab=shown),
        "tabs": pages.TABS,
        "shown": shown,
        "leads": group is not None and leads(actor, group),
        "tab": "more",
    }
    return render(request, "web/deputy/activities.html", page)


@for_roles(Role.DEPUTY)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Prepare an activity of one's group, from a line of the plan or freely."""
    actor = actor_of(request)
    group = own_group(actor)
    if not leads(actor, group):
        raise Denied("小组活动由组长来建。想办什么活动，可以在小组消息里说。")
    item = pages.item_asked(actor, request.POST.get("item") or request.GET.get("item", ""))
    problem: LianxinError | None = None
    if request.method == "POST":
        try:
            row = services.activity_plan(
                actor=actor,
                group=group,
                planned=pages.planned_from(request),
                item=item,
                request_id=request.POST.get("request_id"),
            )
            messages.success(request, _("活动建好了。核对一下，再发通知。"))
            return redirect("deputy_activity", pk=row.pk)
        except pages.REFUSALS as refusal:
            problem = refusal
    page = {**pages.new_page(request, group, item), "problem": problem, "tab": "more"}
    return render(request, "web/deputy/activity_new.html", page, status=problem.status if problem else 200)


@for_roles(Role.DEPUTY)
@never_cache
@require_GET
def activity(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one activity: when, where, who; what the leader may do next."""
    return _page(request, pk)


def _page(request: HttpRequest, pk: UUID, tried: Tried | None = None) -> HttpResponse:
    actor = actor_of(request)
    row = selectors.activity_for(actor, pk)
    page = pages.activity_page(actor, row, base=f"/deputy/group/activities/{pk}", tried=tried)
    status = tried.refusal.status if tried else 200
    return render(request, "web/deputy/activity.html", {**page, "tab": "more"}, status=status)


@for_roles(Role.DEPUTY)
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
    return redirect("deputy_activity", pk=pk)


@for_roles(Role.DEPUTY)
@never_cache
@require_GET
def photo(request: HttpRequest, pk: UUID, file: UUID) -> HttpResponse:
    """Return one photo."""
    return pages.photo_answer(selectors.activity_for(actor_of(request), pk), file)
