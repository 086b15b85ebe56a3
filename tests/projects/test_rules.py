"""The numbers of livelihood projects: difference, papers, lamp, plan, decisions; by Hypothesis."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from lianxin.projects.rules import (
    Body,
    Lamp,
    Shares,
    Step,
    collect_from,
    decision_stands,
    is_large_sum,
    is_long_shift,
    least_candidates,
    missing_facts,
    monthly,
    papers_in_time,
    period_end,
    period_start,
    read_lamp,
    report_due,
    share,
)

DAY = date(2027, 3, 1)
HALF = Fraction(1, 2)
CONGRESS = {"body": Body.CONGRESS, "shares": Shares(Fraction(2, 3), HALF)}
COMMITTEE = {"body": Body.STANDING_COMMITTEE, "shares": Shares(HALF, HALF)}
days = st.integers(0, 400).map(lambda n: date(2027, 1, 1) + timedelta(days=n))


@given(st.integers(1, 200))
def test_candidates_outnumber_the_places_by_a_fifth_and_at_least_one(places: int) -> None:
    least = least_candidates(places, 0.2)
    assert least > places and 5 * (least - places) >= places and 5 * (least - places - 1) < places


def test_the_ratio_is_counted_exactly() -> None:
    assert [least_candidates(n, 0.2) for n in (1, 5, 6, 10)] == [2, 6, 8, 12]


@given(st.booleans(), st.booleans(), st.booleans(), st.booleans())
def test_a_card_lacks_exactly_what_it_does_not_say(where: bool, whom: bool, when: bool, who: bool) -> None:
    found = missing_facts(
        place="村口" if where else " ",
        beneficiaries=30 if whom else 0,
        due_on=DAY if when else None,
        unit_code="transport" if who else "",
    )
    said = {"地点": where, "受益人数": whom, "完成时限": when, "责任单位": who}
    assert found == tuple(name for name, is_there in said.items() if not is_there)


def test_papers_seven_days_ahead_count_and_six_do_not() -> None:
    assert papers_in_time(DAY, DAY + timedelta(days=7), 7)
    assert not papers_in_time(DAY, DAY + timedelta(days=6), 7)


steps = st.lists(st.builds(Step, days, st.none() | days), max_size=8)


@given(steps, days, days)
def test_a_lamp_follows_from_dates_alone(found: list[Step], due_on: date, today: date) -> None:
    reading = read_lamp(found, due_on=due_on, finished_on=None, today=today, red_after_days=30)
    late = [(today - step.due_on).days for step in found if step.done_on is None]
    worst = max(late, default=0)
    if today > due_on or worst > 30:
        assert reading.lamp is Lamp.RED
    elif worst > 0:
        assert reading.lamp is Lamp.YELLOW
    else:
        assert reading.lamp is Lamp.GREEN
    assert reading.why


@given(steps, days, days)
def test_what_is_finished_is_done(found: list[Step], due_on: date, today: date) -> None:
    assert (
        read_lamp(found, due_on=due_on, finished_on=today, today=today, red_after_days=30).lamp is Lamp.DONE
    )


def test_thirty_days_late_is_yellow_and_thirty_one_red() -> None:
    for late, lamp in ((30, Lamp.YELLOW), (31, Lamp.RED), (0, Lamp.GREEN)):
        step = Step(DAY - timedelta(days=late))
        got = read_lamp([step], due_on=DAY, finished_on=None, today=DAY, red_after_days=30)
        assert got.lamp is lamp


def test_a_plan_has_a_step_each_month_in_order_and_ends_in_time() -> None:
    end = DAY + timedelta(days=120)
    good = [DAY + timedelta(days=40), DAY + timedelta(days=80), end]
    assert monthly(good, from_on=DAY, due_on=end, gap_days=62) is None
    assert monthly([], from_on=DAY, due_on=end, gap_days=62)
    assert monthly(good[::-1], from_on=DAY, due_on=end, gap_days=62)
    assert monthly([*good, end + timedelta(days=1)], from_on=DAY, due_on=end, gap_days=62)
    assert monthly(good[:1], from_on=DAY, due_on=end, gap_days=62)


@given(st.integers(1, 300), st.integers(0, 300), st.integers(0, 300))
def test_a_congress_needs_two_thirds_there_and_more_than_half_of_all(n: int, there: int, yes: int) -> None:
    stands = decision_stands(members=n, present=there, votes_for=yes, **CONGRESS) is None
    assert stands == (yes <= there <= n and 3 * there >= 2 * n and 2 * yes > n)


@given(st.integers(1, 80), st.integers(0, 80), st.integers(0, 80))
def test_a_standing_committee_needs_more_than_half_there_and_for_it(n: int, there: int, yes: int) -> None:
    stands = decision_stands(members=n, present=there, votes_for=yes, **COMMITTEE) is None
    assert stands == (yes <= there <= n and 2 * there > n and 2 * yes > n)


def test_exactly_half_does_not_decide_and_exactly_two_thirds_are_enough() -> None:
    assert decision_stands(members=30, present=20, votes_for=16, **CONGRESS) is None
    assert "半数" in str(decision_stands(members=30, present=20, votes_for=15, **CONGRESS))
    assert "三分之二" in str(decision_stands(members=30, present=19, votes_for=16, **CONGRESS))


shares = st.fractions(Fraction(1, 10), Fraction(9, 10), max_denominator=10)


@given(shares, shares, st.integers(1, 300), st.integers(0, 300), st.integers(0, 300))
def test_the_shares_decide_not_constants(
    quorum: Fraction, half: Fraction, n: int, there: int, yes: int
) -> None:
    found = decision_stands(
        members=n, present=there, votes_for=yes, body=Body.CONGRESS, shares=Shares(quorum, half)
    )
    enough = there * quorum.denominator >= n * quorum.numerator
    assert (found is None) == (yes <= there <= n and enough and yes * half.denominator > n * half.numerator)


@given(days, st.sampled_from(["month", "quarter"]))
def test_the_next_report_is_due_at_the_end_of_the_next_period(last: date, interval: str) -> None:
    due = report_due(last, interval)
    assert period_end(due, interval) == due
    assert period_start(due, interval) == period_end(last, interval) + timedelta(days=1)


def test_a_report_of_any_day_in_march_holds_until_the_end_of_june_or_april() -> None:
    for day in (1, 31):
        assert report_due(date(2027, 3, day), "quarter") == date(2027, 6, 30)
        assert report_due(date(2027, 3, day), "month") == date(2027, 4, 30)
    assert report_due(date(2027, 12, 31), "month") == date(2028, 1, 31)


def test_silence_over_a_whole_period_is_yellow_from_the_day_after() -> None:
    asked = {"due_on": date(2027, 12, 1), "finished_on": None, "red_after_days": 30, "report_due_on": DAY}
    assert read_lamp([], today=DAY, **asked).lamp is Lamp.GREEN
    late = read_lamp([], today=DAY + timedelta(days=1), **asked)
    assert late.lamp is Lamp.YELLOW and "进度还没有报" in late.why
    step = Step(DAY - timedelta(days=2))
    assert "进度还没有报" in read_lamp([step], today=DAY + timedelta(days=1), **asked).why


def test_wishes_of_a_year_are_collected_from_the_third_quarter_of_the_one_before() -> None:
    assert collect_from(2028, "Q3") == date(2027, 7, 1)
    assert collect_from(2028, "Q1") == date(2027, 1, 1)


@given(st.integers(0, 500), st.integers(0, 20))
def test_few_answers_give_no_share(part: int, whole: int) -> None:
    part = min(part, whole)
    got = share(part, whole, least=5)
    assert (got is None) == (whole < 5)
    assert got is None or 0 <= got <= 100


def test_a_fifth_of_the_money_is_reported_and_more_is_decided() -> None:
    assert not is_large_sum(amount=100, new_amount=120, percent=20)
    assert is_large_sum(amount=100, new_amount=121, percent=20)
    assert is_large_sum(amount=100, new_amount=79, percent=20)


@given(st.integers(-400, 400), st.integers(1, 366))
def test_a_shift_within_the_days_is_reported_and_a_longer_one_decided(shift: int, most: int) -> None:
    new = DAY + timedelta(days=shift)
    assert is_long_shift(due_on=DAY, new_due_on=new, days=most) is (abs(shift) > most)
    assert is_long_shift(due_on=None, new_due_on=new, days=most)
