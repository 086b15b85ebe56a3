"""What the law counts in a village: each boundary, and properties of an election round."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.villages.rules import (
    Round,
    assembly_quorum,
    decision_passes,
    election_round,
    recall,
    representatives_quorum,
)


def held(votes: dict[str, int], **more: Any) -> Round:
    """Return a round of 100 registered, 80 of whom vote."""
    numbers = {"registered": 100, "issued": 80, "returned": 80, "valid": 80, "posts": 3, "round": 1}
    return election_round(votes=votes, **{**numbers, **more})


@pytest.mark.parametrize(("returned", "stands"), [(50, False), (51, True)])
def test_exactly_half_of_the_registered_is_no_election(returned: int, stands: bool) -> None:
    done = held({"甲": 40}, issued=60, returned=returned, valid=returned, posts=1)
    assert done.valid is stands
    assert ("选举无效" in done.reason) is not stands


@pytest.mark.parametrize(("got", "wins"), [(40, False), (41, True)])
def test_exactly_half_of_those_voting_is_not_elected(got: int, wins: bool) -> None:
    done = held({"甲": got}, posts=1)
    assert (done.elected == ("甲",)) is wins
    assert done.vacant == (0 if wins else 1)


def test_void_ballots_are_votes_cast() -> None:
    """Who casts a void ballot has voted: the majority is of those voting, not of valid ballots."""
    assert held({"甲": 40}, valid=70, posts=1).elected == ()
    assert held({"甲": 41}, valid=70, posts=1).elected == ("甲",)


@pytest.mark.parametrize(("got", "wins"), [(26, False), (27, True)])
def test_another_round_needs_a_third_of_the_ballots_and_no_turnout(got: int, wins: bool) -> None:
    done = held({"甲": got, "乙": 20}, posts=1, round=2)
    assert (done.elected == ("甲",)) is wins
    few = held({"甲": 20}, posts=1, round=2, issued=30, returned=30, valid=30)
    assert few.elected == ("甲",)


def test_more_returned_than_issued_is_void() -> None:
    done = held({"甲": 60}, issued=79)
    assert (done.valid, done.elected, done.vacant) == (False, (), 3)
    assert "重新投票" in done.reason


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"issued": 101, "returned": 80}, "超过登记选民"),
        ({"valid": 81}, "多于收回"),
        ({"votes": {"甲": 81}}, "得票超过"),
        ({"votes": {"甲": 80, "乙": 80}, "posts": 1}, "得票超过"),
        ({"votes": {"甲": -1}}, "负数"),
        ({"posts": 0}, "至少一名"),
    ],
)
def test_numbers_that_cannot_be_are_refused(more: dict[str, Any], word: str) -> None:
    done = held(**{"votes": {"甲": 60}, **more})
    assert not done.valid
    assert word in done.reason


def test_a_tie_at_the_last_post_fills_it_with_nobody() -> None:
    done = held({"甲": 70, "乙": 60, "丙": 50, "丁": 50})
    assert (done.elected, done.tied, done.vacant) == (("甲", "乙"), ("丁", "丙"), 1)
    assert done.next_candidates == ("丁", "丙")


def test_the_unelected_with_most_votes_stand_again_one_more_than_posts() -> None:
    done = held({"甲": 70, "乙": 40, "丙": 30, "丁": 20, "戊": 10})
    assert (done.elected, done.vacant, done.next_candidates) == (("甲",), 2, ("乙", "丙", "丁"))


@pytest.mark.parametrize(
    ("present", "homes", "ok"), [(50, 39, False), (51, 0, True), (0, 40, True), (50, 40, True)]
)
def test_an_assembly_by_heads_or_by_households(present: int, homes: int, ok: bool) -> None:
    done = assembly_quorum(adults=100, present=present, households=60, households_present=homes)
    assert done.ok is ok
    assert (done.have >= done.need) is ok


def test_nobody_is_no_assembly() -> None:
    assert not assembly_quorum(adults=0, present=0, households=0, households_present=0).ok
    assert not representatives_quorum(members=0, present=0).ok
    assert not decision_passes(present=0, in_favour=0).ok


@pytest.mark.parametrize(("present", "ok"), [(19, False), (20, True)])
def test_representatives_need_two_thirds(present: int, ok: bool) -> None:
    assert representatives_quorum(members=30, present=present).ok is ok


@pytest.mark.parametrize(("in_favour", "ok"), [(15, False), (16, True)])
def test_a_decision_needs_more_than_half_of_those_present(in_favour: int, ok: bool) -> None:
    done = decision_passes(present=30, in_favour=in_favour)
    assert (done.ok, done.need) == (ok, 16)


RECALL = {
    "registered": 100,
    "voting": 51,
    "in_favour": 26,
    "petitioners": 20,
    "representatives": 30,
    "representatives_asking": 0,
}


@pytest.mark.parametrize(
    ("change", "ok", "need"),
    [
        ({}, True, 26),
        ({"petitioners": 19}, False, 20),
        ({"petitioners": 19, "representatives_asking": 10}, True, 26),
        ({"petitioners": 19, "representatives_asking": 9}, False, 20),
        ({"voting": 50}, False, 51),
        ({"in_favour": 25}, False, 26),
    ],
)
def test_a_recall_passes_all_three_thresholds(change: dict[str, int], ok: bool, need: int) -> None:
    done = recall(**{**RECALL, **change})
    assert (done.ok, done.need) == (ok, need)


@given(
    st.dictionaries(st.sampled_from("甲乙丙丁戊己"), st.integers(0, 40), max_size=6),
    st.integers(1, 5),
    st.integers(1, 2),
)
@settings(max_examples=150, deadline=None)
def test_a_round_fills_no_more_than_the_posts_and_forgets_nobody(
    votes: dict[str, int], posts: int, number: int
) -> None:
    done = held(votes, posts=posts, round=number)
    if not done.valid:
        assert sum(votes.values()) > posts * 80
        return
    need = 41 if number == 1 else 27
    assert len(done.elected) + done.vacant == posts
    assert all(votes[name] >= need for name in (*done.elected, *done.tied))
    for name, got in votes.items():
        better = sum(other > got for other in votes.values())
        level = sum(other == got for other in votes.values())
        assert (name in done.elected) is (got >= need and better + level <= posts)
        assert (name in done.tied) is (got >= need and better < posts < better + level)
    assert not set(done.elected) & set(done.next_candidates)


ROUND: dict[str, Any] = {
    "registered": 100, "issued": 90, "returned": 90, "valid": 90, "votes": {"甲": 50, "乙": 30}, "posts": 1, "round": 1,
}  # fmt: skip


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"round": 0}, "轮次"),
        ({"round": -1}, "轮次"),
        ({"registered": 0, "issued": 0, "returned": 0, "valid": 0, "votes": {}}, "至少一名"),
        ({"registered": 0, "issued": 0, "returned": 0, "valid": 0, "votes": {}, "round": 2}, "至少一名"),
        ({"posts": 0}, "应选名额"),
        ({"votes": {"甲": -1}}, "负数"),
        ({"votes": {"甲": 91}}, "得票超过"),
        ({"votes": {"甲": 50, "乙": 41}}, "得票超过"),
        ({"valid": 91}, "多于收回"),
        ({"issued": 101, "returned": 101}, "超过登记"),
    ],
)
def test_a_round_of_numbers_that_cannot_be_elects_nobody(more: dict[str, Any], word: str) -> None:
    done = election_round(**{**ROUND, **more})
    assert (done.valid, done.elected, done.next_candidates) == (False, (), ())
    assert word in done.reason and election_round(**ROUND).elected == ("甲",)


def test_no_name_decides_who_stands_again() -> None:
    votes = {"甲": 40, "乙": 10, "丙": 10, "丁": 9}
    done = election_round(**{**ROUND, "votes": votes})
    assert (done.elected, done.vacant, set(done.next_candidates)) == ((), 1, {"甲", "乙", "丙"})


def test_a_round_without_candidates_leaves_every_post_open() -> None:
    done = election_round(**{**ROUND, "votes": {}, "posts": 3})
    assert (done.valid, done.elected, done.vacant, done.next_candidates) == (True, (), 3, ())


@pytest.mark.parametrize(("share", "wins"), [(Fraction(1, 4), True), (Fraction(1, 3), False)])
def test_the_share_of_a_later_round_is_an_argument(share: Fraction, wins: bool) -> None:
    done = held({"甲": 20}, posts=1, round=2, rerun_share=share)
    assert (done.elected == ("甲",)) is wins
