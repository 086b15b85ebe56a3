"""Reading parameters, calendars and institutions; values are cached until somebody edits."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from lianxin.common import clock
from lianxin.common.errors import NotFound
from lianxin.rulebook.calendar import Calendar, DayKind
from lianxin.rulebook.models import CalendarDay, CalendarYear, Clause, Institution, Parameter, RulebookVersion

FRESH_SECONDS = 3.0
_cache: dict[str, Any] = {"version": None, "looked": 0.0, "parameters": {}, "calendars": {}}


def parameter(name: str, *, on: date | None = None, home6: str = "", place: str = "") -> Parameter:
    """Return the parameter in force on `on`; the narrowest place wins."""
    day = on or clock.today()
    fitting = [
        row
        for row in _rows().get(name, ())
        if row.valid_from <= day
        and (row.valid_to is None or day < row.valid_to)
        and row.home6 in {"", home6}
        and row.place in {"", place}
    ]
    if not fitting:
        raise NotFound(f"制度参数「{name}」没有设定，请管理员在「制度参数」里补上。")
    return max(fitting, key=lambda row: (bool(row.place), bool(row.home6), row.valid_from))


def value(name: str, *, on: date | None = None, home6: str = "", place: str = "") -> Any:
    """Return the value of the parameter in force."""
    return parameter(name, on=on, home6=home6, place=place).value


def calendar_for(home6: str) -> Calendar:
    """Return the shipped calendar with the region's edits over it."""
    _refresh()
    calendars: dict[str, Calendar] = _cache["calendars"]
    if home6 not in calendars:
        calendars[home6] = _edited(home6)
    return calendars[home6]


def institutions_find(query: str = "") -> QuerySet[Institution]:
    """Return the library's documents whose title, issuer, note or clauses hold the words."""
    found = Institution.objects.order_by("kind", "title")
    if not query:
        return found
    clauses = Clause.objects.filter(Q(heading__contains=query) | Q(text__contains=query))
    own = Q(title__contains=query) | Q(issuer__contains=query) | Q(note__contains=query)
    return found.filter(own | Q(pk__in=clauses.values("institution")))


def forget() -> None:
    """Drop what is cached (after an edit in this process, and between tests)."""
    _cache.update(version=None, looked=0.0, parameters={}, calendars={})


def _rows() -> dict[str, list[Parameter]]:
    _refresh()
    parameters: dict[str, list[Parameter]] = _cache["parameters"]
    if not parameters:
        for row in Parameter.objects.all():
            parameters.setdefault(row.name, []).append(row)
    return parameters


def _refresh() -> None:
    now = time.monotonic()
    if now - _cache["looked"] < FRESH_SECONDS and _cache["version"] is not None:
        return
    version = RulebookVersion.objects.values_list("number", flat=True).first() or 0
    if version != _cache["version"]:
        _cache.update(parameters={}, calendars={})
    _cache.update(version=version, looked=now)


def _edited(home6: str) -> Calendar:
    shipped = Calendar.china()
    edits = {row.date: row for row in CalendarDay.objects.filter(home6=home6)}
    years = set(CalendarYear.objects.filter(home6=home6).values_list("year", flat=True))
    if not edits and not years:
        return shipped
    return replace(
        shipped,
        days={**shipped.days, **{day: DayKind(row.kind) for day, row in edits.items()}},
        names={**shipped.names, **{day: row.note for day, row in edits.items()}},
        complete_years=shipped.complete_years | years,
        version=f"{shipped.version}，本地修订 {len(edits)} 天",
    )
