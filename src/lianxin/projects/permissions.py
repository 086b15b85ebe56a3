"""Who may see and move rounds, wishes and projects: the list rule and the object rule side by side.

The congress's own office works on its round: the deputies' affairs office for the city, the presidium
for its town. Units see and report what is theirs; a deputy sees the projects of his congresses and
speaks about those he supervises. What is announced everybody reads; for that there are selectors of
their own.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from lianxin.common.actor import Actor, ActorKind, Role, place_prefix
from lianxin.common.workflow import Workflow
from lianxin.projects.models import Level, Project, ProjectRound, Supervisor, Wish
from lianxin.projects.workflow import BODY, PROJECT, ROUND, WISH, State

READERS = (Role.OFFICE, Role.PRESIDIUM, Role.LEADER, Role.DEPUTY, Role.OVERSIGHT)
UNITS = (Role.UNIT_CLERK, Role.UNIT_HEAD)
STATION = (Role.KEEPER, *BODY)
BY_RESIDENT = frozenset({"add_wish"})
UNSEEN_BY_UNITS = (State.POOL, State.WITHDRAWN, State.CANDIDATE, State.NOT_CHOSEN)


def runner(level: str) -> Role:
    """Return the role that works on a round of this level."""
    return Role.OFFICE if level == Level.CITY else Role.PRESIDIUM


def _within(actor: Actor, *roles: Role) -> Q:
    rule = Q(pk=None)
    for place in actor.places(*roles):
        rule |= Q(division_code__startswith=place_prefix(place))
    return rule


def rounds_visible_to(actor: Actor) -> QuerySet[ProjectRound]:
    """Return the rounds that the actor may see."""
    return ProjectRound.objects.filter(_within(actor, *READERS))


def projects_visible_to(actor: Actor) -> QuerySet[Project]:
    """Return the projects that the actor may see; a unit sees its own once they are chosen."""
    theirs = Q(unit_code__in=actor.units(*UNITS)) & ~Q(state__in=UNSEEN_BY_UNITS)
    return Project.objects.filter(_within(actor, *READERS) | theirs)


def wishes_visible_to(actor: Actor) -> QuerySet[Wish]:
    """Return the wishes that the actor may see: the station's, and those of the actor's own round."""
    found = _within(actor, *STATION)
    return Wish.objects.filter(found)


def may_view(actor: Actor, row: ProjectRound) -> bool:
    """Say whether the actor may see this round."""
    return actor.has_in(row.division_code, *READERS)


def runs(actor: Actor, row: ProjectRound) -> bool:
    """Say whether the actor works on this round."""
    return row.division_code in actor.places(runner(row.level))


def may_round(actor: Actor, act: str, row: ProjectRound) -> bool:
    """Say whether the actor may try `act` ("view" included) on this round."""
    if act == "view":
        return may_view(actor, row)
    if act == "add_wish" and actor.kind is ActorKind.RESIDENT:
        return True
    roles = _others(ROUND, act)
    return runs(actor, row) or (bool(roles) and actor.has_in(row.division_code, *roles))


def may_wish(actor: Actor, act: str, wish: Wish) -> bool:
    """Say whether the actor may try `act` ("view" included) on this wish."""
    if act == "view":
        return actor.has_in(wish.division_code, *STATION)
    if runs(actor, wish.round):
        return True
    roles = _others(WISH, act)
    return bool(roles) and actor.has_in(wish.division_code, *roles)


def may(actor: Actor, act: str, project: Project) -> bool:
    """Say whether the actor may try `act` ("view" included) on this project."""
    if act == "view":
        seen = project.unit_code in actor.units(*UNITS) and project.state not in UNSEEN_BY_UNITS
        return seen or actor.has_in(project.division_code, *READERS)
    allowed = PROJECT.acts[act].by
    if not allowed:
        return actor.kind is ActorKind.SYSTEM
    if allowed & set(BODY) and runs(actor, project.round):
        return True
    if project.unit_code in actor.units(*(allowed & set(UNITS))) and project.state not in UNSEEN_BY_UNITS:
        return True
    return Role.DEPUTY in allowed and supervises(actor, project)


def supervises(actor: Actor, project: Project) -> bool:
    """Say whether the actor is one of the project's supervising deputies."""
    return (
        Supervisor.objects.filter(project=project, deputy__account_id=actor.id).exists()
        if actor.id
        else False
    )


def _others(table: Workflow, act: str) -> tuple[Role, ...]:
    """Return the roles of a row that act by their place and not by running the round."""
    return tuple(table.acts[act].by - set(BODY))
