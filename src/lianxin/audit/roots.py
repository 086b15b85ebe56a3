"""Daily roots: one short line a day for the notice board, by which anybody can hold us to the trail."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Max, Min

from lianxin.audit.chain import merkle_root
from lianxin.audit.models import AuditEntry, DailyRoot
from lianxin.common import clock


def roots_make() -> int:
    """Make the roots of all finished days that have none; return how many."""
    made = 0
    spans = AuditEntry.objects.values("home6").annotate(first=Min("at"), last=Max("at"))
    for span in spans:
        day = clock.local_date(span["first"])
        while day < min(clock.today(), clock.local_date(span["last"]) + timedelta(days=1)):
            made += _make(span["home6"], day)
            day += timedelta(days=1)
    return made


def _make(home6: str, day: date) -> int:
    if DailyRoot.objects.filter(home6=home6, day=day).exists():
        return 0
    rows = list(
        AuditEntry.objects.filter(
            home6=home6, at__gte=clock.day_start(day), at__lt=clock.day_start(day + timedelta(days=1))
        )
        .order_by("seq")
        .values_list("seq", "hash")
    )
    if not rows:
        return 0
    DailyRoot.objects.create(
        home6=home6,
        day=day,
        first_seq=rows[0][0],
        last_seq=rows[-1][0],
        root=merkle_root([one for _, one in rows]),
    )
    return 1
