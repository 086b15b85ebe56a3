"""机制运行: month by month, which links broke, how soon they were mended, who met."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median

from django.db.models import Count, Q, QuerySet

from lianxin.common import clock
from lianxin.common.actor import Actor, Role, place_prefix
from lianxin.contacts.models import OF_HOUSEHOLDS, Alarm, Pairing
from lianxin.contacts.permissions import visible_to
from lianxin.contacts.selectors import alarms_visible_to
from lianxin.contacts.workflow import KEPT
from lianxin.stations.models import ReceptionDay
from lianxin.stations.workflow import Turn

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Health:
    """One month: links that broke, were mended, were open at its end; the usual hours until mended."""

    month: date
    broke: int
    mended: int
    open_at_end: int
    hours: float | None

    @property
    def says_something(self) -> bool:
        """Say whether a link was broken in this month: quiet months are left out of lists."""
        return bool(self.broke or self.mended or self.open_at_end)


def last_day(month: date) -> date:
    """Return the last day of a month."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def months_until(today: date) -> list[date]:
    """Return the first days of the last twelve months, the present one first."""
    found = [today.replace(day=1)]
    while len(found) < MONTHS:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found


def health(actor: Actor) -> list[Health]:
    """Return the twelve months of the places that the actor answers for (one query)."""
    spans = list(alarms_visible_to(actor).values_list("seen_at", "ended_at"))
    return [_month(month, spans) for month in months_until(clock.today())]


def _month(month: date, spans: list[tuple[datetime, datetime | None]]) -> Health:
    first, last = _bounds(month)
    mended = [(seen, end) for seen, end in spans if end is not None and first <= end < last]
    hours = [(end - seen).total_seconds() / 3600 for seen, end in mended]
    return Health(
        month,
        broke=sum(first <= seen < last for seen, _ in spans),
        mended=len(mended),
        open_at_end=sum(seen < last and (end is None or end >= last) for seen, end in spans),
        hours=round(median(hours), 1) if hours else None,
    )


def _bounds(month: date) -> tuple[datetime, datetime]:
    begin = datetime.combine(month, time(), tzinfo=clock.SHANGHAI)
    end = datetime.combine(last_day(month) + timedelta(days=1), time(), tzinfo=clock.SHANGHAI)
    return begin, end


def alarms_of(actor: Actor, month: date) -> QuerySet[Alarm]:
    """Return the links that broke in a month or were still open in it: the list behind the figures."""
    first, last = _bounds(month)
    rows = alarms_visible_to(actor).filter(seen_at__lt=last)
    return rows.filter(Q(ended_at=None) | Q(ended_at__gte=first)).order_by("-seen_at", "id")


@dataclass(frozen=True, slots=True)
class Met:
    """One month: households in contact and how many were met, reception days and how many were held."""

    households: int
    met: int
    days: int
    held: int


def met_in(actor: Actor, month: date) -> Met:
    """Return whether people met in a month (two queries)."""
    span = (month, last_day(month))
    homes: QuerySet[Pairing] = visible_to(actor).filter(kind__in=OF_HOUSEHOLDS, state__in=KEPT)
    counted = homes.aggregate(
        all=Count("pk", distinct=True), met=Count("pk", filter=Q(visits__on__range=span), distinct=True)
    )
    here = Q(pk=None)
    for place in actor.places(Role.PRESIDIUM, Role.OFFICE, Role.LEADER):
        here |= Q(division_code__startswith=place_prefix(place))
    days = ReceptionDay.objects.filter(
        here, published_at__isnull=False, on__range=span, on__lte=clock.today()
    )
    came = Count("pk", filter=Q(turns__state=Turn.SIGNED_IN), distinct=True)
    receptions = days.aggregate(all=Count("pk", distinct=True), held=came)
    return Met(counted["all"], counted["met"], receptions["all"], receptions["held"])
