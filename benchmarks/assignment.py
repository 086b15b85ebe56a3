"""How long the whole city's assignment takes, and what it gains over a clerk with a list.

`python -m benchmarks.assignment` writes `results/assignment.json`; `--solvers` also compares the largest
town with OR-tools and networkx where they are installed (they are no dependency of ours).
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import random
import resource
import time
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from lianxin.contacts.assignment import BALANCED, NEAR, STABLE, Problem, figures, greedy, solve
from lianxin.contacts.geography import centroids, minutes_between

RESULT = Path(__file__).parent / "results" / "assignment.json"
DEPUTIES, EACH, MEMBERS, FIVE = 1086, 10, 218, 5


def city(seed: int = 321) -> dict[str, Problem]:
    """Return one problem a town (deputies × 10), and members × (5 deputies, 5 households) over the city."""
    chance = random.Random(seed)
    villages = [code for code in centroids() if not code.endswith("000")]
    homes = [chance.choice(villages) for _ in range(DEPUTIES)]
    problems = {}
    for town in sorted({home[:9] for home in homes}):
        mine = [home for home in homes if home[:9] == town]
        places = [code for code in villages if code[:9] == town]
        rows = [(chance.choice(places), chance.randint(1, 10)) for _ in range(EACH * len(mine))]
        problems[town] = problem(rows, mine, EACH, chance)
    members = chance.sample(homes, MEMBERS)
    others = [(home, 0) for home in homes]
    problems["members-deputies"] = problem(others, members, FIVE, chance)
    rows = [(chance.choice(villages), chance.randint(1, 10)) for _ in range(FIVE * MEMBERS)]
    problems["members-households"] = problem(rows, members, FIVE, chance)
    return problems


def problem(rows: list[tuple[str, int]], homes: list[str], quota: int, chance: random.Random) -> Problem:
    """Return a problem with 3 % of the households kept from somebody, and half of them with a contact before."""
    minutes = np.array([[minutes_between(home, *row) for home in homes] for row in rows], dtype=np.float64)
    blocked = np.array([[chance.random() < 0.03 for _ in homes] for _ in rows])
    same = np.array([[home == village for home in homes] for village, _ in rows])
    before = np.array([chance.randrange(len(homes)) if chance.random() < 0.5 else -1 for _ in rows])
    return Problem(minutes, blocked, same, before, [quota] * len(homes))


def measured(problems: dict[str, Problem], mode: str) -> dict[str, Any]:
    """Solve everything in one mode."""
    began, chosen = time.perf_counter(), {}
    for name, one in tqdm(problems.items(), desc=mode):
        chosen[name] = solve(one, mode)
    return {"seconds": round(time.perf_counter() - began, 2), **totals(problems, chosen)}


def totals(problems: dict[str, Problem], chosen: dict[str, list[int]]) -> dict[str, Any]:
    """Return mean, longest, unassigned and changed over all problems."""
    each = [(figures(problems[name], mine), len(mine)) for name, mine in chosen.items()]
    found = [(one, size - one.unassigned) for one, size in each]
    return {
        "households": sum(size for _, size in each),
        "mean_minutes": round(
            sum(one.mean * size for one, size in found) / sum(size for _, size in found), 2
        ),
        "longest_minutes": max(one.longest for one, _ in each),
        "unassigned": sum(one.unassigned for one, _ in each),
        "changed": sum(one.changed for one, _ in each),
    }


def other_solvers(problem: Problem) -> dict[str, Any]:
    """Time the same town with other libraries; each must reach the same cost."""
    timed = {}
    for name, run in (("scipy", _scipy), ("ortools", _ortools), ("networkx", _networkx)):
        began = time.perf_counter()
        try:
            cost = run(problem)
        except ImportError:
            continue
        timed[name] = {"seconds": round(time.perf_counter() - began, 3), "cost": cost}
    return timed


def _cost(problem: Problem, chosen: list[int]) -> int:
    return int(sum(problem.counted[row, column] for row, column in enumerate(chosen) if column >= 0))


def _scipy(problem: Problem) -> int:
    return _cost(problem, solve(problem, NEAR))


def _ortools(problem: Problem) -> int:
    flow = importlib.import_module("ortools.graph.python.min_cost_flow").SimpleMinCostFlow()
    rows, columns = problem.counted.shape
    for row, column in zip(*np.nonzero(~problem.blocked), strict=True):
        cost = int(problem.counted[row, column])
        flow.add_arc_with_capacity_and_unit_cost(int(row), rows + int(column), 1, cost)
    for column, quota in enumerate(problem.quota):
        flow.add_arc_with_capacity_and_unit_cost(rows + column, rows + columns, quota, 0)
    for row in range(rows):
        flow.set_node_supply(row, 1)
    flow.set_node_supply(rows + columns, -rows)
    flow.solve()
    return int(flow.optimal_cost())


def _networkx(problem: Problem) -> int:
    networkx = importlib.import_module("networkx")
    graph, rows = networkx.DiGraph(), len(problem.before)
    graph.add_node("end", demand=rows)
    for column, quota in enumerate(problem.quota):
        graph.add_edge(("to", column), "end", capacity=quota, weight=0)
    for row in range(rows):
        graph.add_node(("from", row), demand=-1)
    for row, column in zip(*np.nonzero(~problem.blocked), strict=True):
        graph.add_edge(("from", row), ("to", column), capacity=1, weight=int(problem.counted[row, column]))
    return int(networkx.network_simplex(graph)[0])


def main() -> None:
    """Measure and write the result."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--solvers", action="store_true")
    options = asked.parse_args()
    began = time.perf_counter()
    problems = city()
    built = round(time.perf_counter() - began, 2)
    result: dict[str, Any] = {
        "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}",
        "deputies": DEPUTIES,
        "members": MEMBERS,
        "building_seconds": built,
        "modes": {mode: measured(problems, mode) for mode in (NEAR, BALANCED, STABLE)},
        "clerk": totals(problems, {name: greedy(one) for name, one in problems.items()}),
    }
    result["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    largest = max((one for name, one in problems.items() if name.isdigit()), key=lambda one: len(one.before))
    kept = json.loads(RESULT.read_text()).get("solvers") if RESULT.exists() else None
    result["solvers"] = other_solvers(largest) if options.solvers else kept
    RESULT.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n")
    print(RESULT.read_text())


if __name__ == "__main__":
    main()
