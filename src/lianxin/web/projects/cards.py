"""Project cards as office or presidium writes them: opinions, candidates, reasons."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianxin.common.errors import Denied, LianxinError, NotFound
from lianxin.people.selectors import organs
from lianxin.projects import selectors, services
from lianxin.projects.actions import PROJECTS
from lianxin.projects.models import OpinionKind, Project, ProjectRound
from lianxin.projects.permissions import READERS, runs
from lianxin.projects.rules import least_candidates
from lianxin.projects.services.facts import has_cost, missing_of, opinions_ok
from lianxin.projects.workflow import Round
from lianxin.regions.selectors import place_name
from lianxin.rulebook.selectors import value
from lianxin.web.basis import said_basis
from lianxin.web.door import actor_of, for_roles
from lianxin.web.projects.forms import REFUSALS, typed_card, typed_fields
from lianxin.web.projects.rounds import BODY, refused

NO_COST, NO_OPINIONS = "缺投资估算或资金来源", "论证意见不齐"
SAID_CARD = {
    "give_opinion": "论证意见记下了。",
    "nominate": "列为候选了。",
    "withdraw": "理由记下了，相关意愿的人凭码看得到。",
    "put_back": "放回储备库了，可以改项目卡。",
}


@for_roles(*READERS)
@never_cache
@require_GET
def candidates(request: HttpRequest, pk: UUID) -> HttpResponse:
    """List a round's cards: who wants it, what is still missing before the vote."""
    row = selectors.round_for(actor_of(request), pk)
    found = [(card, _missing(card)) for card in selectors.cards(row)]
    page = {
        "row": row,
        "place": place_name(row.division_code),
        "cards": found,
        "writes": runs(actor_of(request), row) and row.state in {Round.COLLECTING, Round.SCREENING},
        "least": least_candidates(row.places, value("project.min_difference_ratio", home6=row.home6)),
        "at": "/projects/rounds",
    }
    return render(request, "web/projects/candidates.html", page)


def _missing(card: Project) -> str:
    """Return what a card lacks before the vote, in a few words, or nothing."""
    if not has_cost(card):
        return _(NO_COST)
    if missing := missing_of(card):
        return _("缺%(what)s") % {"what": "、".join(_(name) for name in missing)}
    return "" if opinions_ok(card) else _(NO_OPINIONS)


@for_roles(*BODY)
@never_cache
@require_http_methods(["GET", "POST"])
def card_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write a new card."""
    actor, problem = actor_of(request), None
    row = selectors.round_for(actor, pk)
    if not runs(actor, row):
        raise Denied("这一年度的项目卡由本级办事机构写。")
    if request.method == "POST":
        try:
            made = services.card_write(
                actor=actor, row=row, card=typed_card(request), request_id=request.POST.get("request_id")
            )
            return redirect("project_card", pk=made.pk)
        except REFUSALS as refusal:
            problem = refusal
    page = {
        "row": row,
        "place": place_name(row.division_code),
        "units": _units(row),
        **refused(request, problem),
        "at": "/projects/rounds",
    }
    return render(request, "web/projects/card_new.html", page, status=problem.status if problem else 200)


def _units(row: ProjectRound) -> list[tuple[str, str]]:
    found = organs(level="city") if row.level == "city" else organs(town_code=row.division_code)
    return [(organ.code, organ.short_name) for organ in found]


@for_roles(*READERS)
@never_cache
@require_http_methods(["GET", "POST"])
def card(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a card with its wishes and opinions, and change it while it is in the store."""
    actor, problem = actor_of(request), None
    project = selectors.project_for(actor, pk)
    if request.method == "POST":
        try:
            services.card_edit(
                actor=actor,
                project=project,
                card=typed_card(request),
                request_id=request.POST.get("request_id"),
            )
            messages.success(request, _("项目卡改好了。"))
            return redirect("project_card", pk=pk)
        except REFUSALS as refusal:
            problem = refusal
            project.refresh_from_db()
    return _card_page(request, project, "edit" if problem else "", problem)


def _card_page(
    request: HttpRequest, project: Project, tried: str = "", problem: LianxinError | None = None
) -> HttpResponse:
    acts = {found.act.name: found for found in PROJECTS.open_for(actor_of(request), project)}
    page = {
        "project": project,
        "row": project.round,
        "place": place_name(project.division_code),
        "acts": acts,
        "basis": {name: said_basis(found.act.basis) for name, found in acts.items()},
        "edits": runs(actor_of(request), project.round) and project.state == "pool",
        "opinions": {found.kind: found for found in project.opinions.all()},
        "opinion_kinds": OpinionKind.choices,
        "wishes": project.wishes.order_by("id")[:40],
        "units": _units(project.round),
        "tried": tried,
        **refused(request, problem),
        "at": "/projects/rounds",
    }
    return render(request, "web/projects/card.html", page, status=problem.status if problem else 200)


@for_roles(*BODY)
@require_POST
def card_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Record an opinion, make a card a candidate, or leave it out."""
    project = selectors.project_for(actor_of(request), pk)
    if act not in SAID_CARD:
        raise NotFound("没有这个操作，请刷新页面。")
    try:
        data = typed_fields(request, PROJECTS.input(act))
        PROJECTS.perform(
            actor=actor_of(request), obj=project, name=act, data=data,
            request_id=request.POST.get("request_id"),
        )  # fmt: skip
    except REFUSALS as refusal:
        project.refresh_from_db()
        return _card_page(request, project, act, refusal)
    messages.success(request, _(SAID_CARD[act]))
    return redirect("project_card", pk=pk)
