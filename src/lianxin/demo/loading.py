"""Loading the demo city; refuses to touch a database that already holds people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import connection

from lianxin.common import clock
from lianxin.common.errors import Refused
from lianxin.demo.city import LAMP_VILLAGE, ground_load
from lianxin.demo.opinion_stories import cases, lamp_cases, stations_by_village, story
from lianxin.demo.suggestion_stories import Teller, plans
from lianxin.demo.telling import tell
from lianxin.people.models import Account


@dataclass(frozen=True)
class Scale:
    """How large the city is."""

    opinions: int
    finished: int
    open_each: int
    years: int


SCALES = {"small": Scale(130, 18, 1, 1), "full": Scale(6400, 742, 3, 3)}


def demo_load(*, scale: str, seed: int, password: str, progress: Callable[[int], None]) -> int:
    """Load ground and histories; return how many acts were told."""
    if Account.objects.exists():
        raise Refused("数据库里已经有账号，演示数据只能装进空的数据库。")
    size = SCALES[scale]
    with _relaxed():
        city = ground_load(scale=scale, seed=seed, password=password)
        now = clock.now()
        pool: list[UUID] = []
        known = [*cases(city, size.opinions - 3, now=now, days=720), *lamp_cases(city, now)]
        rooms = stations_by_village([case.village for case in known])
        stories = [story(city, case, rooms, pool) for case in known]
        stories += [
            Teller(city, plan, pool).story()
            for plan in plans(city, size.finished, size.open_each, now=now, years=size.years)
        ]
        acts = tell(stories, until=now - timedelta(seconds=1), progress=progress)
    assert LAMP_VILLAGE in rooms
    return acts


@contextmanager
def _relaxed() -> Iterator[None]:
    """Do not wait for the disk while loading: the city can be loaded again."""
    relax, restore = {
        "sqlite": ("PRAGMA synchronous=OFF", "PRAGMA synchronous=FULL"),
        "postgresql": ("SET synchronous_commit=off", "SET synchronous_commit=on"),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(relax)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(restore)
