"""The desk of a text: what waits, one version on its way, its acts, comments and comparisons."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianxin.charters import selectors, services
from lianxin.charters.actions import BOOK
from lianxin.charters.hints import hints_of
from lianxin.charters.models import CharterClause, CharterKind, CharterText, Outcome
from lianxin.charters.rules import kind_words
from lianxin.charters.workflow import OPEN, PLAIN, WAY, State
from lianxin.common import clock
from lianxin.common.actor import Role
from lianxin.common.errors import LianxinError, NotFound
from lianxin.regions.selectors import place_name
from lianxin.rulebook.selectors import value
from lianxin.villages.models import VillageProfile
from lianxin.villages.permissions import READERS, WRITERS
from lianxin.villages.workflow import TEXT_OPEN
from lianxin.web.answering import REFUSALS, shown
from lianxin.web.basis import said_basis
from lianxin.web.door import actor_of, for_roles
from lianxin.web.village.forms import own_village, typed_fields

SAID = {
    "open_comments": "开始征求意见，群众不用登录就能看、能提。",
    "paper_comment": "纸质意见录上了，和网上的同样算。",
    "ask_check": "已送镇预审。",
    "check_pass": "预审通过，村里可以开村民会议表决了。",
    "check_return": "已退回，村里会看到您的意见。",
    "record_vote": "表决登记上了。",
    "redraft": "拿回来了，可以接着改。",
    "publish": "已经公布，人人都能看到。",
    "send": "已报镇备案。",
    "file": "已备案，村里会看到备案号。",
    "order_correction": "已责令改正，旧版接着有效。",
}


@for_roles(*WRITERS)
@never_cache
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """Show the village's two texts: what is in force, what is being made, where to begin."""
    village = own_village(actor_of(request))
    community = VillageProfile.objects.filter(division_code=village, is_community=True).exists()
    shelves = [_shelf(village, kind, community=community) for kind in CharterKind.values]
    page = {
        "shelves": shelves,
        "place": place_name(village),
        "village": village,
        "writes": actor_of(request).has_in(village, Role.VILLAGE),
        "text_open": TEXT_OPEN if community else "",
        "at": "/charters",
    }
    return render(request, "web/charters/desk.html", page)


def _shelf(village: str, kind: str, *, community: bool) -> dict[str, Any]:
    rows = selectors.versions(village, kind)
    newest = rows[0] if rows else None
    return {
        "kind": kind,
        "title": kind_words(kind, is_community=community),
        "current": selectors.in_force(village, kind),
        "making": newest if newest and newest.state in (*OPEN, State.TO_FILE) else None,
        "ordered": newest if newest and newest.state == State.CORRECTION else None,
        "rows": rows,
    }


@for_roles(Role.VILLAGE)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a new version: which text, and from what."""
    actor, problem = actor_of(request), None
    village = own_village(actor)
    if request.method == "POST":
        try:
            made = services.charter_start(
                actor=actor,
                village=village,
                kind=request.POST.get("kind", ""),
                source=request.POST.get("source", ""),
                request_id=request.POST.get("request_id"),
            )
            return redirect("charter", pk=made.pk)
        except REFUSALS as refusal:
            problem = refusal
    community = VillageProfile.objects.filter(division_code=village, is_community=True).exists()
    page = {
        "kinds": [(kind, kind_words(kind, is_community=community)) for kind in CharterKind.values],
        "kind": request.POST.get("kind") or request.GET.get("kind", ""),
        "source": request.POST.get("source", "model"),
        "at": "/charters",
    }
    return shown(request, "web/charters/new.html", page, problem)


@for_roles(*READERS)
@never_cache
@require_GET
def text(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one version on its way."""
    return text_page(request, selectors.text_for(actor_of(request), pk))


@for_roles(Role.VILLAGE, Role.PRESIDIUM)
@require_POST
def act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Carry out an act on a version; a refusal keeps what was typed."""
    actor = actor_of(request)
    row = selectors.text_for(actor, pk)
    if act not in SAID:
        raise NotFound("没有这个操作，请刷新页面。")
    try:
        data = typed_fields(request, BOOK.input(act))
        key = request.POST.get("request_id")
        BOOK.perform(actor=actor, obj=row, name=act, data=data, request_id=key)
    except REFUSALS as refusal:
        row.refresh_from_db()
        return text_page(request, row, act, refusal)
    row.refresh_from_db()
    if act == "record_vote" and row.state == State.TO_VOTE:
        messages.warning(request, row.events.order_by("-at")[0].note)
    else:
        messages.success(request, _(SAID[act]))
    return redirect("charter", pk=pk)


@for_roles(Role.VILLAGE)
@require_POST
def settle(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write what came of a comment."""
    comment = selectors.comment_for(actor_of(request), pk)
    try:
        services.comment_settle(
            actor=actor_of(request),
            comment=comment,
            outcome=request.POST.get("outcome", ""),
            why=request.POST.get("why", ""),
            request_id=request.POST.get("request_id"),
        )
    except REFUSALS as refusal:
        return text_page(request, comment.text, f"settle-{pk}", refusal)
    messages.success(request, _("处理结果写上了。"))
    return redirect("charter", pk=comment.text_id)


@for_roles(*READERS)
@never_cache
@require_GET
def diff(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Compare a version with the model text or with the one before."""
    row = selectors.text_for(actor_of(request), pk)
    against = "earlier" if request.GET.get("against") == "earlier" and row.earlier else "model"
    found = selectors.against_earlier(row) if against == "earlier" else selectors.against_model(row)
    page = {
        "row": row,
        "place": place_name(row.division_code),
        "against": against,
        "same": [one for one in found if one.change == "same"],
        "changed": [one for one in found if one.change != "same"],
        "at": "/charters",
    }
    return render(request, "web/charters/diff.html", page)


def text_page(
    request: HttpRequest, row: CharterText, tried: str = "", refusal: LianxinError | None = None
) -> HttpResponse:
    """Show a version with the acts that are open to the actor, each in its own step's words."""
    actor = actor_of(request)
    acts = {one.act.name: one for one in BOOK.open_for(actor, row)}
    edits = actor.has_in(row.division_code, Role.VILLAGE) and _is_editable(row)
    page: dict[str, Any] = {
        "row": row,
        "place": place_name(row.division_code),
        "way": [(PLAIN[one], _at(row.state, place)) for place, one in enumerate(WAY)],
        "acts": acts,
        "basis": {name: said_basis(one.act.basis) for name, one in acts.items()},
        "clauses": _clauses(row),
        "edits": edits,
        "comments": list(row.comments.select_related("clause").order_by("outcome", "created_at")),
        "counts": selectors.comment_counts(row),
        "outcomes": Outcome.choices,
        "answers": actor.has_in(row.division_code, Role.VILLAGE)
        and row.state in {State.COMMENTING, State.DRAFT},
        "topics": selectors.topics_for(row) if "record_vote" in acts else [],
        "text_open": TEXT_OPEN if row.is_community else "",
        "earliest": clock.today() + timedelta(days=value("charter.comment_days", home6=row.home6)),
        "today": clock.today(),
        "events": _events(row),
        "tried": tried,
        "at": "/charters" if actor.has(*WRITERS) else "/charters/board",
    }
    return shown(request, "web/charters/text.html", page, refusal)


def _is_editable(row: CharterText) -> bool:
    over = row.comment_until is not None and clock.today() > row.comment_until
    return row.state == State.DRAFT or (row.state == State.COMMENTING and over)


def _clauses(row: CharterText) -> list[tuple[CharterClause, Any]]:
    """Return the clauses with their hints; the model's own words are not hinted at."""
    rows = list(row.clauses.all())
    return [(one, hints_of(one.words) if one.change != "same" or row.earlier_id else []) for one in rows]


def _events(row: CharterText) -> list[tuple[Any, str]]:
    acts = BOOK.workflow.acts
    found = row.events.exclude(act__in=["edit", "comment"]).order_by("-at")[:30]
    return [(event, acts[event.act].verb if event.act in acts else "补录") for event in found]


def _at(state: str, place: int) -> str:
    """Return done, now or todo for a step of the way; an ordered correction stands at its end."""
    now = len(WAY) if state == State.CORRECTION else WAY.index(State(state))
    return "done" if place < now else "now" if place == now else "todo"
