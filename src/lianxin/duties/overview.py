"""What those who answer for deputies see: gaps, what waits to be verified, online or not.

Records that a deputy keeps to himself appear as a number in his own count and nowhere else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet

from lianxin.common import clock
from lianxin.common.actor import Actor, place_prefix
from lianxin.duties.models import CopyState, DutyKind, DutyRecord, Privacy
from lianxin.duties.permissions import overseen_by, visible_to
from lianxin.duties.rules import period
from lianxin.duties.selectors import Counted, counted_of, kinds_in_force, target_of
from lianxin.duties.workflow import BODIES, LIVE, State
from lianxin.people.models import Deputy

PAGE = 50


@dataclass(frozen=True, slots=True)
class Cell:
    """What one deputy did of one kind in a year, and what the cycles so far ask for."""

    done: int
    wanted: int

    @property
    def gap(self) -> int:
        """Return how many are still missing."""
        return max(self.wanted - self.done, 0)


@dataclass(frozen=True, slots=True)
class Member:
    """One deputy with his cells by kind."""

    deputy: Deputy
    group: str
    cells: list[Cell] = field(default_factory=list)

    @property
    def gaps(self) -> int:
        """Return in how many kinds something is missing."""
        return sum(1 for cell in self.cells if cell.gap)


def watched_kinds(home6: str) -> list[DutyKind]:
    """Return the kinds that ask for a number."""
    year = clock.today().year
    return [kind for kind in kinds_in_force(home6) if target_of(kind, year)]


def wanted_by_now(kind: DutyKind, year: int) -> int:
    """Return how many records the cycles of a year ask for up to today (a yearly kind: the whole)."""
    target, today = target_of(kind, year), clock.today()
    if kind.cycle == "year":
        return target
    last = int(period(today, kind.cycle)[5:]) if year == today.year else {"quarter": 4}.get(kind.cycle, 12)
    return target * last


def members(actor: Actor, year: int, *, place: str = "", after: str = "") -> list[Deputy]:
    """Return one page of the deputies for whom the actor answers, by name."""
    rows = overseen_by(actor).order_by("pinyin", "id")
    if place:
        rows = rows.filter(division_code__startswith=place_prefix(place))
    start = int(after) if after.isascii() and after.isdigit() else 0
    return list(rows[start : start + PAGE])


def overview(deputies: Sequence[Deputy], kinds: Sequence[DutyKind], year: int) -> list[Member]:
    """Return each deputy's cells (three queries, however many deputies)."""
    said = counted_of([one.id for one in deputies], year)
    groups = dict(
        Deputy.objects.filter(pk__in=[one.id for one in deputies], memberships__valid_to=None).values_list(
            "pk", "memberships__group__name"
        )
    )
    wanted = [wanted_by_now(kind, year) for kind in kinds]
    return [
        Member(one, groups.get(one.id) or "", _cells(said.get(one.id, []), kinds, wanted)) for one in deputies
    ]


def _cells(said: Iterable[Counted], kinds: Sequence[DutyKind], wanted: Sequence[int]) -> list[Cell]:
    done: dict[str, int] = defaultdict(int)
    for one in said:
        done[one.record.kind.slug] += one.counted
    return [Cell(done[kind.slug], want) for kind, want in zip(kinds, wanted, strict=True)]


def member_records(actor: Actor, deputy: Deputy, year: int) -> tuple[list[Counted], int]:
    """Return a member's records that the actor may read with their verdicts, and how many he may not."""
    every = counted_of([deputy.id], year).get(deputy.id, [])
    seen = set(visible_to(actor).filter(deputy=deputy, on__year=year).values_list("pk", flat=True))
    shown = [one for one in every if one.record.pk in seen]
    hidden = sum(1 for one in every if one.counted and one.record.pk not in seen)
    return shown, hidden


def to_verify(actor: Actor) -> QuerySet[DutyRecord]:
    """Return the deeds that wait for verification, the oldest first; not one's own."""
    rows = _watched(actor).filter(state=State.RECORDED, kind__counting__needs_confirmation=True)
    return rows.select_related("deputy", "kind", "beneficiary").annotate(proof_count=Count("proofs"))


def to_judge(actor: Actor) -> QuerySet[DutyRecord]:
    """Return the diaries that look alike and wait for a person's word."""
    rows = _watched(actor).filter(copy_state=CopyState.SUSPECTED, state__in=LIVE)
    return rows.select_related("deputy", "kind")


def _watched(actor: Actor) -> QuerySet[DutyRecord]:
    rows = visible_to(actor).filter(deputy__in=overseen_by(actor)).exclude(privacy=Privacy.SELF)
    rows = rows.exclude(deputy__account_id=actor.id) if actor.id else rows
    return rows.order_by("on", "id")


@dataclass(frozen=True, slots=True)
class Share:
    """Of one town (and kind): records made online, and all."""

    place: str
    kind: str
    online: int
    total: int

    @property
    def percent(self) -> int:
        """Return the share in whole percent."""
        return round(100 * self.online / self.total) if self.total else 0


def online_shares(actor: Actor, year: int) -> list[Share]:
    """Return, by the deputies' town and kind, what was online and what was entered later (one query).

    Every record of the year that stands counts, private ones as a number only.
    """
    rows = _in_reach(actor, year).values_list("deputy__division_code", "kind__slug", "online")
    found: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for code, slug, online, number in rows.annotate(number=Count("id")).order_by():
        cell = found[(code[:9] + "000", slug)]
        cell[0] += number if online else 0
        cell[1] += number
    return [Share(place, slug, *cell) for (place, slug), cell in sorted(found.items())]


def later_records(actor: Actor, year: int, *, place: str, kind: str) -> QuerySet[DutyRecord]:
    """Return the readable records behind one figure of the table that were entered later."""
    rows = visible_to(actor).filter(on__year=year, state__in=LIVE, online=False, kind__slug=kind)
    rows = rows.filter(deputy__division_code__startswith=place_prefix(place))
    return rows.select_related("deputy", "kind").order_by("-on", "id")


def _in_reach(actor: Actor, year: int) -> QuerySet[DutyRecord]:
    rule = Q(pk=None)
    for place in actor.places(*BODIES):
        rule |= Q(deputy__division_code__startswith=place_prefix(place))
    return DutyRecord.objects.filter(rule, on__year=year, state__in=LIVE)
