"""A year of stations at work in the demo city: 2,100 reception days, the last month of them act by act.

What lies further back is entered from paper registers in monthly batches; rooms are checked, deputies
placed, grids given, and each town's station evaluated once.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from lianxin.common import clock
from lianxin.demo.city import City
from lianxin.demo.shares import dealt
from lianxin.demo.stations_month import MONTH_DAYS, TownMonth, ticks
from lianxin.demo.stations_texts import BLOCKS, KINDS, MEDIATIONS, POLICIES
from lianxin.demo.telling import Story
from lianxin.people.models import Deputy
from lianxin.regions.loading import HOME6
from lianxin.regions.models import Grid, Station, StationLevel
from lianxin.rulebook.selectors import calendar_for
from lianxin.stations import services
from lianxin.stations.models import CheckKind, GoodsVoice, GridPost, MediationEnd, Outcome
from lianxin.stations.rules import days_between
from lianxin.stations.services.goods import QUESTIONS
from lianxin.stations.services.outpost import BANDS

DAYS_A_TOWN, CAME_A_TOWN = 100, 248
"""2,100 days and about 5,200 receptions for 21 towns, the last month's visits included."""
YEAR = 365
SHORT, SHORTER = 17, 7
"""Rooms with nine and with eight of ten."""
GOODS = {GoodsVoice.DEPUTY: 12, GoodsVoice.RESIDENT: 30, GoodsVoice.ORGAN: 6}
COLOURS = {"satisfied": 83, "fair": 13, "dissatisfied": 4}
OUTCOMES = {Outcome.ANSWERED: 52, Outcome.APPOINTMENT: 14, Outcome.TRANSFER: 34}


@dataclass
class Town:
    """A town's station with its rooms and the deputies who sit there, whoever sat least first."""

    station: Station
    rooms: list[Station]
    people: list[Deputy]
    turn: int = 0
    days: list[services.PastDay] = field(default_factory=list)

    def next_two(self) -> tuple[UUID, UUID]:
        """Return the two whose turn it is."""
        first, second = (self.people[(self.turn + n) % len(self.people)].pk for n in range(2))
        self.turn += 2
        return first, second


def stories(city: City, scale: str, now: datetime) -> list[Story]:
    """Return the ground, the registers of the year, each town's last month, and the worker's clock."""
    return [
        _ground(city, now),
        _registers(city, now),
        *(TownMonth(city, town, now).story() for town in city.towns),
        ticks(now),
    ]


def _ground(city: City, now: datetime) -> Story:
    """Place deputies, give grids, check rooms, accept stations, write the free blocks, evaluate."""
    yield now - timedelta(days=YEAR)
    for town in city.towns:
        services.members_place(actor=city.staff[f"presidium:{town}"], station=_station(town))
    _grids(city)
    yield now - timedelta(days=120)
    _checks(city)
    for place, town in enumerate(city.towns):
        title, text = BLOCKS[place % len(BLOCKS)]
        services.free_block_edit(
            actor=city.keeper(town),
            station=_station(town),
            title=title,
            text=text,
            band=BANDS[place % len(BANDS)],
        )
    yield now - timedelta(days=20)
    services.goods_register(actor=city.staff["office"], ballots=list(_ballots(clock.today().year)))


def _station(town: str) -> Station:
    return Station.objects.select_related("parent").get(level=StationLevel.TOWN, division_code=town)


def _grids(city: City) -> None:
    office = city.staff["office"]
    villages = [code for town in city.towns for code, _name in city.villages[town]]
    services.grids_make(actor=office, home6=HOME6, villages=villages)
    grids = {grid.division_code: grid for grid in Grid.objects.filter(division_code__in=villages)}
    led: set[str] = set()
    rows = []
    for deputy in Deputy.objects.filter(division_code__in=villages).order_by("division_code", "id"):
        post = GridPost.MEMBER if deputy.division_code in led else GridPost.LEADER
        led.add(deputy.division_code)
        rows.append((grids[deputy.division_code], deputy, post))
    services.grid_roles_register(actor=office, rows=rows)


def _checks(city: City) -> None:
    office, year = city.staff["office"], clock.today().year
    rooms = list(Station.objects.filter(level=StationLevel.VILLAGE).order_by("code"))
    keys = [one.key for one in services.checklist(CheckKind.TEN_HAVES, rooms[0])]
    seen = []
    for place, room in enumerate(rooms):
        lacking = {keys[-2]} if place % 18 == 0 and place // 18 < SHORT else set()
        if place % 44 == 7 and place // 44 < SHORTER:
            lacking = {keys[4], keys[8]}
        met = {key: key not in lacking for key in keys}
        seen.append(services.Seen(room, CheckKind.TEN_HAVES, year, met))
    for place, station in enumerate(Station.objects.filter(level=StationLevel.TOWN).order_by("code")):
        items = services.checklist(CheckKind.ACCEPTANCE, station)
        met = {one.key: place % 4 != 1 or one.key != "quarterly" for one in items}
        seen.append(services.Seen(station, CheckKind.ACCEPTANCE, year, met))
    services.checks_register(actor=office, rows=seen)


def _ballots(year: int) -> Iterator[services.Ballot]:
    chance = random.Random(44)  # noqa: S311 - a demo, not a secret
    levels = [StationLevel.CITY, StationLevel.TOWN]
    for place, station in enumerate(Station.objects.filter(level__in=levels).order_by("code")):
        for voice, count in GOODS.items():
            few = 3 if place % 7 == 3 and voice == GoodsVoice.ORGAN else count  # 「样本不足」 shows somewhere
            said = {name: dealt(chance, COLOURS, few) for name in QUESTIONS}
            for n in range(few):
                answers = {name: said[name][n] for name in QUESTIONS}
                yield services.Ballot(station, year, voice, f"{voice}{n}", answers)


def _registers(city: City, now: datetime) -> Story:
    """Enter the paper registers month by month, and what was told and talked over in the month."""
    yield now - timedelta(days=YEAR - 1)
    chance = random.Random(8)  # noqa: S311 - a demo, not a secret
    months: dict[date, list[services.PastDay]] = {}
    for town in city.towns:
        for day in _past(_town(town), clock.local_date(now), chance):
            months.setdefault(day.on.replace(day=1), []).append(day)
    for place, month in enumerate(sorted(months)):
        last = max(day.on for day in months[month])
        yield clock.day_start(last + timedelta(days=1)) + timedelta(hours=9)
        services.past_days_register(actor=city.staff["office"], rows=months[month])
        for town in city.towns:
            _outpost(city, town, place, last)


def _town(town: str) -> Town:
    station = _station(town)
    rooms = list(Station.objects.filter(parent=station, level=StationLevel.VILLAGE).order_by("code"))
    people = list(Deputy.objects.filter(division_code__startswith=town[:9]).order_by("id"))
    return Town(station, rooms, people)


def _past(town: Town, today: date, chance: random.Random) -> Iterator[services.PastDay]:
    """Return a town's days before the last month: Wednesdays at the station, other days in the rooms."""
    first, last = today - timedelta(days=YEAR - 2), today - timedelta(days=MONTH_DAYS + 1)
    is_workday = calendar_for(HOME6).is_workday
    wednesdays = days_between(first, last, [2], is_workday)
    month = days_between(today - timedelta(days=MONTH_DAYS), today - timedelta(days=1), [2], is_workday)
    others = [day for day in days_between(first, last, [0, 4], is_workday) if day not in wednesdays]
    wanted = DAYS_A_TOWN - len(wednesdays) - len(month)
    picked = [others[n * len(others) // wanted] for n in range(wanted)]
    slots = [(day, town.station) for day in wednesdays]
    slots += [(day, town.rooms[n % len(town.rooms)]) for n, day in enumerate(picked)]
    slots.sort(key=lambda slot: (slot[0], slot[1].code))
    left = CAME_A_TOWN - 2 * len(month)
    for place, (day, station) in enumerate(slots):
        count = left * (place + 1) // len(slots) - left * place // len(slots)
        yield _day(town, station, day, count, chance)


def _day(town: Town, station: Station, on: date, count: int, chance: random.Random) -> services.PastDay:
    sat = town.next_two()
    third = town.people[(town.turn + 1) % len(town.people)].pk
    absent = (third,) if chance.random() < 0.03 and third not in sat else ()  # noqa: PLR2004 - a share
    outcomes = list(OUTCOMES)
    came = tuple(
        services.Came(
            sat[n % 2],
            chance.choice(KINDS),
            chance.choices(outcomes, weights=[OUTCOMES[one] for one in outcomes])[0],
        )
        for n in range(count)
    )
    return services.PastDay(station, on, sat, absent, came, f"按纸质登记簿补录，接待 {count} 人次。")


def _outpost(city: City, town: str, place: int, on: date) -> None:
    station, keeper = _station(town), city.keeper(town)
    title, text = POLICIES[place % len(POLICIES)]
    services.policy_publish(actor=keeper, station=station, title=title, text=text)
    outcomes = (MediationEnd.SETTLED, MediationEnd.SETTLED, MediationEnd.GUIDED)
    services.mediation_record(
        actor=keeper,
        station=station,
        about=MEDIATIONS[(place + int(town[6:9])) % len(MEDIATIONS)],
        outcome=outcomes[(place + int(town[6:9])) % 3],
        on=on,
    )
