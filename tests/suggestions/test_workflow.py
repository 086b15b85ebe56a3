"""The table of a suggestion: every row reachable, every guard with its refused twin, every act bound."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.common.errors import Conflict, Refused
from lianxin.handling.workflow import Mode
from lianxin.handling.workflow import State as Part
from lianxin.suggestions.actions import BOOK
from lianxin.suggestions.rules import PartState, progress
from lianxin.suggestions.workflow import SUGGESTION, Facts, State

MINE = Facts(is_lead=True)


def test_every_state_is_reached_and_every_row_starts_somewhere() -> None:
    seen = {State.DRAFT.value}
    while True:
        more = {row.target or state for state in seen for row in SUGGESTION.open_from(state)} - seen
        if not more:
            break
        seen |= more
    assert seen == {state.value for state in State}
    assert all(row.sources & seen for row in SUGGESTION.acts.values())


def test_every_act_of_a_person_has_its_service() -> None:
    assert {name for name in BOOK.unbound() if SUGGESTION.acts[name].by} == set()


def test_every_row_names_its_basis() -> None:
    assert all(row.basis and row.verb for row in SUGGESTION.acts.values())


@given(st.lists(st.sampled_from(sorted(SUGGESTION.acts)), max_size=40))
@settings(max_examples=60, deadline=None)
def test_random_walks_stay_among_the_declared_states(names: list[str]) -> None:
    state: str = State.DRAFT
    for name in names:
        try:
            state = SUGGESTION.next_state(state, name, MINE)
        except (Conflict, Refused):
            continue
        assert State(state)


PARTS = st.lists(
    st.builds(
        PartState,
        st.sampled_from(Part),
        st.sampled_from([Mode.SEPARATE, Mode.ASSIST]),
        st.booleans(),
        st.booleans(),
    ),
    min_size=1,
    max_size=4,
)
FOLLOWED = {
    State.ASSIGNED,
    State.ACCEPTED,
    State.RETURN_REQUESTED,
    State.IN_HANDLING,
    State.EXTENDED,
    State.REPLY_DRAFTED,
}


@given(PARTS, PARTS)
@settings(max_examples=100, deadline=None)
def test_wherever_the_units_go_there_is_a_row_for_it(before: list[PartState], after: list[PartState]) -> None:
    old, new = progress(before), progress(after)
    if old in FOLLOWED and old != new:
        assert SUGGESTION.next_state(old, f"follow_{new.value}") == new


@given(PARTS)
@settings(max_examples=60, deadline=None)
def test_a_second_round_is_handled_until_replied(parts: list[PartState]) -> None:
    assert progress(parts, round_number=2) in {State.REHANDLING, State.REPLIED}


GUARDED = [
    ("submit", State.DRAFT, MINE, Facts()),
    ("submit", State.DRAFT, MINE, replace(MINE, seat_active=False)),
    ("submit", State.DRAFT, MINE, replace(MINE, complete=("标题要 8 到 40 个字",))),
    ("submit", State.COSIGNING, MINE, replace(MINE, cosigners_waiting=1)),
    ("submit", State.DRAFT, MINE, replace(MINE, sources_withdrawn=1)),
    ("drop_withdrawn", State.COSIGNING, replace(MINE, sources_withdrawn=1), MINE),
    ("edit", State.DRAFT, MINE, Facts()),
    ("reask", State.DRAFT, replace(MINE, cosigners_waiting=1), MINE),
    ("cosign", State.COSIGNING, Facts(), Facts(seat_active=False)),
    ("reject", State.SUBMITTED, Facts(rejection_proposed=True), Facts()),
    ("reject", State.SUBMITTED, Facts(rejection_proposed=True), Facts(rejection_proposed=True, proposed_by_me=True)),
    ("appeal", State.REJECTED, MINE, replace(MINE, appealed=True)),
    ("withdraw", State.IN_HANDLING, MINE, Facts()),
    ("withdraw", State.MERGED, MINE, replace(MINE, main_answered=True)),
    ("reassign", State.ASSIGNED, Facts(returned_parts=1), Facts()),
    ("evaluate", State.REPLIED, MINE, replace(MINE, seat_active=False)),
    ("evaluate_as_cosigner", State.REPLIED, Facts(lead_seated=False), Facts()),
    ("evaluate_for_body", State.REPLIED, Facts(lead_seated=False), Facts(lead_seated=False, cosigners_seated=1)),
    ("order_rehandling", State.EVALUATED, Facts(overall="dissatisfied"), Facts(overall="satisfied")),
    ("order_rehandling", State.EVALUATED, Facts(overall="dissatisfied"), Facts(overall="dissatisfied", round=2)),
    ("escalate", State.EVALUATED, Facts(overall="dissatisfied", round=2), Facts(overall="dissatisfied")),
    ("track", State.EVALUATED, Facts(open_promises=1), Facts()),
    ("close", State.EVALUATED, Facts(overall="satisfied"), Facts(overall="dissatisfied")),
    ("close", State.TRACKING, Facts(), Facts(open_promises=1)),
    ("close_escalated", State.ESCALATED, Facts(), Facts(open_promises=1)),
    ("confirm_promise_for_lead", State.TRACKING, Facts(lead_seated=False), Facts()),
    ("mark_key", State.REGISTERED, Facts(), Facts(is_key=True)),
    ("unmark_key", State.REGISTERED, Facts(is_key=True), Facts()),
    ("refuse_express", State.SUBMITTED, Facts(fast_track=True), Facts()),
    ("propose_publish", State.CLOSED, Facts(), Facts(may_publish=False)),
    ("publish", State.CLOSED, Facts(publish_proposed=True), Facts()),
    ("publish", State.CLOSED, Facts(publish_proposed=True), Facts(publish_proposed=True, publish_proposed_by_me=True)),
    ("unpublish", State.CLOSED, Facts(is_public=True), Facts()),
]  # fmt: skip


@pytest.mark.parametrize(("act", "state", "lets", "stops"), GUARDED)
def test_a_guard_lets_one_through_and_stops_its_twin(
    act: str, state: State, lets: Facts, stops: Facts
) -> None:
    assert SUGGESTION.refusal(state, act, lets) is None
    with pytest.raises(Refused):
        SUGGESTION.next_state(state, act, stops)


@pytest.mark.parametrize("state", [State.REPLIED, State.EVALUATED, State.REHANDLING, State.CLOSED])
def test_after_the_reply_nothing_is_withdrawn(state: State) -> None:
    with pytest.raises(Conflict):
        SUGGESTION.next_state(state, "withdraw", MINE)


def test_a_lapsed_evaluation_is_no_satisfaction() -> None:
    assert SUGGESTION.next_state(State.REPLIED, "lapse") == State.EVALUATION_LAPSED
    with pytest.raises(Conflict):
        SUGGESTION.next_state(State.EVALUATION_LAPSED, "evaluate", MINE)
