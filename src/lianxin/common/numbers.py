"""Numbers that people read: 1, 2, 3 … per region, series and year, without gaps or doubles."""

from __future__ import annotations

from django.db import connection

_TAKE = (
    "INSERT INTO common_counter (home6, series, year, last) VALUES (%s, %s, %s, %s) "
    "ON CONFLICT (home6, series, year) DO UPDATE SET last = common_counter.last + excluded.last "
    "RETURNING last"
)


def next_number(*, home6: str, series: str, year: int) -> int:
    """Take the next number of a series; call it inside the transaction of the thing numbered.

    One statement, the same on both databases: it locks the counter's row until the transaction ends,
    so that a number that is rolled back is given again and none is given twice.
    """
    return next_numbers(home6=home6, series=series, year=year, count=1)[0]


def next_numbers(*, home6: str, series: str, year: int, count: int) -> range:
    """Take the next `count` numbers of a series at once (bulk registers)."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [home6, series, year, count])
        last = int(cursor.fetchone()[0])
    return range(last - count + 1, last + 1)
