"""Which opinions the demo city hears: when, where, by which channel, and how each will end."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from lianxin.common import clock
from lianxin.demo.city import LAMP_VILLAGE, TOUR_TOWN, City
from lianxin.demo.shares import allot, dealt
from lianxin.demo.texts import LAMPS, SEALED, WEIGHTS, Words, opinion_words, retold
from lianxin.opinions.models import Channel

CHANNELS = {
    Channel.VISIT: 24,
    Channel.DIARY: 3,
    Channel.RECEPTION: 21,
    Channel.QR: 20,
    Channel.ON_BEHALF: 11,
    Channel.VOICE: 6,
    Channel.PAPER: 6,
    Channel.MEETING: 4,
    Channel.GRID: 2,
    Channel.MACHINE: 1,
    Channel.TELEPHONE: 2,
}
ENDS = {"spot": 36, "station": 31, "transfer": 19, "suggestion": 11, "refuse": 3}
TWISTS = {"": 90, "up_and_down": 3, "consult": 2, "withdraw": 2, "reopen": 3}
ANONYMOUS = {True: 38, False: 62}
SUMMER, FLOOD = frozenset({6, 7, 8, 9}), 1.8
SPRING_FESTIVAL, HOMECOMING = frozenset({1, 2}), 1.5
LEAST_CLUSTER, MOST_CLUSTER = 3, 28


@dataclass(frozen=True)
class Case:
    """One opinion that will be told; `cluster` is shared by near-copies, `first` begins one."""

    at: datetime
    town: str
    village: str
    words: Words
    channel: Channel
    end: str
    anonymous: bool = False
    twist: str = ""
    cluster: int = 0
    first: bool = False
    sealed: bool = False
    place: int = 0


@dataclass(frozen=True)
class _Matter:
    """A matter and how many people speak of it."""

    category: str
    size: int
    cluster: int


def cases(city: City, count: int, *, clusters: int, now: datetime, days: int) -> list[Case]:
    """Return exactly `count` opinions of the last `days`, among them `clusters` clusters (one: the lamps)."""
    chance = city.chance
    said = [
        one
        for matter in _matters(chance, count - len(LAMPS), clusters - 1)
        for one in _told(city, matter, now, days)
    ]
    channels = dealt(chance, CHANNELS, count - len(LAMPS))
    ends = dealt(chance, ENDS, count - len(LAMPS))
    unknown = dealt(chance, ANONYMOUS, count)
    twists = dealt(chance, TWISTS, count)
    found = []
    for place, (at, town, village, words, cluster, first) in enumerate(said):
        end, twist = ends[place], twists[place]
        found.append(
            Case(
                at,
                town,
                village,
                words,
                channels[place],
                end,
                unknown[place],
                twist,
                cluster,
                first,
                place=place,
            )
        )
    return [*found, *_lamps(now, clusters, unknown[-len(LAMPS) :])]


def sealed_case(now: datetime) -> Case:
    """Return the one accusation whose author insists that the text be kept (an invented village)."""
    words = Words("乡村治理", SEALED)
    return Case(
        now - timedelta(days=9, hours=2), TOUR_TOWN, "", words, Channel.RECEPTION, "sealed", sealed=True
    )


def _matters(chance: random.Random, count: int, clusters: int) -> list[_Matter]:
    """Return matters of exactly the categories' shares, `clusters` of them spoken of by several people."""
    left = allot(WEIGHTS, count)
    found = []
    for place in range(clusters):
        span = MOST_CLUSTER - LEAST_CLUSTER
        size = LEAST_CLUSTER + round(span * (place / max(1, clusters - 1)) ** 2)
        category = max(left, key=lambda name: left[name])
        size = min(size, left[category])
        left[category] -= size
        found.append(_Matter(category, size, place + 2))
    found += [_Matter(category, 1, 0) for category, times in left.items() for _ in range(times)]
    chance.shuffle(found)
    return found


def _told(
    city: City, matter: _Matter, now: datetime, days: int
) -> list[tuple[datetime, str, str, Words, int, bool]]:
    chance = city.chance
    town, village, name = chance.choices(city.busy_villages, weights=city.busy_weights)[0]
    words = opinion_words(chance, name, matter.category)
    at = _when(chance, matter.category, now, days)
    found = [(at, town, village, words, matter.cluster, True)]
    for _ in range(matter.size - 1):
        again = min(
            at + timedelta(hours=chance.uniform(4, 140)), now - timedelta(minutes=chance.randint(5, 300))
        )
        text = Words(words.category, retold(chance, words.text))
        found.append((again, town, village, text, matter.cluster, False))
    return found


def _when(chance: random.Random, category: str, now: datetime, days: int) -> datetime:
    """Return an instant by day; floods bring roads, the Spring Festival brings people home."""
    while True:
        day = now - timedelta(days=chance.uniform(0.02, days))
        month, weight = clock.local_date(day).month, 1.0
        if category in {"交通道路", "公共安全"} and month in SUMMER:
            weight = FLOOD
        if category in {"乡村治理", "就业"} and month in SPRING_FESTIVAL:
            weight = HOMECOMING
        if chance.random() < weight / FLOOD:
            return day


def _lamps(now: datetime, clusters: int, unknown: list[bool]) -> list[Case]:
    """Return the three lamps of 李家庄, three sources, for the guided tour."""
    channels = (Channel.QR, Channel.RECEPTION, Channel.GRID)
    return [
        Case(
            now - timedelta(days=6 - 2 * n, hours=3),
            TOUR_TOWN,
            LAMP_VILLAGE,
            Words("交通道路", text),
            channel,
            "wait",
            unknown[n],
            cluster=1 if clusters else 0,
            first=n == 0,
        )
        for n, (text, channel) in enumerate(zip(LAMPS, channels, strict=True))
    ]
