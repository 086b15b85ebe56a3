"""One village's part of a themed year: what it did, the photos and papers that show it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianxin.campaigns import selectors, services
from lianxin.campaigns.models import CampaignTask
from lianxin.campaigns.permissions import tasks_visible_to
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import LianxinError
from lianxin.regions.selectors import place_name
from lianxin.villages.permissions import READERS
from lianxin.web.answering import REFUSALS, shown
from lianxin.web.campaigns.themes import GONE
from lianxin.web.door import actor_of, for_roles


@for_roles(*READERS)
@never_cache
@require_http_methods(["GET", "POST"])
def task(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a village's part, and take its evidence."""
    row = _mine(actor_of(request), pk)
    if request.method != "POST":
        return _page(request, row)
    try:
        services.task_finish(
            actor=actor_of(request),
            task=row,
            evidence=request.POST.get("evidence", ""),
            files=_files(request),
            request_id=request.POST.get("request_id"),
        )
    except REFUSALS as refusal:
        return _page(request, row, refusal)
    messages.success(request, _("填好了，镇里和市里看得到。"))
    return redirect("campaign_task", pk=pk)


@for_roles(Role.VILLAGE)
@require_POST
def prove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add photos or papers to a part that is done."""
    row = _mine(actor_of(request), pk)
    try:
        services.task_prove(
            actor=actor_of(request),
            task=row,
            files=_files(request),
            request_id=request.POST.get("request_id"),
        )
    except REFUSALS as refusal:
        return _page(request, row, refusal)
    messages.success(request, _("补上了，镇里和市里看得到。"))
    return redirect("campaign_task", pk=pk)


@for_roles(*READERS)
@never_cache
@require_GET
def proof(request: HttpRequest, pk: UUID, file: UUID) -> HttpResponse:
    """Return a photo or a paper of a part."""
    content, mime = services.proof_open(task=_mine(actor_of(request), pk), file=file)
    return HttpResponse(content, content_type=mime)


def _mine(actor: Actor, pk: UUID) -> CampaignTask:
    return selectors.one_of(tasks_visible_to(actor).select_related("campaign"), pk, GONE)


def _files(request: HttpRequest) -> list[bytes]:
    return [one.read() for one in request.FILES.getlist("files")]


def _page(request: HttpRequest, row: CampaignTask, refusal: LianxinError | None = None) -> HttpResponse:
    row.refresh_from_db(fields=["done_on", "evidence"])
    files = services.proofs_of(row)
    works = actor_of(request).has_in(row.division_code, Role.VILLAGE) and row.campaign.closed_on is None
    page: dict[str, Any] = {
        "row": row,
        "place": place_name(row.division_code),
        "photos": [one for one in files if one.purpose == "photo"],
        "papers": [one for one in files if one.purpose != "photo"],
        "fills": works and row.done_on is None,
        "adds": works and row.done_on is not None and len(files) < services.MOST_FILES,
        "at": "/campaigns",
    }
    return shown(request, "web/campaigns/task.html", page, refusal)
