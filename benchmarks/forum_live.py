"""How long a row of the ledger takes to the hall screen: from sending it to the event on the stream.

Prints JSON: median and slowest in milliseconds over some rows, against a real server of two processes on
a copy of a loaded demo city.

    .venv/bin/python benchmarks/forum_live.py --data var/small --password … [--rows 20]
"""

from __future__ import annotations

import argparse
import http.cookiejar
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from pathlib import Path
from uuid import uuid4


class Browser:
    """A signed-in browser without pictures."""

    def __init__(self, site: str, username: str, password: str) -> None:
        self.site = site
        jar = http.cookiejar.CookieJar()
        self.open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar)).open
        page = self.get("/login")
        self.token = self._token(page)
        self.post("/login", {"username": username, "password": password})
        self.token = self._token(self.get("/forums"))

    def get(self, path: str) -> str:
        """GET a page."""
        with self.open(self.site + path, timeout=60) as answer:
            return str(answer.read().decode())

    def post(self, path: str, typed: dict[str, str]) -> None:
        """POST a form."""
        body = urllib.parse.urlencode({**typed, "csrfmiddlewaretoken": self.token}).encode()
        request = urllib.request.Request(
            self.site + path, body, {"X-Ledger": "1", "Referer": self.site + path}
        )
        with self.open(request, timeout=60):
            pass

    @staticmethod
    def _token(page: str) -> str:
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert found
        return found[1]


def listen(browser: Browser, forum: str, seen: list[tuple[int, float]], ready: threading.Event) -> None:
    """Note each total that the stream tells and when."""
    with browser.open(f"{browser.site}/forums/{forum}/stream", timeout=60) as answer:
        for line in answer:
            if line.startswith(b'data: {"version'):
                seen.append((json.loads(line[6:])["total"], time.perf_counter()))
                ready.set()


def measured(site: str, password: str, rows: int) -> dict[str, float]:
    """Send rows and return how long each took to the stream."""
    recorder, wall = Browser(site, "office", password), Browser(site, "leader", password)
    found = re.search(r"/forums/([0-9a-f-]{36})", recorder.get("/forums"))
    assert found, "no forum"
    forum, seen, ready = found[1], list[tuple[int, float]](), threading.Event()
    threading.Thread(target=listen, args=(wall, forum, seen, ready), daemon=True).start()
    ready.wait(20)
    took, total = [], seen[-1][0]
    for _ in range(rows):
        words, began = uuid4().hex, time.perf_counter()
        typed = {"deputy": "1", "units": "1", "text": words, "anyway": "1", "request_id": words}
        recorder.post(f"/forums/{forum}/rows", typed)
        total += 1
        while not seen or seen[-1][0] < total:
            time.sleep(0.005)
        took.append(1000 * (next(at for count, at in seen if count >= total) - began))
        time.sleep(0.4)
    return {
        "rows": rows,
        "median_ms": round(statistics.median(took), 1),
        "slowest_ms": round(max(took), 1),
    }


def wait(port: int) -> None:
    """Return when the server answers."""
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)


def main() -> None:
    """Serve a copy of the city and print what was measured."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--password", required=True)
    parser.add_argument("--rows", type=int, default=20)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lianxin-bench-") as own, socket.socket() as probe:
        data = Path(own) / "city"
        shutil.copytree(asked.data, data)
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        bind = ["--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4", "--no-control-socket"]
        server = subprocess.Popen(
            [
                str(Path(sys.executable).with_name("gunicorn")),
                *bind,
                "--log-level",
                "error",
                "lianxin.config.wsgi",
            ],
            env={**os.environ, "LIANXIN_DATA": str(data), "LIANXIN_DEMO": "1"},
        )
        try:
            wait(port)
            print(json.dumps(measured(f"http://127.0.0.1:{port}", asked.password, asked.rows)))
        finally:
            server.kill()  # an open stream would keep it for its time
            server.wait(15)


if __name__ == "__main__":
    main()
