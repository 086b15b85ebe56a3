"""The API of plan tasks: a unit's own list, a report once, refusals."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from tests.factories import plans as make
from tests.factories.cast import TOWN, Cast
from tests.permissions.doors import client_of

pytestmark = pytest.mark.django_db
SENT = {"percent": 30, "words": "三个村已经编好名单"}


def call(client: Client, method: str, path: str, body: dict[str, Any] | None = None, key: str = "") -> Any:
    headers = {"Authorization": f"Bearer {client.defaults['HTTP_X_TEST_TOKEN']}"}
    headers |= {"Idempotency-Key": key} if key else {}
    sent = json.dumps(body).encode() if body else b""
    return client.generic(method, f"/api/v1{path}", sent, "application/json", headers=headers)


def test_an_owner_lists_reads_and_reports_its_own_tasks(cast: Cast) -> None:
    row = make.task(make.issued(cast))
    town = client_of(cast, "presidium")
    listed = call(town, "GET", "/plan-tasks").json()["items"]
    assert [(one["owner"], one["standing"], one["percent"]) for one in listed] == [(TOWN, "not_started", 0)]
    path = f"/plan-tasks/{row.pk}/reports"
    first, again = (call(town, "POST", path, SENT, "k1") for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["id"] == again.json()["id"] and row.reports.count() == 1
    assert call(town, "POST", path, {**SENT, "percent": 50}, "k1").status_code == 409
    detail = call(town, "GET", f"/plan-tasks/{row.pk}").json()
    assert [one["state"] for one in detail["reports"]] == ["waiting"]


def test_another_units_task_is_not_there(cast: Cast) -> None:
    row = make.task(make.issued(cast))
    clerk = client_of(cast, "clerk")
    assert call(clerk, "GET", f"/plan-tasks/{row.pk}").status_code == 404
    assert call(clerk, "POST", f"/plan-tasks/{row.pk}/reports", SENT).status_code == 404
    assert call(client_of(cast, "office"), "POST", f"/plan-tasks/{row.pk}/reports", SENT).status_code == 403
    assert not row.reports.exists()


def test_what_is_wrong_is_named(cast: Cast) -> None:
    row = make.task(make.issued(cast))
    town = client_of(cast, "presidium")
    answer = call(town, "POST", f"/plan-tasks/{row.pk}/reports", {"percent": 130, "words": "三个村已经编好"})
    assert answer.status_code == 422 and "percent" in answer.json()["errors"]
