"""What a vote asks and what the sum means, for any paper and any number of them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.ballots.electronic.questions import (
    Ask,
    Sum,
    answers_of,
    said_against,
    said_of_sum,
    sum_of,
    template,
)
from lianxin.ballots.rules import CHOICES, Ballot, count

KEYS = ("a", "b", "c", "d")


def ask(mode: str, places: int = 2) -> Ask:
    return Ask("票决", "第六次会议", mode, places, KEYS, ("甲", "乙", "丙", "丁"))


def added(papers: list[Ballot], form: Ask) -> list[list[int]]:
    """Return the sum as a homomorphic tally makes it: answer by answer."""
    zero = [[0] * len(row) for row in answers_of(Ballot(), form)]
    for paper in papers:
        zero = [
            [x + y for x, y in zip(one, two, strict=True)]
            for one, two in zip(zero, answers_of(paper, form), strict=True)
        ]
    return zero


ticks = st.builds(lambda said: Ballot(frozenset(said)), st.sets(st.sampled_from(KEYS), max_size=2))
choices = st.builds(
    lambda said: Ballot(choices=said), st.dictionaries(st.sampled_from(KEYS), st.sampled_from(CHOICES))
)


@settings(deadline=None)
@given(st.lists(ticks, max_size=30))
def test_the_sum_of_ticks_is_what_tellers_count(papers: list[Ballot]) -> None:
    found = sum_of(added(papers, ask("approval_max_n")), ask("approval_max_n"), len(papers))
    counted = count(papers, 2, "approval_max_n", KEYS)
    assert {key: row["for"] for key, row in found.counts.items()} == {
        key: row.get("for", 0) for key, row in counted.per_item.items()
    }
    assert found.blank == sum(not paper.ticks for paper in papers)
    assert said_of_sum(found, ask("approval_max_n")) is None


@settings(deadline=None)
@given(st.lists(choices, max_size=30))
def test_the_sum_of_three_answers_is_what_tellers_count(papers: list[Ballot]) -> None:
    found = sum_of(added(papers, ask("per_item", 4)), ask("per_item", 4), len(papers))
    counted = count(papers, 4, "per_item", KEYS)
    assert found.counts == {
        key: {one: row.get(one, 0) for one in CHOICES} for key, row in counted.per_item.items()
    }
    assert found.blank is None
    assert said_of_sum(found, ask("per_item", 4)) is None


@settings(deadline=None)
@given(ticks)
def test_a_paper_gives_each_question_an_answer(paper: Ballot) -> None:
    (row,) = answers_of(paper, ask("approval_max_n"))
    assert row[0] == (not paper.ticks) and (row[0] == 0 or not any(row[1:]))
    assert all(sum(one) == 1 for one in answers_of(paper, ask("per_item")))


def test_the_limits_stand_in_the_election_itself() -> None:
    (asked,) = template(ask("approval_max_n"))["questions"]
    assert (asked["blank"], asked["min"], asked["max"], len(asked["answers"])) == (True, 1, 2, 4)
    each = template(ask("per_item"))["questions"]
    assert [(one["min"], one["max"], one["answers"]) for one in each] == [
        (1, 1, ["赞成", "反对", "弃权"])
    ] * 4


def test_what_cannot_be_a_sum_is_named() -> None:
    over = {key: {"for": 3, "against": 0, "abstain": 0} for key in KEYS}
    assert said_of_sum(Sum(3, None, over), ask("per_item")) == "赞成票合计超过每票最多 2 项的上限。"
    more = {"a": {"for": 4, "against": 0, "abstain": 0}}
    assert said_of_sum(Sum(3, 0, more), ask("approval_max_n")) == "有一项的票数多于总票数。"
    less = {key: {"for": 1, "against": 0, "abstain": 0} for key in KEYS}
    assert said_of_sum(Sum(3, None, less), ask("per_item")) == "有一项的赞成、反对、弃权相加不等于总票数。"


def test_other_votes_stay_on_paper() -> None:
    assert said_against("approval_max_n", 13) is None and said_against("per_item", 2) is None
    assert "只用纸票" in str(said_against("grades", 4))
    assert "最多列 40 项" in str(said_against("approval_max_n", 41))
