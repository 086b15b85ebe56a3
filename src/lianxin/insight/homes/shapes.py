"""What a first screen is made of, and how a due date is said."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from lianxin.handling.rules import Light
from lianxin.handling.selectors import shade

MOST = 12


@dataclass
class Todo:
    """One thing to do: one verb."""

    kind: str
    icon: str
    title: str
    meta: str
    verb: str
    link: str
    due_on: date | None = None
    due: str = ""
    tone: str = "plain"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and the list that reproduces it."""

    label: str
    value: int
    link: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: `value` 0 to 100, `text` as it is read, `note` says how it was counted."""

    label: str
    value: float
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart with its data table."""

    title: str
    bars: list[Bar]
    unit: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Recent:
    """One recent thing."""

    title: str
    text: str
    link: str
    at: Any = None


@dataclass
class Home:
    """One role's first screen: to do, figures, one chart, one grid picture, what is new.

    `ring` has one entry for each of a person's own contacts: whether he has been in touch of late.
    """

    todos: list[Todo] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    chart: Chart | None = None
    tiles: list[dict[str, Any]] = field(default_factory=list)
    tiles_height: int = 0
    recent: list[Recent] = field(default_factory=list)
    total: int = 0
    ring: list[bool] = field(default_factory=list)


def said_due(due_on: date | None, today: date) -> tuple[str, str]:
    """Return a due date in words and its tone."""
    if due_on is None:
        return "", "plain"
    left = (due_on - today).days
    if left < 0:
        words = _("逾期 %(n)s 天") % {"n": -left}
    else:
        words = _("还剩 %(n)s 天") % {"n": left} if left else _("今天到期")
    is_near = shade(due_on, today) is Light.ORANGE
    return words, "late" if left <= 0 else "warn" if is_near else "plain"


def sorted_todos(todos: list[Todo], today: date) -> list[Todo]:
    """Return what is to be done, the nearest legal deadline first, at most a dozen."""
    for todo in todos:
        todo.due, todo.tone = said_due(todo.due_on, today)
    return sorted(todos, key=lambda todo: todo.due_on or date.max)[:MOST]


def counted(title: str, counts: list[tuple[str, int]]) -> Chart | None:
    """Return a chart of counts, the longest bar full."""
    most = max((count for _, count in counts), default=0)
    if not most:
        return None
    bars = [Bar(label, 100 * count / most, _("%(n)s 件") % {"n": count}) for label, count in counts]
    return Chart(title, bars, "件")
