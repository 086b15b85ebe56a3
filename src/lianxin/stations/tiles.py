"""The five functions of a station (五站): each tile counts one list, and the list is what opens behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from lianxin.activities.models import Activity
from lianxin.activities.models import Kind as ActivityKind
from lianxin.common import clock
from lianxin.common.errors import NotFound
from lianxin.opinions.models import Opinion
from lianxin.opinions.workflow import State
from lianxin.regions.models import Station
from lianxin.stations.models import DutyTurn, Mediation, PolicyNote, Reception
from lianxin.stations.workflow import Turn

DAYS = 365
SETTLED = (State.FED_BACK, State.RATED, State.CLOSED)
STUDY = (ActivityKind.LEARNING, ActivityKind.TRAINING)
Lister = Callable[[Station, date], "QuerySet[Any]"]


@dataclass(frozen=True, slots=True)
class Tile:
    """One function: its key, its full name, what is counted, and the list itself."""

    key: str
    name: str
    counted: str
    rows: Lister


def _below(station: Station, field: str = "station") -> Q:
    """Return the rule "at this station or one of its rooms"."""
    return Q(**{field: station}) | Q(**{f"{field}__parent": station})


def _policies(station: Station, since: date) -> QuerySet[Any]:
    found = PolicyNote.objects.filter(_below(station), published_on__gte=since)
    return found.select_related("station").order_by("-published_on", "-id")


def _receptions(station: Station, since: date) -> QuerySet[Any]:
    found = Reception.objects.filter(_below(station, "day__station"), on__gte=since)
    return found.select_related("day__station", "deputy").order_by("-on", "-id")


def _turns(station: Station, since: date) -> QuerySet[Any]:
    rule = _below(station, "day__station")
    found = DutyTurn.objects.filter(rule, state=Turn.SIGNED_IN, day__on__gte=since)
    return found.select_related("day__station", "deputy").order_by("-day__on", "-id")


def _study(station: Station, since: date) -> QuerySet[Any]:
    found = Activity.objects.filter(
        division_code__startswith=_prefix(station), kind__in=STUDY, finished_on__gte=since
    )
    return found.select_related("group").order_by("-finished_on", "-id")


def _service(station: Station, since: date) -> QuerySet[Any]:
    rule = _below(station)
    found = Opinion.objects.filter(rule, state__in=SETTLED, fed_back_on__gte=since, is_sealed=False)
    return found.select_related("station").order_by("-fed_back_on", "-id")


def _prefix(station: Station) -> str:
    code = station.division_code
    return code[:6] if code.endswith("000000") else code[:9] if code.endswith("000") else code


TILES = (
    Tile("publicity", "人大制度宣传站", "条政策和宣传", _policies),
    Tile("reception", "选民群众接待站", "次接待", _receptions),
    Tile("duty", "代表履职工作站", "人次代表进站", _turns),
    Tile("study", "提升能力充电站", "次学习培训", _study),
    Tile("service", "为民办事服务站", "件事有了答复", _service),
)


def since() -> date:
    """Return the first day of the year that the tiles look back on."""
    return clock.today() - timedelta(days=DAYS)


def counts(station: Station) -> list[tuple[Tile, int]]:
    """Return each tile with the length of its list (five queries)."""
    first = since()
    return [(tile, tile.rows(station, first).count()) for tile in TILES]


def tile_of(key: str) -> Tile:
    """Return a tile by its key."""
    found = next((tile for tile in TILES if tile.key == key), None)
    if found is None:
        raise NotFound("没有这一页，请回到联络站。")
    return found


def mediations(station: Station) -> QuerySet[Mediation]:
    """Return what was talked over in the last year: kind, month and outcome are public, words are not."""
    found = Mediation.objects.filter(_below(station), on__gte=since())
    return found.select_related("station").order_by("-on", "-id")
