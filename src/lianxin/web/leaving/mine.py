"""What I am asked to take over, and what I hand on myself."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from lianxin.common.actor import Role
from lianxin.common.errors import LianxinError, NotFound
from lianxin.leaving import selectors, services
from lianxin.leaving.models import Leaving, LeavingItem
from lianxin.leaving.workflow import RECEIVERS
from lianxin.regions.selectors import place_name
from lianxin.web.answering import REFUSALS, shown
from lianxin.web.door import actor_of, for_roles


@for_roles(*RECEIVERS)
@never_cache
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Show what waits for my word, and where my own things have gone."""
    return _page(request)


@for_roles(*RECEIVERS)
@require_POST
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take over what was ticked, or say why not."""
    actor = actor_of(request)
    row = _asked(request, pk)
    items = [one.pk for one in row[1] if str(one.pk) in request.POST.getlist("items")]
    common: dict[str, Any] = {
        "actor": actor,
        "leaving": row[0],
        "items": items,
        "request_id": request.POST.get("request_id"),
    }
    try:
        if request.POST.get("answer") == "accept":
            services.items_accept(**common)
            messages.success(request, _("记下了，您愿意接手。办结那天转到您名下。"))
        else:
            reason = request.POST.get("reason", "")
            services.items_decline(reason=reason, **common)
            messages.success(request, _("记下了，主席团会另找人。"))
    except REFUSALS as refusal:
        return _page(request, pk, refusal)
    return redirect("leaving_mine")


def _asked(request: HttpRequest, pk: UUID) -> tuple[Leaving, list[LeavingItem]]:
    for leaving, items in selectors.asked_of(actor_of(request)):
        if leaving.pk == pk:
            return leaving, items
    raise NotFound("没有找到要您接手的事，可能已经另定了人。")


def _page(
    request: HttpRequest, tried: UUID | None = None, refusal: LianxinError | None = None
) -> HttpResponse:
    actor = actor_of(request)
    phone = actor.has(Role.DEPUTY, Role.LEADER)
    page = {
        "base": "base_phone.html" if phone else "base_desk.html",
        "asked": [
            (row, items, place_name(row.division_code), any(one.state == "asked" for one in items))
            for row, items in selectors.asked_of(actor)
        ],
        "own": [(row, list(row.items.all())) for row in selectors.own_leavings(actor)],
        "tried": tried,
        "tab": "more",
        "at": "/leaving/mine",
    }
    return shown(request, "web/leaving/mine.html", page, refusal)
