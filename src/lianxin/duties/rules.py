"""Which records of a year count, and why: the rule of each kind over plain rows. Pure.

Nothing here weighs kinds against each other; that is the yearly score's part.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from lianxin.duties.workflow import State, counted_states


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as the rule sees it."""

    id: str
    on: date
    state: str
    proofs: int = 0
    copy_state: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether one record counts, and the sentence that says why."""

    id: str
    counted: bool
    why: str


_NEVER: dict[str, str] = {
    State.DRAFT: "还是草稿，登记后才计入。",
    State.WITHDRAWN: "已撤回。",
    State.REJECTED: "已退回，改好再登记后才计入。",
}


def period(on: date, cycle: str) -> str:
    """Return the cycle in which a day lies: 2026, 2026q2 or 2026m05."""
    if cycle == "quarter":
        return f"{on.year}q{(on.month + 2) // 3}"
    return f"{on.year}m{on.month:02}" if cycle == "month" else str(on.year)


def count(entries: Iterable[Entry], *, cycle: str, rule: Mapping[str, Any]) -> list[Verdict]:
    """Return a verdict for each record, earliest first; the order in which they come does not matter.

    `cap` is the most that count in one cycle (0: no bound): padding brings nothing.
    """
    used: dict[str, int] = {}
    verdicts = []
    for entry in sorted(entries, key=lambda one: (one.on, one.id)):
        said = _refusal(entry, rule)
        key, cap = period(entry.on, cycle), int(rule.get("cap") or 0)
        if said is None and cap and used.get(key, 0) >= cap:
            said = f"本期已计满 {cap} 次，这一条不再重复计入。"
        if said is None:
            used[key] = used.get(key, 0) + 1
        verdicts.append(Verdict(entry.id, said is None, said or "计入。"))
    return verdicts


def _refusal(entry: Entry, rule: Mapping[str, Any]) -> str | None:
    if entry.state in _NEVER:
        return _NEVER[entry.state]
    if entry.copy_state == "copy":
        return "经人工判断与另一篇重复。"
    if rule.get("needs_proof") and not entry.proofs:
        return "还没有佐证材料。"
    if State(entry.state) not in counted_states(rule):
        return "还没有核实；受益人确认并核实后计入。"
    return None
