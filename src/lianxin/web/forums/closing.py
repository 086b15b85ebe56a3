"""闭会核对, the minutes, the letters and the effect."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from lianxin.common.errors import LianxinError
from lianxin.meetings import selectors, services
from lianxin.meetings.models import ItemRating
from lianxin.meetings.permissions import hosts, may
from lianxin.meetings.rules import closing_problems
from lianxin.meetings.services.step import facts_of, lines_of
from lianxin.meetings.workflow import FORUM, ITEM, SPOT, WRITTEN
from lianxin.web.answering import REFUSALS
from lianxin.web.basis import said_basis
from lianxin.web.door import actor_of, for_roles
from lianxin.web.forums.parts import WATCHERS, basis_of, shown
from lianxin.web.forums.planning import _hosted


@for_roles(*WATCHERS)
@never_cache
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what is still open and the sum; keep the draft of the minutes."""
    actor, forum = actor_of(request), _hosted(request, pk)
    problem: LianxinError | None = None
    if request.method == "POST":
        try:
            services.minutes_draft(
                actor=actor,
                forum=forum,
                minutes=request.POST.get("minutes", ""),
                request_id=request.POST.get("request_id"),
            )
            messages.success(request, _("纪要稿存好了，请主持人确认。"))
            return redirect("forum_check", pk=pk)
        except REFUSALS as refusal:
            problem = refusal
    facts = facts_of(forum, actor)
    undecided = [one for one in selectors.ledger(forum) if one.state not in SPOT | WRITTEN]
    homeless = [one for one in selectors.ledger(forum) if not one.units.all()]
    page = {
        "forum": forum,
        "count": selectors.counts_of(forum),
        "problems": closing_problems(lines_of(forum)),
        "open_items": sorted({*undecided, *homeless}, key=lambda one: one.number),
        "minutes": request.POST.get("minutes") or forum.minutes or selectors.minutes_text(forum),
        "writes": hosts(actor, forum.division_code),
        "closes": may(actor, "close", forum),
        "refusal": FORUM.refusal(forum.state, "close", facts),
        "basis": basis_of("close"),
        "confirm": _(FORUM.acts["close"].confirm),
    }
    return shown(request, "web/forums/check.html", page, problem)


@for_roles(*WATCHERS)
@never_cache
@require_GET
def effect(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the letters, and what became of each department's items."""
    actor, forum = actor_of(request), _hosted(request, pk)
    told = selectors.effect(forum)
    facts = facts_of(forum, actor)
    rows = [
        (one, "、".join(selectors.short_name(part.unit) for part in one.units.all()))
        for one in selectors.ledger(forum)
    ]
    page = {
        "forum": forum,
        "told": told,
        "classes": sorted(told.classes.items()),
        "ratings": [(words, told.ratings.get(key, 0)) for key, words in ItemRating.choices],
        "rows": rows,
        "unrated_late": sum(one.is_rating_late for one, _names in rows),
        "writes": hosts(actor, forum.division_code),
        "refusal": FORUM.refusal(forum.state, "follow_up", facts) if forum.state == "handed_over" else "",
        "basis": {name: basis_of(name) for name in ("hand_over", "follow_up")},
        "confirm": _(FORUM.acts["hand_over"].confirm),
        "again": {
            "confirm": _(ITEM.acts["order_again"].confirm),
            "basis": said_basis(ITEM.acts["order_again"].basis),
        },
    }
    return shown(request, "web/forums/effect.html", page)
