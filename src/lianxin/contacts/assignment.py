"""Who contacts which household: an assignment of least cost, with places held by quota.

A minimum-cost flow with unit households is an assignment in which each contact person stands as
often as his quota; SciPy solves that exactly (docs/adr/0013-assignment.md). A blocked pair is never
chosen, not even to find somebody for everybody. SciPy is loaded when a plan is computed: every server
and worker would else carry it from its start, nearly half of what they load.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

NEAR, BALANCED, STABLE = "near", "balanced", "stable"
AWAY = 15
"""Minutes that the same constituency is worth: it comes first unless it is much farther."""
STAYING = 45
"""Minutes that keeping one's contact person is worth in 「少变动」."""
LOAD = 2
"""Minutes that a lighter load is worth in 「均衡」."""

Minutes = NDArray[np.float64]
Truth = NDArray[np.bool_]


@dataclass(frozen=True)
class Problem:
    """Households in rows, contact persons in columns; `before` names a household's column so far, or -1."""

    minutes: Minutes
    blocked: Truth
    same_area: Truth
    before: NDArray[np.int64]
    quota: list[int]
    measured: Truth | None = None

    @property
    def counted(self) -> Minutes:
        """Return the minutes with what the same constituency is worth."""
        return self.minutes + AWAY * ~self.same_area


def solve(problem: Problem, mode: str) -> list[int]:
    """Return for each household its contact person's column, or -1; as many as possible, then the best."""
    if not problem.minutes.size or not sum(problem.quota):
        return [-1] * len(problem.before)
    open_pairs = ~problem.blocked
    cost = problem.counted
    if mode == STABLE:
        cost = cost + STAYING * _changes(problem)
    slots = _slots(problem.quota)
    if mode == BALANCED:
        open_pairs = open_pairs & (problem.minutes <= _least_longest(problem, open_pairs))
    cost = cost[:, slots] + (LOAD * _rank(problem.quota) if mode == BALANCED else 0)
    return _cheapest(cost, open_pairs[:, slots], slots)


def greedy(problem: Problem) -> list[int]:
    """Return what a clerk with a list would do: each household in turn takes the nearest who has room."""
    left, chosen = list(problem.quota), []
    for row, blocked in zip(problem.counted, problem.blocked, strict=True):
        free = [column for column in np.argsort(row, kind="stable") if left[column] and not blocked[column]]
        chosen.append(int(free[0]) if free else -1)
        if free:
            left[free[0]] -= 1
    return chosen


@dataclass(frozen=True, slots=True)
class Figures:
    """What came out; `mean` and `longest` are walking minutes of those who found somebody."""

    mean: float
    longest: int
    unassigned: int
    changed: int
    away: int


def figures(problem: Problem, chosen: list[int]) -> Figures:
    """Return the figures of an assignment."""
    pairs = [(row, column) for row, column in enumerate(chosen) if column >= 0]
    minutes = [float(problem.minutes[pair]) for pair in pairs]
    return Figures(
        mean=round(sum(minutes) / len(minutes), 1) if minutes else 0.0,
        longest=int(max(minutes, default=0)),
        unassigned=len(chosen) - len(pairs),
        changed=sum(1 for row, column in pairs if problem.before[row] not in {-1, column}),
        away=sum(1 for pair in pairs if not problem.same_area[pair]),
    )


def _changes(problem: Problem) -> Minutes:
    """Return 1 where a household would change its contact person."""
    columns = np.arange(problem.minutes.shape[1])
    had_one = problem.before[:, None] >= 0
    return np.asarray(had_one & (problem.before[:, None] != columns[None, :]), dtype=np.float64)


def _slots(quota: list[int]) -> NDArray[np.int64]:
    """Return the column of each place."""
    return np.repeat(np.arange(len(quota)), quota)


def _rank(quota: list[int]) -> Minutes:
    """Return for each place the how-manieth of its column it is: later places cost more."""
    return np.concatenate([np.arange(held, dtype=np.float64) for held in quota])


def _least_longest(problem: Problem, open_pairs: Truth) -> float:
    """Return the least longest way with which just as many households find somebody."""
    most = _most(open_pairs, problem.quota)
    steps = np.unique(problem.minutes[open_pairs])
    low, high = 0, len(steps) - 1
    while low < high:
        middle = (low + high) // 2
        enough = _most(open_pairs & (problem.minutes <= steps[middle]), problem.quota) >= most
        low, high = (low, middle) if enough else (middle + 1, high)
    return float(steps[low]) if len(steps) else 0.0


def _most(allowed: Truth, quota: list[int]) -> int:
    """Return how many households can find somebody at once: the flow from all of them to all places."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - see the head of this file
    from scipy.sparse.csgraph import maximum_flow  # noqa: PLC0415 - see the head of this file

    rows, columns = allowed.shape
    first, last = rows + columns, rows + columns + 1
    row, column = np.nonzero(allowed)
    start = np.concatenate([np.full(rows, first), row, np.arange(rows, first)])
    end = np.concatenate([np.arange(rows), column + rows, np.full(columns, last)])
    room = np.concatenate([np.ones(rows + len(row)), np.array(quota)]).astype(np.int32)
    graph = csr_matrix((room, (start, end)), shape=(last + 1, last + 1))
    return int(maximum_flow(graph, first, last).flow_value)


def _cheapest(cost: Minutes, allowed: Truth, slots: NDArray[np.int64]) -> list[int]:
    """Solve; a forbidden pair costs more than all others together and is struck out afterwards."""
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 - see the head of this file

    too_much = (float(cost.max(initial=0)) + 1) * (min(cost.shape) + 1)
    rows, places = linear_sum_assignment(np.where(allowed, cost, too_much))
    chosen = [-1] * cost.shape[0]
    found: Any = zip(rows.tolist(), places.tolist(), strict=True)
    for row, place in found:
        if allowed[row, place]:
            chosen[row] = int(slots[place])
    return chosen
