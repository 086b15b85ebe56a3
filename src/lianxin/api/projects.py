"""Operations on livelihood projects: years, results of the vote, the board, wishes, milestone reports."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Body, Router, Schema, Status
from pydantic import Field

from lianxin.api.doors import (
    PAGE,
    MaybeBearer,
    actor_of,
    browser_token,
    cursor,
    next_of,
    request_key,
    residents_key,
)
from lianxin.api.opinions import action_out
from lianxin.api.schemas import Actions, Done, Strict
from lianxin.common.writes import done_before
from lianxin.projects import selectors, services
from lianxin.projects.actions import PROJECTS
from lianxin.projects.lines import Line, lines
from lianxin.projects.models import Project, ProjectRound
from lianxin.projects.permissions import projects_visible_to, rounds_visible_to
from lianxin.projects.public import collecting_round
from lianxin.projects.services import Wished
from lianxin.projects.services.wishes import code_of
from lianxin.projects.workflow import SHOWN

router = Router(tags=["民生实事"])


class RoundOut(Schema):
    """One congress's projects of one year."""

    id: UUID
    division_code: str
    level: str
    year: int
    state: str
    places: int
    session_on: date | None
    voted_on: date | None
    announced_on: date | None


class Rounds(Schema):
    """A page of years."""

    items: list[RoundOut]
    next: str | None


class VoteOut(Schema):
    """One candidate with its votes; empty until the vote was taken."""

    id: UUID
    title: str
    state: str
    rank: int | None
    votes_for: int | None
    votes_against: int | None
    votes_abstain: int | None


class Results(RoundOut):
    """A year with its candidates, the chosen first; sums only, nobody's vote."""

    electorate: int | None
    present: int | None
    items: list[VoteOut]


class ProjectOut(Schema):
    """One chosen project as the board shows it; `amount` and `paid` in yuan."""

    id: UUID
    round: UUID
    division_code: str
    title: str
    state: str
    unit_code: str
    amount: int | None
    paid: int
    due_on: date | None
    lamp: str = Field(description="green、yellow、red、done；没有开工为空")
    why: str
    done: int
    steps: int


class Board(Schema):
    """A page of the board."""

    items: list[ProjectOut]
    next: str | None


class MilestoneOut(Schema):
    """One step of a plan."""

    id: UUID
    number: int
    what: str
    due_on: date
    done_on: date | None
    told: str


class ProjectDetail(ProjectOut):
    """One project with its card and its milestones."""

    place: str
    content: str
    goals: str
    safeguards: str
    milestones: list[MilestoneOut]


class WishIn(Strict):
    """What somebody wants done; no name and no number is asked for."""

    text: str = Field(max_length=500)
    place: str = Field(max_length=80)
    who_benefits: str = Field(max_length=80)
    division_code: str = Field("", max_length=12)


class WishOut(Schema):
    """A wish that was taken in; the code is told once, to whoever wished."""

    id: UUID
    code: str


@router.get("/project-rounds", response=Rounds, summary="各年度的征集和票决")
def rounds(request: HttpRequest, year: int | None = None, after: str = "") -> dict[str, Any]:
    """List the years that the actor may see, the newest first."""
    rows = rounds_visible_to(actor_of(request)).order_by("-id")
    rows = rows.filter(year=year) if year else rows
    if mark := cursor(after):
        rows = rows.filter(id__lt=mark)
    found = list(rows[:PAGE])
    return {"items": [_round(row) for row in found], "next": next_of(found)}


@router.get("/project-rounds/{pk}", response=Results, summary="一个年度的票决结果")
def results(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    """Return a year with its candidates and their votes."""
    row = selectors.round_for(actor_of(request), pk)
    chosen = row.projects.exclude(state__in=["pool", "withdrawn"]).order_by("rank", "number")
    items = sorted(chosen, key=lambda one: (one.rank is None, one.rank or one.number))
    more = {"electorate": row.electorate, "present": row.present, "items": [_vote(one) for one in items]}
    return {**_round(row), **more}


@router.post("/project-rounds/{pk}/wishes", response={201: WishOut}, auth=MaybeBearer(), summary="说一个心愿")
def wish(request: HttpRequest, pk: UUID, data: WishIn) -> Status[dict[str, Any]]:
    """Take in a wish for a year that still collects; an Idempotency-Key makes it safe to send again."""
    row = services.wish_add(
        actor=actor_of(request),
        row=collecting_round(pk),
        wished=Wished(**data.model_dump()),
        browser_token=browser_token(request),
        request_id=residents_key(request),
    )
    return Status(201, {"id": row.id, "code": code_of(row)})


@router.get("/projects", response=Board, summary="项目进展")
def board(request: HttpRequest, year: int | None = None, lamp: str = "", after: str = "") -> dict[str, Any]:
    """List the chosen projects that the actor may see with their lamps, the newest first."""
    rows = projects_visible_to(actor_of(request)).filter(state__in=SHOWN).order_by("-id")
    rows = rows.filter(round__year=year) if year else rows
    if mark := cursor(after):
        rows = rows.filter(id__lt=mark)
    found = lines(rows[:PAGE])
    shown = [_project(one) for one in found if not lamp or one.lamp == lamp]
    return {"items": shown, "next": next_of([one.project for one in found])}


@router.get("/projects/{pk}", response=ProjectDetail, summary="一个项目")
def project(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    """Return one project with its milestones."""
    row = selectors.project_for(actor_of(request), pk)
    line = lines(Project.objects.filter(pk=row.pk))[0]
    card = {name: getattr(row, name) for name in ("place", "content", "goals", "safeguards")}
    return {**_project(line), **card, "milestones": list(row.milestones.all())}


@router.get("/projects/{pk}/actions", response=Actions, summary="可以办的事")
def project_actions(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    """List the acts open to the actor on a project: a unit reports, a supervising deputy writes."""
    actor = actor_of(request)
    offers = PROJECTS.open_for(actor, selectors.project_for(actor, pk))
    return {"items": [action_out(one.act, one.schema, one.refusal) for one in offers]}


@router.post("/projects/{pk}/actions/{action}", response=Done, summary="办一步")
def project_act(request: HttpRequest, pk: UUID, action: str, data: Body[dict[str, Any]]) -> dict[str, Any]:
    """Perform one act on a project."""
    actor, key = actor_of(request), request_key(request)
    row = selectors.project_for(actor, pk)
    if not done_before(actor, key):
        PROJECTS.perform(actor=actor, obj=row, name=action, data=data, request_id=key)
    row.refresh_from_db()
    return {"id": row.id, "state": row.state}


def _round(row: ProjectRound) -> dict[str, Any]:
    return {name: getattr(row, name) for name in RoundOut.model_fields}


def _vote(row: Project) -> dict[str, Any]:
    return {name: getattr(row, name) for name in VoteOut.model_fields}


def _project(line: Line) -> dict[str, Any]:
    row = line.project
    plain = ("id", "division_code", "title", "state", "unit_code", "amount", "due_on")
    return {
        **{name: getattr(row, name) for name in plain},
        "round": row.round_id,
        "paid": line.paid,
        "lamp": line.lamp,
        "why": line.reading.why,
        "done": line.done,
        "steps": line.steps,
    }
