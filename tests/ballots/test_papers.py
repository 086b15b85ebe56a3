"""Reading papers as they are keyed in, comparing two counts, the votes that follow: boundaries and properties."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.ballots.further import decide_tied, grade, verdict
from lianxin.ballots.papers import (
    SIGNS,
    UNMARKED,
    Counted,
    Misread,
    Scheme,
    added,
    batch_sizes,
    count_lines,
    differences,
    said_against,
)
from lianxin.ballots.rules import Ballot, Tally, count
from lianxin.ballots.workflow import BALLOT, OVER, PLACE_ON_WAY, PLAIN, State

KEYS = tuple("abcde")
TICKS = Scheme("approval_max_n", KEYS, 2)
ITEMS = Scheme("per_item", KEYS, 2)
GRADED = Scheme("grades", KEYS[:2], 2, ("good", "fair", "bad"))
papers = st.lists(st.sets(st.integers(0, 4), max_size=4), max_size=30)


@settings(deadline=None)
@given(papers)
def test_keyed_papers_are_counted_as_the_rule_counts_ballots(found: list[set[int]]) -> None:
    lines = ["".join(SIGNS[place] for place in one) or "0" for one in found]
    counted = count_lines("\n".join(lines), TICKS)
    reference = count([Ballot(frozenset(KEYS[n] for n in one)) for one in found], 2, "approval_max_n", KEYS)
    assert (counted.valid, counted.void) == (reference.valid, reference.void)
    assert counted.votes == {key: {"for": reference.per_item[key].get("for", 0)} for key in KEYS}
    assert counted.blank == sum(not one for one in found)
    assert said_against(counted, TICKS, len(found)) == {}


@settings(deadline=None)
@given(st.lists(st.text("0123", min_size=5, max_size=5), max_size=20))
def test_papers_item_by_item_add_up(lines: list[str]) -> None:
    counted = count_lines("\n".join(lines), ITEMS)
    assert counted.void == sum(line.count("1") > 2 for line in lines)
    assert all(sum(said.values()) == counted.valid for said in counted.votes.values())
    assert said_against(counted, ITEMS, len(lines)) == {}


@settings(deadline=None)
@given(st.lists(st.text("0123", min_size=2, max_size=2), max_size=20))
def test_graded_papers_are_never_void_for_what_they_say(lines: list[str]) -> None:
    counted = count_lines("\n".join(lines), GRADED)
    assert counted.void == 0
    assert all(sum(said.values()) == counted.valid for said in counted.votes.values())


@pytest.mark.parametrize(
    ("line", "scheme", "word"),
    [
        ("6", TICKS, "没有「6」"),
        ("1x", TICKS, "没有「x」"),
        ("12", ITEMS, "5 个数"),
        ("41", GRADED, "没有「4」"),
    ],
)
def test_a_key_that_means_nothing_is_refused_with_its_paper(line: str, scheme: Scheme, word: str) -> None:
    with pytest.raises(Misread, match=word):
        count_lines(line, scheme)


def test_void_blank_and_empty_lines() -> None:
    counted = count_lines("x\n\n0\nX\n 12 \n", TICKS)
    assert (counted.valid, counted.void, counted.blank) == (2, 2, 1)


@pytest.mark.parametrize(
    ("counted", "scheme", "size", "field"),
    [
        (Counted(9, 0, 0, {}), TICKS, 10, "valid"),
        (Counted(5, 0, 6, {}), TICKS, 5, "blank"),
        (Counted(5, 0, 0, {"b": {"for": 6}}), TICKS, 5, "b"),
        (Counted(5, 0, 0, dict.fromkeys("abc", {"for": 4})), TICKS, 5, "a"),
        (Counted(5, 0, 0, {"a": {"for": 1, "against": 1, "abstain": 1}}), ITEMS, 5, "a"),
        (Counted(5, 0, 0, {"a": {"for": -1, "against": 5, "abstain": 1}}), ITEMS, 5, "a"),
    ],
)
def test_each_check_of_the_form_has_its_field(
    counted: Counted, scheme: Scheme, size: int, field: str
) -> None:
    assert field in said_against(counted, scheme, size)


@settings(deadline=None)
@given(papers, st.data())
def test_two_counts_differ_exactly_where_a_paper_was_read_otherwise(
    found: list[set[int]], data: st.DataObject
) -> None:
    lines = ["".join(SIGNS[n] for n in sorted(one)[:2]) or "0" for one in found] + ["1"]
    first = count_lines("\n".join(lines), TICKS)
    assert differences(1, first, first) == ()
    extra = data.draw(st.sampled_from("2345"))
    second = count_lines("\n".join([*lines[:-1], f"1{extra}"]), TICKS)
    apart = differences(3, first, second)
    assert [(one.batch, one.key, one.choice, one.apart) for one in apart] == [
        (3, KEYS[int(extra) - 1], "for", 1)
    ]
    assert apart == differences(3, second, first)


@settings(deadline=None)
@given(papers, st.integers(1, 29))
def test_bundles_add_up_to_the_whole(found: list[set[int]], cut: int) -> None:
    lines = ["".join(SIGNS[n] for n in one) or "0" for one in found]
    whole = count_lines("\n".join(lines), TICKS)
    parts = [count_lines("\n".join(part), TICKS) for part in (lines[:cut], lines[cut:])]
    assert added(parts, KEYS) == whole


@settings(deadline=None)
@given(st.integers(0, 2000), st.integers(1, 200))
def test_bundles_hold_every_paper_once(papers_there: int, size: int) -> None:
    sizes = batch_sizes(papers_there, size)
    assert sum(sizes) == papers_there and all(0 < one <= size for one in sizes)


def test_a_bundle_holds_at_least_one_paper() -> None:
    with pytest.raises(ValueError, match="at least one"):
        batch_sizes(3, 0)


def tied(per_item: dict[str, int], places: int, valid: int = 20) -> object:
    votes = {item: {"for": n} for item, n in per_item.items()}
    return decide_tied(
        Tally(valid, valid, 0, votes), places=places, electorate=30, present=valid, issued=valid,
        mode="approval_max_n",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("per_item", "places", "passed", "again"),
    [
        ({"a": 9, "b": 8}, 1, ("a",), ()),
        ({"a": 8, "b": 8}, 1, (), ("a", "b")),
        ({"a": 9, "b": 5, "c": 5}, 2, ("a",), ("b", "c")),
        ({"a": 9, "b": 0}, 2, ("a",), ()),
    ],
)
def test_among_the_tied_most_votes_win_and_a_tie_goes_round_again(
    per_item: dict[str, int], places: int, passed: tuple[str, ...], again: tuple[str, ...]
) -> None:
    done = tied(per_item, places)
    assert (done.passed, done.round_among) == (passed, again)  # type: ignore[attr-defined]


def test_a_vote_among_the_tied_needs_the_quorum_too() -> None:
    votes = Tally(10, 10, 0, {"a": {"for": 9}})
    done = decide_tied(votes, places=1, electorate=30, present=10, issued=10, mode="approval_max_n")
    assert not done.valid


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 20), min_size=1), st.integers(1, 5))
def test_a_further_round_fills_no_more_than_the_places(per_item: dict[str, int], places: int) -> None:
    done = tied({item: min(n, 20) for item, n in per_item.items()}, places)
    if done.valid:  # type: ignore[attr-defined]
        assert len(done.passed) + done.open_places == places or not done.needs_round  # type: ignore[attr-defined]
        assert len(done.passed) <= places  # type: ignore[attr-defined]


@pytest.mark.parametrize(("half", "word"), [(True, "good"), (False, "fair")])
def test_exactly_half_is_a_setting(half: bool, word: str) -> None:
    votes = {"good": 10, "fair": 5, "bad": 5}
    assert verdict(votes, ("good", "fair", "bad"), 20, half_is_enough=half) == word


def test_grades_that_do_not_add_up_are_refused() -> None:
    numbers = {"grades": ("good", "bad", "unknown"), "electorate": 20, "present": 20, "issued": 20}
    good = grade(
        Tally(20, 20, 0, {"a": {"good": 4, "bad": 15, "unknown": 1, UNMARKED: 0}}),
        half_is_enough=True, **numbers,  # type: ignore[arg-type]
    )  # fmt: skip
    assert good.valid and good.verdicts == {"a": "bad"}
    bad = grade(
        Tally(20, 20, 0, {"a": {"good": 4, "bad": 15}}),
        half_is_enough=True,
        **numbers,  # type: ignore[arg-type]
    )
    assert not bad.valid and "相加" in bad.reason
    over = grade(Tally(21, 21, 0, {}), half_is_enough=True, **numbers)  # type: ignore[arg-type]
    assert not over.valid and "多于发出" in over.reason


def test_every_state_has_words_and_a_place_on_the_way() -> None:
    assert set(PLAIN) == set(State) == set(PLACE_ON_WAY)


def test_what_is_over_moves_no_more() -> None:
    for state in OVER:
        assert all(one.target == "" for one in BALLOT.open_from(state))


@settings(deadline=None)
@given(st.sampled_from(sorted(set(State) - set(OVER))))
def test_nothing_is_announced_but_what_was_matched_and_decided(state: State) -> None:
    reach = {one.target or state for one in BALLOT.open_from(state)}
    assert (State.ANNOUNCED in reach) is (state == State.DECIDED)
    assert (State.DECIDED in reach) is (state in {State.MATCHED, State.DECIDED})
