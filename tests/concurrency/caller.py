"""Many clients at once."""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from tests.concurrency.served import Served
from tests.factories.cast import PASSWORD


@dataclass(frozen=True)
class Answer:
    """Status and JSON of an answer."""

    status: int
    body: dict[str, Any]


def call(server: Served, method: str, path: str, body: Any = None, **headers: str) -> Answer:
    """Send one request on a connection of its own."""
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=40)
    sent = {"Content-Type": "application/json", **headers}
    try:
        line.request(method, f"/api/v1{path}", json.dumps(body) if body is not None else None, sent)
        answer = line.getresponse()
        return Answer(answer.status, json.loads(answer.read() or b"{}"))
    finally:
        line.close()


def signed_in(server: Served, name: str) -> dict[str, str]:
    """Return the headers of a person who has signed in."""
    answer = call(server, "POST", "/tokens", {"username": name, "password": PASSWORD})
    assert answer.status == 200, (answer, (server.data / "log").read_text()[-3000:])
    return {"Authorization": f"Bearer {answer.body['token']}"}


def together(calls: list[Callable[[], Answer]]) -> list[Answer]:
    """Make all calls at the same time."""
    with ThreadPoolExecutor(len(calls)) as pool:
        return [one.result() for one in [pool.submit(call) for call in calls]]
