"""Daily roots: one short line a day for the notice board, by which anybody can hold us to the trail."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby

from django.db.models import Max

from lianxin.audit.chain import merkle_root
from lianxin.audit.models import AuditEntry, DailyRoot
from lianxin.common import clock


def roots_make() -> int:
    """Make the roots of all finished days that have none; return how many.

    It reads on from the last day that has its root: a finished day gains no entries.
    """
    return sum(_roots_of(home6) for home6 in AuditEntry.objects.values_list("home6", flat=True).distinct())


def _roots_of(home6: str) -> int:
    entries = AuditEntry.objects.filter(home6=home6, at__lt=clock.day_start(clock.today()))
    last = DailyRoot.objects.filter(home6=home6).aggregate(last=Max("day"))["last"]
    if last is not None:
        entries = entries.filter(at__gte=clock.day_start(last + timedelta(days=1)))
    rows = entries.order_by("at").values_list("at", "seq", "hash").iterator(chunk_size=5_000)
    days = groupby(rows, key=lambda row: clock.local_date(row[0]))
    return sum(_make(home6, day, [(seq, one) for _, seq, one in of_day]) for day, of_day in days)


def _make(home6: str, day: date, rows: list[tuple[int, str]]) -> int:
    rows.sort()
    DailyRoot.objects.create(
        home6=home6,
        day=day,
        first_seq=rows[0][0],
        last_seq=rows[-1][0],
        root=merkle_root([one for _, one in rows]),
    )
    return 1
