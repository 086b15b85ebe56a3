"""Loading the kinds that come with the product; safe to repeat, what people changed stays."""

from __future__ import annotations

import json
from datetime import date
from importlib import resources
from typing import Any

from lianxin.duties.models import DutyKind

SINCE = date(2010, 1, 1)


def kinds_load(*, home6: str, division_code: str) -> int:
    """Load the shipped kinds that a region lacks; return how many were added."""
    have = set(DutyKind.objects.filter(home6=home6).values_list("slug", flat=True))
    new = [
        DutyKind(
            home6=home6,
            division_code=division_code,
            order=order,
            built_in=True,
            valid_from=SINCE,
            **row,
        )
        for order, row in enumerate(_shipped(), 1)
        if row["slug"] not in have
    ]
    DutyKind.objects.bulk_create(new)
    return len(new)


def _shipped() -> list[dict[str, Any]]:
    file = resources.files("lianxin.duties").joinpath("data/kinds.json")
    rows: list[dict[str, Any]] = json.loads(file.read_text("utf-8"))
    return rows
