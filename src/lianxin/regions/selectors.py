"""Reading places; divisions change rarely and are read often, so their names are cached."""

from __future__ import annotations

import functools
from collections import Counter

from django.db.models import Q, QuerySet

from lianxin.common.errors import NotFound
from lianxin.regions.models import Division, DivisionKind, Station, StationLevel


@functools.cache
def division_names() -> dict[str, str]:
    """Return code → name of every division."""
    return dict(Division.objects.values_list("code", "name"))


def place_name(code: str) -> str:
    """Return a place as people say it: 段家河镇李家庄村."""
    names = division_names()
    if code not in names:
        division_names.cache_clear()
        names = division_names()
    own, town = names.get(code, ""), names.get(code[:9] + "000", "")
    return own if code.endswith("000") or own == town else f"{town}{own}"


def is_division(code: str, *, home6: str) -> bool:
    """Say whether a code is a division of a region; read once a process, for they change once in years."""
    if code not in _homes():
        _homes.cache_clear()
    return _homes().get(code) == home6


@functools.cache
def _homes() -> dict[str, str]:
    return dict(Division.objects.values_list("code", "home6"))


def towns() -> QuerySet[Division]:
    """Return the towns by pinyin."""
    return Division.objects.filter(kind=DivisionKind.TOWN).order_by("pinyin")


def villages_of(town_code: str) -> QuerySet[Division]:
    """Return a town's villages and communities by pinyin."""
    return Division.objects.filter(parent_code=town_code).order_by("pinyin")


def places_under(parent_code: str) -> tuple[Division, ...]:
    """Return the divisions under one, by pinyin; read once a process, for they change once in years."""
    found = _places_under(parent_code)
    if not found:
        _places_under.cache_clear()
    return found


@functools.cache
def _places_under(parent_code: str) -> tuple[Division, ...]:
    return tuple(villages_of(parent_code))


def divisions_find(words: str) -> QuerySet[Division]:
    """Return the divisions whose present or former name holds the words."""
    return Division.objects.filter(Q(name__contains=words) | Q(names__name__contains=words)).distinct()


def station_by_code(code: str) -> Station:
    """Return the open station of a code; a closed one leads to the station above it."""
    station = Station.objects.select_related("parent").filter(code=code).first()
    if station is None:
        raise NotFound("没有找到这个联络站，请核对二维码，或从首页选择联络站。")
    while not station.is_open and station.parent is not None:
        station = station.parent
    return station


def stations() -> QuerySet[Station]:
    """Return all open stations, the larger ones first."""
    return Station.objects.filter(is_open=True).order_by("division_code", "code")


def town_station(code: str) -> Station | None:
    """Return the town station in whose area a place lies."""
    return Station.objects.filter(level=StationLevel.TOWN, division_code=code[:9] + "000").first()


def names_within(code: str) -> dict[str, str]:
    """Return the places of a division and below by name → code; a village also as 镇名村名.

    A name that two villages share is left out: it must be written with its town.
    """
    width = 6 if code.endswith("000000") else 9 if code.endswith("000") else 12
    own = {each: name for each, name in division_names().items() if each.startswith(code[:width])}
    found = {place_name(each): each for each in own}
    shared = Counter(own.values())
    return found | {name: each for each, name in own.items() if shared[name] == 1}
