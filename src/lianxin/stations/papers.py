"""Papers of a station: the plate at the door and the poster of a month; one layout each for all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from lianxin.documents import typesetting
from lianxin.documents.papers import StationFacts, qr_svg

ROWS = 14
"""Reception days that one poster holds in a size readable from two metres."""


def plate_pdf(station: StationFacts, *, level: str, demo: bool) -> bytes:
    """Return the plate, A3 landscape: the same for every station but for name and code."""
    content = {"demo": demo, "station": station.name, "level": level, "qr": qr_svg(station.link)}
    return typesetting.pdf("plate", content)


def month_pdf(
    station: StationFacts,
    *,
    month: date,
    rows: Sequence[tuple[str, str, str]],
    received: Sequence[tuple[str, int]],
    demo: bool,
) -> bytes:
    """Return the poster of a month: when and where deputies receive, and what people came with."""
    return typesetting.pdf(
        "month",
        {
            "demo": demo,
            "station": station.name,
            "month": f"{month.year}年{month.month}月",
            "rows": [list(row) for row in rows[:ROWS]],
            "more": max(0, len(rows) - ROWS),
            "received": [[name, count] for name, count in received[:8]],
            "total": sum(count for _name, count in received),
            "phone": station.phone,
            "qr": qr_svg(station.link),
        },
    )
