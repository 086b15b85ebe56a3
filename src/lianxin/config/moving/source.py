"""The stopped installation: its SQLite file, held alone while it is read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from lianxin.config.moving.refusing import MoveRefused

BATCH = 2000
OWN_TABLES = ("django_migrations", "search_fulltext")
"""Not copied row by row: the state of the tables, and the index, which each database builds itself."""


@contextmanager
def held(file: Path) -> Iterator[sqlite3.Connection]:
    """Open the file alone: a server or worker that has it open is found, and nobody writes meanwhile."""
    if not file.is_file():
        raise MoveRefused(f"没有找到 SQLite 文件：{file}。请用 --from 指明。")
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, timeout=1)) as old:
        try:
            old.execute("PRAGMA locking_mode=EXCLUSIVE")
            old.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as caught:
            raise MoveRefused("这个 SQLite 正在使用。请先停掉 lianxin 的服务和 worker，再搬。") from caught
        yield old
        old.rollback()


def migrations_of(old: sqlite3.Connection) -> set[tuple[str, str]]:
    """Return the migrations that made the file's tables."""
    try:
        return set(old.execute("SELECT app, name FROM django_migrations"))
    except sqlite3.DatabaseError as caught:
        raise MoveRefused("这个文件不是连心的 SQLite 数据库。") from caught


def tables_of(old: sqlite3.Connection) -> set[str]:
    """Return the tables that hold rows to be copied."""
    names = {name for (name,) in old.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return {one for one in names if not one.startswith(("sqlite_", *OWN_TABLES))}


def rows_of(old: sqlite3.Connection, table: str, columns: list[str]) -> Iterator[tuple[Any, ...]]:
    """Read a table as it is stored, some thousand rows at a time."""
    words = ", ".join(f'"{one}"' for one in columns)
    found = old.execute(f'SELECT {words} FROM "{table}"')  # noqa: S608 - names of our own tables
    while batch := found.fetchmany(BATCH):
        yield from batch


def count_of(old: sqlite3.Connection, table: str) -> int:
    """Return how many rows a table has."""
    return int(old.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])  # noqa: S608 - our own table
