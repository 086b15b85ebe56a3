"""The sheet of a town's households and their answers: numbers only, no name and no telephone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from lianxin.contacts.models import Household
from lianxin.contacts.replies import ANSWERS, COLUMNS, WAYS
from lianxin.documents import tables
from lianxin.regions.selectors import place_name

FORM = tables.Form("征求意见", COLUMNS, ("户编号", "答复"), (16, 28, 12, 14, 16))
NOTE = f"答复：{'、'.join(ANSWERS)}。怎么问的：{'、'.join(WAYS)}，空着算纸质。不要加姓名和电话。"


def read(data: bytes) -> list[dict[str, str]]:
    """Return the answered rows of a sheet: a household that was left open stands in the list untouched."""
    return [row for row in tables.read(FORM, data) if row.get("答复")]


def list_of(homes: Iterable[Household]) -> bytes:
    """Return the households to ask, with their answers left open."""
    rows = [{"户编号": home.number, "村组": _where(home)} for home in homes]
    return tables.book_of(FORM, rows, note=NOTE)


def _where(home: Household) -> str:
    return f"{place_name(home.division_code)}{home.group_no}组"


def with_faults(refused: Iterable[Mapping[str, Any]]) -> bytes:
    """Return the refused rows with what to mend."""
    return tables.with_faults(FORM, refused)
