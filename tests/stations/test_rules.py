"""The fair rota and the arithmetic of checks and evaluations, without a database."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.rulebook.calendar import Calendar
from lianxin.stations.rules import Item, Sitter, days_between, missing, points, rota, shares

START = date(2026, 1, 5)
LEVELS = st.sampled_from([frozenset({"town"}), frozenset({"city"}), frozenset({"town", "city"})])
DAYS = st.integers(0, 40).map(lambda n: [START + timedelta(days=7 * week) for week in range(n)])
CHINA = Calendar.china()


def people(levels: list[frozenset[str]], away: list[tuple[int, int]] | None = None) -> list[Sitter]:
    spans = away or [(-1, 0)] * len(levels)
    return [
        Sitter(f"p{n:02d}", level, 0, ((START + timedelta(days=a), START + timedelta(days=a + b)),))
        for n, (level, (a, b)) in enumerate(zip(levels, spans, strict=True))
    ]


def turns(plan: list[str], group: list[Sitter]) -> list[int]:
    counted = Counter(plan)
    return [counted[one.key] for one in group]


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 12), DAYS, st.integers(1, 3))
def test_turns_differ_by_one_at_most(n: int, days: list[date], each: int) -> None:
    group = people([frozenset({"town"})] * n)
    plan = rota(days, group, each=each, mixed=False)
    counted = turns([key for day in plan for key in day.sitters], group)
    assert max(counted) - min(counted) <= 1
    assert sum(counted) == len(days) * min(each, n)


@settings(max_examples=60, deadline=None)
@given(st.lists(LEVELS, min_size=2, max_size=12), DAYS)
def test_mixed_turns_are_even_among_the_same_levels(levels: list[frozenset[str]], days: list[date]) -> None:
    group = people(levels)
    plan = rota(days, group, each=2, mixed=True)
    for level in set(levels):
        same = [one for one in group if one.levels == level]
        counted = turns([key for day in plan for key in day.sitters], same)
        assert max(counted) - min(counted) <= 1
    if len(frozenset().union(*levels)) > 1:
        by_key = {one.key: one.levels for one in group}
        for day in plan:
            assert len(frozenset().union(*(by_key[key] for key in day.sitters))) > 1, day


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.tuples(LEVELS, st.tuples(st.integers(0, 200), st.integers(0, 90))), min_size=1, max_size=10),
    DAYS,
)
def test_nobody_sits_in_his_absence_and_nobody_who_sat_less_is_passed_over(
    given_people: list[tuple[frozenset[str], tuple[int, int]]], days: list[date]
) -> None:
    group = people([level for level, _ in given_people], [span for _, span in given_people])
    by_key = {one.key: one for one in group}
    served: Counter[str] = Counter()
    for day in rota(days, group, each=2, mixed=False):
        free = [one for one in group if one.free_on(day.on)]
        assert all(by_key[key].free_on(day.on) for key in day.sitters)
        assert len(set(day.sitters)) == min(2, len(free))
        others = [served[one.key] for one in free if one.key not in day.sitters]
        assert not others or max(served[key] for key in day.sitters) <= min(others)
        served.update(day.sitters)


def test_whoever_sat_less_this_year_comes_first() -> None:
    group = [Sitter("a", frozenset({"town"}), 3), Sitter("b", frozenset({"town"}), 0)]
    plan = rota([START], group, each=1, mixed=False)
    assert plan[0].sitters == ("b",)


def test_a_day_that_is_short_says_so() -> None:
    alone = people([frozenset({"town"})])
    assert "不到 2 位" in rota([START], alone, each=2, mixed=True)[0].short
    same = people([frozenset({"town"})] * 2)
    assert "别的层级" in rota([START], same, each=2, mixed=True)[0].short
    assert rota([START], same, each=2, mixed=False)[0].short == ""


def test_a_holiday_moves_to_the_next_working_day() -> None:
    first, last = date(2026, 9, 28), date(2026, 10, 16)
    days = days_between(first, last, [3], CHINA.is_workday)  # Thursdays; 1 October begins the holiday
    assert date(2026, 10, 1) not in days
    assert date(2026, 10, 8) in days
    assert all(CHINA.is_workday(day) for day in days)


@settings(max_examples=40, deadline=None)
@given(
    st.dates(date(2024, 1, 1), date(2026, 11, 1)), st.integers(0, 60), st.sets(st.integers(0, 6), min_size=1)
)
def test_no_reception_day_is_a_holiday_or_outside_the_span(first: date, n: int, wanted: set[int]) -> None:
    last = first + timedelta(days=n)
    days = days_between(first, last, wanted, CHINA.is_workday)
    assert all(CHINA.is_workday(day) and first <= day <= last for day in days)
    assert len(days) == len(set(days))


def test_what_is_missing_and_how_many_points() -> None:
    items = [Item("a", "有场所", 30), Item("b", "有牌子", 70)]
    assert missing(items, {"a": True}) == ("有牌子",)
    assert points(items, {"a": True}) == 30
    assert missing(items, {"a": True, "b": True}) == ()


def test_a_small_sample_is_said_to_be_small() -> None:
    few, enough = shares(["satisfied"] * 4, 5), shares(["satisfied"] * 4 + ["fair"], 5)
    assert few.is_small and few.n == 4
    assert not enough.is_small and enough.percents == (80, 20, 0)


@given(st.lists(st.sampled_from(["satisfied", "fair", "dissatisfied"]), min_size=1, max_size=40))
def test_percents_make_a_hundred(said: list[str]) -> None:
    assert sum(shares(said, 5).percents) == 100
