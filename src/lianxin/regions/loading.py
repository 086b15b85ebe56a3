"""Loading the shipped divisions and the grid of stations; safe to repeat."""

from __future__ import annotations

import csv
import random
from datetime import date
from importlib import resources

from lianxin.common.romanised import romanised
from lianxin.regions.models import Division, DivisionKind, DivisionName, Station, StationLevel

CITY = "610981000000"
HOME6 = "610981"
REBUILT_2021 = {"城关镇", "段家河镇", "蜀河镇", "吕河镇"}


def divisions_load() -> int:
    """Load 1 city, 21 towns and 309 villages and communities; return how many there are."""
    rows = [Division(code=CITY, name="旬阳市", kind=DivisionKind.CITY, home6=HOME6, pinyin="xunyangshi")]
    seen: set[str] = set()
    for row in _shipped():
        town = row["town_code"].ljust(12, "0")
        if town not in seen:
            seen.add(town)
            rows.append(_division(town, row["town"], DivisionKind.TOWN, CITY))
        kind = DivisionKind.VILLAGE if row["kind"] == "村" else DivisionKind.COMMUNITY
        rows.append(_division(row["code"], _short(row["name"]), kind, town))
    Division.objects.bulk_create(rows, ignore_conflicts=True)
    _history()
    return len(rows)


def stations_load(*, phone: str = "") -> int:
    """Make one station for the city and each town, and one room for each village.

    Each writes its own telephone on its page; `phone` is what they begin with.
    """
    city, _ = Station.objects.get_or_create(
        code="1",
        defaults={
            "name": "旬阳市人大代表联络站",
            "level": StationLevel.CITY,
            "home6": HOME6,
            "division_code": CITY,
            "built_kind": "upgraded",
            "built_on": "2021",
            "phone": phone,
        },
    )
    towns = {town.code: _town_station(town, city) for town in Division.objects.filter(kind=DivisionKind.TOWN)}
    have = set(Station.objects.filter(level=StationLevel.VILLAGE).values_list("division_code", flat=True))
    villages = Division.objects.filter(kind__in=[DivisionKind.VILLAGE, DivisionKind.COMMUNITY]).exclude(
        code__in=have
    )
    Station.objects.bulk_create([_room(village, towns[village.parent_code]) for village in villages])
    return Station.objects.count()


def rooms_load(*, per_city: int, seed: int) -> int:
    """Make the constituency rooms (选区室), spread over the towns; return how many there are."""
    chance = random.Random(seed)  # noqa: S311 - which towns get a fifth room is no secret
    towns = list(Station.objects.filter(level=StationLevel.TOWN).order_by("code"))
    have = Station.objects.filter(level=StationLevel.CONSTITUENCY).count()
    rooms = []
    for place in range(have, per_city):
        town = towns[place % len(towns)] if place < len(towns) * 4 else chance.choice(towns)
        rooms.append(
            Station(
                code=f"{town.code}x{place + 1:03d}",
                name=f"{town.name.removesuffix('人大代表联络站')}第{place // len(towns) + 1}选区代表联络室",
                level=StationLevel.CONSTITUENCY,
                home6=HOME6,
                division_code=town.division_code,
                town_code=town.division_code,
                parent=town,
                phone=town.phone,
            )
        )
    Station.objects.bulk_create(rooms)
    return have + len(rooms)


def _division(code: str, name: str, kind: DivisionKind, parent: str) -> Division:
    return Division(code=code, name=name, kind=kind, parent_code=parent, home6=HOME6, pinyin=romanised(name))


def _short(name: str) -> str:
    """Drop the committee from the name: 李家庄村村委会 → 李家庄村."""
    for tail, kept in (("村民委员会", "村"), ("村委会", "村"), ("居民委员会", ""), ("居委会", "")):
        if name.endswith(tail):
            return name.removesuffix(tail) + kept
    return name


def _history() -> None:
    city = Division.objects.get(pk=CITY)
    DivisionName.objects.get_or_create(
        division=city, name="旬阳县", code="610928000000", defaults={"valid_to": date(2021, 2, 3)}
    )
    DivisionName.objects.get_or_create(
        division=city, name="旬阳市", code=CITY, defaults={"valid_from": date(2021, 2, 3)}
    )


def _town_station(town: Division, city: Station) -> Station:
    new = town.name in REBUILT_2021
    station, _ = Station.objects.get_or_create(
        code=town.code[6:9],
        defaults={
            "name": f"{town.name}人大代表联络站",
            "level": StationLevel.TOWN,
            "home6": HOME6,
            "division_code": town.code,
            "town_code": town.code,
            "parent": city,
            "phone": city.phone,
            "built_kind": "new" if new else "upgraded",
            "built_on": "2021" if new else "",
        },
    )
    return station


def _room(village: Division, parent: Station) -> Station:
    return Station(
        code=village.code[6:12],
        name=f"{village.name}人大代表联络室",
        level=StationLevel.VILLAGE,
        home6=HOME6,
        division_code=village.code,
        town_code=village.parent_code,
        parent=parent,
        phone=parent.phone,
    )


def _shipped() -> list[dict[str, str]]:
    text = resources.files("lianxin.regions").joinpath("data/xunyang_divisions.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))
