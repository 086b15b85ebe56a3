"""Sessions of the demo city's congresses: those of the last year with who came, and the next one."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from uuid import UUID

from lianxin.common.actor import Actor
from lianxin.congress import services
from lianxin.congress.models import CongressSession
from lianxin.congress.rules import Presence
from lianxin.congress.selectors import roll
from lianxin.congress.services import NewSession
from lianxin.demo.city import TOUR_TOWN, City
from lianxin.demo.telling import Story
from lianxin.regions.loading import CITY

LEFT_OUT = -5
"""Whose absences the law counts in the tour's town: nobody with an account of the tour."""


def stories(city: City, scale: str, now: datetime) -> list[Story]:
    """Return a story for each congress: towns meet twice a year, the city once."""
    del scale
    towns = [_meets(city, town, city.staff[f"presidium:{town}"], now, (320, 130), 8) for town in city.towns]
    return [_meets(city, CITY, city.staff["office"], now, (310,), 6), *towns]


def _meets(city: City, body: str, keeper: Actor, now: datetime, ago: tuple[int, ...], ordinal: int) -> Story:
    chance = random.Random(f"congress {body}")  # noqa: S311 - a demo, not a secret
    for place, days in enumerate(ago):
        yield now - timedelta(days=days + 20)
        opens = (now - timedelta(days=days)).date()
        row = _entered(keeper, body, ordinal + place, opens)
        yield now - timedelta(days=days - 2)
        services.attendance_save(actor=keeper, session=row, marks=_marks(city, row, chance))
    yield now - timedelta(days=4)
    _entered(keeper, body, ordinal + len(ago), (now + timedelta(days=45)).date())


def _entered(keeper: Actor, body: str, ordinal: int, opens: date) -> CongressSession:
    days = 2 if body == CITY else 1
    new = NewSession(ordinal, opens, opens + timedelta(days=days))
    return services.session_enter(actor=keeper, body=body, new=new)


def _marks(city: City, row: CongressSession, chance: random.Random) -> dict[UUID, str]:
    """Nearly everybody comes; a few are on leave; in the tour's town one stays away without leave, twice."""
    marks = {}
    missing = city.deputies[TOUR_TOWN][LEFT_OUT][1].pk if row.division_code == TOUR_TOWN else None
    for known in roll(row):
        on_leave = chance.random() < 0.04
        marks[known.deputy.pk] = Presence.ON_LEAVE.value if on_leave else Presence.PRESENT.value
    if missing is not None:
        marks[missing] = Presence.ABSENT.value
    return marks
