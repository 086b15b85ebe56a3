"""A hall of real processes: the server, kiosks on ports of their own, voters who press their buttons."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from typing import Any

from tests.concurrency.served import ROOT, Served, free_port

RECEIPT = re.compile(r'kiosk-receipt">([^<]+)<')


def stage(served: Served, *words: str) -> Any:
    """Run a step of the story in the server's database; return what it said."""
    command = [sys.executable, "-m", "tests.factories.electronic_stage", *words]
    done = subprocess.run(
        command, env=served.env, cwd=ROOT, capture_output=True, text=True, check=False, timeout=900
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.partition("SAID")[2])


@dataclass
class Kiosk:
    """One machine in the hall: a process that knows the board's address and the hall's key."""

    served: Served
    code: str
    hall_key: str
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> Kiosk:
        """Start it and wait until its screen answers."""
        env = {
            **self.served.env,
            "LIANXIN_HALL_KEY": self.hall_key,
            "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
        }
        command = [
            sys.executable, "-m", "django", "kiosk", f"{self.served.url}/evote/{self.code}", "--port", str(self.port),
        ]  # fmt: skip
        self.process = subprocess.Popen(
            command,
            env=env,
            cwd=ROOT,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline:
            try:
                self.page()
            except OSError:
                assert self.process.poll() is None, self.process.stderr and self.process.stderr.read()
                time.sleep(0.1)
            else:
                return self
        raise TimeoutError("the kiosk does not answer")

    def page(self, path: str = "/", typed: list[tuple[str, str]] | None = None) -> str:
        """Return a page of the kiosk's screen."""
        data = urllib.parse.urlencode(typed).encode() if typed else None
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", data, timeout=120) as answer:
            assert not answer.headers.get("Set-Cookie")
            return str(answer.read().decode())

    def cast(self, card: str, *ticks: str) -> tuple[str, str]:
        """Vote; return (receipt, page)."""
        page = self.page("/cast", [("code", card), *(("tick", one) for one in ticks)])
        found = RECEIPT.search(page)
        return (found[1] if found else "", page)

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)
