"""Scene 3, 代表履职: the five stations as a radar, what happens today, the reception days of two weeks."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from lianxin.activities.models import Activity
from lianxin.activities.workflow import State
from lianxin.common import clock
from lianxin.opinions.models import Opinion
from lianxin.regions.selectors import place_name
from lianxin.stations.models import DutyTurn, PolicyNote, Reception, ReceptionDay
from lianxin.stations.tiles import SETTLED, STUDY, since
from lianxin.stations.workflow import Turn

CENTRE, RADIUS = 330, 230
DAYS, MOST = 14, 6
FIVE = ("宣传站", "接待站", "工作站", "充电站", "服务站")


@dataclass(frozen=True, slots=True)
class Spoke:
    """One axis of the radar: its words, its number, where they stand."""

    name: str
    count: int
    end: tuple[float, float]
    words: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the calendar: how many stations receive."""

    on: date
    count: int


@dataclass(frozen=True, slots=True)
class DutiesScene:
    """What the third scene shows."""

    spokes: list[Spoke]
    shape: str
    rings: list[str]
    activities: list[tuple[str, str]]
    days: list[Day]


def duties_scene(home6: str) -> DutiesScene:
    """Return the deputies' work of a region (eight queries)."""
    figures = _five(home6)
    most = max(1, *figures)
    spokes = [
        Spoke(name, count, _at(place, 1.0), _at(place, 1.24))
        for place, (name, count) in enumerate(zip(FIVE, figures, strict=True))
    ]
    return DutiesScene(
        spokes=spokes,
        shape=_points([_scaled(count, most) for count in figures]),
        rings=[_points([share] * len(FIVE)) for share in (0.33, 0.66, 1.0)],
        activities=_activities(home6),
        days=_days(home6),
    )


def _five(home6: str) -> tuple[int, ...]:
    """Return the five figures of all stations in the order of `FIVE`, a year back as on their pages."""
    first, here = since(), {"home6": home6}
    return (
        PolicyNote.objects.filter(**here, published_on__gte=first).count(),
        Reception.objects.filter(**here, on__gte=first).count(),
        DutyTurn.objects.filter(**here, state=Turn.SIGNED_IN, day__on__gte=first).count(),
        Activity.objects.filter(**here, kind__in=STUDY, finished_on__gte=first).count(),
        Opinion.objects.filter(**here, state__in=SETTLED, fed_back_on__gte=first, is_sealed=False).count(),
    )


def _scaled(count: int, most: int) -> float:
    """Return the length of an axis: logarithmic, for some are many and some few; the number stands beside."""
    return math.log1p(count) / math.log1p(most)


def _at(place: int, share: float) -> tuple[float, float]:
    angle = 2 * math.pi * place / len(FIVE) - math.pi / 2
    return (
        round(CENTRE + RADIUS * share * math.cos(angle), 1),
        round(CENTRE + RADIUS * share * math.sin(angle), 1),
    )


def _points(shares: list[float]) -> str:
    return " ".join(f"{x},{y}" for x, y in (_at(place, share) for place, share in enumerate(shares)))


def _activities(home6: str) -> list[tuple[str, str]]:
    first = clock.today()
    rows = Activity.objects.filter(
        home6=home6, starts_at__date__gte=first, starts_at__date__lte=first + timedelta(days=7)
    ).exclude(state=State.CANCELLED)
    return [(row.title, place_name(row.division_code)) for row in rows.order_by("starts_at", "id")[:MOST]]


def _days(home6: str) -> list[Day]:
    first = clock.today()
    rows = ReceptionDay.objects.filter(
        home6=home6, published_at__isnull=False, on__range=(first, first + timedelta(days=DAYS - 1))
    )
    held = Counter(rows.values_list("on", flat=True))
    return [Day(on, held[on]) for on in (first + timedelta(days=n) for n in range(DAYS))]
