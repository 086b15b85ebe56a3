"""The doors of the full demo city, opened by its named people."""

from __future__ import annotations

import os
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

API = "/api/v1"
PASSWORD = os.environ.get("LIANXIN_DEMO_PASSWORD", "")
TOWN, VILLAGE, CITY = "610981113000", "610981113202", "610981000000"


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """Use the copy of the city as it is: nothing is created and nothing is filled."""


class Doors:
    """Pages and API, each call as one named person; what is said first is what the test makes."""

    def __init__(self) -> None:
        self._tokens: dict[str, str] = {}

    def page(self, who: str = "") -> Client:
        """Return a browser, signed in through the sign-in page."""
        client = Client()
        if who:
            answer = client.post("/login", {"username": who, "password": PASSWORD})
            assert answer.status_code == 302, answer.status_code
        return client

    def get(self, path: str, who: str = "", **query: Any) -> Any:
        """Read by the API; fail unless it answers 200."""
        answer = Client().get(API + path, query, headers=self._headers(who))
        assert answer.status_code == 200, answer.content.decode()
        return answer.json()

    def post(self, path: str, body: dict[str, Any], who: str = "", expect: int = 200) -> Any:
        """Write by the API; fail unless the status is the expected one."""
        headers = {**self._headers(who), "Idempotency-Key": uuid4().hex, "X-Browser-Token": uuid4().hex}
        answer = Client().post(API + path, body, content_type="application/json", headers=headers)
        assert answer.status_code == expect, answer.content.decode()
        return answer.json()

    def act(self, kind: str, pk: str, name: str, who: str, /, expect: int = 200, **form: Any) -> Any:
        """Perform one act on an opinion or a suggestion."""
        return self.post(f"/{kind}/{pk}/actions/{name}", form, who, expect)

    def offers(self, kind: str, pk: str, who: str) -> set[str]:
        """Return the names of the acts open to somebody."""
        return {one["name"] for one in self.get(f"/{kind}/{pk}/actions", who)["items"]}

    def said(self, text: str, who: str = "keeper", **more: Any) -> dict[str, Any]:
        """Make an opinion at the tour's town and return it with its code."""
        body = {"station": "113", "text": text, "village": VILLAGE, "category": "交通道路", **more}
        receipt = self.post("/opinions", body, who, expect=201)
        found = next(
            one for one in self.get("/opinions", "keeper")["items"] if one["number"] == receipt["number"]
        )
        return {**found, "code": receipt["code"]}

    def paper(self, who: str = "deputy_city", body: str = CITY, **more: Any) -> dict[str, Any]:
        """Make a draft of a suggestion about something new."""
        mark = uuid4().hex[:6]
        draft = {
            "body": body,
            "title": f"关于整修第{mark}号便民桥的建议",
            "situation": f"走访中群众反映便民桥{mark}桥面断裂，雨天过不去，涉及八十六户三百一十人。",
            "proposal": "请交通部门现场核实并修复桥面，落实管护单位。",
            "demands": [f"修复便民桥{mark}的桥面", "明确管护单位和责任人"],
            "agree_to_publish": True,
            **more,
        }
        return dict(self.post("/suggestions", draft, who, expect=201))

    def _headers(self, who: str) -> dict[str, str]:
        if not who:
            return {}
        if who not in self._tokens:
            answer = Client().post(
                f"{API}/tokens", {"username": who, "password": PASSWORD}, content_type="application/json"
            )
            assert answer.status_code == 200, answer.content.decode()
            self._tokens[who] = answer.json()["token"]
        return {"Authorization": f"Bearer {self._tokens[who]}"}


@pytest.fixture
def doors(db: None) -> Doors:
    """Return the doors of the city."""
    return Doors()
