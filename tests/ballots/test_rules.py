"""The count of a vote: every boundary, and properties against an independent count by brute force."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.ballots.rules import Ballot, Mode, Outcome, Tally, decide

ITEMS = tuple("ABCDEF")
RULE: dict[str, Any] = {"mode": "approval_max_n", "shortfall": "accept_fewer"}


def votes(*ticks: str) -> list[Ballot]:
    """Return one ballot for each word of letters."""
    return [Ballot(frozenset(word)) for word in ticks]


def counted(per_item: dict[str, int], *, valid: int, **more: Any) -> Outcome:
    """Decide a tally of votes for each item; everybody is there and all ballots come back."""
    tally = Tally(valid, valid, 0, {item: {"for": votes_for} for item, votes_for in per_item.items()})
    given_ = {"electorate": valid, "present": valid, "issued": valid, "places": 2, **RULE, **more}
    return decide(tally, **given_)


@pytest.mark.parametrize(("present", "stands"), [(66, True), (65, False)])
def test_quorum_is_two_thirds_of_all(present: int, stands: bool) -> None:
    done = decide([], places=1, electorate=99, present=present, issued=0, **RULE)
    assert done.valid is stands
    assert ("三分之二" in done.reason) is not stands


@pytest.mark.parametrize(("votes_for", "passes"), [(50, False), (51, True)])
def test_exactly_half_of_all_does_not_pass(votes_for: int, passes: bool) -> None:
    done = counted({"A": votes_for}, valid=80, electorate=100, present=90, issued=85)
    assert done.valid
    assert (done.passed == ("A",)) is passes


def test_the_majority_is_of_all_deputies_not_of_those_present() -> None:
    done = counted({"A": 40}, valid=67, electorate=100, present=67, issued=67)
    assert done.valid
    assert done.passed == ()


def test_more_returned_than_issued_is_void_and_equal_is_not() -> None:
    assert counted({"A": 9}, valid=10, issued=10).valid
    void = counted({"A": 9}, valid=10, issued=9)
    assert not void.valid
    assert "重新投票" in void.reason
    assert void.passed == ()


def test_a_ballot_with_too_many_ticks_is_void_and_with_fewer_counts() -> None:
    done = decide(votes("ABC", "AB", "A", ""), places=2, electorate=4, present=4, issued=4, **RULE)
    assert done.counts["A"] == {"for": 2, "against": 0, "abstain": 1}
    assert done.counts["C"]["for"] == 0


def test_a_tie_at_the_cut_goes_to_a_round_among_the_tied() -> None:
    done = counted({"A": 9, "B": 8, "C": 8, "D": 3}, valid=14, places=2)
    assert (done.passed, done.tied, done.needs_round) == (("A",), ("B", "C"), True)
    assert (done.round_among, done.open_places) == (("B", "C"), 1)


def test_a_tie_above_the_cut_needs_no_round() -> None:
    done = counted({"A": 9, "B": 9, "C": 2}, valid=10)
    assert (done.passed, done.tied, done.needs_round) == (("A", "B"), (), False)


@pytest.mark.parametrize(("rule", "again"), [("accept_fewer", False), ("second_round", True)])
def test_a_shortfall_is_settled_by_the_method_of_voting(rule: str, again: bool) -> None:
    done = counted({"A": 9, "B": 4, "C": 3}, valid=10, shortfall=rule)
    assert (done.passed, done.open_places, done.needs_round) == (("A",), 1, again)
    assert done.round_among == (("B", "C") if again else ())


@pytest.mark.parametrize(
    ("tally", "word"),
    [
        (Tally(10, 9, 0, {"A": {"for": 5}}), "不等于收回"),
        (Tally(10, 10, 0, {"A": {"for": 11}}), "不等于有效票"),
        (Tally(10, 10, 0, {"A": {"for": 4, "against": 4, "abstain": 1}}), "不等于有效票"),
        (Tally(10, 10, 0, {item: {"for": 8} for item in "ABC"}), "最多 2 项"),
        (Tally(10, 12, -2, {}), "负数"),
    ],
)
def test_sums_that_do_not_come_out_cannot_decide(tally: Tally, word: str) -> None:
    done = decide(tally, places=2, electorate=10, present=10, issued=10, **RULE)
    assert not done.valid
    assert word in done.reason


def test_marks_on_what_is_no_candidate_are_not_read() -> None:
    done = decide(votes("AX", "A"), places=1, electorate=2, present=2, issued=2, candidates="AB", **RULE)
    assert done.passed == ("A",)
    assert set(done.counts) == {"A", "B"}


def test_per_item_limits_the_votes_for_only() -> None:
    ballots = [Ballot(choices={"A": "for", "B": "against"}), Ballot(choices={"A": "for", "B": "for"})]
    done = decide(
        ballots, places=1, electorate=2, present=2, issued=2, mode="per_item", shortfall="accept_fewer"
    )
    assert done.counts == {
        "A": {"for": 1, "against": 0, "abstain": 0},
        "B": {"for": 0, "against": 1, "abstain": 0},
    }


ballot_papers = st.lists(st.frozensets(st.sampled_from(ITEMS), max_size=5), max_size=40)


@given(ballot_papers, st.integers(1, 5), st.integers(0, 60), st.sampled_from(["approval_max_n", "per_item"]))
@settings(max_examples=150, deadline=None)
def test_the_decision_agrees_with_a_count_by_brute_force(
    papers: list[frozenset[str]], places: int, absent: int, mode: Mode
) -> None:
    electorate = len(papers) + absent
    done = run(papers, places, electorate, mode)
    if 3 * len(papers) < 2 * electorate:
        assert not done.valid
        return
    reference = {
        item: sum(item in paper for paper in papers if len(paper) <= places) for item in set().union(*papers)
    }
    assert {item: said["for"] for item, said in done.counts.items()} == reference
    assert len(done.passed) + (len(done.tied) > 0) <= places
    for item, got in reference.items():
        above = sum(other > got for other in reference.values())
        level = sum(other == got for other in reference.values())
        sure = 2 * got > electorate and above + level <= places
        at_cut = 2 * got > electorate and above < places < above + level
        assert (item in done.passed) is sure
        assert (item in done.tied) is at_cut
    assert done.needs_round is bool(done.tied)


@given(ballot_papers, st.integers(1, 5), st.randoms())
@settings(max_examples=60, deadline=None)
def test_the_order_of_ballots_changes_nothing(
    papers: list[frozenset[str]], places: int, chance: random.Random
) -> None:
    mixed = papers[:]
    chance.shuffle(mixed)
    assert run(papers, places, len(papers)) == run(mixed, places, len(papers))


def run(papers: list[frozenset[str]], places: int, electorate: int, mode: Mode = "approval_max_n") -> Outcome:
    """Decide ballots that tick what a paper names."""
    ballots = [
        Ballot(ticks=paper) if mode == "approval_max_n" else Ballot(choices=dict.fromkeys(paper, "for"))
        for paper in papers
    ]
    return decide(
        ballots,
        places=places,
        electorate=electorate,
        present=len(papers),
        issued=len(papers),
        mode=mode,
        shortfall="accept_fewer",
    )
