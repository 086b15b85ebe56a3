"""How a row of the table of walks is read. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

COLUMNS = ("从村代码", "从", "到村代码", "到", "步行分钟", "依据")
ESTIMATE = "估"
MOST_MINUTES, MOST_WORDS = 720, 40


@dataclass(frozen=True, slots=True)
class Leg:
    """A walk between two villages; `start` is the smaller code."""

    start: str
    end: str
    minutes: int
    basis: str


def read_leg(cells: Mapping[str, str], villages: Collection[str]) -> Leg | str | None:
    """Return the row's walk, None where it is still an estimate, or what is wrong in plain words."""
    basis = cells.get("依据", "").strip()
    if basis == ESTIMATE:
        return None
    ends = sorted((cells.get("从村代码", "").strip(), cells.get("到村代码", "").strip()))
    if any(code not in villages for code in ends) or ends[0] == ends[1]:
        return "两头请写本市两个不同的村、社区的 12 位代码。"
    typed = cells.get("步行分钟", "").strip()
    minutes = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 5 else 0
    if not 1 <= minutes <= MOST_MINUTES:
        return f"步行分钟请写 1 到 {MOST_MINUTES} 的整数。"
    if not 2 <= len(basis) <= MOST_WORDS:
        return "依据请写怎么知道的，如「实走」「地图」。"
    return Leg(ends[0], ends[1], minutes, basis)
