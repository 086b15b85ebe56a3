"""Working days and due dates in China, pure: no Django, no database.

Counting rules (Civil Code arts 200–203; by analogy): the start day is not counted; "within three
months" ends on the same day number of the end month, else on its last day; a period that ends on
a rest day ends on the next working day. Working days come from the State Council's yearly notice;
for a year without one, Monday to Friday is taken and the result says that it is provisional.
"""

from __future__ import annotations

import csv
import functools
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from importlib import resources

ONE_DAY = timedelta(days=1)
WEEKDAYS = "一二三四五六日"


class DayKind(StrEnum):
    """What the State Council's notice says of a day."""

    REST = "rest"
    WORK = "work"


@dataclass(frozen=True)
class Calendar:
    """Which days are working days.

    `days` holds only what differs from Monday–Friday; `complete_years` are the years whose notice
    is in the table; `names` says which holiday a day belongs to.
    """

    days: Mapping[date, DayKind]
    complete_years: frozenset[int]
    names: Mapping[date, str] = field(default_factory=dict)
    version: str = ""

    @staticmethod
    def china() -> Calendar:
        """Return the shipped State Council table (2004–2026)."""
        return _shipped()

    def is_workday(self, day: date) -> bool:
        """Say whether offices work on `day`."""
        kind = self.days.get(day)
        return kind is DayKind.WORK if kind else day.weekday() < 5

    def is_provisional(self, day: date) -> bool:
        """Say whether the notice for the year of `day` is missing."""
        return day.year not in self.complete_years


@dataclass(frozen=True)
class Due:
    """A due date: the day, whether a missing notice may still move it, and how it was computed."""

    on: date
    provisional: bool
    trace: list[str]


def due_after_workdays(start: date, days: int, calendar: Calendar) -> Due:
    """Return the day on which `days` (≥ 0) working days after `start` have passed."""
    _check(days)
    trace = [f"从 {_said(start)} 起（当天不算），数 {days} 个工作日。"]
    day, left, skipped, provisional = start, days, [], calendar.is_provisional(start)
    while left:
        day += ONE_DAY
        provisional = provisional or calendar.is_provisional(day)
        if calendar.is_workday(day):
            left -= 1
            if day.weekday() >= 5:
                skipped.append(f"{_said(day)}调休上班，算工作日")
        elif day.weekday() < 5:
            skipped.append(f"{_said(day)}{calendar.names.get(day, '')}放假，不算")
    return _finish(day, provisional, trace + _list(skipped), calendar)


def due_after_days(start: date, days: int, calendar: Calendar) -> Due:
    """Return the end of `days` (≥ 0) calendar days after `start`; a rest day gives way."""
    _check(days)
    trace = [f"从 {_said(start)} 起（当天不算），数 {days} 天。"]
    return _end_of_period(start, start + timedelta(days=days), trace, calendar)


def due_after_months(start: date, months: int, calendar: Calendar) -> Due:
    """Return the end of `months` (≥ 0) calendar months after `start`; a rest day gives way."""
    _check(months)
    year, month0 = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = monthrange(year, month0 + 1)[1]
    end = date(year, month0 + 1, min(start.day, last))
    trace = [f"从 {_said(start)} 起（当天不算），{months} 个月，到 {_said(end)}。"]
    if start.day > last:
        trace.append(f"{month0 + 1} 月没有 {start.day} 日，取当月最后一天。")
    return _end_of_period(start, end, trace, calendar)


def _end_of_period(start: date, end: date, trace: list[str], calendar: Calendar) -> Due:
    day, provisional = end, calendar.is_provisional(end)
    while end != start and not calendar.is_workday(day):
        day += ONE_DAY
        provisional = provisional or calendar.is_provisional(day)
    if day != end:
        name = calendar.names.get(end, "")
        trace.append(f"{_said(end)}是{name or '休息日'}，顺延到下一个工作日 {_said(day)}。")
    return _finish(day, provisional, trace, calendar)


def _finish(day: date, provisional: bool, trace: list[str], calendar: Calendar) -> Due:
    trace.append(f"到期日：{_said(day)}。")
    if provisional:
        trace.append("其中有的年份还没有国务院放假通知，暂按周一至周五计算，通知公布后会更新。")
    if calendar.version:
        trace.append(f"工作日历：{calendar.version}。")
    return Due(on=day, provisional=provisional, trace=trace)


def _list(skipped: list[str]) -> list[str]:
    shown = skipped[:8]
    more = [f"另有 {len(skipped) - 8} 天同样处理"] if len(skipped) > 8 else []
    return ["；".join(shown + more) + "。"] if shown else []


def _said(day: date) -> str:
    return f"{day:%Y-%m-%d}（周{WEEKDAYS[day.weekday()]}）"


def _check(amount: int) -> None:
    if amount < 0:
        raise ValueError("a period cannot be negative")


@functools.cache
def _shipped() -> Calendar:
    table = resources.files("lianxin.rulebook").joinpath("data/china_days.csv").read_text("utf-8")
    rows = [
        (date.fromisoformat(row["date"]), row["kind"], row["name"])
        for row in csv.DictReader(table.splitlines())
    ]
    years = frozenset(day.year for day, _, _ in rows)
    return Calendar(
        days={day: DayKind(kind) for day, kind, _ in rows},
        complete_years=years,
        names={day: name for day, _, name in rows},
        version=f"国务院放假通知 {min(years)}–{max(years)}",
    )
