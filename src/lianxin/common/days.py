"""Days as people write them in tables. Pure."""

from __future__ import annotations

import re
from datetime import date

WRITTEN = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")


def day_in(text: str) -> date | None:
    """Return the day that is written as 2021-12-20, 2021.12.20, 2021/12/20 or 2021年12月20日, else None.

    A cell of a sheet that holds a day reads as `2021-12-20 00:00:00`.
    """
    found = WRITTEN.fullmatch(text.strip().removesuffix(" 00:00:00"))
    if found is None:
        return None
    year, month, day = (int(part) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None
