"""A project as a line of a list: its lamp by dates, milestones reached, money paid."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from lianxin.projects.models import (
    Project,
)
from lianxin.projects.rules import Lamp, Reading
from lianxin.projects.services.facts import LampRule, lamp_of, lamp_rule
from lianxin.projects.workflow import GOING, State


@dataclass(frozen=True, slots=True)
class Line:
    """A project in a list, with its lamp, milestones reached, money paid."""

    project: Project
    reading: Reading
    done: int
    steps: int
    paid: int

    @property
    def lamp(self) -> str:
        """Return the lamp's colour, or nothing where no work is going on."""
        return self.reading.lamp.value if self.project.state in LIT else ""

    @property
    def paid_wan(self) -> str:
        """Return what was paid so far in ten thousand yuan (万元)."""
        return f"{round(self.paid / 10_000, 1):.10g}"

    @property
    def percent(self) -> int:
        """Return how many of the milestones are reached, of a hundred."""
        return round(100 * self.done / self.steps) if self.steps else 0


LIT = (*GOING, State.DONE, State.EVALUATED, State.RECTIFYING)


def lines(projects: QuerySet[Project]) -> list[Line]:
    """Return projects as lines; the number of queries is the same for one and for hundreds."""
    rule = lamp_rule()
    found = projects.select_related("round").prefetch_related("milestones")
    return [_line(project, rule) for project in found]


def _line(project: Project, rule: LampRule) -> Line:
    steps = list(project.milestones.all())
    return Line(
        project,
        lamp_of(project, steps, rule),
        sum(step.done_on is not None for step in steps),
        len(steps),
        max((step.paid or 0 for step in steps), default=0),
    )


def by_lamp(found: Iterable[Line]) -> dict[str, int]:
    """Return how many lines have each lamp; the figures equal the lists behind them."""
    counts = {lamp.value: 0 for lamp in Lamp}
    for line in found:
        if line.lamp:
            counts[line.lamp] += 1
    return counts
