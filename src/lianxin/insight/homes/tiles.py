"""The tile cartogram: 21 towns with their 309 villages as cells, or one town's villages as tiles."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from lianxin.common.actor import Actor, Role
from lianxin.opinions import selectors as opinions
from lianxin.people.actors import deputy_of
from lianxin.regions.models import Division
from lianxin.regions.selectors import places_under

ACROSS = 4
CELLS = 10
WIDE, HIGH_TOWN, HIGH_VILLAGE = 88, 84, 56


def tiles_of(actor: Actor) -> tuple[list[dict[str, Any]], int]:
    """Return the tiles that the actor's area gives, and the picture's height."""
    town = _town(actor)
    places = places_under(town or settings.LIANXIN_HOME6 + "000000")
    counts = opinions.open_by_place(actor, 12)
    high = HIGH_VILLAGE if town else HIGH_TOWN
    tiles = [_tile(place, number, counts, high) for number, place in enumerate(places)]
    _shade(tiles)
    if not town:
        _add_cells(tiles, counts)
    return tiles, 8 + (high + 6) * -(-len(tiles) // ACROSS)


def _town(actor: Actor) -> str:
    """Return the town whose villages are shown, or nothing where the whole city is shown."""
    places = actor.places(Role.KEEPER, Role.PRESIDIUM, Role.GRID_WORKER)
    deputy = deputy_of(actor) if actor.has(Role.DEPUTY) else None
    inner = [place for place in places if not place.endswith("000000")]
    if deputy is not None and not inner:
        inner = [deputy.division_code]
    return inner[0][:9] + "000" if inner else ""


def _tile(place: Division, number: int, counts: dict[str, int], high: int) -> dict[str, Any]:
    width = 9 if place.code.endswith("000") else 12
    count = sum(open_ for code, open_ in counts.items() if code.startswith(place.code[:width]))
    x, y = 6 + (WIDE + 4) * (number % ACROSS), 6 + (high + 6) * (number // ACROSS)
    return {
        "code": place.code,
        "x": x,
        "y": y,
        "wide": WIDE,
        "high": high,
        "cx": x + WIDE // 2,
        "name_y": y + 19,
        "count_y": y + 39,
        "name": place.name.removesuffix("民委员会").removesuffix("委会")[:6],
        "full": place.name,
        "count": count,
        "cells": [],
    }


def _shade(tiles: list[dict[str, Any]]) -> None:
    most = max((tile["count"] for tile in tiles), default=0)
    for tile in tiles:
        tile["shade"] = 1 + min(2, 3 * tile["count"] // (most + 1)) if tile["count"] else 0


def _add_cells(tiles: list[dict[str, Any]], counts: dict[str, int]) -> None:
    """Give each town one small cell for each of its villages."""
    for tile in tiles:
        villages = sorted(places_under(tile["code"]), key=lambda village: village.code)
        tile["cells"] = [
            {
                "x": tile["x"] + 5 + 8 * (number % CELLS),
                "y": tile["y"] + 50 + 10 * (number // CELLS),
                "shade": min(3, counts.get(village.code, 0)),
            }
            for number, village in enumerate(villages)
        ]
