"""Numbers that cannot be, marks that are none, and rounding: a vote never passes by them and never breaks."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.ballots.further import shortfall_in
from lianxin.ballots.rules import CHOICES, Ballot, Tally, decide, quorum_needs, said_share, votes_needed

GOOD: dict[str, Any] = {
    "places": 1, "electorate": 10, "present": 10, "issued": 10, "mode": "approval_max_n", "shortfall": "accept_fewer",
}  # fmt: skip
TEN = Tally(10, 10, 0, {"A": {"for": 8}, "B": {"for": 2}})


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"places": 0}, "应选数"),
        ({"places": -1}, "应选数"),
        ({"electorate": 0, "present": 0, "issued": 0}, "全体代表"),
        ({"electorate": -3, "present": -3}, "全体代表"),
        ({"present": -1}, "负数"),
        ({"issued": -1}, "负数"),
        ({"present": 11}, "超过全体代表"),
        ({"present": 6}, "不足"),
        ({"present": 9}, "超过到会"),
        ({"issued": 9}, "重新投票"),
    ],
)
def test_numbers_that_cannot_be_void_the_vote_and_say_why(more: dict[str, int], word: str) -> None:
    done = decide(TEN, **{**GOOD, **more})
    assert (done.valid, done.passed, done.tied, done.needs_round) == (False, (), (), False)
    assert word in done.reason and decide(TEN, **GOOD).valid


@pytest.mark.parametrize(
    "tally",
    [
        Tally(10, 8, 3, {"A": {"for": 5}}),
        Tally(10, 0, 11, {"A": {"for": 0}}),
        Tally(10, 11, -1, {"A": {"for": 5}}),
        Tally(10, 10, 0, {"A": {"for": -1}}),
        Tally(10, 10, 0, {"A": {"for": 6, "against": 5}}),
        Tally(10, 10, 0, {"A": {"for": 6}, "B": {"for": 5}}),
        Tally(-1, 0, -1, {}),
    ],
)
def test_a_tally_that_does_not_come_out_passes_nothing(tally: Tally) -> None:
    done = decide(tally, **GOOD)
    assert not done.valid and done.reason and done.passed == ()


def test_all_ballots_void_is_a_vote_in_which_nothing_passes() -> None:
    done = decide([Ballot(frozenset("AB"))] * 10, candidates="AB", **GOOD)
    assert done.valid and done.passed == () and done.counts["A"] == {"for": 0, "against": 0, "abstain": 0}


def test_blank_ballots_count_as_valid_and_for_nothing() -> None:
    done = decide([Ballot()] * 10, candidates="AB", **GOOD)
    assert done.valid and done.passed == () and done.counts["B"]["abstain"] == 10


def test_a_mark_that_is_none_of_the_three_is_an_abstention() -> None:
    odd = Ballot(choices={"A": "maybe"})  # type: ignore[dict-item]  # as a stranger might send it
    done = decide(
        [odd, Ballot(choices={"A": "abstain"}), *[Ballot(choices={"A": "for"})] * 8],
        **{**GOOD, "mode": "per_item"},
    )
    assert done.valid and done.counts["A"] == {"for": 8, "against": 0, "abstain": 2}


def test_a_tally_speaks_of_the_candidates_only() -> None:
    done = decide(Tally(10, 10, 0, {"A": {"for": 4}, "X": {"for": 6}}), candidates="AB", **GOOD)
    assert done.passed == () and set(done.counts) == {"A", "B"}
    assert done.counts["B"] == {"for": 0, "against": 0, "abstain": 10}


def test_a_name_that_nobody_knows_spoils_no_ballot() -> None:
    done = decide([Ballot(frozenset({"A", "?"}))] * 10, candidates="AB", **GOOD)
    assert done.passed == ("A",)


@pytest.mark.parametrize("votes_for", [5, 6])
def test_equal_votes_at_the_cut_go_round_again_only_with_the_majority(votes_for: int) -> None:
    tally = Tally(10, 10, 0, {item: {"for": votes_for} for item in "ABC"})
    done = decide(tally, **{**GOOD, "places": 2})
    assert done.needs_round is (votes_for == 6)
    assert done.tied == (tuple("ABC") if votes_for == 6 else ()) and done.passed == ()


@pytest.mark.parametrize(("shortfall", "among"), [("accept_fewer", ()), ("second_round", ("B", "C"))])
def test_a_shortfall_without_any_majority(shortfall: str, among: tuple[str, ...]) -> None:
    tally = Tally(10, 10, 0, {"B": {"for": 5}, "C": {"for": 5}})
    done = decide(tally, **{**GOOD, "shortfall": shortfall})
    assert (done.passed, done.round_among, done.open_places) == ((), among, 1)


@given(st.integers(1, 9), st.sampled_from(["accept_fewer", "second_round"]))
def test_only_the_first_round_leads_to_a_second_ballot_on_the_rest(number: int, rule: Any) -> None:
    assert (shortfall_in(number, rule) == "second_round") is (number == 1 and rule == "second_round")


def test_nothing_is_left_for_a_second_round_where_all_have_passed() -> None:
    done = decide(Tally(10, 10, 0, {"A": {"for": 9}}), **{**GOOD, "places": 3, "shortfall": "second_round"})
    assert (done.passed, done.needs_round, done.open_places) == (("A",), False, 2)


@pytest.mark.parametrize(("present", "stands"), [(74, False), (75, True)])
def test_the_share_of_the_quorum_is_given(present: int, stands: bool) -> None:
    numbers = {**GOOD, "electorate": 100, "present": present, "issued": 10}
    assert decide(TEN, share=Fraction(3, 4), **numbers).valid is stands
    assert quorum_needs(100, Fraction(3, 4)) == 75 and said_share(Fraction(2, 3)) == "三分之二"


@given(st.integers(0, 400))
def test_two_thirds_are_never_rounded_down(electorate: int) -> None:
    need = quorum_needs(electorate)
    assert 3 * need >= 2 * electorate > 3 * (need - 1)


numbers = st.integers(-3, 12)


@given(
    st.dictionaries(
        st.sampled_from("ABCX"), st.dictionaries(st.sampled_from((*CHOICES, "?")), numbers), max_size=4
    ),
    st.fixed_dictionaries(dict.fromkeys(("places", "electorate", "present", "issued"), numbers)),
    st.tuples(numbers, numbers, numbers),
    st.sampled_from(["approval_max_n", "per_item"]),
    st.sampled_from(["accept_fewer", "second_round"]),
)
@settings(max_examples=300, deadline=None)
def test_whatever_is_sent_nothing_passes_without_quorum_and_majority(
    per_item: Any, sizes: dict[str, int], papers: tuple[int, int, int], mode: Any, shortfall: Any
) -> None:
    done = decide(Tally(*papers, per_item), mode=mode, shortfall=shortfall, candidates="AB", **sizes)
    if not done.valid:
        assert done.reason and not (done.passed or done.tied or done.needs_round)
        return
    assert (
        3 * sizes["present"] >= 2 * sizes["electorate"] > 0
        and papers[0] <= sizes["issued"] <= sizes["present"]
    )
    for item in (*done.passed, *done.tied):
        assert 2 * done.counts[item]["for"] > sizes["electorate"]
    assert len(done.passed) <= sizes["places"] and len(set(done.passed)) == len(done.passed)
    assert done.needs_round == bool(done.round_among)


@given(st.integers(1, 400), st.fractions(Fraction(1, 10), Fraction(9, 10), max_denominator=12))
def test_what_passes_has_more_than_the_share_and_one_vote_fewer_has_not(n: int, share: Fraction) -> None:
    least = votes_needed(n, share)
    assert least * share.denominator > n * share.numerator >= (least - 1) * share.denominator


def test_the_share_that_passes_is_an_argument() -> None:
    tally = Tally(30, 30, 0, {"A": {"for": 20}, "B": {"for": 21}})
    numbers = {"places": 2, "electorate": 30, "present": 30, "issued": 30}
    rule: dict[str, Any] = {"mode": "approval_max_n", "shortfall": "accept_fewer", **numbers}
    assert decide(tally, **rule).passed == ("B", "A")
    assert decide(tally, **rule, passing=Fraction(2, 3)).passed == ("B",)
    assert said_share(Fraction(1, 2)) == "半数"
