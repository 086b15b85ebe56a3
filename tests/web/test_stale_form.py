"""A form whose token does not fit is answered in plain Chinese, and what was written is not lost."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories.cast import Cast

WRITTEN = "三组的路塌了一半，车过不去，请派人来看看。"


@pytest.fixture
def strict() -> Client:
    """Return a browser whose forms must carry their token."""
    return Client(enforce_csrf_checks=True, headers={"Origin": "http://testserver"})


def test_a_form_without_its_token_gives_the_words_back(cast: Cast, strict: Client) -> None:
    answer = strict.post("/113/t", {"text": WRITTEN, "town": "610981113000", "request_id": "0190-a-key"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "刷新以后再交一次" in page and WRITTEN in page
    assert "610981113000" not in page and "0190-a-key" not in page and "<style" not in page


@pytest.mark.parametrize(
    "source", [{"Origin": "https://elsewhere.test"}, {"Referer": "https://elsewhere.test/"}]
)
def test_a_strange_page_cannot_make_us_say_its_words(cast: Cast, source: dict[str, str]) -> None:
    strange = Client(enforce_csrf_checks=True, headers=source)
    answer = strange.post("/113/t", {"text": WRITTEN})
    assert answer.status_code == 403 and WRITTEN not in answer.content.decode()


def test_a_password_is_never_given_back(cast: Cast, strict: Client) -> None:
    answer = strict.post("/login", {"username": "keeper", "password": "my-long-secret-password"})
    page = answer.content.decode()
    assert answer.status_code == 403 and "没有办成" in page
    assert "my-long-secret" not in page and "您写的话在下面" not in page


def test_with_its_token_the_form_goes_through(cast: Cast, strict: Client) -> None:
    page = strict.get("/login")
    token = page.context["csrf_token"]
    answer = strict.post("/login", {"username": "keeper", "password": "wrong", "csrfmiddlewaretoken": token})
    assert answer.status_code != 403
