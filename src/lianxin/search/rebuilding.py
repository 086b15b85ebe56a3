"""The full-text index made anew from the entries: after a move, or when it was damaged."""

from __future__ import annotations

from django.db import connection, transaction

from lianxin.search.index import insert_sql, words_of
from lianxin.search.models import SearchEntry

BATCH = 1000
NEXT = (
    "SELECT setval(pg_get_serial_sequence('search_fulltext', 'rowid'), "
    "coalesce(max(rowid), 1), max(rowid) IS NOT NULL) FROM search_fulltext"
)


@transaction.atomic
def index_rebuild() -> int:
    """Write every entry's words into an empty index; return how many there are now."""
    entries = SearchEntry.objects.order_by("rowid")
    batch: list[tuple[int, str]] = []
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_fulltext")
        for entry in entries.iterator(chunk_size=BATCH):
            batch.append((entry.rowid, words_of(entry.number, entry.title, entry.body)))
            if len(batch) == BATCH:
                cursor.executemany(insert_sql(), batch)
                batch.clear()
        if batch:
            cursor.executemany(insert_sql(), batch)
        if connection.vendor == "postgresql":
            cursor.execute(NEXT)
        cursor.execute("SELECT count(*) FROM search_fulltext")
        return int(cursor.fetchone()[0])
