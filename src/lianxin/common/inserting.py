"""Inserting a row on a condition, in one statement that says whether it was written.

The ORM can ignore a conflict but does not tell; asking first and inserting afterwards is two
statements and a race. The words of SQL are the same on SQLite and PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, models


def insert_if_new(row: models.Model) -> bool:
    """Insert the row unless a unique constraint is against it; waits for a parallel insert to end."""
    return _insert(row, "VALUES ({marks}) ON CONFLICT DO NOTHING", ())


def insert_where(row: models.Model, condition: str, given: Sequence[Any]) -> bool:
    """Insert the row if the condition (SQL of compiled querysets, values in `given`) holds."""
    return _insert(row, f"SELECT {{marks}} WHERE {condition}", given)


def _insert(row: models.Model, how: str, given: Sequence[Any]) -> bool:
    columns = row._meta.concrete_fields
    names = ", ".join(f'"{one.column}"' for one in columns)
    values = [one.get_db_prep_save(getattr(row, one.attname), connection) for one in columns]
    source = how.replace("{marks}", ", ".join(["%s"] * len(values)))
    with connection.cursor() as cursor:
        cursor.execute(f'INSERT INTO "{row._meta.db_table}" ({names}) {source}', [*values, *given])
        written = bool(cursor.rowcount == 1)
    if written:
        row._state.adding, row._state.db = False, connection.alias
    return written
