"""When a village has to publish what: periods and due days, each with how it was counted. Pure."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Kind(StrEnum):
    """What kinds of things a village publishes (村民委员会组织法第三十条)."""

    AFFAIRS = "affairs"
    FINANCE = "finance"
    RELIEF = "relief"
    MAJOR = "major"


PLAIN_KIND = {
    Kind.AFFAIRS: "村务事项",
    Kind.FINANCE: "财务收支",
    Kind.RELIEF: "救助、补贴和捐赠",
    Kind.MAJOR: "重大事项",
}
WHAT = {
    Kind.AFFAIRS: "村民会议和村民代表会议决定的事项及落实情况",
    Kind.FINANCE: "村级财务收支明细",
    Kind.RELIEF: "救助、补贴、捐赠款物的管理和使用",
}
REGULAR = (Kind.AFFAIRS, Kind.FINANCE, Kind.RELIEF)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """A month (`2026-10`) or a quarter (`2026-Q3`)."""

    code: str
    starts: date
    ends: date

    @property
    def words(self) -> str:
        """Return the period as people say it."""
        year, part = self.code.split("-")
        return f"{year}年第{'一二三四'[int(part[1]) - 1]}季度" if part[0] == "Q" else f"{year}年{int(part)}月"


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing to publish: for which period, until when, how that was counted."""

    kind: Kind
    period: Period
    due_on: date
    trace: tuple[str, ...]


def period_of(day: date, interval: str) -> Period:
    """Return the month or the quarter in which a day lies."""
    if interval == "month":
        return Period(f"{day:%Y-%m}", day.replace(day=1), _last(day.year, day.month))
    quarter = (day.month - 1) // 3
    code = f"{day.year}-Q{quarter + 1}"
    return Period(code, date(day.year, quarter * 3 + 1, 1), _last(day.year, quarter * 3 + 3))


def period_words(code: str) -> str:
    """Return the words of a period's code; a major matter has none."""
    return Period(code, date.min, date.min).words if code else ""


def _last(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def duties(kind: Kind, interval: str, after_days: int, *, since: date, until: date) -> list[Duty]:
    """Return what is due of one kind in all periods that begin in `since` … `until`.

    Publication is due `after_days` after the period's last day (0: on that day).
    """
    found, period = [], period_of(since, interval)
    while period.starts <= until:
        due = period.ends + timedelta(days=after_days)
        found.append(Duty(kind, period, due, _trace(period, after_days, due)))
        period = period_of(period.ends + ONE_DAY, interval)
    return found


def _trace(period: Period, after_days: int, due: date) -> tuple[str, ...]:
    first = f"{period.words}的最后一天是 {period.ends}。"
    more = (f"期满后 {after_days} 天内公开。",) if after_days else ("期满当天以前公开。",)
    return (first, *more, f"到期日：{due}。")


def interval_of(kind: Kind, *, general: str, finance: str, many_dealings: bool) -> str:
    """Return how often a kind is published: finance monthly where dealings are many (第三十条)."""
    return finance if kind is Kind.FINANCE and many_dealings else general


def light(*, state: str, due_on: date, published_on: date | None, today: date, near_days: int) -> str:
    """Return red, yellow or green for one item: late, near, or in order."""
    if published_on is not None:
        return "yellow" if state in {"questioned", "to_review"} else "green"
    if today > due_on:
        return "red"
    return "yellow" if (due_on - today).days <= near_days else "green"
