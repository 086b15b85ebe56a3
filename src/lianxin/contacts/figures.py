"""What the pages count: coverage by town, the chain, who is off his number. Each figure equals a list."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q, QuerySet

from lianxin.common import clock
from lianxin.common.actor import place_prefix
from lianxin.contacts.models import OF_HOUSEHOLDS, Kind, Pairing, Plan
from lianxin.contacts.workflow import KEPT, LIVE, OPEN
from lianxin.people.actors import active_seats
from lianxin.people.models import Deputy, DeputyGroup
from lianxin.regions.selectors import division_names, towns
from lianxin.rulebook.services import value


@dataclass(frozen=True, slots=True)
class TownLine:
    """One town: who contacts, how many households, how many of them lately."""

    code: str
    name: str
    leader: str
    groups: int
    deputies: int
    households: int
    recent: int
    waiting: int

    @property
    def share(self) -> int:
        """Return the share of households contacted lately, in per cent."""
        return round(100 * self.recent / self.households) if self.households else 0


def towns_lines(codes: list[str] | None = None) -> list[TownLine]:
    """Return a line a town (a fixed number of queries, however many towns)."""
    homes: Counter[str] = Counter()
    recent: Counter[str] = Counter()
    waiting: Counter[str] = Counter()
    since = clock.today() - timedelta(days=value("contact.visit_days"))
    counted = (
        Pairing.objects.filter(kind__in=OF_HOUSEHOLDS, state__in=KEPT)
        .values("division_code", "state")
        .annotate(n=Count("id"), lately=Count("id", filter=Q(last_contact_on__gte=since)))
    )
    for row in counted:
        town = row["division_code"][:9] + "000"
        homes[town] += row["n"]
        recent[town] += row["lately"]
        waiting[town] += row["n"] if row["state"] == KEPT[1] else 0
    leaders = dict(
        Pairing.objects.filter(kind=Kind.LEADER_TOWN, state__in=KEPT).values_list("target", "deputy__name")
    )
    groups = Counter(code[:9] + "000" for code in DeputyGroup.objects.values_list("division_code", flat=True))
    people = Counter(code[:9] + "000" for code in _sitting().values_list("division_code", flat=True))
    return [
        TownLine(
            town.code,
            town.name,
            leaders.get(town.code, ""),
            groups[town.code],
            people[town.code],
            homes[town.code],
            recent[town.code],
            waiting[town.code],
        )
        for town in towns()
        if (codes is None or town.code in codes) and people[town.code]
    ]


def deputies_paired(place: str) -> int:
    """Return how many deputies of a place keep contact with households."""
    own = Deputy.objects.filter(division_code__startswith=place_prefix(place))
    pairs = Pairing.objects.filter(kind=Kind.DEPUTY_HOUSEHOLD, state__in=KEPT, deputy__in=own)
    return pairs.values("deputy").distinct().count()


def _sitting() -> QuerySet[Deputy]:
    return Deputy.objects.filter(seats__in=active_seats(clock.today())).distinct()


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One member of a group: how many households he has, how many were contacted lately."""

    name: str
    households: int
    recent: int


def members_lines(people: QuerySet[Deputy]) -> list[MemberLine]:
    """Return a line a member, those with the most left to visit first (one query)."""
    since = clock.today() - timedelta(days=value("contact.visit_days"))
    held = Q(pairings__kind__in=OF_HOUSEHOLDS, pairings__state__in=KEPT)
    rows = people.annotate(
        homes=Count("pairings", filter=held),
        lately=Count("pairings", filter=held & Q(pairings__last_contact_on__gte=since)),
    )
    lines = [
        MemberLine(name, homes, recent) for name, homes, recent in rows.values_list("name", "homes", "lately")
    ]
    return sorted(lines, key=lambda line: line.recent - line.households)


@dataclass(frozen=True, slots=True)
class VillageLine:
    """One village in a plan: how many households have somebody, how far they walk, how many have nobody."""

    code: str
    name: str
    households: int
    mean: int
    longest: int
    short: int


def village_lines(plan: Plan) -> list[VillageLine]:
    """Return a line a village: each household with what the plan proposes, else with what is in force."""
    here = Q(division_code__startswith=place_prefix(plan.division_code))
    rows = Pairing.objects.filter(here, kind=plan.kind, state__in=LIVE)
    walks: dict[str, dict[str, int]] = {}
    for village, target, state, minutes in rows.values_list("division_code", "target", "state", "minutes"):
        homes = walks.setdefault(village, {})
        if target not in homes or state in OPEN:
            homes[target] = minutes or 0
    short: dict[str, int] = plan.figures.get("short", {})
    return [
        _village_line(village, list(walks.get(village, {}).values()), short.get(village, 0))
        for village in sorted({*walks, *short})
    ]


def _village_line(village: str, walks: list[int], short: int) -> VillageLine:
    mean = round(sum(walks) / len(walks)) if walks else 0
    return VillageLine(
        village, division_names().get(village, village), len(walks), mean, max(walks, default=0), short
    )
