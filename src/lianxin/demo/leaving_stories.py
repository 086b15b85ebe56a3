"""A deputy of the tour's town moves away: his households are asked of two colleagues, the rest waits."""

from __future__ import annotations

from datetime import datetime, timedelta

from lianxin.common import clock
from lianxin.demo.city import TOUR_TOWN, City
from lianxin.demo.telling import Story
from lianxin.leaving import services
from lianxin.leaving.workflow import Kind

LAST = -3
"""Who leaves: near the end of the town's list, none of the accounts of the tour."""


def stories(city: City, scale: str, now: datetime) -> list[Story]:
    """Return the one leaving that is going on."""
    del scale
    return [_moving(city, now)]


def _moving(city: City, now: datetime) -> Story:
    yield now - timedelta(hours=4)
    presidium = city.staff[f"presidium:{TOUR_TOWN}"]
    people = city.deputies[TOUR_TOWN]
    leaving = services.leaving_open(
        actor=presidium, deputy=people[LAST][1], why="moved", leaves_on=clock.today() + timedelta(days=10)
    )
    homes = list(leaving.items.filter(kind=Kind.HOUSEHOLD).order_by("id"))
    half = len(homes) // 2
    asked = ((city.staff["deputy_town"], homes[:half]), (people[LAST - 1][0], homes[half:]))
    for actor, items in asked:
        deputy = next(row for account, row in people if account.id == actor.id)
        if items:
            services.receiver_name(
                actor=presidium, leaving=leaving, items=[one.pk for one in items], deputy=deputy
            )
    yield now - timedelta(hours=3)
    if homes[half:]:
        services.items_accept(actor=asked[1][0], leaving=leaving, items=[one.pk for one in homes[half:]])
