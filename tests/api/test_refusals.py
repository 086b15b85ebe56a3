"""Everything that can go wrong is a problem document with words that a person can act on."""

from __future__ import annotations

import re

import pytest

from tests.api.client import Api
from tests.factories.cast import Cast

CHINESE = re.compile(r"[\u4e00-\u9fff]{4}")


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/api/v1/nothing", b"", 404),
        ("GET", "/api/v1/", b"", 404),
        ("GET", "/api/v2/opinions", b"", 404),
        ("DELETE", "/api/v1/opinions", b"", 405),
        ("GET", "/api/v1/tokens", b"", 405),
        ("POST", "/api/v1/tokens", b"{", 400),
        ("POST", "/api/v1/tokens", b"\xff\xfe", 400),
        ("POST", "/api/v1/tokens", b"[]", 422),
        ("POST", "/api/v1/opinions", b'{"station": "113", "text": "a\\u0000b"}', 422),
        ("POST", "/api/v1/opinions", b'{"station": "113", "text": "a\\ud800b"}', 422),
        ("POST", "/api/v1/opinions", b'{"text": "' + b"a" * 3_000_000 + b'"}', 413),
        ("POST", "/api/v1/opinions", b'{"station": "999", "text": "a lamp is broken"}', 404),
        ("GET", "/api/v1/opinions", b"", 401),
        ("GET", "/api/v1/search?q=%00", b"", 422),
        ("GET", "/api/v1/suggestions?after=x", b"", 422),
        ("GET", "/api/v1/suggestions/not-a-uuid", b"", 422),
    ],
)
def test_a_refusal_is_a_problem_document(
    cast: Cast, method: str, path: str, body: bytes, status: int
) -> None:
    answer = Api().raw(method, path, body)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    told = answer.json()
    assert told["status"] == status
    assert CHINESE.search(told["detail"])
    assert ("WWW-Authenticate" in answer) == (status == 401)
    assert ("Allow" in answer) == (status == 405)


def test_a_form_instead_of_json_is_refused(cast: Cast) -> None:
    answer = Api().client.post("/api/v1/tokens", {"username": "keeper", "password": "x"})
    assert answer.status_code == 415
    assert "application/json" in answer.json()["detail"]


def test_a_stale_token_is_refused_even_where_none_is_needed(cast: Cast) -> None:
    stranger = Api(Authorization="Bearer nonsense")
    for path in ("/stations", "/suggestions", "/opinions"):
        answer = stranger.get(path)
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"] == "Bearer"


def test_a_wrong_password_gives_no_token(cast: Cast) -> None:
    answer = Api().post("/tokens", username="keeper", password="wrong")
    assert answer.status_code == 401


def test_an_unforeseen_error_is_a_problem_too(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("lianxin.api.ground.search_all", broken)
    answer = Api().get("/search", q="路")
    assert answer.status_code == 500
    assert "secret" not in answer.content.decode()
