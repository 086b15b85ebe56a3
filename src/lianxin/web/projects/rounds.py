"""A year's round as office or presidium works on it: wishes, papers, the vote, the notice."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianxin.common import clock
from lianxin.common.actor import Role
from lianxin.common.errors import LianxinError, NotFound
from lianxin.common.ids import uuid7
from lianxin.projects import selectors, services
from lianxin.projects.actions import ROUNDS, WISHES
from lianxin.projects.models import PreviewKind, ProjectRound
from lianxin.projects.permissions import READERS, runs
from lianxin.projects.rules import collect_from, least_candidates
from lianxin.projects.services.rounds import electorate_of
from lianxin.projects.workflow import Round
from lianxin.regions.loading import CITY
from lianxin.regions.selectors import place_name
from lianxin.rulebook.selectors import parameter, value
from lianxin.web.basis import said_basis
from lianxin.web.door import actor_of, for_roles
from lianxin.web.projects.forms import REFUSALS, typed_fields, typed_number

BODY = (Role.OFFICE, Role.PRESIDIUM)
WAY = (
    (Round.COLLECTING, "征集"),
    (Round.SCREENING, "筛选"),
    (Round.CANDIDATES, "候选"),
    (Round.PAPERS, "票决"),
    (Round.VOTED, "公告"),
    (Round.ANNOUNCED, "实施"),
)
SAID = {
    "close_collection": "征集结束了，请归并意愿、写项目卡。",
    "set_session": "大会日期定了。",
    "fix_candidates": "候选项目定了。",
    "reopen_screening": "又回到筛选，改好后再确定候选项目。",
    "record_preview": "研究情况记下了。",
    "send_papers": "材料发给全体代表了。",
    "open_vote": "票决建好了，请到票决页面推选计票人、监票人。",
    "take_result": "票决结果取回了，请公告。",
    "announce": "结果公告了，人人都能看到。",
    "open_test": "测评建好了，请到票决页面办理。",
    "take_test": "测评结果取回了。",
}
SAID_WISH = {
    "show": "这条意愿公开了，别人可以说「我也想办」。",
    "take": "归入项目了。",
    "refuse": "理由记下了，说的人凭码看得到。",
}


@for_roles(*READERS)
@never_cache
@require_GET
def round_list(request: HttpRequest) -> HttpResponse:
    """List the rounds at work that the actor may see."""
    actor = actor_of(request)
    rows = [(row, place_name(row.division_code)) for row in selectors.rounds_page(actor)]
    page = {"rows": rows, "writes": actor.has(*BODY), "at": "/projects/rounds"}
    return render(request, "web/projects/rounds.html", page)


@for_roles(*BODY)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin the collection for a year."""
    actor, problem = actor_of(request), None
    place = CITY if actor.has(Role.OFFICE) else actor.places(Role.PRESIDIUM)[0]
    if request.method == "POST":
        try:
            made = services.round_open(
                actor=actor,
                division_code=place,
                year=typed_number(request.POST.get("year", ""), "year"),
                places=typed_number(request.POST.get("places", ""), "places"),
                request_id=request.POST.get("request_id"),
            )
            return redirect("project_round", pk=made.pk)
        except REFUSALS as refusal:
            problem = refusal
    page = {
        "place": place_name(place),
        "next_year": clock.today().year + 1,
        "days": value("project.collect_days"),
        **_beginning(clock.today().year + 1),
        **refused(request, problem),
        "at": "/projects/rounds",
    }
    return render(request, "web/projects/round_new.html", page, status=problem.status if problem else 200)


def _beginning(year: int) -> dict[str, Any]:
    """Return from which day a year's wishes are collected, on what that rests, and whether it is early."""
    rule = parameter("project.collect_start")
    begins = collect_from(year, rule.value)
    return {"begins": begins, "begins_basis": rule.basis, "is_early": clock.today() < begins}


def refused(request: HttpRequest, problem: LianxinError | None) -> dict[str, Any]:
    """Return what a page shows of a refusal: its words, each field's, and what was typed."""
    return {
        "typed": request.POST,
        "problem": problem,
        "errors": problem.fields if problem else {},
        "request_id": str(uuid7()),
    }


@for_roles(*READERS)
@never_cache
@require_GET
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show where a round stands and what is to do next."""
    return _round_page(request, selectors.round_for(actor_of(request), pk))


def _round_page(
    request: HttpRequest, row: ProjectRound, tried: str = "", problem: LianxinError | None = None
) -> HttpResponse:
    actor = actor_of(request)
    acts = {found.act.name: found for found in ROUNDS.open_for(actor, row)}
    ratio = value("project.min_difference_ratio", home6=row.home6)
    page = {
        "row": row,
        "place": place_name(row.division_code),
        "way": _way(row.state),
        "acts": acts,
        "basis": {name: said_basis(found.act.basis) for name, found in acts.items()},
        "counts": _counts(row),
        "least": least_candidates(row.places, ratio),
        "electorate": electorate_of(row),
        "previews": {found.kind: found for found in row.previews.all()},
        "preview_kinds": PreviewKind.choices,
        "papers_days": value("project.papers_days", home6=row.home6),
        "chosen": row.projects.exclude(rank=None).order_by("rank"),
        "left": row.projects.filter(rank=None).exclude(votes_for=None).order_by("-votes_for"),
        "writes": runs(actor, row),
        "tried": tried,
        **refused(request, problem),
        "at": "/projects/rounds",
    }
    return render(request, "web/projects/round.html", page, status=problem.status if problem else 200)


def _way(state: str) -> list[tuple[str, str]]:
    order = [key for key, _words in WAY]
    now = order.index(Round(state))
    return [(words, "done" if place < now else "now" if place == now else "todo")
            for place, (_key, words) in enumerate(WAY)]  # fmt: skip


def _counts(row: ProjectRound) -> dict[str, int]:
    wishes = list(row.wishes.values_list("state", flat=True))
    projects = list(row.projects.values_list("state", flat=True))
    return {
        "wishes": len(wishes),
        "waiting": wishes.count("wished"),
        "refused": wishes.count("refused"),
        "cards": len(projects),
        "candidates": sum(state in {"candidate"} for state in projects),
    }


@for_roles(*BODY)
@require_POST
def act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Carry out an act on a round; a refusal keeps what was typed."""
    row = selectors.round_for(actor_of(request), pk)
    if act not in SAID:
        raise NotFound("没有这个操作，请刷新页面。")
    try:
        data = typed_fields(request, ROUNDS.input(act))
        ROUNDS.perform(
            actor=actor_of(request), obj=row, name=act, data=data, request_id=request.POST.get("request_id")
        )
    except REFUSALS as refusal:
        row.refresh_from_db()
        return _round_page(request, row, act, refusal)
    messages.success(request, _(SAID[act]))
    return redirect("project_round", pk=pk)


@for_roles(*BODY)
@never_cache
@require_GET
def pool(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a round's wishes: each goes into a card or gets its reason."""
    return _pool_page(request, selectors.round_for(actor_of(request), pk))


def _pool_page(
    request: HttpRequest, row: ProjectRound, tried: str = "", problem: LianxinError | None = None
) -> HttpResponse:
    wishes = selectors.pool(row)
    page = {
        "row": row,
        "place": place_name(row.division_code),
        "open": [wish for wish in wishes if wish.state == "wished"],
        "settled": [wish for wish in wishes if wish.state != "wished"],
        "cards": [card for card in selectors.cards(row) if card.state in {"pool", "candidate"}],
        "writes": runs(actor_of(request), row),
        "tried": tried,
        **refused(request, problem),
        "at": "/projects/rounds",
    }
    return render(request, "web/projects/pool.html", page, status=problem.status if problem else 200)


@for_roles(Role.KEEPER, *BODY)
@require_POST
def wish_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Show a wish, put it into a card, or leave it out with its reason."""
    actor = actor_of(request)
    wish = selectors.wish_for(actor, pk)
    if act not in SAID_WISH:
        raise NotFound("没有这个操作，请刷新页面。")
    try:
        data = typed_fields(request, WISHES.input(act))
        WISHES.perform(actor=actor, obj=wish, name=act, data=data, request_id=request.POST.get("request_id"))
    except REFUSALS as refusal:
        if not actor.has(*BODY):
            raise
        return _pool_page(request, wish.round, str(pk), refusal)
    messages.success(request, _(SAID_WISH[act]))
    if actor.has(*BODY):
        return redirect("project_pool", pk=wish.round_id)
    return redirect("project_enter")


@for_roles(*READERS)
@never_cache
@require_GET
def papers(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a deputy all candidates' cards before the vote."""
    row = selectors.round_for(actor_of(request), pk)
    shown = [found for found in selectors.cards(row) if found.state not in {"pool", "withdrawn"}]
    if row.state in {Round.COLLECTING, Round.SCREENING, Round.CANDIDATES}:
        shown = []
    page = {
        "row": row,
        "place": place_name(row.division_code),
        "cards": shown,
        "previews": row.previews.order_by("held_on"),
        "at": "/projects/mine" if actor_of(request).has(Role.DEPUTY) else "/projects/rounds",
    }
    return render(request, "web/projects/papers.html", page)
