"""Elections of the tests: from the first step to the count, in a village of 41 adults."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from lianxin.common import clock
from lianxin.elections import services
from lianxin.elections.bodies import SupervisionMember
from lianxin.elections.counting import standing
from lianxin.elections.models import VillageElection
from tests.factories.cast import VILLAGE, Cast

SEATS = {"director": 1, "deputy_director": 1, "member": 1}
PEOPLE = {
    "director": (("张建国", False), ("李德明", False)),
    "deputy_director": (("王小兰", True), ("陈志强", False)),
    "member": (("刘桂英", True), ("何长青", False)),
}
REGISTERED = 100


def opened(
    cast: Cast, village: str = VILLAGE, who: str = "village", kind: str = "general", **seats: int
) -> VillageElection:
    """Begin an election."""
    return services.election_open(actor=getattr(cast, who), village=village, kind=kind, seats=seats or SEATS)


def registering(cast: Cast, **more: Any) -> VillageElection:
    """Return an election with its committee of three and two in reserve, and a roll of 100."""
    row = opened(cast, **more)
    actor = getattr(cast, more.get("who", "village"))
    names = ["周大山", "赵春梅", "孙有田", "吴水根", "郑金花"]
    services.committee_set(actor=actor, election=row, names=names, serving=3)
    services.registration_begin(actor=actor, election=row)
    return services.roll_register(actor=actor, election=row, living_here=80, living_away=20)


def voting_day() -> date:
    """Return a day far enough ahead for the list."""
    return clock.today() + timedelta(days=21)


def listed(cast: Cast, **more: Any) -> VillageElection:
    """Return an election whose list is out, with two candidates for each post."""
    row = registering(cast, **more)
    actor = getattr(cast, more.get("who", "village"))
    services.list_publish(actor=actor, election=row, voting_on=voting_day())
    for post in row.posts.order_by("id"):
        for name, woman in PEOPLE[post.key]:
            services.candidate_add(actor=actor, election=row, post=post.key, name=name, is_woman=woman)
    return row


def at_voting(row: VillageElection) -> Any:
    """Stand at nine o'clock of the election day."""
    assert row.voting_on is not None
    return clock.at(clock.day_start(row.voting_on) + timedelta(hours=9))


def voting(cast: Cast, **more: Any) -> VillageElection:
    """Return an election whose round is open (opened on its day)."""
    row = listed(cast, **more)
    with at_voting(row):
        actor = getattr(cast, more.get("who", "village"))
        services.voting_open(actor=actor, election=row, booths=2, tellers=4)
    return row


def votes(row: VillageElection, *got: int) -> dict[str, int]:
    """Return votes for those who stand, in the order in which they were put up."""
    people = [one for rows in standing(row).values() for one in rows]
    return {str(one.pk): number for one, number in zip(people, got, strict=True)}


def counted(cast: Cast, row: VillageElection, *got: int, returned: int = 90, **more: Any) -> VillageElection:
    """Save a count; `got` are the votes of the candidates in their order."""
    figures = {"issued": 95, "returned": returned, "valid": returned, "void": 0, **more}
    with at_voting(row):
        return services.round_count(actor=cast.village, election=row, votes=votes(row, *got), **figures)


def declared(cast: Cast, row: VillageElection, *got: int, **more: Any) -> VillageElection:
    """Save a count and declare it."""
    counted(cast, row, *got, **more)
    with at_voting(row):
        return services.round_declare(actor=cast.village, election=row)


def elected(cast: Cast) -> VillageElection:
    """Return an election that has filled its three posts."""
    return declared(cast, voting(cast), 60, 30, 55, 35, 70, 20)


def supervisor(cast: Cast, name: str = "马守田", **more: Any) -> SupervisionMember:
    """Seat a member of the supervision committee."""
    return services.supervisor_add(actor=cast.village, village=VILLAGE, name=name, **more)
