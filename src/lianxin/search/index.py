"""The full-text index behind one port, with an adapter for each database.

SQLite: FTS5 over bigrams. PostgreSQL: `tsvector('simple')` with GIN. Written in the same
transaction as the thing itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from lianxin.search.models import SearchEntry
from lianxin.search.text import query_tokens, tokens


def index_put(
    *,
    kind: str,
    object_id: UUID,
    home6: str,
    title: str,
    text: str,
    scope_code: str = "",
    number: str = "",
    new: bool = False,
) -> None:
    """Put a thing into the index, or its new text in place of the old; a `new` one is not looked for."""
    fields = {"title": title[:160], "body": text, "number": number, "scope_code": scope_code}
    words = words_of(number, title[:160], text)
    same = SearchEntry.objects.filter(home6=home6, kind=kind, object_id=object_id)
    if not new and same.update(**fields):
        _replace(same.values_list("rowid", flat=True).get(), words)
        return
    SearchEntry.objects.create(home6=home6, kind=kind, object_id=object_id, rowid=_write(words), **fields)


def words_of(number: str, title: str, text: str) -> str:
    """Return what of a thing is put into the index, token by token."""
    return " ".join(tokens(f"{number} {title} {text}"))


def insert_sql() -> str:
    """Return the statement that writes a row id and its words into this database's index."""
    body = "%s" if _is_sqlite() else "to_tsvector('simple', %s)"
    return f"INSERT INTO search_fulltext (rowid, body) VALUES (%s, {body})"  # noqa: S608 - fixed words


@dataclass(frozen=True, slots=True)
class Scope:
    """Which entries are asked for: kinds, a region, places by prefixes of their codes; empty for all.

    `within` names the things that may be found: what lies outside takes no place in the limit.
    """

    kinds: Sequence[str] = ()
    home6: str = ""
    prefixes: Sequence[str] = ()
    within: QuerySet[Any] | None = None


def index_find(
    words: str,
    *,
    kinds: Sequence[str] = (),
    home6: str = "",
    prefixes: Sequence[str] = (),
    within: QuerySet[Any] | None = None,
    limit: int = 50,
) -> list[SearchEntry]:
    """Return the entries that hold all the words, the newest first."""
    wanted = query_tokens(words)
    if not wanted:
        return []
    ids = _ids(wanted, Scope(kinds, home6, prefixes, within), limit, every=True)
    return list(SearchEntry.objects.filter(rowid__in=ids).order_by("-id"))


def index_candidates(
    wanted: Sequence[str],
    *,
    kind: str,
    limit: int,
    home6: str = "",
    prefixes: Sequence[str] = (),
    within: QuerySet[Any] | None = None,
) -> list[SearchEntry]:
    """Return entries that share many of the tokens, the best first (for similarity)."""
    ids = _ids(wanted, Scope((kind,), home6, prefixes, within), limit, every=False)
    return list(SearchEntry.objects.filter(rowid__in=ids))


def index_drop(*, kind: str, object_id: UUID) -> None:
    """Take a thing out of the index."""
    entries = SearchEntry.objects.filter(kind=kind, object_id=object_id)
    with connection.cursor() as cursor:
        for rowid in entries.values_list("rowid", flat=True):
            cursor.execute("DELETE FROM search_fulltext WHERE rowid = %s", [rowid])
    entries.delete()


def _is_sqlite() -> bool:
    return connection.vendor == "sqlite"


def _write(words: str) -> int:
    """Write words into the index; return the number it gave them."""
    with connection.cursor() as cursor:
        if _is_sqlite():  # a virtual table knows no RETURNING
            cursor.execute("INSERT INTO search_fulltext (body) VALUES (%s)", [words])
            return int(cursor.lastrowid)
        cursor.execute(
            "INSERT INTO search_fulltext (body) VALUES (to_tsvector('simple', %s)) RETURNING rowid", [words]
        )
        return int(cursor.fetchone()[0])


def _replace(rowid: int, words: str) -> None:
    body = "%s" if _is_sqlite() else "to_tsvector('simple', %s)"
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE search_fulltext SET body = {body} WHERE rowid = %s", [words, rowid])  # noqa: S608 - fixed words


def _ids(wanted: Sequence[str], scope: Scope, limit: int, *, every: bool) -> list[int]:
    """Return row ids: entries with every token, the newest first; or with any, the best first."""
    try:
        where, given = _where(scope)
    except EmptyResultSet:  # nothing may be found
        return []
    joined = "JOIN search_searchentry e ON e.rowid = f.rowid " if where else ""
    match, question, order = (_sqlite if _is_sqlite() else _postgres)(wanted, every=every)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT f.rowid FROM search_fulltext f {joined}WHERE {match}{where} ORDER BY {order} LIMIT %s",  # noqa: S608 - fixed words, values as parameters
            [*question, *given, *(question if order.count("%s") else []), limit],
        )
        return [row[0] for row in cursor.fetchall()]


def _sqlite(wanted: Sequence[str], *, every: bool) -> tuple[str, list[str], str]:
    quoted = ['"' + token.replace('"', "") + '"' for token in wanted]
    question = (" AND " if every else " OR ").join(quoted)
    return "search_fulltext MATCH %s", [question], "f.rowid DESC" if every else "rank"


def _postgres(wanted: Sequence[str], *, every: bool) -> tuple[str, list[str], str]:
    quoted = ["'" + token.replace("'", "") + "'" for token in wanted]
    question = (" & " if every else " | ").join(quoted)
    order = "f.rowid DESC" if every else "ts_rank_cd(f.body, to_tsquery('simple', %s)) DESC"
    return "f.body @@ to_tsquery('simple', %s)", [question], order


def _where(scope: Scope) -> tuple[str, list[Any]]:
    """Return conditions on the entry, so that what lies outside the scope takes no place in the limit."""
    parts: list[str] = []
    given: list[Any] = []
    if scope.kinds:
        parts.append(f"e.kind IN ({', '.join(['%s'] * len(scope.kinds))})")
        given += list(scope.kinds)
    if scope.home6:
        parts.append("e.home6 = %s")
        given.append(scope.home6)
    if scope.prefixes:
        parts.append("(" + " OR ".join(["e.scope_code LIKE %s"] * len(scope.prefixes)) + ")")
        given += [f"{prefix}%" for prefix in scope.prefixes]
    if scope.within is not None:
        things, named = scope.within.order_by().values("pk").query.sql_with_params()
        parts.append(f"e.object_id IN ({things})")
        given += list(named)
    return "".join(f" AND {part}" for part in parts), given
