"""Reading stations at work: calendars, today's table, checks, the net and its gaps."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from lianxin.common import clock
from lianxin.common.actor import Actor, place_prefix
from lianxin.common.errors import NotFound
from lianxin.people.actors import active_seats
from lianxin.people.models import Deputy
from lianxin.regions.models import Division, DivisionKind, Grid, Station, StationLevel
from lianxin.stations.models import (
    CheckKind,
    DutyTurn,
    GridRole,
    PolicyNote,
    Reception,
    ReceptionDay,
    RoomCheck,
    StationMember,
    TurnLabel,
)
from lianxin.stations.permissions import (
    checks_visible_to,
    days_visible_to,
    receives_at,
    stations_of,
    turns_visible_to,
)
from lianxin.stations.workflow import DESK, Check, Turn

__all__ = ["stations_of"]
ROOMS = (StationLevel.VILLAGE, StationLevel.CONSTITUENCY)


def _with_turns(found: QuerySet[ReceptionDay]) -> QuerySet[ReceptionDay]:
    turns = DutyTurn.objects.select_related("deputy").order_by("id")
    return found.select_related("station").prefetch_related(Prefetch("turns", queryset=turns))


def names_of(day: ReceptionDay) -> list[str]:
    """Return the deputies who will sit or sat (leave is left out)."""
    return [turn.deputy.name for turn in day.turns.all() if turn.state != TurnLabel.LEAVE]


def days_public(station: Station, *, since: date, until: date) -> list[ReceptionDay]:
    """Return a station's published days of a span; a town's hold its rooms' too (two queries)."""
    here = Q(station=station) | Q(station__parent=station)
    found = ReceptionDay.objects.filter(here, published_at__isnull=False, on__range=(since, until))
    return list(_with_turns(found).order_by("on", "station"))


def next_day(station: Station) -> ReceptionDay | None:
    """Return the next published day at a station."""
    found = ReceptionDay.objects.filter(station=station, published_at__isnull=False, on__gte=clock.today())
    return _with_turns(found).order_by("on").first()


def on_duty_today(station: Station) -> list[str]:
    """Return the deputies who sit today at a station, or at the one above it, as published (one query)."""
    here = Q(day__station=station) | Q(day__station=station.parent_id)
    turns = DutyTurn.objects.filter(here, day__on=clock.today(), day__published_at__isnull=False)
    names = turns.exclude(state=TurnLabel.LEAVE).order_by("deputy__pinyin", "id")
    return list(dict.fromkeys(names.values_list("deputy__name", flat=True)))


def days_for(actor: Actor, station: Station, *, since: date, until: date) -> list[ReceptionDay]:
    """Return the days of a station that the actor may see, drafts too where he keeps it."""
    found = days_visible_to(actor).filter(station=station, on__range=(since, until))
    return list(_with_turns(found).order_by("on"))


def day_for(actor: Actor, pk: UUID) -> ReceptionDay:
    """Return a reception day that the actor may work at."""
    day = _with_turns(days_visible_to(actor)).filter(pk=pk).first()
    if day is None or not receives_at(actor, day):
        raise NotFound("没有找到这个接待日，或者不在您的范围内。")
    return day


def turn_for(actor: Actor, pk: UUID) -> DutyTurn:
    """Return a turn that the actor may see."""
    found = turns_visible_to(actor).select_related("day__station__parent", "deputy").filter(pk=pk).first()
    if found is None:
        raise NotFound("没有找到这次排班，或者不在您的范围内。")
    return found


def turns_of(actor: Actor, *, since: date) -> list[DutyTurn]:
    """Return the deputy's own turns from a day on, the nearest first."""
    own = turns_visible_to(actor).filter(deputy__account=actor.id, day__on__gte=since)
    return list(own.select_related("day__station", "deputy").order_by("day__on")[:40])


def members_of(station: Station) -> list[StationMember]:
    """Return who is placed in a station (a room takes its town's)."""
    home = station if station.level in {"city", "town"} else station.parent or station
    found = StationMember.objects.filter(station=home, valid_to=None).select_related("deputy")
    return list(found.order_by("deputy__pinyin", "deputy__name"))


def unplaced() -> QuerySet[Deputy]:
    """Return the sitting deputies who stand in no station (未进站代表)."""
    placed = StationMember.objects.filter(valid_to=None).values("deputy_id")
    seated = active_seats(clock.today()).values("deputy_id")
    return Deputy.objects.filter(pk__in=seated).exclude(pk__in=placed).order_by("division_code", "name")


def grid_roles_of(deputy: Deputy) -> list[GridRole]:
    """Return a deputy's roles in grids, those of today first, then the earlier ones."""
    rows = GridRole.objects.filter(deputy=deputy).select_related("grid")
    return sorted(rows, key=lambda row: (row.valid_to is not None, -row.valid_from.toordinal()))


def in_charge(villages: tuple[str, ...]) -> list[GridRole]:
    """Return the deputies in office who look after the grids of villages, leaders first."""
    sitting = active_seats(clock.today()).values("deputy_id")
    rows = GridRole.objects.filter(division_code__in=villages, valid_to=None, deputy__in=sitting)
    return list(rows.select_related("grid", "deputy").order_by("division_code", "post", "deputy__pinyin"))


def villages_without_grid(place: str) -> list[Division]:
    """Return the villages and communities of a place that have no grid yet."""
    kinds = (DivisionKind.VILLAGE, DivisionKind.COMMUNITY)
    here = Division.objects.filter(code__startswith=place_prefix(place), kind__in=kinds)
    return list(here.exclude(code__in=Grid.objects.values("division_code")).order_by("code"))


def gaps(home6: str) -> tuple[int, list[Division]]:
    """Return how many villages and communities have an open room, and those that have none."""
    kinds = (DivisionKind.VILLAGE, DivisionKind.COMMUNITY)
    places = list(Division.objects.filter(home6=home6, kind__in=kinds).order_by("code"))
    open_rooms = Station.objects.filter(home6=home6, level=StationLevel.VILLAGE, is_open=True)
    have = set(open_rooms.values_list("division_code", flat=True))
    missing = [one for one in places if one.code not in have]
    return len(places) - len(missing), missing


def latest_checks(actor: Actor, kind: CheckKind) -> dict[UUID, RoomCheck]:
    """Return each room's latest check of a kind, by station."""
    rows = checks_visible_to(actor).filter(kind=kind).order_by("year", "id").prefetch_related("lines")
    return {row.station_id: row for row in rows}


def check_for(actor: Actor, pk: UUID) -> RoomCheck:
    """Return a check that the actor may see."""
    found = checks_visible_to(actor).select_related("station").prefetch_related("lines").filter(pk=pk).first()
    if found is None:
        raise NotFound("没有找到这份自查，或者不在您的范围内。")
    return found


def policies_of(station: Station) -> QuerySet[PolicyNote]:
    """Return what a station and its town tell, the newest first."""
    here = Q(station=station) | Q(station=station.parent) if station.parent_id else Q(station=station)
    return PolicyNote.objects.filter(here).order_by("-published_on", "-id")


def unconfirmed_near(actor: Actor, days: int) -> list[ReceptionDay]:
    """Return the near days of the actor's stations that nobody has confirmed, with their turns."""
    return list(_with_turns(unconfirmed(actor, days)).order_by("on"))


def unconfirmed(actor: Actor, days: int) -> QuerySet[ReceptionDay]:
    """Return the near days of the actor's stations that nobody has confirmed."""
    today = clock.today()
    found = days_visible_to(actor).filter(
        published_at__isnull=False, on__range=(today, today + timedelta(days=days))
    )
    sure = DutyTurn.objects.filter(state__in=[Turn.CONFIRMED, Turn.SIGNED_IN]).values("day_id")
    return found.exclude(pk__in=sure).select_related("station").order_by("on")


def checks_with_gaps(actor: Actor) -> QuerySet[RoomCheck]:
    """Return this year's checks of the actor's rooms in which something of the ten is missing (十有)."""
    rows = checks_visible_to(actor).filter(kind=CheckKind.TEN_HAVES, year=clock.today().year)
    return rows.filter(state=Check.GAP)


def home_of(actor: Actor) -> str:
    """Return the county in which the actor works."""
    places = actor.places(*DESK)
    return places[0][:6] if places else ""


def coverage_by_town(home6: str) -> list[tuple[Division, int, int]]:
    """Return each town with its villages and how many of them have an open room (three queries)."""
    open_rooms = Station.objects.filter(home6=home6, level=StationLevel.VILLAGE, is_open=True)
    have = set(open_rooms.values_list("division_code", flat=True))
    by_town: dict[str, list[str]] = {}
    villages = Division.objects.filter(home6=home6, kind__in=(DivisionKind.VILLAGE, DivisionKind.COMMUNITY))
    for code, parent in villages.values_list("code", "parent_code"):
        by_town.setdefault(parent, []).append(code)
    towns = Division.objects.filter(home6=home6, kind=DivisionKind.TOWN).order_by("code")
    return [
        (town, sum(code in have for code in by_town.get(town.code, [])), len(by_town.get(town.code, [])))
        for town in towns
    ]


def categories_of(station: Station, first: date, last: date) -> list[tuple[str, int]]:
    """Return what was received in a span at a station and its rooms: category and how many (one query)."""
    here = Q(day__station=station) | Q(day__station__parent=station)
    rows = Reception.objects.filter(here, on__range=(first, last)).values_list("category")
    counted = rows.annotate(n=Count("pk")).order_by("-n", "category")
    return [(name or "其他", n) for name, n in counted]
