"""The one source of time: UTC instants for rows, Asia/Shanghai dates for people.

Time enters the rules as a parameter; services read it here, so that histories (the demo city,
tests, late entries) can be told at the time at which they happened.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
_told: ContextVar[datetime | None] = ContextVar("told_time", default=None)


def now() -> datetime:
    """Return the present instant in UTC (or the told one, inside `at`)."""
    return _told.get() or datetime.now(UTC)


def today() -> date:
    """Return the present date in China."""
    return local_date(now())


def local_date(instant: datetime) -> date:
    """Return the calendar date that a person in China would give to `instant`."""
    return instant.astimezone(SHANGHAI).date()


def day_start(day: date) -> datetime:
    """Return the instant at which a day begins in China."""
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """Tell the time: inside the block `now()` is `instant` (must be aware)."""
    if instant.tzinfo is None:
        raise ValueError("the told time must carry a time zone")
    token = _told.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _told.reset(token)
