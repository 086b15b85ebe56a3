"""A draft made through the API holds everything that a deputy can say on the page."""

from __future__ import annotations

import pytest
from django.test import Client

from lianxin.regions.loading import CITY
from lianxin.suggestions.models import Suggestion
from tests.factories.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db
SAID = {
    "body": CITY,
    "title": "关于在李家庄村三组安装路灯的建议",
    "kind": "criticism",
    "suggested_unit": "transport",
    "confidential": True,
    "wants_meeting": True,
    "fast_track": True,
    "fast_track_reason": "冬天天黑得早，孩子摸黑走路",
    "what_is_new": "今年又有两人摔伤，电杆已经立好。",
}


def _post(client: Client, **changes: object) -> tuple[int, dict[str, object]]:
    given = {"username": "deputy_city", "password": PASSWORD}
    token = client.post("/api/v1/tokens", given, content_type="application/json").json()["token"]
    answer = client.post(
        "/api/v1/suggestions",
        {**SAID, **changes},
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}"},
    )
    return answer.status_code, answer.json()


def test_a_draft_keeps_every_field(cast: Cast, client: Client) -> None:
    status, made = _post(client)
    assert status == 201
    row = Suggestion.objects.get(pk=str(made["id"]))
    kept = {name: getattr(row, name) for name in SAID if name != "body"}
    assert kept == {name: said for name, said in SAID.items() if name != "body"}


def test_the_fast_track_needs_a_reason_and_is_not_for_the_session(cast: Cast, client: Client) -> None:
    assert _post(client, fast_track_reason="")[0] == 422
    assert _post(client, at_session=True)[0] == 422
    assert _post(client, at_session=True, fast_track=False, fast_track_reason="")[0] == 201
