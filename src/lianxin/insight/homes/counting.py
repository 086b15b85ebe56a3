"""What waits in each of several lists, asked of the database once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import CharField, Count, DateField, F, Min, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

NO_DAY = Value(None, output_field=DateField())


@dataclass(frozen=True, slots=True)
class Waiting:
    """A list of things that wait; `page` names the field whose page each is done on, `due` its day."""

    rows: QuerySet[Any]
    page: str = "pk"
    due: Combinable = NO_DAY


@dataclass(frozen=True, slots=True)
class Told:
    """How many wait, the nearest day among them, and the page of the first."""

    number: int
    due: date | None
    page: UUID


def waiting_of(**lists: Waiting | QuerySet[Any]) -> dict[str, Told]:
    """Return name → what waits there (one query); a list in which nothing waits is left out."""
    parts = [_part(name, one if isinstance(one, Waiting) else Waiting(one)) for name, one in lists.items()]
    found = parts[0].union(*parts[1:], all=True)
    return {which: Told(number, due, UUID(page)) for which, number, due, page in found if number}


def _part(name: str, one: Waiting) -> QuerySet[Any, tuple[str, int, date | None, str]]:
    """Return one row: name, number, nearest day, first page."""
    found: QuerySet[Any, tuple[str, int, date | None, str]] = (
        one.rows.order_by()
        .annotate(which=Value(name, output_field=CharField()))
        .values("which")
        .annotate(
            number=Count("pk", distinct=True),
            first_due=Min(Cast(one.due, DateField())),
            first_page=Min(Cast(F(one.page), CharField())),
        )
        .values_list("which", "number", "first_due", "first_page")
    )
    return found


def counts_of(**lists: QuerySet[Any]) -> dict[str, int]:
    """Return name → length of each list (one query); a first screen has few of them to spend."""
    told = waiting_of(**lists)
    return {name: told[name].number if name in told else 0 for name in lists}
