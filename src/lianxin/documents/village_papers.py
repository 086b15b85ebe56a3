"""A village's papers: 村务公开 as a sheet or a poster for market day, and the notice of a meeting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

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


@dataclass(frozen=True, slots=True)
class MeetingNotice:
    """What the notice of a meeting says; `urgent` is the reason where ten days were not kept."""

    place: str
    kind: str
    title: str
    held_at: datetime
    spot: str
    topics: Sequence[str]
    by: str
    noticed: date
    urgent: str
    link: str


def notice_pdf(sheet: MeetingNotice, *, demo: bool) -> bytes:
    """Return the notice of a meeting as PDF, one A4 sheet for the board."""
    return typesetting.pdf(
        "village_notice",
        {
            "demo": demo,
            "place": sheet.place,
            "kind": sheet.kind,
            "title": sheet.title,
            "day": day_of(f"{sheet.held_at:%Y-%m-%d}"),
            "hour": f"{sheet.held_at:%H:%M}",
            "spot": sheet.spot,
            "topics": list(sheet.topics),
            "by": sheet.by,
            "noticed": day_of(str(sheet.noticed)),
            "urgent": sheet.urgent,
            "qr": qr_svg(sheet.link),
        },
    )
