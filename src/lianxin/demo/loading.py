"""Loading the demo city; refuses to touch a database that already holds people."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction

from lianxin.common import clock
from lianxin.common.errors import Refused
from lianxin.demo.city import City, ground_load
from lianxin.demo.evaluation_stories import Teller
from lianxin.demo.opinion_plans import cases, sealed_case
from lianxin.demo.opinion_stories import OpinionTeller, Shared
from lianxin.demo.rooms import room_stories
from lianxin.demo.routine import days, hot_topics
from lianxin.demo.suggestion_plans import FULL_OPEN, FULL_REPLIED, SMALL_OPEN, plans
from lianxin.demo.telling import Story, tell
from lianxin.people.models import Account
from lianxin.regions.loading import CITY
from lianxin.regions.models import Station


@dataclass(frozen=True)
class Scale:
    """How large the city is."""

    opinions: int
    days: int
    clusters: int
    replied: int
    each: int
    unreplied: dict[str, int]
    topics: int


SCALES = {
    "small": Scale(240, 400, 6, 44, 2, SMALL_OPEN, 1),
    "full": Scale(6400, 730, 46, FULL_REPLIED, 3, FULL_OPEN, 3),
}


def demo_load(*, scale: str, seed: int, password: str, progress: Callable[[int, int], None]) -> int:
    """Load ground and histories up to this morning; `progress` hears days told and days in all."""
    if Account.objects.exists():
        raise Refused("数据库里已经有账号，演示数据只能装进空的数据库。")
    with _relaxed():
        with transaction.atomic():
            city = ground_load(scale=scale, seed=seed, password=password)
        now = clock.day_start(clock.today())
        stories = [*_stories(city, SCALES[scale], now), *room_stories(city, scale, now)]
        return tell(stories, until=now - timedelta(seconds=1), progress=progress)


def _stories(city: City, size: Scale, now: datetime) -> list[Story]:
    """Return every story of the city; the same seed and the same day give the same ones."""
    known = cases(city, size.opinions, clusters=size.clusters, now=now, days=size.days)
    shared = Shared(stations_by_place("village"), stations_by_place("town"), stations_by_place("city")[CITY])
    stories: list[Story] = [OpinionTeller(city, case, shared).story() for case in [*known, sealed_case(now)]]
    papers = plans(city, replied=size.replied, each=size.each, unreplied=size.unreplied, now=now)
    stories += [Teller(city, plan, shared.pool).story() for plan in papers]
    first = min(plan.at for plan in papers)
    stories.append(days(city, since=first, until=now))
    stories.append(hot_topics(city, at=now - timedelta(hours=6), wanted=size.topics))
    return stories


def stations_by_place(level: str) -> dict[str, Station]:
    """Return the stations of a level by the place where they stand."""
    found = Station.objects.filter(level=level).select_related("parent__parent")
    return {row.division_code: row for row in found}


@contextmanager
def _relaxed() -> Iterator[None]:
    """Do not wait for the disk while loading: the city can be loaded again."""
    relax, restore = {
        "sqlite": ("PRAGMA synchronous=OFF", "PRAGMA synchronous=FULL"),
        "postgresql": ("SET synchronous_commit=off", "SET synchronous_commit=on"),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(relax)
    gc.disable()  # thousands of stories wait in memory: looking through them for litter costs a tenth
    try:
        yield
    finally:
        gc.enable()
        with connection.cursor() as cursor:
            cursor.execute(restore)
