"""What is counted in guidance."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.campaigns.rules import (
    Link,
    checklist,
    is_late,
    missing_answers,
    percent,
    quarter_of,
    quarter_words,
)
from lianxin.campaigns.workflow import CONTEST, FINDING, ContestFacts, FindingFacts, Stage, State
from lianxin.common.errors import Refused
from lianxin.rulebook.loading import _shipped

DAY = date(2026, 11, 29)


@given(st.integers(0, 400), st.integers(0, 400))
def test_a_hundred_percent_means_that_nothing_is_left(a: int, b: int) -> None:
    done, of = min(a, b), max(a, b)
    assert 0 <= percent(done, of) <= 100
    assert (percent(done, of) == 100) == (of > 0 and done == of)


@given(st.dates())
def test_a_quarter_holds_its_day(day: date) -> None:
    code = quarter_of(day)
    assert code.startswith(f"{day.year}-Q") and str(day.year) in quarter_words(code)
    assert (int(code[-1]) - 1) * 3 < day.month <= int(code[-1]) * 3


@given(st.integers(0, 30))
def test_exactly_ten_are_published(chosen: int) -> None:
    facts = ContestFacts(wanted=10, shortlisted=30, chosen=chosen)
    if chosen == 10:
        assert CONTEST.next_state(Stage.PANEL, "publish", facts) == Stage.PUBLISHED
    else:
        with pytest.raises(Refused, match="正好选 10 份"):
            CONTEST.next_state(Stage.PANEL, "publish", facts)


@given(st.integers(0, 30))
def test_a_vote_needs_ten_to_choose_from(shortlisted: int) -> None:
    said = CONTEST.refusal(Stage.NOMINATING, "open_voting", ContestFacts(wanted=10, shortlisted=shortlisted))
    assert (said is None) == (shortlisted >= 10)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.sampled_from(list(State)))
def test_only_a_second_look_ends_lateness(due: date, state: State) -> None:
    assert is_late(state, due, DAY) == (state is not State.CLOSED and due < DAY)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_a_new_day_lies_ahead(day: date) -> None:
    said = FINDING.refusal(State.OPEN, "reopen", FindingFacts(today=DAY, new_due=day))
    assert (said is None) == (day > DAY)


def test_the_sheet_covers_the_four_links_and_its_clauses_stand_in_the_library() -> None:
    assert {one.link for one in checklist()} == set(Link)
    anchors = {
        f"/institutions/{row['slug']}#{clause['anchor']}"
        for row in _shipped("institutions")
        for clause in row["clauses"]
    }
    named = {one.clause for one in checklist() if one.clause}
    assert len(named) >= 8 and named <= anchors
    assert missing_answers(one.key for one in checklist()) == []
    assert len(missing_answers([])) == len(checklist())


def test_every_row_names_its_basis() -> None:
    assert all(row.basis for table in (CONTEST, FINDING) for row in table.acts.values())
