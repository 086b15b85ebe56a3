"""Who sits when, what a check lacks, what an evaluation says: decisions without a database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Sitter:
    """A deputy who may sit: his levels, how often he sat this year, when he is away."""

    key: str
    levels: frozenset[str]
    served: int = 0
    away: tuple[tuple[date, date], ...] = ()

    def free_on(self, day: date) -> bool:
        """Say whether no declared absence covers the day."""
        return not any(first <= day <= last for first, last in self.away)


@dataclass(frozen=True, slots=True)
class Seating:
    """Who sits on one day; `short` says what could not be had."""

    on: date
    sitters: tuple[str, ...]
    short: str = ""


def days_between(
    first: date, last: date, weekdays: Iterable[int], is_workday: Callable[[date], bool]
) -> list[date]:
    """Return the reception days of a span: those weekdays, a holiday moved to the next working day."""
    wanted, found = set(weekdays), set()
    day = first
    while day <= last:
        if day.weekday() in wanted:
            moved = next_workday(day, is_workday)
            if moved <= last:
                found.add(moved)
        day += ONE_DAY
    return sorted(found)


def next_workday(day: date, is_workday: Callable[[date], bool]) -> date:
    """Return the day itself or the first working day after it (节假日顺延)."""
    while not is_workday(day):
        day += ONE_DAY
    return day


def rota(days: Sequence[date], people: Sequence[Sitter], *, each: int, mixed: bool) -> list[Seating]:
    """Seat the people fairly: whoever sat least comes first, nobody in his absence.

    With `mixed` a day has deputies of different levels wherever somebody of another level is free;
    so turns are even among deputies of the same levels.
    """
    served = Counter({one.key: one.served for one in people})
    plan = []
    for day in sorted(days):
        chosen = _seat(day, people, served, each, mixed)
        served.update(one.key for one in chosen)
        plan.append(Seating(day, tuple(one.key for one in chosen), _short(chosen, each, mixed)))
    return plan


def _seat(
    day: date, people: Sequence[Sitter], served: Mapping[str, int], each: int, mixed: bool
) -> list[Sitter]:
    free = sorted((one for one in people if one.free_on(day)), key=lambda one: (served[one.key], one.key))
    chosen: list[Sitter] = []
    while free and len(chosen) < each:
        levels = frozenset().union(*(one.levels for one in chosen))
        new = [one for one in free if one.levels - levels] if mixed and chosen and len(levels) < 2 else []
        pick = (new or free)[0]
        chosen.append(pick)
        free.remove(pick)
    return chosen


def _short(chosen: Sequence[Sitter], each: int, mixed: bool) -> str:
    if len(chosen) < each:
        return f"只排到 {len(chosen)} 位代表，不到 {each} 位。"
    if mixed and len(frozenset().union(*(one.levels for one in chosen))) < 2:
        return "这天没有别的层级的代表有空。"
    return ""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a checklist: what must be there, and how much it counts."""

    key: str
    label: str
    points: int = 1


def items_of(rows: Iterable[Mapping[str, object]]) -> list[Item]:
    """Return the lines of a checklist as the parameter keeps them."""
    return [Item(str(row["key"]), str(row["label"]), int(str(row.get("points", 1)))) for row in rows]


def missing(items: Sequence[Item], met: Mapping[str, bool]) -> tuple[str, ...]:
    """Return the labels of what is not there."""
    return tuple(one.label for one in items if not met.get(one.key))


def points(items: Sequence[Item], met: Mapping[str, bool]) -> int:
    """Return the room's points out of a hundred."""
    whole = sum(one.points for one in items)
    return round(100 * sum(one.points for one in items if met.get(one.key)) / whole) if whole else 0


COLOURS = ("satisfied", "fair", "dissatisfied")


@dataclass(frozen=True, slots=True)
class Shares:
    """How many said what; too few to say anything below `least`."""

    counts: tuple[int, int, int]
    least: int

    @property
    def n(self) -> int:
        """Return how many were asked and answered."""
        return sum(self.counts)

    @property
    def is_small(self) -> bool:
        """Say whether the sample is too small to show."""
        return self.n < self.least

    @property
    def percents(self) -> tuple[int, int, int]:
        """Return whole percents that add up to 100 (the largest share takes the rounding)."""
        if not self.n:
            return (0, 0, 0)
        found = [round(100 * one / self.n) for one in self.counts]
        largest = max(range(3), key=lambda place: self.counts[place])
        found[largest] += 100 - sum(found)
        return (found[0], found[1], found[2])


def shares(said: Iterable[str], least: int) -> Shares:
    """Count three colours."""
    counted = Counter(said)
    satisfied, fair, dissatisfied = (counted[one] for one in COLOURS)
    return Shares((satisfied, fair, dissatisfied), least)


NO_GRID, GRID_EMPTY, GRID_NO_LEADER = "no_grid", "grid_empty", "grid_no_leader"
TOWN_DIGITS = 9


@dataclass(frozen=True, slots=True)
class GridNow:
    """A grid as it stands today: does its leader sit, how many others look after it."""

    key: str
    place: str
    has_leader: bool
    others: int


def grid_gaps(grids: Iterable[GridNow], villages: Iterable[str]) -> dict[tuple[str, str], str]:
    """Return (what is missing, grid or village) → place: a village has a grid, a grid a leader.

    A town (the first nine digits of a village) that has made no grid yet works without them.
    """
    found, covered = {}, set()
    for grid in grids:
        covered.add(grid.place)
        if not grid.has_leader:
            found[GRID_NO_LEADER if grid.others else GRID_EMPTY, grid.key] = grid.place
    towns = {place[:TOWN_DIGITS] for place in covered}
    without = {village for village in villages if village[:TOWN_DIGITS] in towns} - covered
    return {**found, **{(NO_GRID, village): village for village in without}}
