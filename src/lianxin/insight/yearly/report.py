"""Putting a year together: each figure beside last year's and the mean of the term."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Min

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.duties.workflow import BODIES
from lianxin.insight.yearly.chapters import CHAPTERS, entry, split_of
from lianxin.insight.yearly.entries import TOWN_DIGITS, Entry, Rows, Split, narrowed
from lianxin.people.actors import active_seats

LONGEST_TERM = 5
"""Years that a term lasts at most (宪法第九十八条)."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One line of a table: what, how many, and the value that opens its list."""

    name: str
    count: int
    value: str


@dataclass(frozen=True, slots=True)
class Table:
    """A figure's list by one column; the counts add up to the figure."""

    split: Split
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Line:
    """A figure with last year's and the mean of the term's finished years on record (None: there is none)."""

    entry: Entry
    count: int
    last_year: int
    term_mean: float | None
    whole: int | None = None
    tables: list[Table] = field(default_factory=list)

    @property
    def percent(self) -> float | None:
        """Return the share of the whole in percent with one digit, or None where it is no share."""
        return round(100 * self.count / self.whole, 1) if self.whole else None

    @property
    def change(self) -> int:
        """Return how many more than last year."""
        return self.count - self.last_year


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter with its lines."""

    title: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Report:
    """A year of one congress and what lies below it."""

    year: int
    term_from: int
    parts: list[Part]
    complete: bool


def report(actor: Actor, year: int) -> Report:
    """Return the report of a year as the actor may see it."""
    begin = _term_from(actor, year)
    earlier = [one for one in range(begin, year) if one != year]
    parts = [Part(one.title, [_line(actor, each, year, earlier) for each in one.entries]) for one in CHAPTERS]
    return Report(year, begin, parts, complete=year < clock.today().year)


def rows_of(actor: Actor, slug: str, year: int, *, split: str = "", value: str = "") -> Rows:
    """Return the list behind a figure, or behind one line of its table."""
    one = entry(slug)
    rows = one.rows(actor, year)
    return narrowed(rows, split_of(one, split), value) if split else rows


def _line(actor: Actor, one: Entry, year: int, earlier: list[int]) -> Line:
    past = {each: one.rows(actor, each).count() for each in {*earlier, year - 1}}
    term = _since_first([past[each] for each in earlier])
    rows = one.rows(actor, year)
    return Line(
        entry=one,
        count=rows.count(),
        last_year=past[year - 1],
        term_mean=round(sum(term) / len(term), 1) if term else None,
        whole=entry(one.of).rows(actor, year).count() if one.of else None,
        tables=[Table(split, _cells(rows, split)) for split in one.splits],
    )


def _since_first(counts: list[int]) -> list[int]:
    """Leave out the years before anything was on record: they say nothing about the term."""
    first = next((place for place, count in enumerate(counts) if count), len(counts))
    return counts[first:]


def _cells(rows: Rows, split: Split) -> list[Cell]:
    values = rows.order_by().values_list(split.column, flat=True)
    digits = TOWN_DIGITS if split.by_town else None
    counts = Counter(str(value or "")[:digits] for value in values.iterator(chunk_size=5000))
    return [Cell(split.name_of(value), count, value) for value, count in counts.most_common()]


def _term_from(actor: Actor, year: int) -> int:
    """Return the year in which the present term of the actor's congress began."""
    seats = active_seats(clock.today()).filter(body_code__in=actor.places(*BODIES))
    begun = seats.aggregate(begun=Min("valid_from"))["begun"]
    return max(begun.year if begun else year, year - LONGEST_TERM + 1)
