"""A deputy's yearly score from records: caps, leave, small samples. Pure arithmetic, no clock, no rows.

The rule table is data (`assessment.rules`): item, points, target, cap, evidence. The same records and
the same table give the same score for ever, in whatever order the records come. A score advises; the
result of a year is decided by people with reasons.
"""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

COUNT, RATE = "count", "rate"
FULL = 100
TENTH = Decimal("0.1")


class BadTable(ValueError):
    """The rule table cannot be used; the message says which row and why."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table.

    A `count` row gives its points in proportion to `target`; at most `per_subject` records of one
    household and `per_month` of one month count. A `rate` row gives its points by the mean of the
    results, drawn toward `average` as if `weight` average results stood beside the deputy's own.
    """

    item: str
    bar: str
    label: str
    kinds: frozenset[str]
    points: int
    measure: str = COUNT
    target: int = 1
    per_subject: int = 0
    per_month: int = 0
    average: Fraction = Fraction(1)
    weight: int = 0
    empty_is_average: bool = False
    evidence: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One record as the score sees it; `against` says why it does not count, `result` is 0 to 1."""

    id: str
    kind: str
    on: date
    subject: str = ""
    result: Fraction | None = None
    against: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """What one rule gave: points, and every record that counted or did not, with the reason."""

    rule: Rule
    points: Decimal
    target: Fraction
    counted: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the eight; 建议 joins two rows of the table."""

    code: str
    label: str
    lines: tuple[Line, ...]

    @property
    def points(self) -> Decimal:
        """Return the points of the bar."""
        return sum((line.points for line in self.lines), Decimal(0))

    @property
    def most(self) -> int:
        """Return the points that the bar can give."""
        return sum(line.rule.points for line in self.lines)


@dataclass(frozen=True, slots=True)
class Score:
    """All lines of a year; the total is the sum of what is shown."""

    lines: tuple[Line, ...]

    @property
    def total(self) -> Decimal:
        """Return the score, 0 to 100."""
        return sum((line.points for line in self.lines), Decimal(0))

    @property
    def bars(self) -> list[Bar]:
        """Return the bars in the order of the table; the first row of a bar names it."""
        found: dict[str, list[Line]] = {}
        for line in self.lines:
            found.setdefault(line.rule.bar, []).append(line)
        return [Bar(code, _bar_label(lines), tuple(lines)) for code, lines in found.items()]


def _bar_label(lines: Sequence[Line]) -> str:
    return lines[0].rule.label if len(lines) == 1 else lines[0].rule.label.partition("（")[0]


def rules_from(rows: Sequence[Mapping[str, Any]]) -> tuple[Rule, ...]:
    """Return the table as rules; raise `BadTable` where it cannot be used."""
    rules = tuple(_rule(row) for row in rows)
    if len({rule.item for rule in rules}) != len(rules):
        raise BadTable("同一项写了两次。")
    if sum(rule.points for rule in rules) != FULL:
        raise BadTable("各项分值加起来要等于 100 分。")
    return rules


def _rule(row: Mapping[str, Any]) -> Rule:
    given = dict(row)
    given["kinds"] = frozenset(given["kinds"])
    given["average"] = Fraction(str(given.get("average", 1)))
    given.setdefault("bar", given["item"])
    rule = Rule(**given)
    if rule.points <= 0 or (rule.measure == COUNT and rule.target <= 0):
        raise BadTable(f"「{rule.label}」的分值和目标要大于零。")
    if rule.per_subject and rule.per_month:
        raise BadTable(
            f"「{rule.label}」的上限只能按户或按月定一种。"
        )  # two caps at once: one more record could take away
    if rule.measure not in {COUNT, RATE} or not 0 <= rule.average <= 1 or rule.weight < 0:
        raise BadTable(f"「{rule.label}」的算法写得不对。")
    return rule


def score(rules: Iterable[Rule], entries: Iterable[Entry], *, away: Fraction = Fraction(0)) -> Score:
    """Return the score of a year; `away` is the share of the year on leave."""
    ordered = sorted(set(entries), key=lambda entry: (entry.on, entry.id))
    return Score(tuple(_line(rule, ordered, away) for rule in rules))


def _line(rule: Rule, ordered: Sequence[Entry], away: Fraction) -> Line:
    mine = [entry for entry in ordered if entry.kind in rule.kinds]
    return _rated(rule, mine) if rule.measure == RATE else _counted(rule, mine, away)


def _counted(rule: Rule, entries: Sequence[Entry], away: Fraction) -> Line:
    target = rule.target * (1 - away)
    room = -(-target.numerator // target.denominator)  # a target of 4½ lets five records count
    counted: list[str] = []
    left: list[tuple[str, str]] = []
    taken: Counter[str] = Counter()
    for entry in entries:
        why = entry.against or _over(rule, entry, taken) or _full(room, len(counted))
        if why:
            left.append((entry.id, why))
            continue
        counted.append(entry.id)
        taken[_slot(rule, entry)] += 1
    share = min(Fraction(1), len(counted) / target) if target else Fraction(1)
    return Line(rule, _tenths(rule.points * share), target, tuple(counted), tuple(left))


def _slot(rule: Rule, entry: Entry) -> str:
    return f"{entry.on:%Y-%m}" if rule.per_month else entry.subject


def _over(rule: Rule, entry: Entry, taken: Counter[str]) -> str:
    held = taken[_slot(rule, entry)]
    if rule.per_subject and held >= rule.per_subject:
        return f"同一户一年最多算 {rule.per_subject} 次"
    if rule.per_month and held >= rule.per_month:
        return f"同一个月最多算 {rule.per_month} 次"
    return ""


def _full(room: int, held: int) -> str:
    if room == 0:
        return "请假期间不作要求，这一项按满分算"
    return f"这一项已到上限 {room} 次，不再加分" if held >= room else ""


def _rated(rule: Rule, entries: Sequence[Entry]) -> Line:
    usable = [entry for entry in entries if not entry.against and entry.result is not None]
    left = [
        (entry.id, entry.against or "还没有结果")
        for entry in entries
        if entry.against or entry.result is None
    ]
    given = sum((entry.result for entry in usable if entry.result is not None), Fraction(0))
    share = _shrunk(rule, given, len(usable))
    return Line(
        rule,
        _tenths(rule.points * share),
        Fraction(0),
        tuple(entry.id for entry in usable),
        tuple(left),
    )


def _shrunk(rule: Rule, given: Fraction, size: int) -> Fraction:
    if size == 0:
        return rule.average if rule.empty_is_average else Fraction(0)
    return (given + rule.weight * rule.average) / (size + rule.weight)


def _tenths(points: Fraction) -> Decimal:
    exact = Decimal(points.numerator) / Decimal(points.denominator)
    return exact.quantize(TENTH, ROUND_HALF_UP)


def away_share(spans: Iterable[tuple[date, date | None]], year: int) -> Fraction:
    """Return the share of the year's days that lie in at least one span (both ends included)."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    days: set[date] = set()
    for begin, end in spans:
        start, stop = max(begin, first), min(end or last, last)
        days.update(start + timedelta(days=n) for n in range(max(0, (stop - start).days + 1)))
    return Fraction(len(days), 366 if calendar.isleap(year) else 365)
