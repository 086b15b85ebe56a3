"""Posters for everybody, forms for those at the counter, receipts once and only to whom they belong."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pdfplumber
import pytest
from django.test import Client, RequestFactory

from lianxin.common import clock
from lianxin.people.models import Deputy, Seat
from lianxin.suggestions.models import Suggestion
from lianxin.web.papers.receipts import MINUTES, receipt_keep
from tests.factories import opinions
from tests.factories.cast import Cast


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer.content[:200]
    assert answer["Content-Type"] == "application/pdf"
    found = pdfplumber.open(io.BytesIO(answer.content)).pages
    return "".join(page.extract_text() for page in found)


@pytest.mark.parametrize(("size", "width"), [("A4", 210), ("A3", 297), ("A9", 210), ("", 210)])
def test_anybody_prints_a_poster(cast: Cast, client: Client, size: str, width: int) -> None:
    answer = client.get("/papers/stations/113/poster.pdf", {"size": size})
    assert "段家河镇人大代表联络站" in text(answer)
    (page,) = pdfplumber.open(io.BytesIO(answer.content)).pages
    assert round(float(page.width) / 72 * 25.4) == width


def test_no_poster_of_a_station_that_is_not(cast: Cast, client: Client) -> None:
    assert client.get("/papers/stations/none/poster.pdf").status_code == 404


def test_a_keeper_prints_forms_of_his_station(cast: Cast, client: Client) -> None:
    client.force_login(cast.account("keeper"))
    assert "表号" in text(client.get("/papers/stations/113/forms.pdf"))
    twenty = client.get("/papers/stations/113/forms.pdf?count=20")
    assert len(pdfplumber.open(io.BytesIO(twenty.content)).pages) == 21


def test_forms_of_another_place_and_for_others_are_refused(cast: Cast, client: Client) -> None:
    for who in ("keeper_other", "clerk", "auditor"):
        client.force_login(cast.account(who))
        assert client.get("/papers/stations/113/forms.pdf").status_code in {302, 403}, who
    assert Client().get("/papers/stations/113/forms.pdf").status_code == 302


def keep(client: Client, done: Any) -> None:
    """Do what the counter's page does after registering."""
    request = RequestFactory().get("/")
    request.session = client.session
    receipt_keep(request, done)
    request.session.save()


def test_a_resident_prints_his_own_receipt(cast: Cast, client: Client) -> None:
    done = opinions.said(cast)
    client.post("/progress", {"code": done.code})
    for size in ("A6", "80"):
        assert done.code in text(client.get("/papers/receipt.pdf", {"size": size}))


def test_without_a_code_there_is_no_receipt(cast: Cast, client: Client) -> None:
    opinions.said(cast)
    assert client.get("/papers/receipt.pdf").status_code == 404


def test_a_keeper_prints_only_what_he_has_just_taken_in(cast: Cast, client: Client) -> None:
    client.force_login(cast.account("keeper"))
    assert client.get("/papers/receipt.pdf").status_code == 404
    done = opinions.said(cast)
    keep(client, done)
    assert done.code in text(client.get("/papers/receipt.pdf"))
    other = Client()
    other.force_login(cast.account("keeper"))
    assert other.get("/papers/receipt.pdf").status_code == 404


def test_after_some_minutes_the_keeper_cannot_print_it_any_more(cast: Cast, client: Client) -> None:
    client.force_login(cast.account("keeper"))
    with clock.at(clock.now() - timedelta(minutes=MINUTES + 1)):
        keep(client, opinions.said(cast))
    assert client.get("/papers/receipt.pdf").status_code == 404
    assert "receipt" not in client.session


DRAFT = {
    "congress": "安康市第五届人民代表大会",
    "title": "关于污水管网的建议",
    "situation": "沿江没有管网。",
    "demands": "修管网\n管护",
}


def test_a_deputy_of_a_higher_congress_prints_a_draft_that_is_kept_nowhere(
    cast: Cast, client: Client
) -> None:
    deputy = cast.deputy_row("deputy_other")
    seat_in_prefecture(deputy)
    client.force_login(cast.account("deputy_other"))
    page = client.get("/papers/draft").content.decode()
    assert "安康市第五届人民代表大会" in page
    assert "不代为提交" in page
    assert "2. 管护" in text(client.post("/papers/draft", DRAFT))
    assert not Suggestion.objects.exists()


def test_an_empty_draft_comes_back_with_what_is_missing(cast: Cast, client: Client) -> None:
    seat_in_prefecture(cast.deputy_row("deputy_other"))
    client.force_login(cast.account("deputy_other"))
    answer = client.post("/papers/draft", {"title": "关于污水管网的建议"})
    assert answer.status_code == 422
    assert "关于污水管网的建议" in answer.content.decode()


@pytest.mark.parametrize("who", ["office", "clerk", "deputy_city"])
def test_drafts_are_for_deputies_of_higher_congresses(cast: Cast, client: Client, who: str) -> None:
    client.force_login(cast.account(who))
    assert client.get("/papers/draft").status_code in {302, 403}


def seat_in_prefecture(deputy: Deputy) -> None:
    Seat.objects.filter(deputy=deputy).delete()
    Seat.objects.create(
        deputy=deputy,
        level="prefecture",
        body_code="610900000000",
        term="安康市第五届",
        valid_from=clock.today(),
    )
