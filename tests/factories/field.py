"""What a telephone sends, for the tests of 「下乡」."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

from django.test import Client

from lianxin.common import clock
from lianxin.contacts.models import Pairing

SYNC = "/deputy/field/sync"


def record(kind: str, **data: Any) -> dict[str, Any]:
    """Return one record as the telephone makes it now."""
    now = clock.now()
    made = {"device_time": now.isoformat(), "on": clock.local_date(now).isoformat()}
    return {"id": str(uuid4()), "kind": kind, **made, "data": data}


def diary(text: str = "走了三户，路灯坏了两盏，已记下位置。", **more: Any) -> dict[str, Any]:
    """Return a diary."""
    return record("diary", title="三组走访", text=text, **{"privacy": "station", **more})


def visit(pairing: Pairing, **more: Any) -> dict[str, Any]:
    """Return a visit to a household."""
    data = {"pairing": str(pairing.pk), "way": "home", "text": "老人身体还好，吃水要到沟里挑。"}
    return record("visit", **{**data, **more})


def send(client: Client, *records: dict[str, Any], sent_at: str = "") -> Any:
    """Send a batch and return the whole answer."""
    body = {"sent_at": sent_at or clock.now().isoformat(), "records": list(records)}
    return client.post(SYNC, json.dumps(body), content_type="application/json")


def result(client: Client, one: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Send one record and return what came of it."""
    answer = send(client, one, **more)
    assert answer.status_code == 200, answer.content.decode()
    return dict(answer.json()["results"][0])
