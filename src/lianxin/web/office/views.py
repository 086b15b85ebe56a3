"""The office's and the presidium's lists, 建议审核 and what follows; the ledger; topics."""

from __future__ import annotations

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
from lianxin.insight import lists
from lianxin.insight.routing import routed_before
from lianxin.opinions.selectors import topics
from lianxin.opinions.services import topic_promote
from lianxin.people.selectors import organ_name
from lianxin.suggestions import selectors
from lianxin.suggestions.models import Suggestion
from lianxin.suggestions.permissions import may_know_names
from lianxin.web.acts import Tried
from lianxin.web.checks import automatic
from lianxin.web.door import actor_of, for_roles
from lianxin.web.matters import acts_of, earlier_like, key_of, perform
from lianxin.web.office.detail import detail

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
LEDGER = (
    ("open", "没兑现的"),
    ("late", "逾期"),
    ("proof", "等代表确认"),
    ("fulfilled", "已兑现"),
    ("", "全部"),
)
PLACED = frozenset({"register", "send_back", "propose_rejection", "reject", "merge", "assign",
                    "order_rehandling", "escalate", "track", "close", "close_escalated"})  # fmt: skip
"""Acts that have a place of their own on the screen."""


def _cursor(typed: str) -> UUID | None:
    """Return the id behind a page mark; a broken one shows the first page."""
    try:
        return UUID(typed) if typed else None
    except ValueError:
        return None


@for_roles(*BODY, Role.OVERSIGHT)
@never_cache
@require_GET
def suggestion_list(request: HttpRequest) -> HttpResponse:
    """List suggestions by what is to be done with them."""
    tab, after = request.GET.get("tab", "review"), request.GET.get("after", "")
    rows = selectors.suggestions_page(actor_of(request), tab=tab, after=_cursor(after))
    actor = actor_of(request)
    page = {
        "rows": [(row, may_know_names(actor, row)) for row in rows],
        "tab": tab,
        "tabs": [(key, name, selectors.figures(actor_of(request)).get(key or "total")) for key, name in TABS],
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
    acts = acts_of(actor_of(request), row, base=f"/office/suggestions/{row.id}", tried=tried)
    early = row.state in {"submitted", "registered"}
    text = row.title + row.situation
    like = selectors.similar_earlier(text, row) if early else []
    page = {
        **detail(request, row),
        "at": "/office/suggestions",
        "early": early,
        "similar": earlier_like(actor_of(request), text, row) if early else [],
        "routed": routed_before(row, like) if early else [],
        "checks": automatic(row, row.demands),
        "acts": acts.own,
        "part_acts": acts.parts,
        "rest": [one for name, one in acts.own.items() if name not in PLACED],
    }
    return render(request, "web/office/suggestion.html", page, status=tried.refusal.status if tried else 200)


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
    return redirect("assign" if act == "register" else "suggestion", pk=pk)


@for_roles(*BODY, Role.UNIT_CLERK, Role.UNIT_HEAD, Role.OVERSIGHT)
@never_cache
@require_GET
def promises(request: HttpRequest) -> HttpResponse:
    """承诺台账: what was promised, by whom, and how many days are left."""
    actor, shown, today = actor_of(request), request.GET.get("tab", "open"), clock.today()
    rows = [
        (row, organ_name(row.unit_code), (row.due_on - today).days)
        for row in lists.promises(actor, shown).order_by("due_on")[:200]
    ]
    unit = actor.has(*lists.UNIT)
    page = {"rows": rows, "tabs": LEDGER, "shown": shown, "for_unit": unit, "at": request.path}
    return render(request, "web/office/promises.html", page)


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
