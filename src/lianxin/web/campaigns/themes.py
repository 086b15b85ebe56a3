"""Themed years: the list with how far each is, one year village by village, one village's evidence."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianxin.campaigns import selectors, services
from lianxin.campaigns.models import Campaign
from lianxin.campaigns.permissions import campaigns_visible_to
from lianxin.campaigns.rules import percent
from lianxin.common.actor import Role
from lianxin.common.errors import LianxinError
from lianxin.regions.selectors import division_names
from lianxin.villages.permissions import READERS
from lianxin.web.answering import REFUSALS, shown
from lianxin.web.door import actor_of, for_roles
from lianxin.web.typed import typed_day

GONE = "没有找到这一项，或者不在您的范围内。"


def typed_number(typed: str) -> int:
    """Return a number as it was typed; anything else is none."""
    return int(typed) if typed.strip().isascii() and typed.strip().isdigit() else 0


@for_roles(*READERS)
@never_cache
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the themed years with the share of villages that are done."""
    actor = actor_of(request)
    rows = [
        (row, counts["done"], counts["total"], percent(counts["done"], counts["total"]))
        for row, counts in selectors.campaigns(actor)
    ]
    page = {"rows": rows, "opens": actor.has(Role.OFFICE), "at": "/campaigns"}
    return render(request, "web/campaigns/themes.html", page)


@for_roles(Role.OFFICE)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Open a themed year."""
    refusal: LianxinError | None = None
    if request.method == "POST":
        try:
            made = services.campaign_open(
                actor=actor_of(request),
                home6=actor_of(request).places(Role.OFFICE)[0][:6],
                due_on=typed_day(request, "due_on"),
                request_id=request.POST.get("request_id"),
                **{name: request.POST.get(name, "") for name in ("name", "plan", "wanted")},
            )
            return redirect("campaign", pk=made.pk)
        except REFUSALS as caught:
            refusal = caught
    page = {"at": "/campaigns"}
    return shown(request, "web/campaigns/theme_new.html", page, refusal)


@for_roles(*READERS)
@never_cache
@require_GET
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a themed year village by village."""
    return _page(request, selectors.one_of(campaigns_visible_to(actor_of(request)), pk, GONE))


@for_roles(Role.OFFICE)
@require_POST
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close a themed year with its summary."""
    actor = actor_of(request)
    row = selectors.one_of(campaigns_visible_to(actor), pk, GONE)
    try:
        key = request.POST.get("request_id")
        services.campaign_close(actor=actor, row=row, summary=request.POST.get("summary", ""), request_id=key)
    except REFUSALS as refusal:
        return _page(request, row, refusal)
    messages.success(request, _("主题年结束了，小结写上了。"))
    return redirect("campaign", pk=pk)


def _page(request: HttpRequest, row: Campaign, refusal: LianxinError | None = None) -> HttpResponse:
    actor, names = actor_of(request), division_names()
    tasks = selectors.tasks_of(actor, row)
    done = sum(task.done_on is not None for task in tasks)
    wanted = "done" if request.GET.get("tab") == "done" else "todo"
    listed = [one for one in tasks if (one.done_on is not None) == (wanted == "done")]
    files = services.proofs_counted(listed)
    lines = [
        (
            one,
            names.get(one.division_code, ""),
            names.get(f"{one.division_code[:9]}000", ""),
            files.get(one.pk, 0),
        )
        for one in listed
    ]
    page = {
        "row": row,
        "lines": lines,
        "tab": wanted,
        "done": done,
        "total": len(tasks),
        "left": len(tasks) - done,
        "share": percent(done, len(tasks)),
        "closes": actor.has(Role.OFFICE) and row.closed_on is None,
        "fills": actor.has(Role.VILLAGE) and row.closed_on is None,
        "at": "/campaigns",
    }
    return shown(request, "web/campaigns/theme.html", page, refusal)
