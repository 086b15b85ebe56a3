"""Counting days: rules by example and by property, against an oracle that counts one day at a time."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.rulebook.calendar import (
    Calendar,
    DayKind,
    due_after_days,
    due_after_months,
    due_after_workdays,
)

CHINA = Calendar.china()
KNOWN = st.dates(date(2005, 1, 1), date(2026, 12, 31))
ANY = st.dates(date(2005, 1, 1), date(2030, 12, 31))
few = settings(max_examples=60, deadline=None)

# 国务院办公厅 2025-11-04: rest days and working weekends of 2026
REST_2026 = [
    (1, 1, 3), (2, 15, 23), (4, 4, 6), (5, 1, 5), (6, 19, 21), (9, 25, 27), (10, 1, 7),
]  # fmt: skip
WORK_2026 = [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)]


def test_2026_is_complete_with_its_working_weekends() -> None:
    rest = {date(2026, month, day) for month, first, last in REST_2026 for day in range(first, last + 1)}
    work = {date(2026, month, day) for month, day in WORK_2026}
    every = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    expected = {day for day in every if (day.weekday() < 5 and day not in rest) or day in work}
    assert {day for day in every if CHINA.is_workday(day)} == expected
    assert {day for day, kind in CHINA.days.items() if day.year == 2026 and kind is DayKind.WORK} == work


def test_later_years_are_provisional() -> None:
    assert 2026 in CHINA.complete_years
    assert 2027 not in CHINA.complete_years
    due = due_after_workdays(date(2026, 12, 30), 5, CHINA)
    assert due.provisional
    assert any("暂按周一至周五" in line for line in due.trace)


@pytest.mark.parametrize(
    ("start", "days", "on"),
    [
        (date(2026, 9, 30), 1, date(2026, 10, 8)),  # over National Day
        (date(2026, 9, 30), 3, date(2026, 10, 10)),  # Saturday 10 October is worked
        (date(2026, 9, 18), 1, date(2026, 9, 20)),  # a working Sunday
        (date(2026, 2, 13), 1, date(2026, 2, 14)),  # a working Saturday before Spring Festival
        (date(2026, 2, 14), 1, date(2026, 2, 24)),
        (date(2026, 2, 14), 5, date(2026, 2, 28)),
        (date(2026, 11, 23), 10, date(2026, 12, 7)),
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
    ],
)
def test_working_days_by_hand(start: date, days: int, on: date) -> None:
    due = due_after_workdays(start, days, CHINA)
    assert (due.on, due.provisional) == (on, False)


@pytest.mark.parametrize(
    ("start", "months", "on"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),  # no 31 February; 28 February 2026 is worked
        (date(2024, 1, 31), 1, date(2024, 2, 29)),  # leap year
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 7, 1), 3, date(2026, 10, 8)),  # ends in National Day: the next working day
        (date(2026, 3, 15), 3, date(2026, 6, 15)),
        (date(2025, 11, 15), 3, date(2026, 2, 24)),  # ends on the first day of Spring Festival's rest
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
    ],
)
def test_months_by_hand(start: date, months: int, on: date) -> None:
    assert due_after_months(start, months, CHINA).on == on


def test_the_trace_says_why_a_day_moved() -> None:
    trace = "".join(due_after_months(date(2026, 7, 1), 3, CHINA).trace)
    assert "国庆节" in trace
    assert "顺延" in trace
    worked = "".join(due_after_workdays(date(2026, 9, 18), 1, CHINA).trace)
    assert "调休上班" in worked


@pytest.mark.parametrize("count", [due_after_workdays, due_after_months, due_after_days])
def test_a_period_is_never_negative(count: object) -> None:
    with pytest.raises(ValueError, match="negative"):
        count(date(2026, 1, 5), -1, CHINA)  # type: ignore[operator]


def oracle_workdays(start: date, days: int) -> date:
    """Count on a list of working days, another way than the code under test."""
    later = [start + timedelta(days=n) for n in range(1, days * 2 + 40)]
    worked = [day for day in later if CHINA.is_workday(day)]
    return worked[days - 1] if days else start


@few
@given(ANY, st.integers(0, 120))
def test_working_days_match_the_oracle(start: date, days: int) -> None:
    assert due_after_workdays(start, days, CHINA).on == oracle_workdays(start, days)


@few
@given(ANY, st.integers(1, 24))
def test_months_end_on_the_same_day_or_the_last_and_then_on_a_workday(start: date, months: int) -> None:
    due = due_after_months(start, months, CHINA)
    year, month0 = divmod(start.year * 12 + start.month - 1 + months, 12)
    end = date(year, month0 + 1, min(start.day, monthrange(year, month0 + 1)[1]))
    assert due.on >= end
    assert CHINA.is_workday(due.on)
    between = [end + timedelta(days=n) for n in range((due.on - end).days)]
    assert not any(CHINA.is_workday(day) for day in between)


@few
@given(ANY, st.integers(1, 200), st.sampled_from([due_after_workdays, due_after_days, due_after_months]))
def test_a_due_day_is_a_workday_with_a_trace(start: date, amount: int, count: object) -> None:
    due = count(start, amount % 30 + 1, CHINA)  # type: ignore[operator]
    assert CHINA.is_workday(due.on)
    assert due.on > start
    assert all(due.trace)
    assert f"{due.on:%Y-%m-%d}" in "".join(due.trace)


@few
@given(ANY, st.integers(0, 60), st.integers(0, 60), st.sampled_from([due_after_workdays, due_after_months]))
def test_more_is_never_earlier(start: date, few_: int, more: int, count: object) -> None:
    low, high = sorted((few_, more))
    assert count(start, low, CHINA).on <= count(start, high, CHINA).on  # type: ignore[operator]


@few
@given(ANY, st.integers(0, 10), st.integers(0, 60), st.sampled_from([due_after_workdays, due_after_months]))
def test_later_never_ends_earlier(start: date, shift: int, amount: int, count: object) -> None:
    later = start + timedelta(days=shift)
    assert count(start, amount, CHINA).on <= count(later, amount, CHINA).on  # type: ignore[operator]


@few
@given(ANY, st.integers(0, 120))
def test_provisional_exactly_when_a_year_without_notice_is_touched(start: date, days: int) -> None:
    due = due_after_workdays(start, days, CHINA)
    touched = range(start.year, due.on.year + 1)
    assert due.provisional == any(year not in CHINA.complete_years for year in touched)


@few
@given(KNOWN, st.integers(1, 12))
def test_months_are_provisional_by_the_year_they_end_in(start: date, months: int) -> None:
    due = due_after_months(start, months, CHINA)
    assert due.provisional == (due.on.year not in CHINA.complete_years or _end(start, months).year > 2026)


def _end(start: date, months: int) -> date:
    year, month0 = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month0 + 1, 1)


@few
@given(KNOWN)
def test_an_entered_notice_ends_the_doubt(start: date) -> None:
    """With the notice of every year, nothing is provisional."""
    full = Calendar(CHINA.days, CHINA.complete_years | {2027, 2028})
    assert not due_after_months(start, 12, full).provisional
