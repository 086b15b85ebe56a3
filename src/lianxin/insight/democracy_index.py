"""The index of village affairs by quarter: done in time ÷ due, of villages as wholes, never of a person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.elections.bodies import SupervisionReview
from lianxin.insight.link_rules import index
from lianxin.villages.calendar import Period, period_of
from lianxin.villages.models import MeetingKind
from lianxin.villages.permissions import items_visible_to, meetings_visible_to, villages_visible_to
from lianxin.villages.workflow import CLOSED_AS_VALID

QUARTERS = 4


@dataclass(frozen=True, slots=True)
class QuarterIndex:
    """The index of one quarter with what it is made of."""

    words: str
    items_due: int
    items_done: int
    met: int
    reviewed: int
    villages: int

    @property
    def due(self) -> int:
        """Return what was due: items, and a meeting and a review for each village."""
        return self.items_due + 2 * self.villages

    @property
    def done(self) -> int:
        """Return what was done in time."""
        return self.items_done + self.met + self.reviewed

    @property
    def value(self) -> float | None:
        """Return the index in percent."""
        return index(self.done, self.due)


def trend(actor: Actor, *, village: str = "") -> list[QuarterIndex]:
    """Return the index of the last four quarters that have ended, the oldest first (four queries)."""
    only = Q(division_code=village) if village else Q()
    periods, villages = _ended(), villages_visible_to(actor).filter(only)
    due, done = _items(actor, only, periods)
    met, reviewed, count = _met(actor, only, periods), _reviewed(villages, periods), villages.count()
    return [
        QuarterIndex(one.words, due[n], done[n], met[n], reviewed[n], count) for n, one in enumerate(periods)
    ]


def _ended() -> list[Period]:
    now, found = period_of(clock.today(), "quarter"), list[Period]()
    for _ in range(QUARTERS):
        now = period_of(now.starts - timedelta(days=1), "quarter")
        found.append(now)
    return found[::-1]


def _items(actor: Actor, only: Q, periods: Sequence[Period]) -> tuple[list[int], list[int]]:
    """Return what was due in each quarter, and what of it was shown in time."""
    rows = items_visible_to(actor).filter(only, due_on__gte=periods[0].starts, due_on__lte=periods[-1].ends)
    in_time = Q(published_on__lte=F("due_on"))
    due = [Q(due_on__gte=one.starts, due_on__lte=one.ends) for one in periods]
    found = _counted(rows, [*due, *(one & in_time for one in due)], lambda rule: Count("id", filter=rule))
    return found[: len(periods)], found[len(periods) :]


def _met(actor: Actor, only: Q, periods: Sequence[Period]) -> list[int]:
    """Return in how many villages the representatives met in each quarter."""
    rows = meetings_visible_to(actor).filter(
        only, kind=MeetingKind.REPRESENTATIVES, state__in=CLOSED_AS_VALID
    )
    held = [
        Q(
            held_at__gte=clock.day_start(one.starts),
            held_at__lt=clock.day_start(one.ends + timedelta(days=1)),
        )
        for one in periods
    ]
    return _counted(rows, held, lambda rule: Count("division_code", distinct=True, filter=rule))


def _reviewed(villages: QuerySet[Any], periods: Sequence[Period]) -> list[int]:
    """Return how many villages had their review of each quarter."""
    rows = SupervisionReview.objects.filter(division_code__in=villages.values("division_code"))
    return _counted(rows, [Q(period=one.code) for one in periods], lambda rule: Count("id", filter=rule))


def _counted(rows: QuerySet[Any], rules: Sequence[Q], count: Callable[[Q], Count]) -> list[int]:
    """Return one number for each rule, by one query."""
    found = rows.aggregate(**{f"n{place}": count(rule) for place, rule in enumerate(rules)})
    return [found[f"n{place}"] for place in range(len(rules))]
