"""The sheet of the villages' numbers, out with what is registered and in with what was filled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from lianxin.documents import tables
from lianxin.villages.models import VillageProfile
from lianxin.villages.numbers import CODE, COLUMNS, FIELDS, MANY, NEEDED, NO, PLACE, TOWN, YES

FORM = tables.Form("村的人数", COLUMNS, NEEDED, (16, 14, 20, 18, 10, 12, 22, 14))
NOTE = (
    "一行一个村或社区，区划代码不要改。村民代表会议组成人员是村民代表加村委会成员。"
    "财务往来较多的填「是」，财务按月公开。"
)


def read(data: bytes) -> list[dict[str, str]]:
    """Return the rows of a filled sheet."""
    return tables.read(FORM, data)


def out(rows: Iterable[tuple[str, str, str, VillageProfile | None]]) -> bytes:
    """Return a sheet of villages (code, town, name, what is registered); the unregistered are empty."""
    return tables.book_of(FORM, [_cells(*row) for row in rows], note=NOTE)


def _cells(code: str, town: str, name: str, profile: VillageProfile | None) -> dict[str, str]:
    cells = {CODE: code, TOWN: town, PLACE: name}
    if profile is None:
        return cells
    numbers = {column: str(getattr(profile, field)) for field, column in FIELDS.items()}
    return {**cells, **numbers, MANY: YES if profile.many_dealings else NO}


def with_faults(refused: Iterable[Mapping[str, Any]]) -> bytes:
    """Return the refused rows with what to mend."""
    return tables.with_faults(FORM, refused)
