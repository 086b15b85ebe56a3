"""Numbers that people read: 1, 2, 3 … per region, series and year, without gaps or doubles."""

from __future__ import annotations

from django.db.models import F

from lianxin.common.models import Counter


def next_number(*, home6: str, series: str, year: int) -> int:
    """Take the next number of a series; call it inside the transaction of the thing numbered.

    The update locks the counter's row until the transaction ends, so that a number that is
    rolled back is given again and none is given twice.
    """
    return next_numbers(home6=home6, series=series, year=year, count=1)[0]


def next_numbers(*, home6: str, series: str, year: int, count: int) -> range:
    """Take the next `count` numbers of a series at once (bulk registers)."""
    mine = Counter.objects.filter(home6=home6, series=series, year=year)
    if mine.update(last=F("last") + count) == 0:
        Counter.objects.bulk_create([Counter(home6=home6, series=series, year=year)], ignore_conflicts=True)
        mine.update(last=F("last") + count)
    last = mine.values_list("last", flat=True).get()
    return range(last - count + 1, last + 1)
