"""The full-text index behind one port, with an adapter for each database.

SQLite: FTS5 over bigrams. PostgreSQL: `tsvector('simple')` with GIN. Written in the same
transaction as the thing itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from lianxin.search.models import IndexRow, SearchEntry
from lianxin.search.text import query_tokens, tokens


def index_put(
    *, kind: str, object_id: UUID, home6: str, title: str, text: str, scope_code: str = "", number: str = ""
) -> None:
    """Put a thing into the index, or its new text in place of the old."""
    fields = {"title": title[:160], "body": text, "number": number, "scope_code": scope_code}
    entry, made = SearchEntry.objects.update_or_create(
        home6=home6, kind=kind, object_id=object_id, defaults=fields
    )
    row = IndexRow.objects.create(entry=entry) if made else IndexRow.objects.get(entry=entry)
    _write(row.rowid, " ".join(tokens(f"{number} {title} {text}")), made=made)


def index_find(
    words: str, *, kinds: Sequence[str] = (), home6: str = "", limit: int = 50
) -> list[SearchEntry]:
    """Return the entries that hold all the words, the newest first."""
    wanted = query_tokens(words)
    if not wanted:
        return []
    ids = _find(wanted, limit * 4 if kinds or home6 else limit)
    found = SearchEntry.objects.filter(row__rowid__in=ids)
    if kinds:
        found = found.filter(kind__in=kinds)
    if home6:
        found = found.filter(home6=home6)
    return list(found.order_by("-id")[:limit])


def index_candidates(wanted: Sequence[str], *, kind: str, limit: int) -> list[SearchEntry]:
    """Return entries that share many of the tokens, the best first (for similarity)."""
    ids = _any(wanted, limit)
    return list(SearchEntry.objects.filter(row__rowid__in=ids, kind=kind))


def _is_sqlite() -> bool:
    return connection.vendor == "sqlite"


def _write(rowid: int, text: str, *, made: bool) -> None:
    with connection.cursor() as cursor:
        if not _is_sqlite():
            cursor.execute(
                "INSERT INTO search_fulltext (rowid, body) VALUES (%s, to_tsvector('simple', %s)) "
                "ON CONFLICT (rowid) DO UPDATE SET body = EXCLUDED.body",
                [rowid, text],
            )
            return
        if not made:
            cursor.execute("DELETE FROM search_fulltext WHERE rowid = %s", [rowid])
        cursor.execute("INSERT INTO search_fulltext (rowid, body) VALUES (%s, %s)", [rowid, text])


def _find(wanted: Sequence[str], limit: int) -> list[int]:
    return _ids(wanted, " AND ", " & ", limit, ranked=False)


def _any(wanted: Sequence[str], limit: int) -> list[int]:
    return _ids(wanted, " OR ", " | ", limit, ranked=True)


def _ids(
    wanted: Sequence[str], sqlite_join: str, postgres_join: str, limit: int, *, ranked: bool
) -> list[int]:
    quoted = ['"' + token.replace('"', "") + '"' for token in wanted]
    with connection.cursor() as cursor:
        if _is_sqlite():
            order = "rank" if ranked else "rowid DESC"
            cursor.execute(
                f"SELECT rowid FROM search_fulltext WHERE search_fulltext MATCH %s ORDER BY {order} LIMIT %s",  # noqa: S608 - fixed words
                [sqlite_join.join(quoted), limit],
            )
        else:
            question = postgres_join.join("'" + token.replace("'", "") + "'" for token in wanted)
            order = "ts_rank_cd(body, q) DESC" if ranked else "rowid DESC"
            cursor.execute(
                f"SELECT rowid FROM search_fulltext, to_tsquery('simple', %s) q WHERE body @@ q ORDER BY {order} LIMIT %s",  # noqa: S608 - fixed words
                [question, limit],
            )
        return [row[0] for row in cursor.fetchall()]
