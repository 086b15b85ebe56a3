"""Scene 1, 网格总览: every village a cell, the three lines in figures, today's matters as topic and town.

A hall looks on: figures below `opinion.suppress_below` are not told, so that none points at a person.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, QuerySet

from lianxin.common import clock
from lianxin.contacts.models import OF_HOUSEHOLDS, Pairing
from lianxin.contacts.workflow import State as Pair
from lianxin.insight.model_321 import model_321
from lianxin.opinions.models import Opinion
from lianxin.opinions.rules import public_figure, public_shade
from lianxin.opinions.workflow import ENDED
from lianxin.regions.models import Division, DivisionKind
from lianxin.rulebook.selectors import value

ACROSS, WIDE, HIGH = 7, 132, 236
CELLS_ACROSS, CELL, STEP = 6, 14, 19
LATEST = 7
FRESH = timedelta(hours=24)
VILLAGES = (DivisionKind.VILLAGE, DivisionKind.COMMUNITY)


@dataclass(frozen=True, slots=True)
class Cell:
    """One village: where its square lies, how much is open (steps 0–3), whether something came today."""

    x: int
    y: int
    shade: int
    fresh: bool


@dataclass(frozen=True, slots=True)
class Tile:
    """One town with its villages."""

    name: str
    x: int
    y: int
    open: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class GridScene:
    """What the first scene shows."""

    tiles: list[Tile]
    wide: int
    high: int
    deputies: int
    households: int
    groups: int
    stations: int
    today: int
    latest: list[tuple[str, str]]


def grid_scene(home6: str) -> GridScene:
    """Return the grid of a region (about a dozen queries, whatever its size)."""
    model = model_321(home6)
    tiles = _tiles(home6)
    return GridScene(
        tiles=tiles,
        wide=ACROSS * WIDE,
        high=HIGH * -(-len(tiles) // ACROSS),
        deputies=model.deputies,
        households=_households(home6),
        groups=model.groups,
        stations=1 + model.town_stations + model.rooms,
        today=_said(home6).filter(received_at__gte=clock.now() - FRESH).count(),
        latest=_latest(home6),
    )


def _said(home6: str) -> QuerySet[Opinion]:
    return Opinion.objects.filter(home6=home6, is_sealed=False)


def _households(home6: str) -> int:
    pairs = Pairing.objects.filter(home6=home6, kind__in=OF_HOUSEHOLDS, state=Pair.ACTIVE)
    return pairs.values("household").distinct().count()


def _tiles(home6: str) -> list[Tile]:
    rows = Division.objects.filter(home6=home6).order_by("pinyin", "code").values_list("code", "name", "kind")
    places = list(rows)
    opened = _by_village(_said(home6).exclude(state__in=ENDED))
    fresh = _by_village(_said(home6).filter(received_at__gte=clock.now() - FRESH))
    towns = [(code, name) for code, name, kind in places if kind == DivisionKind.TOWN]
    villages = sorted(
        code for code, _, kind in places if kind in {DivisionKind.VILLAGE, DivisionKind.COMMUNITY}
    )
    below = int(value("opinion.suppress_below", home6=home6))
    return [_tile(number, town, villages, opened, fresh, below=below) for number, town in enumerate(towns)]


def _by_village(rows: QuerySet[Opinion]) -> Counter[str]:
    counted = rows.order_by().values("division_code").annotate(n=Count("id"))
    return Counter({row["division_code"]: row["n"] for row in counted})


def _tile(  # noqa: PLR0913 - a tile is made of the town's own and the city's counts
    number: int,
    town: tuple[str, str],
    villages: list[str],
    opened: Counter[str],
    fresh: Counter[str],
    *,
    below: int,
) -> Tile:
    code, name = town
    x, y = WIDE * (number % ACROSS), HIGH * (number // ACROSS)
    own = [one for one in villages if one.startswith(code[:9])]
    cells = [
        Cell(
            x + 10 + STEP * (place % CELLS_ACROSS),
            y + 112 + STEP * (place // CELLS_ACROSS),
            public_shade(opened[one], below),
            fresh[one] > 0,
        )
        for place, one in enumerate(own)
    ]
    whole = sum(count for place, count in opened.items() if place.startswith(code[:9]))
    return Tile(name.removesuffix("镇"), x, y, public_figure(whole, below), cells)


def _latest(home6: str) -> list[tuple[str, str]]:
    """Return the newest matters as topic and town: no word of what was said, no village."""
    towns = dict(Division.objects.filter(home6=home6, kind=DivisionKind.TOWN).values_list("code", "name"))
    rows = _said(home6).order_by("-received_at", "-id").values_list("category", "division_code")[:LATEST]
    return [(category or "其他", towns.get(f"{code[:9]}000", "")) for category, code in rows]
