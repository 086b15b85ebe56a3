"""The proposal of groups: sizes, everybody once, levels mixed as far as they can be, always the same."""

from __future__ import annotations

import random
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.activities.rules import Person, group_count, groups_by_residence, is_mixed, matched

LEVELS = st.sampled_from(
    [frozenset({"town"})] * 4 + [frozenset({"city"}), frozenset({"city", "town"}), frozenset({"prefecture"})]
)


@st.composite
def towns(draw: st.DrawFn) -> list[Person]:
    """A town's deputies: where they live and at which levels they sit."""
    levels = draw(st.lists(LEVELS, min_size=5, max_size=70))
    homes = [draw(st.integers(200, 216)) for _ in levels]
    return [
        Person(f"610981113{home}", f"d{place:03d}", level)
        for place, (home, level) in enumerate(zip(homes, levels, strict=True))
    ]


def propose(people: list[Person]) -> list[list[Person]]:
    return groups_by_residence(people, smallest=5, largest=10)


@settings(max_examples=80)
@given(towns())
def test_everybody_is_in_exactly_one_group_of_five_to_ten(people: list[Person]) -> None:
    groups = propose(people)
    assert Counter(one for group in groups for one in group) == Counter(people)
    assert all(5 <= len(group) <= 10 for group in groups)


@settings(max_examples=80)
@given(towns())
def test_as_many_groups_are_mixed_as_can_be(people: list[Person]) -> None:
    groups = propose(people)
    alone = Counter(next(iter(one.levels)) for one in people if len(one.levels) == 1)
    majority = max(alone.values(), default=0)
    mixed = sum(is_mixed(group) for group in groups)
    assert mixed == min(len(groups), len(people) - majority)


@settings(max_examples=40)
@given(towns(), st.randoms(use_true_random=False))
def test_the_proposal_does_not_hang_on_the_order(people: list[Person], chance: random.Random) -> None:
    other = people[:]
    chance.shuffle(other)
    assert propose(people) == propose(other)


def test_neighbours_stay_together_where_levels_allow() -> None:
    people = [
        Person(f"610981113{200 + 10 * village}", f"{village}{n}", frozenset({"town", "city"}))
        for village in range(3)
        for n in range(7)
    ]
    assert [{one.home for one in group} for group in propose(people)] == [
        {"610981113200"},
        {"610981113210"},
        {"610981113220"},
    ]


def test_one_level_alone_cannot_be_mixed_and_ends() -> None:
    people = [Person("610981113200", f"{n:02d}", frozenset({"town"})) for n in range(20)]
    assert not any(is_mixed(group) for group in propose(people))


@given(st.integers(5, 400))
def test_there_is_a_number_of_groups_for_every_town(people: int) -> None:
    count = group_count(people, smallest=5, largest=10)
    assert 5 * count <= people <= 10 * count


def test_groups_keep_the_name_of_the_one_with_most_of_their_people() -> None:
    present = [("one", {"a", "b", "c"}), ("two", {"d", "e", "f"})]
    assert matched([["d", "e", "a"], ["b", "c", "f"], ["x"]], present) == ["two", "one", None]
