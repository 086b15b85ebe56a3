"""The table of an opinion: what may follow, what may not, and who does what."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.common.errors import Conflict, Refused
from lianxin.opinions.actions import BOOK, CODE_BOOK
from lianxin.opinions.workflow import BY_CODE, DERIVED, ENDED, OPINION, PLAIN, Facts, State

TODAY = date(2026, 11, 24)
FACTS = st.builds(
    Facts,
    today=st.just(TODAY),
    outgoing_checked=st.booleans(),
    sealed=st.booleans(),
    reopened=st.integers(0, 2),
    fed_back_on=st.none() | st.dates(TODAY - timedelta(days=90), TODAY),
    can_rise=st.booleans(),
    is_voice=st.booleans(),
    live_parts=st.integers(0, 2),
    consents=st.booleans(),
    is_public=st.booleans(),
)


@given(state=st.sampled_from(list(State)), act=st.sampled_from(sorted(OPINION.acts)), facts=FACTS)
@settings(max_examples=150)
def test_every_state_and_act_leads_somewhere_or_is_refused_with_a_sentence(
    state: State, act: str, facts: Facts
) -> None:
    try:
        assert OPINION.next_state(state, act, facts) in set(State)
        assert state in OPINION.acts[act].sources
    except Conflict as refusal:
        assert state not in OPINION.acts[act].sources and refusal.message.endswith("。")
    except Refused as refusal:
        assert state in OPINION.acts[act].sources and refusal.message.endswith("。")


LIVES_AGAIN = {"reopen", "evaluate", "follow_suggestion_again", "follow_correction"}
"""The author, a second reply of the suggestion, a corrected reply of the unit; nothing else."""


@given(
    state=st.sampled_from(sorted(ENDED)),
    facts=FACTS,
    acts=st.lists(st.sampled_from(sorted(OPINION.acts)), max_size=6),
)
@settings(max_examples=100)  # fmt: skip
def test_what_has_ended_lives_again_only_by_its_author_or_a_new_reply(
    state: str, facts: Facts, acts: list[str]
) -> None:
    for act in acts:
        if OPINION.refusal(state, act, facts) is not None:
            continue
        after = OPINION.next_state(state, act, facts)
        assert after == state or act in LIVES_AGAIN
        if after not in ENDED:
            return
        state = after


def test_every_row_is_carried_out_by_somebody() -> None:
    assert BOOK.unbound() == BY_CODE | DERIVED
    assert CODE_BOOK.unbound() == set(OPINION.acts) - BY_CODE
    assert all(OPINION.acts[name].by for name in set(OPINION.acts) - BY_CODE - DERIVED)


def test_every_state_can_be_reached_and_is_told_in_plain_words() -> None:
    reached = {State.NEW.value}
    for _ in State:
        reached |= {row.target for row in OPINION.acts.values() if row.target and row.sources & reached}
    assert reached == {state.value for state in State}
    assert set(PLAIN) == set(State)


def test_a_sealed_matter_never_leaves_the_station() -> None:
    sealed = Facts(today=TODAY, outgoing_checked=True, sealed=True, consents=True)
    for act in (
        "transfer",
        "offer",
        "convert",
        "to_project",
        "merge",
        "consult",
        "publish",
        "register_support",
    ):
        with pytest.raises(Refused):
            OPINION.next_state(State.RECORDED, act, sealed)


GUARDED = [
    ("transfer", State.RECORDED, {"outgoing_checked": True}, {"outgoing_checked": False}),
    ("write_down", State.NEW, {"is_voice": True}, {"is_voice": False}),
    ("go_on", State.OBJECTED, {"live_parts": 1}, {"live_parts": 0}),
    ("take_back", State.OBJECTED, {"live_parts": 0}, {"live_parts": 1}),
    ("escalate", State.RECORDED, {"can_rise": True}, {"can_rise": False}),
    ("reopen", State.CLOSED, {"reopened": 0}, {"reopened": 1}),
    ("reopen", State.CLOSED, {"fed_back_on": TODAY - timedelta(days=30)}, {"fed_back_on": TODAY - timedelta(days=31)}),
    ("lapse", State.RATED, {"fed_back_on": TODAY - timedelta(days=31)}, {"fed_back_on": TODAY - timedelta(days=30)}),
    ("publish", State.FED_BACK, {"consents": True, "outgoing_checked": True}, {"consents": False, "outgoing_checked": True}),
    ("unpublish", State.FED_BACK, {"is_public": True}, {"is_public": False}),
]  # fmt: skip


@pytest.mark.parametrize(("act", "state", "allowed", "refused"), GUARDED)
def test_each_guard_lets_through_and_refuses(
    act: str, state: State, allowed: dict[str, object], refused: dict[str, object]
) -> None:
    OPINION.next_state(state, act, Facts(today=TODAY, **allowed))  # type: ignore[arg-type]
    with pytest.raises(Refused):
        OPINION.next_state(state, act, Facts(today=TODAY, **refused))  # type: ignore[arg-type]
