"""What one call costs: queries, CPU and wall time."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

from django.db import connection

TIMES = 30


def measured(call: Callable[[int], Any], times: int = TIMES) -> dict[str, float]:
    """Return queries (one run), CPU and wall medians in ms over `times` runs after a warm-up."""
    call(-1)
    queries: list[str] = []
    with connection.execute_wrapper(_counting(queries)):
        call(-2)
    cpu, wall = [], []
    for turn in range(times):
        began, began_cpu = time.perf_counter(), time.process_time()
        call(turn)
        cpu.append((time.process_time() - began_cpu) * 1000)
        wall.append((time.perf_counter() - began) * 1000)
    return {
        "queries": len(queries),
        "cpu_ms": round(statistics.median(cpu), 2),
        "wall_ms": round(statistics.median(wall), 2),
        "wall_p95_ms": round(sorted(wall)[int(times * 0.95) - 1], 2),
    }


def _counting(queries: list[str]) -> Callable[..., Any]:
    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(("BEGIN", "SAVEPOINT", "RELEASE")):  # the others' drivers do not tell theirs
            queries.append(sql)
        return execute(sql, params, many, context)

    return count
