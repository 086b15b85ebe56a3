"""A client of the API for the tests: JSON in, status and JSON out."""

from __future__ import annotations

from typing import Any

from django.test import Client

from lianxin.common.ids import uuid7
from tests.factories.cast import PASSWORD

API = "/api/v1"


class Api:
    """Calls the API as one person; `headers` go with every call."""

    def __init__(self, name: str = "", **headers: str) -> None:
        self.client = Client(raise_request_exception=False)
        self.headers = headers
        if name:
            token = self.post("/tokens", username=name, password=PASSWORD).json()["token"]
            self.headers = {**headers, "Authorization": f"Bearer {token}"}

    def get(self, path: str, **query: str) -> Any:
        return self.client.get(API + path, query, headers=self.headers)

    def post(self, path: str, *, key: str = "", **body: Any) -> Any:
        headers = {**self.headers, **({"Idempotency-Key": key} if key else {})}
        return self.client.post(API + path, body, content_type="application/json", headers=headers)

    def raw(self, method: str, path: str, body: bytes = b"", **headers: str) -> Any:
        return self.client.generic(
            method, path, body, content_type="application/json", headers={**self.headers, **headers}
        )


def resident() -> Api:
    """Return a resident with a browser of his own."""
    return Api(**{"X-Browser-Token": uuid7().hex})
