"""章程公约 for everybody: read, compare, comment clause by clause, without signing in or JavaScript."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from lianxin.charters import selectors, services
from lianxin.charters.models import CharterClause, CharterText
from lianxin.charters.rules import kind_words
from lianxin.charters.workflow import State
from lianxin.common import clock
from lianxin.common.actor import RESIDENT
from lianxin.common.errors import Conflict, Invalid, LianxinError, NotFound, Refused, TooMany
from lianxin.common.ids import uuid7
from lianxin.regions.models import Division, DivisionKind
from lianxin.regions.selectors import place_name
from lianxin.villages.workflow import TEXT_OPEN
from lianxin.web.door import keep_token, public, with_token

VILLAGES = (DivisionKind.VILLAGE, DivisionKind.COMMUNITY)


@public
@require_GET
def village(request: HttpRequest, code: str) -> HttpResponse:
    """Show a village's charter and covenant in force, what is coming, what is asked about."""
    division = Division.objects.filter(code=code, kind__in=VILLAGES).first()
    if division is None:
        raise NotFound("没有找到这个村，请从镇里选。")
    community = division.kind == DivisionKind.COMMUNITY
    shelves = selectors.shelves(code)
    page = {
        "division": division,
        "place": place_name(code),
        "shelves": [
            {
                "shelf": shelf,
                "title": kind_words(shelf.kind, is_community=community),
                "clauses": selectors.standing(shelf.current) if shelf.current else [],
            }
            for shelf in shelves
        ],
        "text_open": TEXT_OPEN if community else "",
    }
    return render(request, "web/charters/village.html", page)


@public
@never_cache
@require_GET
def text(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one version; while comments are asked for, take them below it."""
    return _page(request, selectors.readable(pk))


@public
@require_GET
def changes(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what a version changed of the one before, with the reasons."""
    row = selectors.readable(pk)
    reasons = {one.heading: one.reason for one in row.clauses.exclude(reason="")}
    found = [one for one in selectors.against_earlier(row) if one.change != "same"] if row.earlier else []
    page = {
        "row": row,
        "place": place_name(row.division_code),
        "changed": [(one, reasons.get(one.heading, "")) for one in found],
    }
    return render(request, "web/charters/changes.html", page)


@public
@never_cache
@require_POST
def say(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take in a comment on a clause or on the whole."""
    row = selectors.readable(pk)
    try:
        services.comment_say(
            actor=RESIDENT,
            text=row,
            words=request.POST.get("words", ""),
            clause=_clause(row, request.POST.get("clause", "")),
            browser_token=with_token(request),
            request_id=request.POST.get("request_id"),
        )
    except (Invalid, Refused, Conflict, TooMany) as refusal:
        row.refresh_from_db()
        return _page(request, row, refusal)
    messages.success(request, _("您的意见收到了。期满以后，村委会逐条写明怎么处理。"))
    return keep_token(request, redirect("charter_read", pk=pk))


def _clause(row: CharterText, typed: str) -> CharterClause | None:
    """Return the clause that was chosen; an unknown one counts for the whole text."""
    try:
        return row.clauses.filter(pk=UUID(typed)).first()
    except ValueError:
        return None


def _page(request: HttpRequest, row: CharterText, refusal: LianxinError | None = None) -> HttpResponse:
    asks = row.state == State.COMMENTING and row.comment_until is not None
    page: dict[str, Any] = {
        "row": row,
        "place": place_name(row.division_code),
        "clauses": row.clauses.all(),
        "counts": selectors.comment_counts(row),
        "asks": asks and row.comment_until >= clock.today(),  # type: ignore[operator] # it asks until a day
        "chosen": request.POST.get("clause") or request.GET.get("clause", ""),
        "text_open": TEXT_OPEN if row.is_community else "",
        "errors": (refusal.fields or {"words": refusal.message}) if refusal else {},
        "typed": request.POST,
        "request_id": str(uuid7()),
    }
    with_token(request)
    answer = render(request, "web/charters/read.html", page, status=refusal.status if refusal else 200)
    return keep_token(request, answer)
