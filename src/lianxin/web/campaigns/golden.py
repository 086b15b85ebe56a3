"""The contest for everybody: read the covenants, one vote a day without signing in, the ten that won."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lianxin.campaigns import selectors, services
from lianxin.campaigns.models import Nomination
from lianxin.campaigns.workflow import Stage
from lianxin.common.actor import RESIDENT
from lianxin.common.errors import Conflict, Invalid, LianxinError, Refused
from lianxin.common.ids import uuid7
from lianxin.regions.selectors import place_name
from lianxin.web.door import keep_token, public, with_token


@public
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the covenants that stand for the vote, or the ten that won."""
    contest = selectors.contest_now(settings.LIANXIN_HOME6)
    rows = selectors.ballot_list(contest) if contest else []
    page = {
        "contest": contest,
        "rows": [(row, place_name(row.division_code)) for row in rows],
        "is_voting": contest is not None and contest.state == Stage.VOTING,
    }
    with_token(request)
    return keep_token(request, render(request, "web/campaigns/golden.html", page))


@public
@require_GET
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one covenant with its words, and take a vote for it."""
    return _page(request, selectors.shown_nomination(pk))


@public
@require_POST
def vote(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Count one vote of this browser today."""
    row = selectors.shown_nomination(pk)
    try:
        key = request.POST.get("request_id")
        services.vote_cast(actor=RESIDENT, row=row, browser_token=with_token(request), request_id=key)
    except (Invalid, Refused, Conflict) as refusal:
        return _page(request, row, refusal)
    messages.success(request, _("投好了。系统只加一票，不记谁投给谁。"))
    return keep_token(request, redirect("golden_one", pk=pk))


def _page(request: HttpRequest, row: Nomination, refusal: LianxinError | None = None) -> HttpResponse:
    page = {
        "row": row,
        "place": place_name(row.division_code),
        "is_voting": row.contest.state == Stage.VOTING,
        "problem": refusal,
        "request_id": str(uuid7()),
    }
    with_token(request)
    answer = render(request, "web/campaigns/golden_one.html", page, status=refusal.status if refusal else 200)
    return keep_token(request, answer)
