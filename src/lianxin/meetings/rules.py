"""What is counted at a forum: 42 = 8 + 34, which letter goes to whom, which two items are one. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lianxin.handling.rules import likeness
from lianxin.meetings.workflow import SPOT, WRITTEN, ItemState


@dataclass(frozen=True, slots=True)
class Line:
    """One item as the rules see it."""

    number: int
    state: ItemState
    units: tuple[str, ...]
    linked: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """How many items there are, answered in the hall, to be answered in writing, and still open."""

    total: int
    on_spot: int
    after: int

    @property
    def open(self) -> int:
        """Return how many have no outcome yet."""
        return self.total - self.on_spot - self.after


def count(states: Iterable[str]) -> Count:
    """Count the items of a forum: 共 42｜现场 8｜转办 34."""
    found = [ItemState(one) for one in states]
    return Count(len(found), sum(one in SPOT for one in found), sum(one in WRITTEN for one in found))


def closing_problems(lines: Sequence[Line]) -> tuple[str, ...]:
    """Return what keeps a forum from closing: gaps in the numbers, items without department or outcome."""
    said = []
    numbers = sorted(line.number for line in lines)
    if numbers != list(range(1, len(lines) + 1)):
        said.append("序号不连续，请核对台账")
    homeless = [line.number for line in lines if not line.units]
    if homeless:
        said.append(f"第 {_list(homeless)} 件没有指向部门")
    undecided = [line.number for line in lines if line.state not in SPOT | WRITTEN]
    if undecided:
        said.append(f"第 {_list(undecided)} 件还没有结果")
    told = count(line.state for line in lines)
    if told.open:
        said.append(f"现场 {told.on_spot} 件加会后 {told.after} 件，不等于共 {told.total} 件")
    return tuple(said)


def _list(numbers: Iterable[int]) -> str:
    return "、".join(str(one) for one in numbers)


def letters(lines: Iterable[Line]) -> Mapping[str, tuple[int, ...]]:
    """Return for each department the items that its one letter lists; linked ones get no second letter."""
    found: dict[str, list[int]] = {}
    for line in sorted(lines, key=lambda one: one.number):
        if line.state is ItemState.AFTER and not line.linked:
            for unit in line.units:
                found.setdefault(unit, []).append(line.number)
    return {unit: tuple(numbers) for unit, numbers in found.items()}


def most_alike(text: str, others: Mapping[int, str], *, percent: int) -> int | None:
    """Return the number of the item that says nearly the same: two recorders may hear one sentence."""
    scored = [(likeness(text, other), -number) for number, other in others.items()]
    best = max(scored, default=(0.0, 0))
    return -best[1] if best[1] and best[0] * 100 >= percent else None


def picked(typed: str, options: Sequence[tuple[str, str, str]]) -> str | None:
    """Return the key that one or two typed characters mean: a place in the list, a name's start, its pinyin.

    `options` are (key, name, pinyin) in the order of the list; None where several or none fit.
    """
    word = typed.strip().lower()
    if not word:
        return None
    if word.isdigit():
        place = int(word)
        return options[place - 1][0] if 1 <= place <= len(options) else None
    exact = [key for key, name, _ in options if word in {key.lower(), name.lower()}]
    starts = [key for key, name, sound in options if name.lower().startswith(word) or sound.startswith(word)]
    inside = [key for key, name, _ in options if word in name.lower()]
    for found in (exact, starts, inside):
        if found:
            return found[0] if len(set(found)) == 1 else None
    return None
