"""The two tables of 离任移交 and who may take over what, by Hypothesis."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.common.errors import Conflict, Refused
from lianxin.leaving.rules import Candidate, left_over, unfit
from lianxin.leaving.workflow import (
    COVERED,
    ITEM,
    LEAVING,
    STANDING,
    WITH_BODY,
    Facts,
    Item,
    ItemFacts,
    Kind,
    State,
)

CANDIDATES = st.builds(Candidate, **{one.name: st.booleans() for one in fields(Candidate)})
KINDS = st.sampled_from(list(Kind))


@given(KINDS, CANDIDATES)
def test_nobody_suits_without_what_his_kind_asks_for(kind: Kind, one: Candidate) -> None:
    if not any((one.in_town, one.in_group, one.in_body, one.has_signed, one.holds_post)):
        assert unfit(kind, one)


@given(KINDS, CANDIDATES)
def test_who_is_kept_apart_never_gets_a_contact(kind: Kind, one: Candidate) -> None:
    if one.kept_apart and kind in COVERED:
        assert unfit(kind, one)


@given(st.lists(st.tuples(st.sampled_from([one.value for one in STANDING]), st.booleans())))
def test_it_can_be_finished_exactly_when_all_have_said_yes(rows: list[tuple[str, bool]]) -> None:
    without, waiting = left_over(rows)
    said = LEAVING.refusal(State.OPEN, "finish", Facts(without, waiting))
    assert (said is None) == all(state == Item.ACCEPTED and named for state, named in rows)


@given(st.integers(0, 5), st.integers(0, 5))
def test_the_refusal_says_how_many(without: int, waiting: int) -> None:
    said = LEAVING.refusal(State.OPEN, "finish", Facts(without, waiting))
    assert (said is None) == (without == waiting == 0)
    assert said is None or str(without or waiting) in said


@given(KINDS)
def test_the_body_and_a_stand_in_are_not_for_everything(kind: Kind) -> None:
    facts = ItemFacts(kind)
    assert (ITEM.refusal(Item.WAITING, "keep_with_body", facts) is None) == (kind in WITH_BODY)
    assert (ITEM.refusal(Item.WAITING, "cover", facts) is None) == (kind in COVERED)


@pytest.mark.parametrize("state", [Item.DONE, Item.OVER])
def test_what_has_moved_moves_no_more(state: Item) -> None:
    for name in ITEM.acts:
        with pytest.raises(Conflict):
            ITEM.next_state(state, name, ItemFacts(Kind.HOUSEHOLD))


@pytest.mark.parametrize(
    "facts",
    [
        ItemFacts(Kind.HOUSEHOLD, is_leaver=True),
        ItemFacts(Kind.HOUSEHOLD, in_office=False),
        ItemFacts(Kind.HOUSEHOLD, unfit="不合适"),
    ],
)
def test_a_receiver_is_somebody_else_who_sits_and_suits(facts: ItemFacts) -> None:
    with pytest.raises(Refused):
        ITEM.next_state(Item.WAITING, "name_receiver", facts)
    assert ITEM.next_state(Item.WAITING, "name_receiver", ItemFacts(Kind.HOUSEHOLD)) == Item.ASKED
