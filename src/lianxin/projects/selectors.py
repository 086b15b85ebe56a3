"""Reading projects for the desks: rounds, wishes, cards, the board, a deputy's and a unit's own."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Case, Count, Q, QuerySet, When

from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import NotFound
from lianxin.projects.lines import Line, lines
from lianxin.projects.models import (
    Project,
    ProjectRound,
    Wish,
)
from lianxin.projects.permissions import (
    UNITS,
    projects_visible_to,
    rounds_visible_to,
    wishes_visible_to,
)
from lianxin.projects.workflow import GOING, SHOWN, Round

NOT_HERE = "没有找到这个项目，或者不在您的范围内。"
NOBODY = UUID(int=0)
LAMP_ORDER = {"red": 0, "yellow": 1, "": 2, "green": 3, "done": 4}


def round_for(actor: Actor, pk: UUID) -> ProjectRound:
    """Return a round that the actor may see."""
    row = rounds_visible_to(actor).filter(pk=pk).first()
    if row is None:
        raise NotFound("没有找到这一年度，或者不在您的范围内。")
    return row


def project_for(actor: Actor, pk: UUID) -> Project:
    """Return a project that the actor may see."""
    project = projects_visible_to(actor).select_related("round", "year_test").filter(pk=pk).first()
    if project is None:
        raise NotFound(NOT_HERE)
    return project


def wish_for(actor: Actor, pk: UUID) -> Wish:
    """Return a wish that the actor may work on."""
    wish = wishes_visible_to(actor).select_related("round", "project").filter(pk=pk).first()
    if wish is None:
        raise NotFound("没有找到这条意愿，或者不在您的范围内。")
    return wish


def rounds_page(actor: Actor, *, year: int | None = None) -> QuerySet[ProjectRound]:
    """Return the actor's rounds, those at work first, each with its counts."""
    found = rounds_visible_to(actor)
    found = found.filter(year=year) if year else found.exclude(state=Round.ANNOUNCED)
    return found.annotate(
        wished=Count("wishes", distinct=True),
        waiting=Count("wishes", filter=Q(wishes__state="wished"), distinct=True),
        cards=Count("projects", distinct=True),
    ).order_by("level", "division_code", "-year")


def pool(row: ProjectRound) -> list[Wish]:
    """Return a round's wishes, the open ones first, the most wanted first."""
    order = Case(When(state="wished", then=0), When(state="taken", then=1), default=2)
    found = row.wishes.select_related("project").annotate(wanted=Count("supports"), place_in_list=order)
    return list(found.order_by("place_in_list", "-wanted", "id"))


def cards(row: ProjectRound) -> list[Project]:
    """Return a round's projects with their opinions and the number of wishes in each."""
    found = row.projects.prefetch_related("opinions").annotate(wished=Count("wishes"))
    return list(found.order_by("number"))


def board(actor: Actor, *, year: int, code: str = "") -> list[Line]:
    """Return the chosen projects of a year that the actor may see, the red ones first."""
    found = projects_visible_to(actor).filter(round__year=year, state__in=SHOWN)
    found = found.filter(division_code=code) if code else found
    got = lines(found.order_by("round__level", "division_code", "rank"))
    return sorted(got, key=lambda line: LAMP_ORDER[line.lamp])


def board_year(actor: Actor) -> int:
    """Return the latest year with chosen projects that the actor may see."""
    found = projects_visible_to(actor).filter(state__in=SHOWN)
    return found.order_by("-round__year").values_list("round__year", flat=True).first() or clock.today().year


def supervised(actor: Actor) -> list[Line]:
    """Return the projects over which a deputy watches, those still at work first."""
    found = Project.objects.filter(supervisors__deputy__account=actor.id or NOBODY)
    got = lines(found.order_by("-round__year", "number")[:40])
    return sorted(got, key=lambda line: line.project.state not in GOING)


def papers_for(actor: Actor) -> QuerySet[ProjectRound]:
    """Return the rounds whose papers lie before a deputy and wait for the plenary vote."""
    bodies_of = actor.places(Role.DEPUTY)
    return ProjectRound.objects.filter(division_code__in=bodies_of, state=Round.PAPERS).order_by("session_on")


def unit_lines(actor: Actor) -> list[Line]:
    """Return the projects that a unit carries out, those at work first."""
    found = projects_visible_to(actor).filter(unit_code__in=actor.units(*UNITS))
    got = lines(found.order_by("-round__year", "number")[:60])
    return sorted(got, key=lambda line: LAMP_ORDER[line.lamp])
