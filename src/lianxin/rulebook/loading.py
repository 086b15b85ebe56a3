"""Loading the shipped parameters and institutions; safe to repeat, edits are never overwritten."""

from __future__ import annotations

import json
import re
from datetime import date
from importlib import resources
from typing import Any

from lianxin.rulebook.models import Clause, Institution, Parameter, RulebookVersion
from lianxin.rulebook.selectors import forget

SINCE = date(2010, 1, 1)


def rulebook_load() -> int:
    """Load what is missing; return how many parameters were added."""
    have = set(Parameter.objects.values_list("name", flat=True))
    new = [Parameter(valid_from=SINCE, **row) for row in _shipped("parameters") if row["name"] not in have]
    Parameter.objects.bulk_create(new)
    for row in _shipped("institutions"):
        _institution(row)
    RulebookVersion.objects.get_or_create(pk=1)
    forget()
    return len(new)


def _institution(row: dict[str, Any]) -> None:
    clauses = row.pop("clauses")
    document, _ = Institution.objects.update_or_create(slug=row["slug"], defaults=row)
    for clause in clauses:
        Clause.objects.update_or_create(institution=document, anchor=clause["anchor"], defaults=clause)


def _shipped(name: str) -> list[dict[str, Any]]:
    """Return the rows of `name.json` and of each room's `name-<room>.json`."""
    folder = resources.files("lianxin.rulebook").joinpath("data")
    files = sorted(one.name for one in folder.iterdir() if re.fullmatch(rf"{name}(-\w+)?\.json", one.name))
    rows: list[dict[str, Any]] = []
    for file in files:
        rows += json.loads(folder.joinpath(file).read_text("utf-8"))
    return rows
