"""十大金牌村规民约评选 at the desk: nominate, review, count paper, publish exactly ten."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianxin.campaigns import selectors, services
from lianxin.campaigns.models import Contest, Nomination
from lianxin.campaigns.permissions import READERS, contests_visible_to, may_nominate, nominations_visible_to
from lianxin.campaigns.workflow import Stage
from lianxin.charters.selectors import in_force, standing
from lianxin.charters.workflow import Kind
from lianxin.common.actor import Role
from lianxin.common.errors import Invalid, LianxinError, NotFound
from lianxin.regions.selectors import place_name
from lianxin.rulebook.selectors import value
from lianxin.web.answering import REFUSALS, shown
from lianxin.web.campaigns.themes import GONE, typed_number
from lianxin.web.door import actor_of, for_roles
from lianxin.web.village.forms import own_village


@for_roles(*READERS)
@never_cache
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the contests."""
    actor = actor_of(request)
    rows = contests_visible_to(actor).order_by("-year")
    page = {"rows": rows, "opens": actor.has(Role.OFFICE), "at": "/campaigns/contests"}
    return render(request, "web/campaigns/contests.html", page)


@for_roles(Role.OFFICE)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Open a contest."""
    refusal: LianxinError | None = None
    if request.method == "POST":
        try:
            made = services.contest_open(
                actor=actor_of(request),
                home6=actor_of(request).places(Role.OFFICE)[0][:6],
                name=request.POST.get("name", ""),
                request_id=request.POST.get("request_id"),
            )
            return redirect("contest", pk=made.pk)
        except REFUSALS as caught:
            refusal = caught
    page = {"at": "/campaigns/contests"}
    return shown(request, "web/campaigns/contest_new.html", page, refusal)


def _contest(request: HttpRequest, pk: UUID) -> Contest:
    return selectors.one_of(contests_visible_to(actor_of(request)), pk, GONE)


@for_roles(*READERS)
@never_cache
@require_GET
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a contest as far as the actor sees its nominations."""
    return _page(request, _contest(request, pk))


@for_roles(Role.VILLAGE)
@require_POST
def nominate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put the own village's covenant forward, with its words as they stand in force."""
    actor, contest = actor_of(request), _contest(request, pk)
    village = own_village(actor)
    try:
        text = in_force(village, Kind.COVENANT)
        if text is None:
            raise Invalid("本村还没有生效的公约，不能推荐。")
        services.covenant_nominate(
            actor=actor,
            contest=contest,
            village=village,
            covenant=text.pk,
            clauses=[(row.heading, row.words) for row in standing(text)],
            why=request.POST.get("why", ""),
            request_id=request.POST.get("request_id"),
        )
    except REFUSALS as refusal:
        return _page(request, contest, refusal)
    messages.success(request, _("推荐好了，等镇里审核。"))
    return redirect("contest", pk=pk)


@for_roles(Role.OFFICE)
@require_POST
def act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Open the voting or close it."""
    contest = _contest(request, pk)
    if act not in {"open_voting", "close_voting"}:
        raise NotFound("没有这个操作，请刷新页面。")
    try:
        key = request.POST.get("request_id")
        services.contest_move(actor=actor_of(request), contest=contest, act=act, request_id=key)
    except REFUSALS as refusal:
        contest.refresh_from_db()
        return _page(request, contest, refusal)
    messages.success(request, _("办好了。"))
    return redirect("contest", pk=pk)


@for_roles(Role.OFFICE)
@require_POST
def publish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Publish the panel's ten."""
    contest = _contest(request, pk)
    try:
        services.contest_publish(
            actor=actor_of(request),
            contest=contest,
            winners=_chosen(request),
            request_id=request.POST.get("request_id"),
        )
    except REFUSALS as refusal:
        contest.refresh_from_db()
        return _page(request, contest, refusal)
    messages.success(request, _("结果公布了，人人都能看到。"))
    return redirect("contest", pk=pk)


def _chosen(request: HttpRequest) -> list[UUID]:
    try:
        return [UUID(one) for one in request.POST.getlist("winners")]
    except ValueError:
        raise Invalid("选的公约不对，请刷新后再选。", fields={"winners": "请从列出的里面选。"}) from None


def _nomination(request: HttpRequest, pk: UUID) -> Nomination:
    found = nominations_visible_to(actor_of(request)).select_related("contest")
    return selectors.one_of(found, pk, GONE)


@for_roles(Role.PRESIDIUM)
@require_POST
def review(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The town passes a covenant on to the vote, or says why not."""
    row = _nomination(request, pk)
    try:
        services.nomination_review(
            actor=actor_of(request),
            row=row,
            passed=request.POST.get("passed") == "1",
            note=request.POST.get("note", ""),
            request_id=request.POST.get("request_id"),
        )
    except REFUSALS as refusal:
        return _page(request, row.contest, refusal)
    messages.success(request, _("审核好了。"))
    return redirect("contest", pk=row.contest_id)


@for_roles(Role.KEEPER)
@require_POST
def count(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter the paper votes of the own station; any covenant may have been voted for there."""
    found = Nomination.objects.select_related("contest").filter(
        contest__in=contests_visible_to(actor_of(request))
    )
    row = selectors.one_of(found, pk, GONE)
    try:
        number = typed_number(request.POST.get("count", ""))
        key = request.POST.get("request_id")
        services.paper_count(actor=actor_of(request), row=row, count=number, request_id=key)
    except REFUSALS as refusal:
        return _page(request, row.contest, refusal)
    messages.success(request, _("纸票录上了。"))
    return redirect("contest", pk=row.contest_id)


def _page(request: HttpRequest, contest: Contest, refusal: LianxinError | None = None) -> HttpResponse:
    actor = actor_of(request)
    named = nominations_visible_to(actor).filter(contest=contest)
    if actor.has(Role.KEEPER, Role.OFFICE, Role.LEADER) or contest.state == Stage.PUBLISHED:
        named = contest.nominations.all()
    rows = sorted(named, key=lambda row: (row.place or 99, -row.votes, row.division_code))
    page: dict[str, Any] = {
        "contest": contest,
        "rows": [(row, place_name(row.division_code), may_nominate(actor, "review", row)) for row in rows],
        "wanted": value("contest.winners", home6=contest.home6),
        "leads": actor.has(Role.OFFICE),
        "counts": actor.has(Role.KEEPER) and contest.state == Stage.VOTING,
        "nominates": actor.has(Role.VILLAGE) and contest.state == Stage.NOMINATING and not rows,
        "chosen": request.POST.getlist("winners"),
        "at": "/campaigns/contests",
    }
    return shown(request, "web/campaigns/contest.html", page, refusal)
