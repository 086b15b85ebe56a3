"""The assignment is optimal, beats a clerk with a list, and never pairs whom it must not."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.contacts.assignment import BALANCED, NEAR, STABLE, STAYING, Problem, figures, greedy, solve

MODES = (NEAR, BALANCED, STABLE)


@st.composite
def problems(draw: st.DrawFn, most: int = 5, blocks: bool = True) -> Problem:
    """Return small problems of all shapes: too many households, too many places, everything blocked."""
    rows, columns = draw(st.integers(1, most)), draw(st.integers(1, 3))
    cells = rows * columns
    minutes = draw(st.lists(st.integers(5, 95), min_size=cells, max_size=cells))
    blocked = draw(st.lists(st.booleans(), min_size=cells, max_size=cells)) if blocks else [False] * cells
    same = draw(st.lists(st.booleans(), min_size=cells, max_size=cells))
    return Problem(
        np.array(minutes, dtype=np.float64).reshape(rows, columns),
        np.array(blocked).reshape(rows, columns),
        np.array(same).reshape(rows, columns),
        np.array(draw(st.lists(st.integers(-1, columns - 1), min_size=rows, max_size=rows))),
        draw(st.lists(st.integers(0, 3), min_size=columns, max_size=columns)),
    )


def every_choice(problem: Problem) -> list[tuple[int, ...]]:
    """Return all allowed assignments with the most households: an independent solver by counting out."""
    columns = range(-1, problem.minutes.shape[1])
    allowed = [
        choice
        for choice in product(columns, repeat=len(problem.before))
        if all(choice.count(column) <= held for column, held in enumerate(problem.quota))
        and not any(column >= 0 and problem.blocked[row, column] for row, column in enumerate(choice))
    ]
    most = max(sum(column >= 0 for column in choice) for choice in allowed)
    return [choice for choice in allowed if sum(column >= 0 for column in choice) == most]


def cost(problem: Problem, choice: list[int] | tuple[int, ...], staying: int = 0) -> float:
    return sum(
        float(problem.counted[row, column]) + staying * (problem.before[row] not in {-1, column})
        for row, column in enumerate(choice)
        if column >= 0
    )


def longest(problem: Problem, choice: list[int] | tuple[int, ...]) -> float:
    return max(
        (float(problem.minutes[row, column]) for row, column in enumerate(choice) if column >= 0), default=0.0
    )


@settings(max_examples=60, deadline=None)
@given(problems())
def test_near_is_optimal_against_counting_out(problem: Problem) -> None:
    choices, chosen = every_choice(problem), solve(problem, NEAR)
    assert tuple(chosen) in choices
    assert cost(problem, chosen) == min(cost(problem, choice) for choice in choices)


@settings(max_examples=60, deadline=None)
@given(problems())
def test_balanced_has_the_least_longest_way(problem: Problem) -> None:
    choices, chosen = every_choice(problem), solve(problem, BALANCED)
    assert tuple(chosen) in choices
    assert longest(problem, chosen) == min(longest(problem, choice) for choice in choices)


@settings(max_examples=60, deadline=None)
@given(problems())
def test_stable_is_optimal_with_what_staying_is_worth(problem: Problem) -> None:
    choices, chosen = every_choice(problem), solve(problem, STABLE)
    assert cost(problem, chosen, STAYING) == min(cost(problem, choice, STAYING) for choice in choices)


@settings(max_examples=80, deadline=None)
@given(problems(most=12))
def test_nobody_blocked_and_no_quota_passed(problem: Problem) -> None:
    for mode in MODES:
        chosen = solve(problem, mode)
        assert not any(column >= 0 and problem.blocked[row, column] for row, column in enumerate(chosen))
        assert all(chosen.count(column) <= held for column, held in enumerate(problem.quota))


@settings(max_examples=80, deadline=None)
@given(problems(most=14, blocks=False))
def test_it_beats_the_clerk_on_the_mean_and_on_the_longest(problem: Problem) -> None:
    clerk = greedy(problem)
    assert cost(problem, solve(problem, NEAR)) <= cost(problem, clerk)
    found = sum(problem.quota) >= len(problem.before)  # else the two leave different households out
    assert not found or longest(problem, solve(problem, BALANCED)) <= longest(problem, clerk)


def test_the_clerk_sends_the_last_household_far_away() -> None:
    minutes = np.array([[10.0, 12.0], [11.0, 60.0]])
    nothing, same = np.zeros((2, 2), dtype=bool), np.ones((2, 2), dtype=bool)
    problem = Problem(minutes, nothing, same, np.array([-1, -1]), [1, 1])
    assert greedy(problem) == [0, 1]
    for mode in MODES:
        assert solve(problem, mode) == [1, 0]
    assert figures(problem, [1, 0]).mean < figures(problem, [0, 1]).mean
    assert figures(problem, [1, 0]).longest < figures(problem, [0, 1]).longest


def test_the_same_constituency_comes_first_unless_much_farther() -> None:
    same = np.array([[False, True]])
    nothing, before = np.zeros((1, 2), dtype=bool), np.array([-1])
    near = Problem(np.array([[10.0, 20.0]]), nothing, same, before, [1, 1])
    far = Problem(np.array([[10.0, 60.0]]), nothing, same, before, [1, 1])
    assert solve(near, NEAR) == [1]
    assert solve(far, NEAR) == [0]


def test_stable_keeps_and_near_moves() -> None:
    nothing, same = np.zeros((1, 2), dtype=bool), np.ones((1, 2), dtype=bool)
    problem = Problem(np.array([[10.0, 30.0]]), nothing, same, np.array([1]), [1, 1])
    assert solve(problem, NEAR) == [0]
    assert solve(problem, STABLE) == [1]
    assert figures(problem, [0]).changed == 1


def test_nobody_and_no_places() -> None:
    empty = np.zeros((2, 0))
    problem = Problem(empty, empty.astype(bool), empty.astype(bool), np.array([-1, -1]), [])
    assert solve(problem, NEAR) == [-1, -1]
    assert figures(problem, [-1, -1]).unassigned == 2
