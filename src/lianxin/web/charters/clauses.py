"""The clause editor: each clause is added, changed, taken out and moved by buttons, with its reason."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from lianxin.charters import selectors, services
from lianxin.charters.hints import hints_of
from lianxin.charters.models import CharterClause
from lianxin.common.actor import Role
from lianxin.common.errors import LianxinError
from lianxin.regions.selectors import place_name
from lianxin.web.answering import REFUSALS, shown
from lianxin.web.charters.work import text_page
from lianxin.web.door import actor_of, for_roles


@for_roles(Role.VILLAGE)
@require_POST
def add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add a clause."""
    row = selectors.text_for(actor_of(request), pk)
    try:
        services.clause_add(
            actor=actor_of(request),
            text=row,
            request_id=request.POST.get("request_id"),
            **{name: request.POST.get(name, "") for name in ("heading", "words", "reason")},
        )
    except REFUSALS as refusal:
        return text_page(request, row, "add", refusal)
    messages.success(request, _("新的一条加上了。"))
    return redirect("charter", pk=pk)


@for_roles(Role.VILLAGE)
@never_cache
@require_http_methods(["GET", "POST"])
def clause(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write a clause anew beside what stood before; a hint is answered here, by a person."""
    row = selectors.clause_for(actor_of(request), pk)
    if request.method != "POST":
        return _page(request, row)
    try:
        services.clause_change(
            actor=actor_of(request),
            clause=row,
            request_id=request.POST.get("request_id"),
            **{name: request.POST.get(name, "") for name in ("words", "reason", "kept_why")},
        )
    except REFUSALS as refusal:
        return _page(request, row, refusal)
    if not row.kept_why and hints_of(row.words):
        messages.warning(request, _("存好了。这一条有合法性提示，请看一看。"))
        return redirect("charter_clause", pk=pk)
    messages.success(request, _("这一条存好了。"))
    return redirect("charter", pk=row.text_id)


@for_roles(Role.VILLAGE)
@require_POST
def remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a clause out, with the reason."""
    row = selectors.clause_for(actor_of(request), pk)
    try:
        services.clause_remove(
            actor=actor_of(request),
            clause=row,
            reason=request.POST.get("reason", ""),
            request_id=request.POST.get("request_id"),
        )
    except REFUSALS as refusal:
        return _page(request, row, refusal, tried="remove")
    messages.success(request, _("这一条删掉了，原文和理由都留着。"))
    return redirect("charter", pk=row.text_id)


@for_roles(Role.VILLAGE)
@require_POST
def move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Move a clause up or down."""
    row = selectors.clause_for(actor_of(request), pk)
    try:
        services.clause_move(
            actor=actor_of(request),
            clause=row,
            up=request.POST.get("to") == "up",
            request_id=request.POST.get("request_id"),
        )
    except REFUSALS as refusal:
        return text_page(request, row.text, "move", refusal)
    return redirect("charter", pk=row.text_id)


def _page(
    request: HttpRequest, row: CharterClause, refusal: LianxinError | None = None, tried: str = "change"
) -> HttpResponse:
    typed = request.POST.get("words", "") if refusal and tried == "change" else row.words
    page = {
        "row": row,
        "text": row.text,
        "place": place_name(row.text.division_code),
        "hints": hints_of(typed),
        "typed_words": typed,
        "typed_reason": request.POST.get("reason", "") if refusal else row.reason,
        "typed_kept": request.POST.get("kept_why", "") if refusal else row.kept_why,
        "tried": tried if refusal else "",
        "at": "/charters",
    }
    return shown(request, "web/charters/clause.html", page, refusal)
