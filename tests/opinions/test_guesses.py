"""Guessing query codes ends: soon for one browser, in an hour for one address, never for a village."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client

from lianxin.common import clock
from lianxin.common.ids import uuid7
from lianxin.opinions.guesses import ADDRESS, note
from lianxin.opinions.models import Post
from lianxin.rulebook.services import value
from tests.api.client import Api
from tests.factories import opinions as make
from tests.factories.cast import Cast

WRONG = "XY-2222-2222"


def caller(address: str = "203.0.113.7") -> Api:
    """Return a caller who takes a new browser token each time."""
    api = Api(**{"X-Browser-Token": uuid7().hex})
    api.client.defaults["REMOTE_ADDR"] = address
    return api


def missed(times: int, address: str = "203.0.113.7") -> None:
    for turn in range(times):
        note(f"browser-{turn}", address)


def test_a_changed_token_does_not_hide_the_address(cast: Cast) -> None:
    missed(value("opinion.lookup_address_hour") - 1)
    assert caller().get(f"/opinions/by-code/{WRONG}").status_code in {404, 422}
    held = caller().get(f"/opinions/by-code/{WRONG}")
    assert held.status_code == 429
    assert 3000 < int(held["Retry-After"]) <= 3600
    assert caller("203.0.113.8").get(f"/opinions/by-code/{WRONG}").status_code != 429


def test_the_page_is_held_as_well_and_says_how_long(cast: Cast) -> None:
    missed(value("opinion.lookup_address_hour"))
    page = Client(REMOTE_ADDR="203.0.113.7").post("/progress", {"code": WRONG})
    assert page.status_code == 429 and page["Retry-After"]
    assert "输错的次数太多" in page.content.decode()


def test_a_village_behind_one_address_finds_its_matters(cast: Cast) -> None:
    """Everybody of two hundred may err once: the right codes still open."""
    said = make.said(cast)
    missed(200)
    assert caller().get(f"/opinions/by-code/{said.code}").status_code == 200
    assert Post.objects.filter(kind=ADDRESS).count() == 200, "right codes do not count"


def test_after_an_hour_the_address_is_free_again(cast: Cast) -> None:
    missed(value("opinion.lookup_address_hour"))
    with clock.at(clock.now() + timedelta(minutes=61)):
        assert caller().get(f"/opinions/by-code/{WRONG}").status_code != 429


def test_no_address_is_kept_in_the_open(cast: Cast) -> None:
    missed(1)
    assert not [row for row in Post.objects.values() if "203.0.113.7" in str(row)]


def test_a_lookup_costs_few_queries(cast: Cast, django_assert_max_num_queries: object) -> None:
    code = make.said(cast).code
    with django_assert_max_num_queries(5):  # type: ignore[operator]
        assert caller().get(f"/opinions/by-code/{code}").status_code == 200
