"""村务公开 on paper: a sheet for the notice board and a poster in big type for market day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lianxin.documents import typesetting
from lianxin.documents.letters import day_of
from lianxin.documents.papers import qr_svg

DISCLOSURE_SIZES = ("A4", "A3")


@dataclass(frozen=True, slots=True)
class DisclosureSheet:
    """What the paper says."""

    place: str
    title: str
    text: str
    table: Sequence[Sequence[str]]
    published: date | None
    days: int
    link: str


def disclosure_pdf(sheet: DisclosureSheet, *, size: str, demo: bool) -> bytes:
    """Return a published item as PDF, A4 or A3 (larger type)."""
    columns = max((len(row) for row in sheet.table), default=0)
    rows = [[*row, *[""] * (columns - len(row))] for row in sheet.table]
    return typesetting.pdf(
        "disclosure",
        {
            "demo": demo,
            "size": size,
            "place": sheet.place,
            "title": sheet.title,
            "text": [line for line in sheet.text.splitlines() if line.strip()],
            "columns": columns,
            "rows": rows,
            "published": day_of(str(sheet.published)) if sheet.published else "",
            "days": sheet.days,
            "qr": qr_svg(sheet.link),
        },
    )
