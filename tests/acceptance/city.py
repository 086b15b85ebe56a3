"""A pytest plugin (`-p tests.acceptance.city`): each process works on its own copy of the full demo city.

It is imported before Django reads its settings, so that the copy's folder and database are the ones
that the product is given. `LIANXIN_TEST_CITY` names the folder of the built city; for PostgreSQL the
database of `DATABASE_URL` is the template.
"""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg


def _is_controller() -> bool:
    """Say whether this process only hands tests out to workers."""
    return "PYTEST_XDIST_WORKER" not in os.environ and any(one.startswith("-n") for one in sys.argv)


def _copy() -> None:
    built = os.environ.get("LIANXIN_TEST_CITY")
    if not built:
        raise SystemExit("acceptance works on the built city: run `make acceptance`")
    if _is_controller():
        os.environ["LIANXIN_DATA"] = built
        return
    mine = Path(tempfile.mkdtemp(prefix="lianxin-acceptance-"))
    atexit.register(shutil.rmtree, mine, ignore_errors=True)
    server = bool(os.environ.get("DATABASE_URL"))
    rows = shutil.ignore_patterns("lianxin.sqlite3*") if server else None
    shutil.copytree(built, mine, dirs_exist_ok=True, ignore=rows)
    os.environ["LIANXIN_DATA"] = str(mine)
    if server:
        os.environ["DATABASE_URL"] = _own_database(os.environ["DATABASE_URL"])


def _own_database(template: str) -> str:
    parts = urlsplit(template)
    source, name = parts.path.lstrip("/"), f"acceptance_{os.getpid()}"
    maintenance = urlunsplit(parts._replace(path="/template1"))
    with psycopg.connect(maintenance, autocommit=True) as link:
        link.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
    return urlunsplit(parts._replace(path=f"/{name}"))


_copy()
