"""The table of a unit's part: every row reachable, every guard with its refused twin."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.common.errors import Conflict, Refused
from lianxin.handling.actions import BOOK
from lianxin.handling.workflow import ENDED, HANDLING, Facts, Mode, State

TODAY = date(2026, 3, 2)
CLEAR = Facts(today=TODAY, mode=Mode.SOLE, needs_contact=True, contacted=True)
ASSISTING = replace(CLEAR, mode=Mode.ASSIST)


def test_every_state_is_reached_and_every_row_starts_somewhere() -> None:
    seen = {State.ASSIGNED.value}
    while True:
        more = {row.target or state for state in seen for row in HANDLING.open_from(state)} - seen
        if not more:
            break
        seen |= more
    assert seen == {state.value for state in State}
    assert all(row.sources & seen for row in HANDLING.acts.values())


def test_every_act_of_a_person_has_its_service() -> None:
    assert {name for name in BOOK.unbound() if HANDLING.acts[name].by} == set()


@pytest.mark.parametrize("state", sorted(ENDED - {State.REPLIED}))
def test_nothing_follows_an_end(state: State) -> None:
    assert HANDLING.open_from(state) == []


@given(st.lists(st.sampled_from(sorted(HANDLING.acts)), max_size=25), st.sampled_from([CLEAR, ASSISTING]))
@settings(max_examples=60, deadline=None)
def test_random_walks_stay_among_the_declared_states(names: list[str], facts: Facts) -> None:
    state: str = State.ASSIGNED
    for name in names:
        try:
            state = HANDLING.next_state(state, name, facts)
        except (Conflict, Refused):
            continue
        assert State(state)


GUARDED = [
    ("request_return", State.ASSIGNED, replace(CLEAR, return_until=TODAY), replace(CLEAR, return_until=TODAY - timedelta(days=1))),
    ("request_return", State.ASSIGNED, CLEAR, replace(CLEAR, return_refused=True)),
    ("give_opinion", State.IN_HANDLING, ASSISTING, CLEAR),
    ("draft_reply", State.IN_HANDLING, CLEAR, ASSISTING),
    ("request_extension", State.IN_HANDLING, replace(CLEAR, reply_due=TODAY), replace(CLEAR, reply_due=TODAY - timedelta(days=1))),
    ("request_extension", State.IN_HANDLING, CLEAR, replace(CLEAR, extension="refused")),
    ("request_extension", State.IN_HANDLING, CLEAR, ASSISTING),
    ("request_extension", State.IN_HANDLING, CLEAR, replace(CLEAR, round=2)),
    ("request_extension", State.IN_HANDLING, CLEAR, replace(CLEAR, kind="opinion")),
    ("request_extension", State.IN_HANDLING, CLEAR, replace(CLEAR, kind="forum")),
    ("approve_extension", State.IN_HANDLING, replace(CLEAR, extension="requested"), CLEAR),
    ("refuse_extension", State.IN_HANDLING, replace(CLEAR, extension="requested"), replace(CLEAR, extension="approved")),
    ("sign_reply", State.REPLY_DRAFTED, CLEAR, replace(CLEAR, contacted=False)),
    ("sign_reply", State.REPLY_DRAFTED, CLEAR, replace(CLEAR, assist_outstanding=1)),
    ("sign_reply", State.REPLY_DRAFTED, CLEAR, replace(CLEAR, draft_problems=("第 1 条诉求还没有答复",))),
]  # fmt: skip


@pytest.mark.parametrize(("act", "state", "lets", "stops"), GUARDED)
def test_a_guard_lets_one_through_and_stops_its_twin(
    act: str, state: State, lets: Facts, stops: Facts
) -> None:
    assert HANDLING.refusal(state, act, lets) is None
    with pytest.raises(Refused):
        HANDLING.next_state(state, act, stops)


def test_a_matter_without_deputies_needs_no_contact() -> None:
    said = replace(CLEAR, needs_contact=False, contacted=False)
    assert HANDLING.next_state(State.REPLY_DRAFTED, "sign_reply", said) == State.REPLIED


def test_units_have_no_act_that_passes_a_matter_on() -> None:
    theirs = {row.target for row in HANDLING.acts.values() if row.by & {"unit_clerk", "unit_head"}}
    assert State.RETURNED not in theirs and State.ASSIGNED not in theirs
