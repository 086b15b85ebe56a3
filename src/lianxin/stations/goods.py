"""What the year's evaluation says: four questions, three voices, small samples not shown."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from lianxin.regions.models import Station, StationLevel
from lianxin.rulebook.services import value
from lianxin.stations.models import GoodsRating, GoodsVoice
from lianxin.stations.rules import Shares, shares

NAMES = (
    ("bridge", "好桥梁", "有话能说上去、能传下来吗？"),
    ("platform", "好平台", "代表在这里好开展工作吗？"),
    ("position", "好阵地", "人大制度、政策在这里讲得明白吗？"),
    ("venue", "好场所", "这里好找、好进、好坐下来说事吗？"),
)


@dataclass(frozen=True, slots=True)
class Good:
    """One of the four, as each voice sees it."""

    key: str
    name: str
    question: str
    voices: tuple[tuple[str, Shares], ...]


def results(station: Station, year: int) -> list[Good]:
    """Return the four results of a year (one query)."""
    least = value("station.goods_least", home6=station.home6)
    rows = list(GoodsRating.objects.filter(station=station, year=year))
    return [
        Good(
            key,
            name,
            question,
            tuple(
                (str(label), shares((getattr(row, key) for row in rows if row.voice == voice), least))
                for voice, label in GoodsVoice.choices
            ),
        )
        for key, name, question in NAMES
    ]


def evaluated() -> QuerySet[Station]:
    """Return the stations that are evaluated: the city's and the towns'."""
    return Station.objects.filter(level__in=[StationLevel.CITY, StationLevel.TOWN], is_open=True)
