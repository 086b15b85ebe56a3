"""What stands in the braces of the projects' addresses."""

from __future__ import annotations

from typing import Any

from lianxin.common import clock
from lianxin.documents.models import StoredFile
from lianxin.projects import services
from lianxin.projects.models import Project, ProjectRound, Wish
from tests.factories import projects as make
from tests.factories.cast import OTHER_TOWN, TOWN, Cast
from tests.permissions.world import OWN, World

PREFIXES: tuple[str, ...] = ("projects", "api/v1/project")


def parameters(world: World, cast: Cast, where: str, route: str) -> dict[str, Any]:
    """Return the round, wish, card or project of a region."""
    _build(cast)
    place = TOWN if where == OWN else OTHER_TOWN
    act = _act(route)
    return {"code": place, "pk": _pk(place, route), "act": act, "action": act, "year": clock.today().year + 1}


def _act(route: str) -> str:
    """Return an act whose empty form is refused, so that asking changes nothing."""
    if "/wishes/" in route:
        return "refuse"
    if "/cards/" in route:
        return "give_opinion"
    return "write_plan" if "/work/" in route or route.startswith("api/") else "set_session"


def _pk(place: str, route: str) -> Any:
    year = clock.today().year + 1
    if "photos" in route:
        return StoredFile.objects.filter(owner_kind="milestone")[0].pk
    if "/wishes/" in route:
        return Wish.objects.filter(round__division_code=place, state="wished")[0].pk
    if "/cards/<" in route:
        return Project.objects.filter(division_code=place, state="pool")[0].pk
    if "rounds/" in route:
        return ProjectRound.objects.get(division_code=place, year=year + 1).pk
    state = "done" if "poll" in route else "approved"
    return Project.objects.filter(division_code=place, state=state)[0].pk


def _build(cast: Cast) -> None:
    """Make once, here and elsewhere: an announced year with a chosen and a finished project, and one in screening."""
    if ProjectRound.objects.filter(division_code=TOWN).exists():
        return
    for place in (TOWN, OTHER_TOWN):
        row = make.announced(cast, place, places=2)
        finished = row.projects.order_by("rank")[0]
        Project.objects.filter(pk=finished.pk).update(state="done", finished_on=clock.today())
        _screening(cast, place)
    own = make.underway(cast, "610981000000")
    make.reported(cast, own, photos=[make.photo()])


def _screening(cast: Cast, place: str) -> None:
    row = make.opened(cast, place, days=0, year=clock.today().year + 2)
    made = make.wish(row)
    services.wish_show(actor=make.runner(cast, place), wish=made)
    make.card(cast, row)
    ProjectRound.objects.filter(pk=row.pk).update(state="screening")
