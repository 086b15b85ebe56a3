"""The board of the four links: every village's records as counts, asked in one query for all of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import CharField, Count, F, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Cast

from lianxin.campaigns.models import Finding, Inspection
from lianxin.campaigns.rules import Link as Sheet
from lianxin.campaigns.rules import quarter_of
from lianxin.campaigns.workflow import State as FindingState
from lianxin.charters.models import CharterText, RoundEntry
from lianxin.charters.workflow import IN_FORCE
from lianxin.charters.workflow import State as Charter
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.elections.bodies import Appraisal, SupervisionMember, SupervisionReview
from lianxin.elections.models import VillageElection
from lianxin.elections.workflow import RUNNING
from lianxin.elections.workflow import State as Election
from lianxin.insight.link_rules import PLAIN_LINK, Days, Facts, Link, Missing, days_of, lamp, missing
from lianxin.regions.selectors import division_names
from lianxin.rulebook.selectors import value
from lianxin.villages.calendar import Period, period_of
from lianxin.villages.models import DisclosureItem, MeetingKind, VillageMeeting
from lianxin.villages.permissions import villages_visible_to
from lianxin.villages.selectors import near_days
from lianxin.villages.workflow import CLOSED_AS_VALID
from lianxin.villages.workflow import State as Item

NAMES: dict[str, tuple[str, ...]] = {
    "election": ("broken_elections", "running_elections", "in_term", "term_far"),
    "meeting": ("met_before", "met_now"),
    "supervision": ("members", "heads", "finance"),
    "review": ("reviewed_before", "reviewed_now"),
    "appraisal": ("appraised_before",),
    "charter": ("charters", "covenants", "corrections"),
    "revision": ("revisions_open",),
    "item": ("items_late", "items_near"),
    "found": tuple(f"open_{link}" for link in Link),
    "overdue": tuple(f"late_{link}" for link in Link),
    "sheet": ("sheets_now",),
}
COLUMNS = 4
ON_SHEETS = dict(zip(Link, Sheet, strict=True))
"""What each link is called on the inspection sheets."""


@dataclass(slots=True)
class Cell:
    """One link of a village: its lamp and how many duties are missing or near."""

    link: Link
    lamp: str
    count: int


@dataclass(slots=True)
class VillageRow:
    """One village of the board."""

    code: str
    name: str
    town: str
    is_community: bool
    is_inspected: bool = False
    cells: list[Cell] = field(default_factory=list)

    @property
    def light(self) -> str:
        """Return the worst lamp of the four."""
        lamps = {cell.lamp for cell in self.cells}
        return next(lamp for lamp in ("red", "yellow", "green") if lamp in lamps)


def quarter(today: date) -> tuple[Period, Period]:
    """Return the last quarter and this one: so often representatives meet (村组法 art. 26)."""
    interval = value("village.reps_interval")
    now = period_of(today, interval)
    return period_of(now.starts - timedelta(days=1), interval), now


def board_days(today: date) -> Days:
    """Return the days that lamps are measured against."""
    return days_of(today, quarter(today)[1].ends, value("village.quarter_near_days"))


def board(actor: Actor, *, town: str = "") -> list[VillageRow]:
    """Return a row for each village that the actor may see: two queries, however many villages."""
    profiles = villages_visible_to(actor).order_by("division_code")
    if town:
        profiles = profiles.filter(division_code__startswith=town[:9])
    today = clock.today()
    known = list(profiles.values_list("division_code", "is_community"))
    facts = {code: Facts(is_community=community) for code, community in known}
    _fill(facts, today, "")
    days, names = board_days(today), division_names()
    return [_row(code, facts[code], days, names) for code in facts]


def _row(code: str, facts: Facts, days: Days, names: dict[str, str]) -> VillageRow:
    found = missing(facts, days)
    town = names.get(f"{code[:9]}000", "")
    row = VillageRow(code, names.get(code, ""), town, facts.is_community, facts.sheets_now > 0)
    for link in Link:
        mine = [one for one in found if one.link is link]
        row.cells.append(Cell(link, lamp(mine), len(mine)))
    return row


def village(code: str, *, is_community: bool) -> list[tuple[Link, str, str, list[Missing]]]:
    """Return the four links of one village, each with its lamp and what is missing."""
    today = clock.today()
    facts = {code: Facts(is_community=is_community)}
    _fill(facts, today, code)
    found = missing(facts[code], board_days(today))
    by_link = [(link, [one for one in found if one.link is link]) for link in Link]
    return [(link, PLAIN_LINK[link], lamp(mine), mine) for link, mine in by_link]


def _fill(facts: dict[str, Facts], today: date, village: str) -> None:
    """Write the counts of all records into the facts of their villages, by one query."""
    branches = [_branch(kind, rows, village) for kind, rows in _counted(today).items()]
    first, *others = branches
    for code, kind, *numbers in first.union(*others, all=True):
        held = facts.get(code)
        if held is not None:
            for name, number in zip(NAMES[kind], numbers, strict=False):
                setattr(held, name, number)


def _branch(kind: str, counts: tuple[QuerySet[Any], dict[str, Q]], village: str) -> QuerySet[Any, Any]:
    """Return village, kind and four numbers of one kind of record."""
    rows, wanted = counts
    rows = rows.filter(division_code=village) if village else rows
    named: dict[str, Any] = {
        f"n{place}": Count("id", filter=rule) for place, rule in enumerate(wanted.values())
    }
    for place in range(len(wanted), COLUMNS):
        named[f"n{place}"] = Cast(Value(0), IntegerField())
    tagged = rows.order_by().annotate(code=F("division_code"), kind_of=Value(kind, output_field=CharField()))
    grouped = tagged.values("code", "kind_of").annotate(**named)
    found: QuerySet[Any, Any] = grouped.values_list("code", "kind_of", *(f"n{n}" for n in range(COLUMNS)))
    return found


def _counted(today: date) -> dict[str, tuple[QuerySet[Any], dict[str, Q]]]:
    """Return each kind of record with the counts that the rules look at."""
    before, now = quarter(today)
    near = today + timedelta(days=near_days())
    return {
        **_inspected(today),
        "election": (VillageElection.objects.all(), _elections(today)),
        "meeting": (_met(before, now), _quarters("held_at", before, now)),
        "supervision": (
            SupervisionMember.objects.filter(until=None),
            {"members": Q(), "heads": Q(is_head=True), "finance": Q(knows_finance=True)},
        ),
        "review": (
            SupervisionReview.objects.filter(period__in=[before.code, now.code]),
            {"before": Q(period=before.code), "now": Q(period=now.code)},
        ),
        "appraisal": (Appraisal.objects.filter(year__gte=today.year - 1), {"before": Q()}),
        "charter": (CharterText.objects.filter(state__in=[*IN_FORCE, Charter.CORRECTION]), _charters(today)),
        "revision": (
            RoundEntry.objects.filter(done_on=None, round__closed_on=None),
            {"open": Q()},
        ),
        "item": (
            DisclosureItem.objects.filter(Q(published_on=None, due_on__lte=near) | Q(state=Item.QUESTIONED)),
            {
                "late": Q(published_on=None, due_on__lt=today),
                "near": Q(published_on=None, due_on__gte=today) | Q(state=Item.QUESTIONED),
            },
        ),
    }


def _inspected(today: date) -> dict[str, tuple[QuerySet[Any], dict[str, Q]]]:
    """What inspection sheets found and nobody has closed, link by link; and this quarter's sheets."""
    standing = Finding.objects.exclude(state=FindingState.CLOSED)
    by_link = {link.value: Q(link=name) for link, name in ON_SHEETS.items()}
    return {
        "found": (standing.filter(due_on__gte=today), by_link),
        "overdue": (standing.filter(due_on__lt=today), by_link),
        "sheet": (Inspection.objects.filter(quarter=quarter_of(today)), {"now": Q()}),
    }


def _elections(today: date) -> dict[str, Q]:
    years, near = value("village.term_years"), value("village.term_near_days")
    since = _years_before(today, years)
    seated = Q(kind="general", elected_on__isnull=False)
    broken = Q(state__in=[Election.VOID, Election.ANOTHER_ROUND])
    broken |= Q(state__in=[Election.VOTING, Election.LISTED], voting_on__lt=today)
    broken |= Q(handover_due__lt=today, handed_over_on=None)
    return {
        "broken": broken,
        "running": Q(state__in=RUNNING),
        "in_term": seated & Q(elected_on__gt=since),
        "far": seated & Q(elected_on__gt=since + timedelta(days=near)),
    }


def _years_before(day: date, years: int) -> date:
    leap = day.month == 2 and day.day == 29
    return day.replace(year=day.year - years, day=28 if leap else day.day)


def _charters(today: date) -> dict[str, Q]:
    stands = Q(state__in=IN_FORCE, effective_on__lte=today)
    return {
        "charters": stands & Q(kind="charter"),
        "covenants": stands & Q(kind="covenant"),
        "corrections": Q(state=Charter.CORRECTION),
    }


def _met(before: Period, now: Period) -> QuerySet[VillageMeeting]:
    first, last = clock.day_start(before.starts), clock.day_start(now.ends + timedelta(days=1))
    held = VillageMeeting.objects.filter(held_at__gte=first, held_at__lt=last)
    return held.filter(kind=MeetingKind.REPRESENTATIVES, state__in=CLOSED_AS_VALID)


def _quarters(name: str, before: Period, now: Period) -> dict[str, Q]:
    begins = clock.day_start(now.starts)
    return {"before": Q(**{f"{name}__lt": begins}), "now": Q(**{f"{name}__gte": begins})}
