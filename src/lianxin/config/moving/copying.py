"""The copy: every table by COPY, the index made anew, the checks, all in one transaction.

A move that is killed or that fails a check leaves the target as empty as it was; it can be run again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

from lianxin.config.moving import refusing, source
from lianxin.config.moving.checking import must_hold
from lianxin.search.rebuilding import index_rebuild

Tell = Callable[[str], None]
Table = type[models.Model]


@dataclass(frozen=True, slots=True)
class Moved:
    """What was moved and checked."""

    tables: int
    rows: int
    indexed: int
    entries: int


def move(file: Path, *, tell: Tell) -> Moved:
    """Copy the stopped installation in `file` into the database of the settings."""
    refusing.must_be_postgres()
    with source.held(file) as old:
        refusing.must_be_alike(source.migrations_of(old))
        tables = tables_in_order()
        refusing.must_be_known(tables, source.tables_of(old))
        with transaction.atomic():
            moved = _copy_all(old, tables, tell)
    with connection.cursor() as cursor:
        cursor.execute(
            "ANALYZE"
        )  # fresh tables have no figures: the first questions would be planned blindly
    return moved


def tables_in_order() -> list[Table]:
    """Return every table after those it refers to; a ring is cut, constraints wait for the end anyhow."""
    order: dict[Table, None] = {}
    begun: set[Table] = set()

    def visit(model: Table) -> None:
        if model in begun:
            return
        begun.add(model)
        for column in model._meta.local_concrete_fields:
            if isinstance(column, models.ForeignKey):
                visit(column.target_field.model)
        order[model] = None

    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            visit(model)
    return list(order)


def _copy_all(old: sqlite3.Connection, tables: list[Table], tell: Tell) -> Moved:
    _take_alone()
    refusing.must_be_empty(tables)
    with connection.cursor() as cursor:
        names = ", ".join(f'"{one}"' for one in sorted(refusing.MADE_BY_MIGRATE))
        cursor.execute(f"TRUNCATE {names} CASCADE")
    rows = {model: _copied(old, model, tell) for model in tables}
    _reset_sequences(tables)
    tell("重建检索索引……")
    indexed = index_rebuild()
    tell("核对……")
    entries = must_hold(old, rows, indexed)
    return Moved(len(rows), sum(rows.values()), indexed, entries)


def _take_alone() -> None:
    """Let a second mover wait here; it will then find a target that is not empty."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE django_migrations IN EXCLUSIVE MODE")


def _copied(old: sqlite3.Connection, model: Table, tell: Tell) -> int:
    """Stream one table; the values go as SQLite stores them, PostgreSQL reads them by the column's type."""
    table = model._meta.db_table
    columns = [str(one.column) for one in model._meta.local_concrete_fields]
    names = ", ".join(f'"{one}"' for one in columns)
    done = 0
    with connection.cursor() as cursor:
        try:
            with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for row in source.rows_of(old, table, columns):
                    copy.write_row(row)
                    done += 1
        except psycopg.DataError as caught:
            where = caught.diag.context or ""
            raise refusing.MoveRefused(
                f"PostgreSQL 不收这一行，什么都没有搬：{caught.diag.message_primary}（{_place(where)}）。"
            ) from caught
    if done:
        tell(f"{table}：{done} 行")
    return done


def _place(context: str) -> str:
    """Return table, line and column of a refused row, without what stood in it."""
    return context.partition(":")[0]


def _reset_sequences(tables: Iterable[Table]) -> None:
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(tables)):
            cursor.execute(statement)
