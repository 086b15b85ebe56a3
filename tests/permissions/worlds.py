"""What stands in the braces of an address: each room answers for its own addresses."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from tests.factories.cast import Cast
from tests.permissions import world as closed_loop
from tests.permissions.world import OTHER, World

ROOMS = [
    import_module(f"tests.permissions.{file.stem}")
    for file in sorted(Path(__file__).parent.glob("world_*.py"))
]


def parameters(world: World, cast: Cast, where: str, route: str) -> dict[str, Any]:
    """Return the brace values of `route` for the own or the other region.

    A room's `world_<room>.py` names the prefixes of its addresses in `PREFIXES` and fills their
    braces over those of the closed loop.
    """
    found = closed_loop.parameters(world, cast, where, route)
    for room in ROOMS:
        if route.startswith(room.PREFIXES):
            found |= room.parameters(world, cast, where, route)
    return found


def body_of(route: str, where: str) -> dict[str, Any] | None:
    """Return what is sent to an address about a matter here or elsewhere.

    Where the form names a place, a room says in `BODIES` and `BODIES_ELSEWHERE` what it sends.
    """
    here, elsewhere = {**closed_loop.BODIES}, {**closed_loop.BODIES_ELSEWHERE}
    for room in ROOMS:
        here |= getattr(room, "BODIES", {})
        elsewhere |= getattr(room, "BODIES_ELSEWHERE", {})
    return (elsewhere.get(route) if where == OTHER else None) or here.get(route)
