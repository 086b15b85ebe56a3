"""Creates per second at eight clients against a real server of two processes."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

CLIENTS, SECONDS = 8, 8


def creates_per_second(data: str) -> dict[str, float]:
    """Serve the folder `data`, create for some seconds, return the rate and the slowest tenth in ms."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [str(Path(sys.executable).with_name("gunicorn")), "--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4",
         "--no-control-socket", "--log-level", "error", "lianxin.config.wsgi"],
        env={**os.environ, "LIANXIN_DATA": data},
    )  # fmt: skip
    try:
        _wait(port)
        return _load(port)
    finally:
        server.terminate()
        server.wait(10)


def _load(port: int) -> dict[str, float]:
    took: list[float] = []
    end = time.perf_counter() + SECONDS
    crew = [threading.Thread(target=_client, args=(port, name, end, took)) for name in range(CLIENTS)]
    for one in crew:
        one.start()
    for one in crew:
        one.join()
    return {
        "rate": round(len(took) / SECONDS, 1),
        "p90_ms": round(1000 * sorted(took)[int(len(took) * 0.9)], 1),
    }


def _client(port: int, name: int, end: float, took: list[float]) -> None:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    turn = 0
    while time.perf_counter() < end:
        turn += 1
        station = str(100 + (name * 97 + turn) % 21)
        body = json.dumps(
            {"station": station, "text": f"压测 {name} 第 {turn} 件：村口的路灯不亮 {time.time_ns()}"}
        )
        began = time.perf_counter()
        line.request(
            "POST",
            "/api/v1/opinions",
            body,
            {"content-type": "application/json", "x-browser-token": f"{name}-{turn}"},
        )
        answer = line.getresponse()
        answer.read()
        if answer.status == 201:
            took.append(time.perf_counter() - began)


def _wait(port: int) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not start")
