"""Real server and worker processes on a database of their own, made once and copied for each test."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import lianxin
from tests.factories.tables import FILE, tables_copy

ROOT = Path(__file__).parents[2]
SOURCE = Path(lianxin.__file__).parents[1]
"""What the test itself runs on: scripts/mutations.py hands it a copy."""
LOAD = "import django; django.setup(); from tests.factories.cast import cast_load; cast_load()"


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Served:
    """A data folder with the cast, its server and its worker."""

    data: Path
    database_url: str = ""
    extra: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def env(self) -> dict[str, str]:
        known = {key: value for key, value in os.environ.items() if not key.startswith("LIANXIN_")}
        known.pop("DATABASE_URL", None)
        if self.database_url:
            known["DATABASE_URL"] = self.database_url
        return {
            **known,
            "LIANXIN_DATA": str(self.data),
            "DJANGO_SETTINGS_MODULE": "lianxin.config.test_settings",
            "PYTHONPATH": f"{SOURCE}:{ROOT}",
            **self.extra,
        }

    def prepare(self) -> None:
        """Make the tables and load the cast."""
        self.data.mkdir(parents=True, exist_ok=True)
        if not self.database_url:
            tables_copy(self.data / FILE)
        for command in (["-m", "django", "migrate", "-v0"], ["-c", LOAD]):
            subprocess.run([sys.executable, *command], env=self.env, check=True, cwd=ROOT)

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the product to its end."""
        return subprocess.run(
            [sys.executable, "-m", "django", *command],
            env=self.env, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip

    def serve(self, *, workers: int = 2, threads: int = 8) -> None:
        """Start the server and wait until it answers."""
        command = [
            sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{self.port}", "--workers", str(workers),
            "--threads", str(threads), "--no-control-socket", "--log-level", "error", "lianxin.config.wsgi",
        ]  # fmt: skip
        self._start(command)
        deadline = time.monotonic() + 90  # a machine that builds other things answers late
        while time.monotonic() < deadline:
            try:
                urllib.request.urlopen(f"{self.url}/api/v1/openapi.json", timeout=2).close()
                return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise TimeoutError("the server does not answer")

    def work(self) -> None:
        """Start the worker."""
        self._start([sys.executable, "-m", "django", "worker"])

    def kill(self) -> None:
        """End everything at once, as a power cut would: the whole process groups, by signal 9."""
        for process in self.running:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(10)
        self.running.clear()

    def _start(self, command: list[str]) -> None:
        log = (self.data / "log").open("ab")
        self.running.append(
            subprocess.Popen(command, env=self.env, cwd=ROOT, start_new_session=True, stdout=log, stderr=log)
        )


def copied(template: Path, to: Path) -> Path:
    """Copy a prepared data folder."""
    shutil.copytree(template, to)
    return to
