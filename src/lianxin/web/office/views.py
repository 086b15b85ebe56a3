"""The office's and the presidium's pages: review, hand over, supervise, promises, topics."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianxin.common import clock
from lianxin.common.actor import Role
from lianxin.common.errors import Conflict, Invalid, Refused
from lianxin.common.ids import uuid7
from lianxin.handling.selectors import assignments_of, deadlines_of, latest_reply, letters_of, light_of
from lianxin.opinions.selectors import topics
from lianxin.opinions.services import topic_promote
from lianxin.people.selectors import organ_name
from lianxin.suggestions import selectors
from lianxin.suggestions.models import Suggestion
from lianxin.suggestions.rules import checklist
from lianxin.web.acts import Tried
from lianxin.web.door import actor_of, for_roles
from lianxin.web.matters import key_of, may_do, options_of, perform, sheets_of, similar_for

BODY = (Role.OFFICE, Role.PRESIDIUM)
TABS = (
    ("review", "待审核"),
    ("assign", "待交办"),
    ("handling", "办理中"),
    ("evaluation", "答复评价"),
    ("dissatisfied", "不满意"),
    ("tracking", "跟踪督办"),
    ("done", "已结束"),
    ("", "全部"),
)


@for_roles(*BODY, Role.OVERSIGHT)
@never_cache
@require_GET
def suggestion_list(request: HttpRequest) -> HttpResponse:
    """List suggestions by what is to be done with them."""
    tab, after = request.GET.get("tab", "review"), request.GET.get("after", "")
    rows = selectors.suggestions_page(actor_of(request), tab=tab, after=UUID(after) if after else None)
    page = {
        "rows": rows,
        "tab": tab,
        "tabs": TABS,
        "at": "/office/suggestions",
        "next": rows[-1].id if len(rows) == 50 else "",
    }
    return render(request, "web/office/suggestions.html", page)


@for_roles(*BODY, Role.OVERSIGHT)
@never_cache
@require_GET
def suggestion(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one suggestion: text, checklist, like ones, units, deadlines, what may be done."""
    return _page(request, selectors.suggestion_for(actor_of(request), pk))


def _page(request: HttpRequest, row: Suggestion, tried: Tried | None = None) -> HttpResponse:
    actor = actor_of(request)
    page = {
        **detail(request, row),
        "similar": similar_for(row),
        "at": "/office/suggestions",
        "hints": checklist(
            title=row.title, situation=row.situation, proposal=row.proposal, demands=row.demands
        ),
        "sheets": sheets_of(actor, row, base=f"/office/suggestions/{row.id}", tried=tried),
        "may_assign": may_do(actor, row, "assign"),
    }
    return render(request, "web/office/suggestion.html", page, status=tried.refusal.status if tried else 200)


def detail(request: HttpRequest, row: Suggestion) -> dict[str, Any]:
    """Return what every page of a suggestion shows."""
    today = clock.today()
    steps = selectors.timeline(row)
    return {
        "row": row,
        "parts": [
            (part, organ_name(part.unit_code), latest_reply(part))
            for part in assignments_of("suggestion", row.id)
        ],
        "deadlines": [(one, light_of(one, today)) for one in deadlines_of("suggestion", row.id)],
        "letters": letters_of(row.id),
        "cosigners": selectors.cosignatures(row),
        "sources": row.sources.all(),
        "promises": row.commitments.order_by("due_on"),
        "evaluations": selectors.evaluations_for(actor_of(request), row),
        "request_id": str(uuid7()),
        "steps": [
            {
                "title": one["label"],
                "text": f"{one['who']} {one['note']}".strip(),
                "at": one["at"],
                "is_last": one is steps[-1],
            }
            for one in steps
        ],
    }


@for_roles(*BODY, Role.OVERSIGHT)
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
    return redirect("suggestion", pk=pk)


@for_roles(*BODY)
@never_cache
@require_http_methods(["GET", "POST"])
def assign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """交办: choose the main unit and the assisting ones, or separate ones; see what it means; press once."""
    actor = actor_of(request)
    row = selectors.suggestion_for(actor, pk)
    problem: Invalid | Refused | Conflict | None = None
    if request.method == "POST":
        try:
            perform(request, actor, row, "assign")
            messages.success(request, _("已交办，承办单位已收到通知。"))
            return redirect("suggestion", pk=pk)
        except (Invalid, Refused, Conflict) as refusal:
            problem = refusal
    units = options_of(actor, row, {"assign"})["units"]
    page = {
        "row": row,
        "units": units,
        "problem": problem,
        "typed": request.POST,
        "assist": request.POST.getlist("assist_units"),
        "request_id": str(uuid7()),
        "at": "/office/suggestions",
    }
    return render(request, "web/office/assign.html", page, status=problem.status if problem else 200)


@for_roles(*BODY, Role.UNIT_CLERK, Role.UNIT_HEAD, Role.OVERSIGHT, Role.DEPUTY)
@never_cache
@require_GET
def promises(request: HttpRequest) -> HttpResponse:
    """Show the ledger of promises."""
    rows = [(row, organ_name(row.unit_code)) for row in selectors.commitments_for(actor_of(request))[:100]]
    return render(
        request, "web/office/promises.html", {"rows": rows, "today": clock.today(), "at": "/office/promises"}
    )


@for_roles(*BODY)
@never_cache
@require_http_methods(["GET", "POST"])
def topic_list(request: HttpRequest) -> HttpResponse:
    """Show what many speak of, and put it on the yearly list."""
    actor, problem = actor_of(request), ""
    if request.method == "POST":
        try:
            category = request.POST.get("category", "")[:20]
            topic_promote(actor=actor, home6=settings.LIANXIN_HOME6, category=category, title=category)
            return redirect("topics")
        except Refused as refusal:
            problem = refusal.message
    page = {"topics": topics(actor), "problem": problem, "at": "/office/topics", "year": clock.today().year}
    return render(request, "web/office/topics.html", page, status=409 if problem else 200)
