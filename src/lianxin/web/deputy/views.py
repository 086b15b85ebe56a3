"""A deputy's phone pages: to do, opinions, writing, co-signing, evaluating."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianxin.common.actions import parse
from lianxin.common.actor import Role
from lianxin.common.errors import Conflict, Invalid, LianxinError, Refused
from lianxin.common.ids import uuid7
from lianxin.insight.homes import home_of
from lianxin.opinions import selectors as opinions
from lianxin.people.actors import seats_of
from lianxin.people.selectors import organs
from lianxin.regions.selectors import place_name
from lianxin.rulebook.services import value
from lianxin.suggestions import selectors, services
from lianxin.suggestions.actions import DraftForm
from lianxin.suggestions.models import Suggestion
from lianxin.suggestions.rules import checklist
from lianxin.web.acts import Tried, typed_data
from lianxin.web.door import actor_of, for_roles
from lianxin.web.matters import key_of, may_do, perform, sheets_of, similar_for
from lianxin.web.office.views import detail


@for_roles(Role.DEPUTY)
@never_cache
@require_GET
def todo(request: HttpRequest) -> HttpResponse:
    """Show what waits for the deputy."""
    return render(request, "web/deputy/home.html", {"home": home_of(actor_of(request)), "tab": "todo"})


@for_roles(Role.DEPUTY)
@never_cache
@require_GET
def opinion_list(request: HttpRequest) -> HttpResponse:
    """List the opinions of the deputy's place; tick like ones to write a suggestion."""
    rows = opinions.opinions_page(actor_of(request), tab=request.GET.get("tab", "todo"), limit=40)
    page = {"rows": [(row, place_name(row.division_code)) for row in rows], "tab": "opinions"}
    return render(request, "web/deputy/opinions.html", page)


@for_roles(Role.DEPUTY)
@never_cache
@require_GET
def opinion(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one opinion without its person, with like ones to tick (合并研判)."""
    actor = actor_of(request)
    row = opinions.opinion_for(actor, pk)
    like = opinions.similar_for(actor, row.outgoing_text, exclude=(row.id,))
    page = {
        "row": row,
        "words": opinions.text_for(actor, row),
        "like": like,
        "place": place_name(row.division_code),
        "tab": "opinions",
    }
    return render(request, "web/deputy/opinion.html", page)


@for_roles(Role.DEPUTY)
@never_cache
@require_GET
def suggestion_list(request: HttpRequest) -> HttpResponse:
    """List the deputy's own and co-signed suggestions."""
    rows = selectors.suggestions_page(actor_of(request), mine=True)
    return render(request, "web/deputy/suggestions.html", {"rows": rows, "tab": "suggestions"})


@for_roles(Role.DEPUTY)
@never_cache
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """Begin a suggestion, from ticked opinions or from nothing."""
    actor = actor_of(request)
    ids = _ids(request.POST.getlist("opinions") or request.GET.getlist("opinions"))
    problem: LianxinError | None = None
    if request.method == "POST" and "title" in request.POST:
        try:
            row = services.suggestion_draft(
                actor=actor,
                body_code=request.POST.get("body", ""),
                draft=_draft(request),
                opinions=ids,
                request_id=request.POST.get("request_id"),
            )
            return redirect("deputy_suggestion", pk=row.pk)
        except (Invalid, Refused, Conflict) as refusal:
            problem = refusal
    quotes = opinions.quotable(actor, list(ids))
    page = {
        **_editor(request),
        "quotes": quotes,
        "opinion_ids": ids,
        "problem": problem,
        "typed": request.POST or _start(quotes),
        "tab": "new",
        "demands": request.POST.getlist("demands"),
    }
    return render(request, "web/deputy/write.html", page, status=problem.status if problem else 200)


@for_roles(Role.DEPUTY)
@never_cache
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change one's own draft; a text that changed meanwhile is never overwritten silently."""
    actor = actor_of(request)
    row = selectors.suggestion_for(actor, pk)
    problem: LianxinError | None = None
    if request.method == "POST":
        try:
            services.suggestion_edit(
                actor=actor,
                suggestion=row,
                draft=_draft(request),
                seen_hash=request.POST.get("seen_hash", ""),
                request_id=request.POST.get("request_id"),
            )
            return redirect("deputy_suggestion", pk=pk)
        except (Invalid, Refused, Conflict) as refusal:
            problem = refusal
    typed: Any = request.POST if request.method == "POST" else row
    demands = request.POST.getlist("demands") if request.method == "POST" else row.demands
    page = {
        **_editor(request),
        "row": row,
        "typed": typed,
        "demands": demands,
        "problem": problem,
        "tab": "suggestions",
        "quotes": row.sources.all(),
    }
    return render(request, "web/deputy/write.html", page, status=problem.status if problem else 200)


def _draft(request: HttpRequest) -> services.Draft:
    form = parse(DraftForm, typed_data(DraftForm, request.POST))
    assert isinstance(form, DraftForm)
    return form.draft()


def _editor(request: HttpRequest) -> dict[str, Any]:
    seats = [seat for seat in seats_of(actor_of(request)) if seat.level in {"city", "town"}]
    bodies = [
        (seat.body_code, f"{place_name(seat.body_code)}人大{'主席团' if seat.level == 'town' else '常委会'}")
        for seat in seats
    ]
    return {
        "bodies": bodies,
        "units": organs(),
        "categories": value("opinion.categories"),
        "request_id": str(uuid7()),
        "slots": range(5),
    }


def _start(quotes: list[opinions.Quote]) -> dict[str, str]:
    """Propose a beginning from the opinions: places and numbers, no words of persons."""
    if not quotes:
        return {}
    places = "、".join(dict.fromkeys(quote.place for quote in quotes))
    return {
        "situation": f"{places}先后有 {len(quotes)} 位群众反映同一问题（{'、'.join(quote.number for quote in quotes)}）。"
    }


def _ids(texts: list[str]) -> tuple[UUID, ...]:
    try:
        return tuple(UUID(text) for text in texts)
    except ValueError as caught:
        raise Invalid("勾选的民情有误，请回到列表重新勾选。") from caught


@for_roles(Role.DEPUTY)
@never_cache
@require_GET
def suggestion(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one suggestion to its deputies."""
    return _page(request, selectors.suggestion_for(actor_of(request), pk))


def _page(request: HttpRequest, row: Suggestion, tried: Tried | None = None) -> HttpResponse:
    actor = actor_of(request)
    page = {
        **detail(request, row),
        "tab": "suggestions",
        "similar": similar_for(row) if row.number is None else [],
        "hints": checklist(
            title=row.title, situation=row.situation, proposal=row.proposal, demands=row.demands
        )
        if row.number is None
        else [],
        "sheets": sheets_of(actor, row, base=f"/deputy/suggestions/{row.id}", tried=tried),
        "may_edit": may_do(actor, row, "edit"),
        "may_evaluate": may_do(actor, row, "evaluate"),
    }
    return render(request, "web/deputy/suggestion.html", page, status=tried.refusal.status if tried else 200)


@for_roles(Role.DEPUTY)
@require_POST
def suggestion_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Carry out one act; a refusal keeps what was typed."""
    actor = actor_of(request)
    row = selectors.suggestion_for(actor, pk)
    try:
        perform(request, actor, row, act)
    except (Invalid, Refused, Conflict) as refusal:
        row.refresh_from_db()
        return _page(request, row, Tried(key_of(request, act), request.POST, refusal))
    messages.success(request, _("已办好。"))
    return redirect("deputy_suggestion", pk=pk)


@for_roles(Role.DEPUTY)
@never_cache
@require_http_methods(["GET", "POST"])
def evaluate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """答复评价: the reply beside each demand, attitude and result, reasons where dissatisfied."""
    actor = actor_of(request)
    row = selectors.suggestion_for(actor, pk)
    problem: LianxinError | None = None
    if request.method == "POST":
        try:
            perform(request, actor, row, "evaluate")
            messages.success(request, _("已评价，24 小时内可以修改。"))
            return redirect("deputy_suggestion", pk=pk)
        except (Invalid, Refused, Conflict) as refusal:
            problem = refusal
    page = {
        **detail(request, row),
        "problem": problem,
        "typed": request.POST,
        "numbers": request.POST.getlist("demand_numbers"),
        "tab": "suggestions",
    }
    return render(request, "web/deputy/evaluate.html", page, status=problem.status if problem else 200)


@for_roles(Role.DEPUTY)
@never_cache
@require_GET
def more(request: HttpRequest) -> HttpResponse:
    """Show one's seats and further pages."""
    seats = [(seat, place_name(seat.body_code)) for seat in seats_of(actor_of(request))]
    return render(request, "web/deputy/more.html", {"seats": seats, "tab": "more"})
