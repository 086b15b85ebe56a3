"""What a version of a plan says, and what differs between two versions. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

Owners = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal with its number in the plan, which it keeps through all versions."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One task as a version says it; `owner` is a unit's code or a place's."""

    number: int
    goal: int
    text: str
    owner: str
    due_on: date
    document: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """A version: goals and tasks in the order of their numbers."""

    goals: tuple[Goal, ...] = ()
    lines: tuple[Line, ...] = ()

    def with_goal(self, text: str) -> Content:
        """Return the content with one more goal."""
        return replace(self, goals=(*self.goals, Goal(_next(self.goals), text)))

    def with_line(self, fields: Mapping[str, Any], *, least: int = 1) -> Content:
        """Return the content with one more task; its number is at least `least`: no number comes back."""
        number = max(_next(self.lines), least)
        return replace(self, lines=(*self.lines, Line(number=number, **fields)))

    def changed(self, number: int, fields: Mapping[str, Any]) -> Content:
        """Return the content with a task changed."""
        lines = [replace(one, **fields) if one.number == number else one for one in self.lines]
        return replace(self, lines=tuple(lines))

    def without(self, number: int) -> Content:
        """Return the content without a task."""
        return replace(self, lines=tuple(one for one in self.lines if one.number != number))

    def problems(self) -> tuple[str, ...]:
        """Return what is missing before somebody can approve it."""
        found = [] if self.goals else ["还没有写目标。"]
        found += [] if self.lines else ["还没有任务。"]
        served = {one.goal for one in self.lines}
        found += [f"目标 {one.number} 下面还没有任务。" for one in self.goals if one.number not in served]
        return tuple(found)

    def as_json(self) -> dict[str, Any]:
        """Return the content as it is kept."""
        lines = [{**asdict(one), "due_on": one.due_on.isoformat()} for one in self.lines]
        return {"goals": [asdict(one) for one in self.goals], "lines": lines}


def content_of(kept: Mapping[str, Any]) -> Content:
    """Return a kept content."""
    goals = tuple(Goal(**one) for one in kept.get("goals", ()))
    lines = [{**one, "due_on": date.fromisoformat(one["due_on"])} for one in kept.get("lines", ())]
    return Content(goals, tuple(Line(**one) for one in lines))


def _next(rows: Sequence[Goal] | Sequence[Line]) -> int:
    return max((one.number for one in rows), default=0) + 1


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two versions: a task added, removed, or changed in one field."""

    number: int
    kind: str
    field: str = ""
    before: str = ""
    after: str = ""


FIELDS = ("text", "owner", "due_on", "goal")


def changes(old: Content, new: Content) -> list[Change]:
    """Return what differs in the tasks and goals, by number."""
    before = {one.number: one for one in old.lines}
    after = {one.number: one for one in new.lines}
    found = [Change(n, "added", after=after[n].text) for n in after.keys() - before.keys()]
    found += [Change(n, "removed", before=before[n].text) for n in before.keys() - after.keys()]
    for number in before.keys() & after.keys():
        found += _changed(number, before[number], after[number])
    return sorted([*found, *_goals(old.goals, new.goals)], key=lambda one: (one.kind, one.number, one.field))


def _changed(number: int, old: Line, new: Line) -> Iterable[Change]:
    for name in FIELDS:
        said, says = str(getattr(old, name)), str(getattr(new, name))
        if said != says:
            yield Change(number, "changed", name, said, says)


def _goals(old: Sequence[Goal], new: Sequence[Goal]) -> Iterable[Change]:
    known = {one.number for one in old}
    return [Change(one.number, "goal", after=one.text) for one in new if one.number not in known]
