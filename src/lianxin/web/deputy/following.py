"""Following one's suggestion: where it is, contacts, the reply beside each demand, promises."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Conflict, Invalid, LianxinError, Refused
from lianxin.insight import lists
from lianxin.suggestions import selectors
from lianxin.suggestions.models import Evaluation, Suggestion
from lianxin.web.acts import Tried
from lianxin.web.door import actor_of, for_roles
from lianxin.web.matters import acts_of, key_of, perform
from lianxin.web.office.detail import detail, replies_of

REFUSALS = (Invalid, Refused, Conflict)
TABS = (("", "全部"), ("lead", "我领衔的"), ("going", "在办"), ("cosigned", "我联名的"))
PLACED = frozenset({
    "edit", "invite", "reask", "drop_withdrawn", "remove_cosigner", "cosign", "decline", "submit", "evaluate",
    "co_evaluate", "change_evaluation", "confirm_contact", "confirm_promise",
})  # fmt: skip
"""Acts that have a place of their own on these screens."""


@for_roles(Role.DEPUTY)
@never_cache
@require_GET
def suggestion_list(request: HttpRequest) -> HttpResponse:
    """List the deputy's own and co-signed suggestions."""
    shown = request.GET.get("tab", "")
    rows = lists.own_suggestions(actor_of(request), shown)[:100]
    page = {"rows": rows, "shown": shown, "tabs": TABS, "tab": "suggestions"}
    return render(request, "web/deputy/suggestions.html", page)


@for_roles(Role.DEPUTY)
@never_cache
@require_GET
def suggestion(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one suggestion to its deputies."""
    return _page(request, selectors.suggestion_for(actor_of(request), pk))


def _page(request: HttpRequest, row: Suggestion, tried: Tried | None = None) -> HttpResponse:
    acts = acts_of(actor_of(request), row, base=f"/deputy/suggestions/{row.id}", tried=tried)
    page = {
        **detail(request, row),
        "tab": "suggestions",
        "acts": acts.own,
        "part_acts": acts.parts,
        "rest": [one for name, one in acts.own.items() if name not in PLACED],
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
    except REFUSALS as refusal:
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
    open_acts = acts_of(actor, row, base="").own
    act = next((name for name in ("evaluate", "co_evaluate", "change_evaluation") if name in open_acts), "")
    problem: LianxinError | None = None
    if request.method == "POST":
        try:
            perform(request, actor, row, act or "evaluate")
            messages.success(request, _("已评价，24 小时内可以修改。"))
            return redirect("deputy_suggestion", pk=pk)
        except REFUSALS as refusal:
            problem = refusal
            row.refresh_from_db()
    mine = _mine(actor, row)
    page = {
        **detail(request, row),
        "replies": replies_of(row),
        "act": act,
        "mine": mine,
        "problem": problem,
        "typed": request.POST if request.method == "POST" else mine,
        "numbers": request.POST.getlist("demand_numbers")
        or [str(one) for one in (mine.demand_numbers if mine else [])],
        "tab": "suggestions",
    }
    return render(request, "web/deputy/evaluate.html", page, status=problem.status if problem else 200)


def _mine(actor: Actor, row: Suggestion) -> Evaluation | None:
    found = row.evaluations.filter(deputy__account=actor.id, round=row.round)
    return found.first()


@for_roles(Role.DEPUTY)
@never_cache
@require_GET
def promises(request: HttpRequest) -> HttpResponse:
    """Show the promises made on the deputy's suggestions, with the days that are left."""
    shown, today = request.GET.get("tab", "open"), clock.today()
    rows = [(row, (row.due_on - today).days) for row in lists.promises(actor_of(request), shown)[:100]]
    page = {"rows": rows, "shown": shown, "tab": "more"}
    return render(request, "web/deputy/promises.html", page)
