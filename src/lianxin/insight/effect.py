"""治理效能: five figures of how the grid works, each the length of a list that can be opened (S3).

Nothing is weighed or ranked here: a figure is a part of a whole, and both are lists.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from lianxin.common import clock
from lianxin.common.actor import Actor, Role, place_prefix
from lianxin.common.errors import NotFound
from lianxin.duties.models import DutyPledge, DutyRecord
from lianxin.duties.workflow import BODIES, LIVE, PledgeState
from lianxin.people.models import Deputy
from lianxin.suggestions.figures import due_in
from lianxin.suggestions.models import Suggestion
from lianxin.suggestions.workflow import State

NOT_HANDED = (
    State.DRAFT,
    State.COSIGNING,
    State.SUBMITTED,
    State.RETURNED,
    State.REJECTED,
    State.REGISTERED,
    State.MERGED,
    State.WITHDRAWN,
)
SEES = (*BODIES, Role.LEADER)
"""Who reads the figures: the bodies, and members of the standing committee for the whole of their place."""
CONTACT = ("household_visit", "voter_reception")
Rows = QuerySet[Any]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure: how many of a whole, with the definition that people read."""

    slug: str
    name: str
    means: str
    whole: Callable[[Actor, int], Rows]
    part: Callable[[Actor, int], Rows]


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator with its numbers for one actor and year."""

    indicator: Indicator
    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        """Return the share in percent with one digit, or None where there is nothing to count."""
        return round(100 * self.part / self.whole, 1) if self.whole else None

    @property
    def missing(self) -> int:
        """Return how many of the whole are not in the part."""
        return self.whole - self.part


def _watched(actor: Actor) -> QuerySet[Deputy]:
    """Return the deputies of the places that the actor answers for or reads about."""
    rule = Q(pk=None)
    for place in actor.places(*SEES):
        rule |= Q(division_code__startswith=place_prefix(place))
    return Deputy.objects.filter(rule)


def _own(actor: Actor) -> Rows:
    """Suggestions of the own congress that were handed to a unit."""
    own = Suggestion.objects.filter(division_code__in=actor.places(*SEES)).exclude(state__in=NOT_HANDED)
    return own.select_related("lead").order_by("number", "id")


def _handed_over(actor: Actor, year: int) -> Rows:
    return _own(actor).filter(submitted_on__year=year)


def _replied(actor: Actor, year: int) -> Rows:
    return _handed_over(actor, year).filter(replied_on__isnull=False)


def _due(actor: Actor, year: int) -> Rows:
    """Suggestions to be answered in a year, as the report of suggestions counts them: late ones too."""
    return _own(actor).filter(due_in(year))


def _in_time(actor: Actor, year: int) -> Rows:
    return _due(actor, year).filter(replied_in_time=True)


def _evaluated(actor: Actor, year: int) -> Rows:
    return _replied(actor, year).exclude(overall="")


def _content(actor: Actor, year: int) -> Rows:
    return _evaluated(actor, year).filter(overall__in=("satisfied", "basically_satisfied"))


def _pledged(actor: Actor, year: int) -> Rows:
    """Pledges in public whose day has come: an early one counts when it is fulfilled early."""
    rows = DutyPledge.objects.filter(deputy__in=_watched(actor), year=year)
    rows = rows.exclude(state__in=(PledgeState.DRAFT, PledgeState.RELEASED))
    due = Q(due_on__lt=clock.today()) | Q(state=PledgeState.FULFILLED)
    return rows.filter(due).select_related("deputy").order_by("due_on", "id")


def _kept(actor: Actor, year: int) -> Rows:
    return _pledged(actor, year).filter(state=PledgeState.FULFILLED)


def _deputies(actor: Actor, year: int) -> Rows:
    return _watched(actor).order_by("pinyin", "id")


def _in_contact(actor: Actor, year: int) -> Rows:
    """Deputies with at least one visit or reception of the year that stands."""
    met = DutyRecord.objects.filter(kind__slug__in=CONTACT, on__year=year, state__in=LIVE)
    return _deputies(actor, year).filter(pk__in=met.values("deputy"))


INDICATORS = (
    Indicator("replied", "答复率", "本年提交并已交办的代表建议中，已经答复的", _handed_over, _replied),
    Indicator(
        "in_time",
        "按期率",
        "本年应答复的代表建议（已答复的和逾期未答复的）中，在期限内答复的",
        _due,
        _in_time,
    ),
    Indicator("content", "满意率", "代表已评价的答复中，满意和基本满意的", _evaluated, _content),
    Indicator("kept", "兑现率", "到期（或已提前兑现）的履职承诺中，已确认兑现的", _pledged, _kept),
    Indicator("contact", "联系覆盖率", "在任代表中，本年走访或接待过群众的", _deputies, _in_contact),
)


def figures(actor: Actor, year: int) -> list[Figure]:
    """Return each indicator's numbers (two queries each)."""
    return [Figure(one, one.part(actor, year).count(), one.whole(actor, year).count()) for one in INDICATORS]


def indicator(slug: str) -> Indicator:
    """Return an indicator by its name in addresses."""
    found = next((one for one in INDICATORS if one.slug == slug), None)
    if found is None:
        raise NotFound("没有这个指标。")
    return found


def rows_of(actor: Actor, slug: str, year: int, *, rest: bool) -> Rows:
    """Return the list behind a figure: the part, or (`rest`) those of the whole that are missing from it."""
    one = indicator(slug)
    if not rest:
        return one.part(actor, year)
    return one.whole(actor, year).exclude(pk__in=one.part(actor, year).order_by().values("pk"))
