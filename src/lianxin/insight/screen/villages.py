"""Scene 4, 村民自治与民生实事: four links town by town, projects by year, lamps of the latest year."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from lianxin.common.actor import Actor, ActorKind, Role, RoleIn
from lianxin.insight.four_links import VillageRow, board
from lianxin.insight.link_rules import PLAIN_LINK, Link
from lianxin.projects.lines import by_lamp, lines
from lianxin.projects.models import Project
from lianxin.projects.rules import PLAIN_LAMP, Lamp
from lianxin.projects.workflow import SHOWN

YEARS = 8
WORST = ("red", "yellow", "green")


@dataclass(frozen=True, slots=True)
class Light:
    """One link of one town: the worst lamp, and how many villages have it."""

    lamp: str
    count: int


@dataclass(frozen=True, slots=True)
class TownLights:
    """One town with its four links."""

    name: str
    lights: list[Light]


@dataclass(frozen=True, slots=True)
class Year:
    """The projects of one year; `share` is the height of its bar, of a hundred."""

    year: int
    count: int
    share: int


@dataclass(frozen=True, slots=True)
class VillagesScene:
    """What the fourth scene shows."""

    links: list[str]
    towns: list[TownLights]
    years: list[Year]
    whole: int
    lamps: list[tuple[str, str, int]]


def villages_scene(home6: str) -> VillagesScene:
    """Return the villages' four links and the projects of a region (six queries, whatever its size)."""
    watcher = Actor(None, "screen", ActorKind.SYSTEM, (RoleIn(Role.OFFICE, f"{home6}000000"),))
    years, whole = _years(home6)
    return VillagesScene(
        links=[PLAIN_LINK[link] for link in Link],
        towns=_towns(board(watcher)),
        years=years,
        whole=whole,
        lamps=_lamps(home6, max((one.year for one in years), default=0)),
    )


def _towns(rows: list[VillageRow]) -> list[TownLights]:
    by_town: dict[str, list[VillageRow]] = {}
    for row in rows:
        by_town.setdefault(row.town, []).append(row)
    return [
        TownLights(
            town.removesuffix("镇"),
            [_light([row.cells[place].lamp for row in own]) for place in range(len(Link))],
        )
        for town, own in by_town.items()
    ]


def _light(lamps: list[str]) -> Light:
    counts = Counter(lamps)
    worst = next(lamp for lamp in WORST if counts[lamp])
    return Light(worst, counts[worst])


def _years(home6: str) -> tuple[list[Year], int]:
    rows = Project.objects.filter(home6=home6, state__in=SHOWN).order_by()
    counts = dict(rows.values("round__year").annotate(n=Count("id")).values_list("round__year", "n"))
    most = max(counts.values(), default=1)
    latest = sorted(counts)[-YEARS:]
    return [Year(year, counts[year], round(100 * counts[year] / most)) for year in latest], sum(
        counts.values()
    )


def _lamps(home6: str, year: int) -> list[tuple[str, str, int]]:
    found = by_lamp(lines(Project.objects.filter(home6=home6, round__year=year, state__in=SHOWN)))
    return [(lamp.value, PLAIN_LAMP[lamp], found[lamp.value]) for lamp in Lamp]
