"""A demo city of the tests' own: loaded once, copied for each test process, served by the real server and worker."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.factories.tables import FILE, tables_copy
from tests.journeys.slow_net import line_opened

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
PASSWORD = "lianxin-journeys-2026"
GIVEN = "LIANXIN_TEST_CITY_SMALL"
"""The environment variable that names a folder with a loaded small city, to be copied and never touched."""
SLOW = "LIANXIN_JOURNEYS_SLOW"
"""The environment variable that puts a slow line between the browsers and the city."""
INHERITED = ("PATH", "HOME", "LANG", "TMPDIR", "VIRTUAL_ENV")
WAIT_SECONDS = 60
VECTORS = "from lianxin.search.vectors import vectors_fill\nwhile vectors_fill(64): pass"
"""Half a minute of a processor, which every copy's worker would spend anew."""


def surroundings(data: Path, **more: str) -> dict[str, str]:
    """Return the environment of a city's processes: nothing of the caller's database or keys."""
    kept = {name: os.environ[name] for name in INHERITED if name in os.environ}
    return {
        **kept,
        "LIANXIN_DATA": str(data),
        "LIANXIN_DEMO": "1",
        "LIANXIN_DEMO_PASSWORD": PASSWORD,
        "PYTHONPATH": str(ROOT / "src"),
        **more,
    }


def _run(data: Path, *words: str) -> str:
    done = subprocess.run(
        [BIN / "lianxin", *words],
        env=surroundings(data),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"lianxin {' '.join(words)}\n{done.stdout[-2000:]}{done.stderr[-4000:]}"
    return done.stdout


def shell(data: Path, code: str) -> str:
    """Let something happen in a city that no page does (a day passes, a deputy leaves); return what it prints."""
    return _run(data, "shell", "-v0", "-c", code)


def city_load(data: Path) -> None:
    """Load the small demo city into a folder."""
    tables_copy(data / FILE)
    _run(data, "migrate", "-v0")
    _run(data, "collectstatic", "--noinput", "-v0")
    _run(data, "demo", "--scale", "small", "--seed", "321")
    shell(data, VECTORS)


def city_once(shared: Path) -> Path:
    """Return a folder with a loaded city, made by the first test process that asks."""
    if os.environ.get(GIVEN):
        return Path(os.environ[GIVEN])
    data = shared / "city-small"
    shared.mkdir(parents=True, exist_ok=True)
    with (shared / "city-small.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (data / "demo_loaded").exists():
            shutil.rmtree(data, ignore_errors=True)
            city_load(data)
    return data


def password_of(data: Path) -> str:
    """Return the password of the demo accounts in a folder."""
    if os.environ.get(GIVEN):
        kept = data / "demo_password"
        return kept.read_text().strip() if kept.exists() else os.environ["LIANXIN_DEMO_PASSWORD"]
    return PASSWORD


def city_copy(loaded: Path, to: Path) -> Path:
    """Copy a loaded city, so that tests may change it; static files are collected anew, the code may be newer."""
    shutil.copytree(loaded, to, ignore=shutil.ignore_patterns("static", "*.log"))
    _run(to, "migrate", "-v0")
    _run(to, "collectstatic", "--noinput", "-v0")
    return to


@dataclass
class City:
    """A served city: where it is, how to sign in, who has signed in already, and its processes."""

    data: Path
    password: str
    port: int = field(default=0)
    behind: int = field(default=0)
    line: socket.socket | None = field(default=None, repr=False)
    sessions: dict[str, list[Any]] = field(default_factory=dict, repr=False)
    """The cookies of each account that has signed in, so that it types its password once."""
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list, repr=False)

    @property
    def url(self) -> str:
        """Return the address of the first page, without a slash at its end."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start server and worker; return when the city answers."""
        self.port = self.port or free_port()
        self._line()
        here = surroundings(self.data, LIANXIN_SITE_URL=self.url)
        bind = [
            "--bind",
            f"127.0.0.1:{self.behind}",
            "--workers",
            "1",
            "--threads",
            "4",
            "--no-control-socket",
        ]
        self._spawn("server", [str(BIN / "gunicorn"), *bind, "lianxin.config.wsgi"], here)
        self._spawn("worker", [str(BIN / "lianxin"), "worker"], here)
        self._wait()

    def _line(self) -> None:
        """Let the server listen behind a slow line, if that is wished; the line stays when the city stops."""
        self.behind = self.behind or (free_port() if os.environ.get(SLOW) else self.port)
        if self.behind != self.port and self.line is None:
            self.line = line_opened(self.port, self.behind)

    def _spawn(self, name: str, command: list[str], env: dict[str, str]) -> None:
        log = (self.data / f"{name}.log").open("ab")
        self.processes.append(
            subprocess.Popen(command, env=env, cwd=ROOT, stdout=log, stderr=log, start_new_session=True)
        )

    def _wait(self) -> None:
        for _ in range(WAIT_SECONDS * 5):
            try:
                with urllib.request.urlopen(f"{self.url}/", timeout=5) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.2)
        raise AssertionError(f"the city did not start\n{self.log()}")

    def log(self) -> str:
        """Return the end of what server and worker have written."""
        return "".join(path.read_text()[-3000:] for path in sorted(self.data.glob("*.log")))

    def stop(self) -> None:
        """End both processes, kindly first."""
        for process in self.processes:
            os.killpg(process.pid, signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        self.processes.clear()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def city_served(shared: Path, own: Path) -> Iterator[City]:
    """Serve a copy of the loaded city for as long as it is needed."""
    loaded = city_once(shared)
    city = City(data=city_copy(loaded, own), password=password_of(loaded))
    try:
        city.start()
        yield city
    finally:
        city.stop()
