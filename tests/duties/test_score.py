"""The score is arithmetic over records: monotone, capped, fair to leave, the same in any order."""

from __future__ import annotations

import json
import random
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.duties.five_good import five_good
from lianxin.duties.score import BadTable, Entry, Rule, Score, away_share, rules_from, score

DATA = Path(__file__).parents[2] / "src/lianxin/rulebook/data/parameters-assessment.json"
SHIPPED: dict[str, Any] = {row["name"]: row["value"] for row in json.loads(DATA.read_text("utf-8"))}
RULES = rules_from(SHIPPED["assessment.rules"])
BY_ITEM = {rule.item: rule for rule in RULES}
KINDS = sorted({kind for rule in RULES for kind in rule.kinds})
FEW = settings(max_examples=60, deadline=None)


def entry(number: int, kind: str, day: int, subject: int, result: int | None, against: bool) -> Entry:
    share = None if result is None else Fraction(result, 4)
    why = "已撤回。" if against else ""
    return Entry(f"r{number:04d}", kind, date(2026, 1, 1) + timedelta(days=day), f"h{subject}", share, why)


entries = st.lists(
    st.tuples(
        st.sampled_from(KINDS),
        st.integers(0, 364),
        st.integers(0, 11),
        st.none() | st.integers(0, 4),
        st.booleans(),
    ),
    max_size=60,
).map(lambda rows: [entry(number, *row) for number, row in enumerate(rows)])
shares = st.fractions(0, 1, max_denominator=365)


def many(kind: str, size: int, **more: Any) -> list[Entry]:
    """Return records of one kind, one a fortnight, each about another household."""
    first = date(2026, 1, 3)
    return [Entry(f"{kind}{n}", kind, first + timedelta(days=14 * n), f"h{n}", **more) for n in range(size)]


def line(found: Score, item: str) -> Any:
    return next(one for one in found.lines if one.rule.item == item)


def test_the_shipped_table_makes_a_hundred_points_in_eight_bars() -> None:
    assert sum(rule.points for rule in RULES) == 100
    bars = score(RULES, []).bars
    assert [(bar.label, bar.most) for bar in bars] == [
        ("联系走访", 25), ("接待选民", 15), ("建议", 15), ("民情日记", 10), ("办实事", 10), ("会议活动", 10),
        ("履职承诺", 5), ("述职测评", 10),
    ]  # fmt: skip
    assert all(rule.evidence and rule.basis for rule in RULES)


@FEW
@given(entries, shares)
def test_no_score_leaves_its_bounds(rows: list[Entry], away: Fraction) -> None:
    found = score(RULES, rows, away=away)
    assert 0 <= found.total <= 100
    assert all(0 <= one.points <= one.rule.points for one in found.lines)
    assert found.total == sum((bar.points for bar in found.bars), Decimal(0))


@FEW
@given(entries, st.integers(0, 1000), shares)
def test_the_order_of_records_does_not_matter(rows: list[Entry], seed: int, away: Fraction) -> None:
    shuffled = list(rows)
    random.Random(seed).shuffle(shuffled)
    assert score(RULES, shuffled, away=away) == score(RULES, rows, away=away)


@FEW
@given(entries)
def test_a_record_told_twice_counts_once(rows: list[Entry]) -> None:
    assert score(RULES, [*rows, *rows]) == score(RULES, rows)


@FEW
@given(entries, st.sampled_from(KINDS), st.integers(0, 364), st.integers(0, 11), shares)
def test_one_more_good_record_never_takes_points_away(
    rows: list[Entry], kind: str, day: int, subject: int, away: Fraction
) -> None:
    more = [*rows, entry(9999, kind, day, subject, 4, against=False)]
    before, after = score(RULES, rows, away=away), score(RULES, more, away=away)
    assert all(new.points >= old.points for old, new in zip(before.lines, after.lines, strict=True))


@FEW
@given(entries)
def test_every_record_of_an_item_is_counted_or_left_out_with_a_reason(rows: list[Entry]) -> None:
    for one in score(RULES, rows).lines:
        mine = sorted(row.id for row in rows if row.kind in one.rule.kinds)
        assert sorted([*one.counted, *(pk for pk, _ in one.left_out)]) == mine
        assert all(why for _, why in one.left_out)
        refused = {row.id for row in rows if row.against}
        assert not refused & set(one.counted)


@FEW
@given(entries, shares, shares)
def test_more_leave_never_takes_points_away(rows: list[Entry], one: Fraction, other: Fraction) -> None:
    less, more = sorted((one, other))
    before, after = score(RULES, rows, away=less), score(RULES, rows, away=more)
    assert all(new.points >= old.points for old, new in zip(before.lines, after.lines, strict=True))


@FEW
@given(st.integers(1, 60), st.integers(0, 60), shares)
def test_leave_lowers_the_target_in_proportion(target: int, size: int, away: Fraction) -> None:
    rule = Rule("x", "x", "x", frozenset({"x"}), 10, target=target)
    found = line(score([rule], many("x", size), away=away), "x")
    assert found.target == target * (1 - away)
    exact = min(Fraction(1), size / found.target) if found.target else Fraction(1)
    assert abs(Fraction(found.points) - 10 * exact) <= Fraction(1, 20)


def test_half_a_year_of_leave_asks_for_half() -> None:
    assert line(score(RULES, many("voter_reception", 2)), "reception").points == Decimal("7.5")
    half = score(RULES, many("voter_reception", 2), away=Fraction(1, 2))
    assert line(half, "reception").points == Decimal(15)


def test_a_whole_year_of_leave_asks_for_nothing() -> None:
    assert line(score(RULES, [], away=Fraction(1)), "reception").points == 15


def test_padding_brings_nothing() -> None:
    enough = line(score(RULES, many("practical_deed", 2)), "deed")
    padded = line(score(RULES, many("practical_deed", 9)), "deed")
    assert padded.points == enough.points == 10
    assert len(padded.counted) == 2
    assert padded.left_out[0][1] == "这一项已到上限 2 次，不再加分"


def test_ten_visits_to_one_household_count_twice() -> None:
    rows = [Entry(f"v{n}", "household_visit", date(2026, 1, n + 1), "the same") for n in range(10)]
    found = line(score(RULES, rows), "contact")
    assert found.counted == ("v0", "v1")
    assert {why for _, why in found.left_out} == {"同一户一年最多算 2 次"}


def test_a_diary_written_on_the_last_day_counts_twice_at_most() -> None:
    rows = [Entry(f"d{n}", "field_diary", date(2026, 12, 30)) for n in range(12)]
    assert line(score(RULES, rows), "diary").counted == ("d0", "d1")


@FEW
@given(st.integers(1, 40), st.integers(0, 4))
def test_a_small_sample_is_drawn_to_the_average(size: int, quarter: int) -> None:
    result = Fraction(quarter, 4)
    own = line(score(RULES, many("suggestion", size, result=result)), "suggestion_quality")
    average, weight = BY_ITEM["suggestion_quality"].average, BY_ITEM["suggestion_quality"].weight
    shrunk = (size * result + weight * average) / (size + weight)
    assert abs(Fraction(own.points) - 10 * shrunk) <= Fraction(1, 20)
    assert abs(shrunk - result) <= abs(average - result)
    assert abs(shrunk - result) <= weight * abs(average - result) / size


def test_who_has_not_reported_this_year_stands_at_the_average() -> None:
    assert line(score(RULES, []), "report").points == 8
    assert line(score(RULES, []), "suggestion_quality").points == 0


def test_a_suggestion_without_an_answer_yet_waits() -> None:
    found = line(score(RULES, many("suggestion", 1)), "suggestion_quality")
    assert found.counted == ()
    assert found.left_out == (("suggestion0", "还没有结果"),)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"points": 26}, "100"),
        ({"points": 0}, "大于零"),
        ({"target": 0}, "大于零"),
        ({"per_month": 2}, "一种"),
        ({"item": "reception"}, "两次"),
        ({"measure": "guess"}, "算法"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused(change: dict[str, Any], words: str) -> None:
    rows = [dict(row) for row in SHIPPED["assessment.rules"]]
    rows[0] |= change
    with pytest.raises(BadTable, match=words):
        rules_from(rows)


def test_days_of_leave_are_counted_once_and_only_within_the_year() -> None:
    spans = [(date(2025, 12, 1), date(2026, 1, 31)), (date(2026, 1, 20), date(2026, 2, 9))]
    assert away_share(spans, 2026) == Fraction(40, 365)
    assert away_share(spans, 2025) == Fraction(31, 365)
    assert away_share([(date(2020, 1, 1), None)], 2026) == 1
    assert away_share([], 2026) == 0


def test_five_good_is_met_by_records_and_by_people() -> None:
    rows = [*many("household_visit", 20), *many("voter_reception", 4), *many("practical_deed", 1)]
    found = score(RULES, rows)
    said = {one.code: one for one in five_good(SHIPPED["assessment.five_good"], found, said={})}
    assert said["contact"].met is True
    assert len(said["contact"].conditions[0].records) == 20
    assert said["example"].met is False
    assert said["integrity"].met is None
    assert said["politics"].met is False, "a person's word does not stand for meetings"
    later = five_good(SHIPPED["assessment.five_good"], found, said={"integrity": True, "politics": True})
    assert {one.code for one in later if one.met} == {"contact", "integrity"}
