"""Odd signs in the addresses and forms of pages: a page with words, never a server error."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories.cast import Cast

ODD = [
    "\x00",
    "a\x00b",
    "\u202e倒",
    "𠮷" * 500,
    "%s' OR 1=1 --",
    "9" * 4000,
    "-1",
    "é\u0301",
    "<script>",
    "\r\n\t",
]
PUBLIC = ("/progress", "/results", "/stations", "/institutions", "/113/t", "/deputies")
DESKS = {
    "keeper": ("/station/opinions", "/search", "/station/calls"),
    "office": ("/office/suggestions", "/office/promises", "/office/topics"),
    "clerk": ("/unit/matters", "/unit/promises"),
    "deputy_city": ("/deputy/opinions", "/deputy/suggestions"),
}
NAMES = ("q", "code", "tab", "state", "category", "after", "unit", "kind", "page", "village", "year")


def query(odd: str) -> dict[str, str]:
    return dict.fromkeys(NAMES, odd)


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_bears_odd_questions(cast: Cast, path: str) -> None:
    client = Client(raise_request_exception=False)
    assert {client.get(path, query(odd)).status_code // 100 for odd in ODD} <= {2, 3, 4}


@pytest.mark.parametrize("who", DESKS)
def test_a_desk_bears_odd_questions(cast: Cast, who: str) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(cast.account(who), backend="django.contrib.auth.backends.ModelBackend")
    for path in DESKS[who]:
        for odd in ODD:
            assert client.get(path, query(odd)).status_code < 500, (path, odd)


@pytest.mark.parametrize("odd", ODD)
def test_a_form_bears_odd_words(cast: Cast, odd: str) -> None:
    client = Client(raise_request_exception=False)
    form = dict.fromkeys(
        ("text", "village", "category", "name", "phone", "spot", "code", "username", "password"), odd
    )
    for path in ("/113/t", "/progress", "/login", "/look"):
        assert client.post(path, form).status_code < 500, path


def test_a_nul_sign_is_refused_in_plain_words(cast: Cast) -> None:
    answer = Client().post("/113/t", {"text": "三组的路灯\x00坏了很久"})
    assert answer.status_code == 422
    assert "不能保存的字符" in answer.content.decode()
