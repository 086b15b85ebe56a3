"""The pure rules of sessions: days that can be, the hour of the last suggestion, absences counted."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.congress.rules import Span, missed_too_often, not_taking, numeral, refused_days

HERE = ZoneInfo("Asia/Shanghai")
FIRST = date(2027, 1, 12)


def span(days: int = 3, hour: int = 18, last: int = 1) -> Span:
    """Return a session of some days that takes suggestions until an hour of one of them."""
    until = datetime(FIRST.year, FIRST.month, FIRST.day, hour, tzinfo=HERE) + timedelta(days=last)
    return Span(FIRST, FIRST + timedelta(days=days - 1), until)


def end(one: Span) -> datetime:
    day = one.closes_on
    return datetime(day.year, day.month, day.day, 23, 59, tzinfo=HERE)


@pytest.mark.parametrize(
    ("one", "field"),
    [
        (span(), None),
        (span(days=1, last=0), None),
        (span(days=0), "closes_on"),
        (span(days=31), None),
        (span(days=32), "closes_on"),
        (span(last=-1), "papers_until"),
        (span(days=1, last=1), "papers_until"),
    ],
)
def test_days_that_cannot_be_are_named_by_their_field(one: Span, field: str | None) -> None:
    assert list(refused_days(one, end(one))) == ([field] if field else [])


@given(st.integers(-3, 6), st.integers(0, 23), st.integers(0, 59))
def test_a_session_takes_suggestions_from_its_first_day_to_the_minute(
    day: int, hour: int, minute: int
) -> None:
    one = span()
    now = datetime(FIRST.year, FIRST.month, FIRST.day, hour, minute, tzinfo=HERE) + timedelta(days=day)
    takes = not not_taking(one, now.date(), now)
    assert takes == (now.date() >= FIRST and now <= one.papers_until)


def test_who_comes_too_late_is_told_the_hour_and_the_way_that_is_open() -> None:
    one = span()
    late = one.papers_until + timedelta(minutes=1)
    assert not_taking(one, late.date(), late) == (
        "这次会议收建议到1月13日18:00为止，已经截止。可以改为闭会期间提出。"
    )


@given(st.lists(st.integers(1, 6)), st.integers(1, 4))
def test_absences_are_counted_whatever_their_order(missed: list[int], limit: int) -> None:
    found = missed_too_often(missed, limit)
    assert found == missed_too_often(sorted(missed, reverse=True), limit)
    assert found == {who for who in missed if missed.count(who) >= limit}
    assert missed_too_often(missed, limit + 1) <= found


@pytest.mark.parametrize(
    ("number", "words"), [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一")]
)
def test_sessions_are_counted_in_words(number: int, words: str) -> None:
    assert numeral(number) == words
