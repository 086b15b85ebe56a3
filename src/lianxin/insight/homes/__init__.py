"""The first screen of each role: what is to do, figures, one chart, one grid picture, what is new."""

from __future__ import annotations

from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.insight.homes import administration, body, deputy, keeper, leader, oversight, unit
from lianxin.insight.homes.shapes import Home, sorted_todos

BUILDERS = (
    (Role.DEPUTY, deputy.home),
    (Role.LEADER, leader.home),
    (Role.KEEPER, keeper.home),
    (Role.GRID_WORKER, keeper.home),
    (Role.OFFICE, body.home),
    (Role.PRESIDIUM, body.home),
    (Role.UNIT_CLERK, unit.home),
    (Role.UNIT_HEAD, unit.home),
    (Role.OVERSIGHT, oversight.home),
    (Role.SYSTEM_ADMIN, administration.home),
)


def home_of(actor: Actor) -> Home:
    """Return the first screen of the actor's foremost role."""
    for role, build in BUILDERS:
        if actor.has(role):
            home = build(actor)
            home.total = home.total or len(home.todos)
            home.todos = sorted_todos(home.todos, clock.today())
            return home
    return Home()
