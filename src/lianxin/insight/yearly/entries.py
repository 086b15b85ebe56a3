"""What a figure of the report is: a list of one year, and the ways to split that list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from lianxin.common.actor import Actor

Rows = QuerySet[Any]
TOWN_DIGITS = 9
"""The first nine digits of a division code are the town's."""


@dataclass(frozen=True, slots=True)
class Split:
    """A table under a figure: the same list by the values of one column, the largest first.

    `by_town` splits by the first nine digits of the column. `name_of` says a value in words.
    """

    slug: str
    title: str
    column: str
    name_of: Callable[[str], str]
    by_town: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure: how many rows of a year; `of` names the whole where it is a share."""

    slug: str
    name: str
    means: str
    rows: Callable[[Actor, int], Rows]
    splits: tuple[Split, ...] = ()
    of: str = ""
    unit: str = "件"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the report with its figures."""

    title: str
    entries: tuple[Entry, ...]


def narrowed(rows: Rows, split: Split, value: str) -> Rows:
    """Return the rows behind one line of a table."""
    return rows.filter(**{f"{split.column}{'__startswith' if split.by_town else ''}": value})
