"""Letters are handed to the parties, each in his own copy, and to nobody else."""

from __future__ import annotations

import io
from typing import Any

import pdfplumber
import pytest
from django.test import Client

from lianxin.common.ids import uuid7
from lianxin.documents.letters import UNNAMED
from lianxin.documents.models import LetterVersion
from lianxin.handling.matters import Part
from lianxin.handling.workflow import Mode
from lianxin.suggestions import services
from lianxin.suggestions.models import Suggestion
from tests.factories import opinions, suggestions
from tests.factories.cast import Cast

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def cosigned(cast: Cast, **changes: Any) -> Suggestion:
    """Return a replied suggestion of two deputies."""
    row = suggestions.drafted(cast, **changes)
    invited = [cast.deputy_row("deputy_city_2").id]
    row = services.cosigners_invite(actor=cast.deputy_city, suggestion=row, deputies=invited)
    row.refresh_from_db()
    row = services.cosign_answer(
        actor=cast.deputy_city_2, suggestion=row, agree=True, seen_hash=row.text_hash
    )
    row.refresh_from_db()
    row = services.suggestion_submit(actor=cast.deputy_city, suggestion=row)
    row = services.suggestion_register(actor=cast.office, suggestion=row)
    row = services.suggestion_assign(actor=cast.office, suggestion=row, parts=[Part("transport", Mode.SOLE)])
    return suggestions.replied(cast, row)


def letter_of(row: Any, kind: str = "reply") -> LetterVersion:
    return LetterVersion.objects.get(matter_id=row.id, kind=kind)


def asks(
    cast: Cast, client: Client, who: str, letter: LetterVersion, ending: str = "pdf", query: str = ""
) -> Any:
    client.force_login(cast.account(who))
    return client.get(f"/papers/letters/{letter.id}.{ending}{query}")


def text(answer: Any) -> str:
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    found = pdfplumber.open(io.BytesIO(answer.content)).pages
    return "".join(page.extract_text() for page in found)


@pytest.mark.parametrize("who", ["clerk", "head", "office", "oversight", "deputy_city", "deputy_city_2"])
def test_the_parties_get_the_reply(cast: Cast, client: Client, who: str) -> None:
    answer = asks(cast, client, who, letter_of(cosigned(cast)))
    assert "现逐条答复如下" in text(answer)
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    "who",
    ["clerk_power", "head_power", "deputy_city_3", "deputy_other", "presidium", "keeper_other", "clerk_town"],
)
@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_others_are_told_that_there_is_none(cast: Cast, client: Client, who: str, ending: str) -> None:
    assert asks(cast, client, who, letter_of(cosigned(cast)), ending).status_code == 404


@pytest.mark.parametrize("who", ["admin", "security", "auditor"])
def test_administrators_get_no_letters(cast: Cast, client: Client, who: str) -> None:
    assert asks(cast, client, who, letter_of(cosigned(cast))).status_code in {302, 403}


def test_a_resident_is_sent_to_the_door(cast: Cast, client: Client) -> None:
    answer = client.get(f"/papers/letters/{letter_of(cosigned(cast)).id}.pdf")
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/login")


def test_a_published_suggestion_does_not_publish_its_letters(cast: Cast, client: Client) -> None:
    row = cosigned(cast)
    Suggestion.objects.filter(pk=row.pk).update(is_public=True)
    assert asks(cast, client, "keeper_other", letter_of(row)).status_code == 404
    assert asks(cast, client, "deputy_city_3", letter_of(row)).status_code == 404


def test_an_unknown_letter(cast: Cast, client: Client) -> None:
    client.force_login(cast.account("office"))
    assert client.get(f"/papers/letters/{uuid7()}.pdf").status_code == 404


def test_each_deputy_gets_the_copy_addressed_to_him(cast: Cast, client: Client) -> None:
    letter = letter_of(cosigned(cast))
    lead, second = (cast.deputy_row(name).name for name in ("deputy_city", "deputy_city_2"))
    first_copy, second_copy = (
        text(asks(cast, client, who, letter)) for who in ("deputy_city", "deputy_city_2")
    )
    assert f"{lead}代表：" in first_copy
    assert f"{second}代表：" in second_copy
    assert f"{lead}代表" not in second_copy
    both = text(asks(cast, client, "clerk", letter))
    assert f"{lead}代表、{second}代表：" in both
    assert f"{second}代表：" in text(asks(cast, client, "clerk", letter, query="?copy=2")).replace(
        f"、{second}", ""
    )


@pytest.mark.parametrize("typed", ["0", "-1", "99999999999999999999", "²", "x", "7"])
def test_a_strange_copy_number_does_no_harm(cast: Cast, client: Client, typed: str) -> None:
    assert asks(cast, client, "clerk", letter_of(cosigned(cast)), query=f"?copy={typed}").status_code == 200


def test_a_confidential_deputy_is_not_named_in_copies_to_others(cast: Cast, client: Client) -> None:
    letter = letter_of(cosigned(cast, confidential=True))
    name = cast.deputy_row("deputy_city").name
    for who in ("office", "oversight"):
        for query in ("", "?copy=1"):
            copy = text(asks(cast, client, who, letter, query=query))
            assert UNNAMED in copy
            assert f"{name}代表" not in copy
    assert f"{name}代表" in text(asks(cast, client, "deputy_city", letter))
    assert f"{name}代表" in text(asks(cast, client, "clerk", letter))


def test_the_enclosed_form_alone(cast: Cast, client: Client) -> None:
    row = cosigned(cast)
    client.force_login(cast.account("deputy_city_2"))
    form = text(client.get(f"/papers/letters/{letter_of(row).id}/feedback.pdf"))
    assert "征询意见表" in form
    assert cast.deputy_row("deputy_city_2").name in form
    client.force_login(cast.account("deputy_city_3"))
    assert client.get(f"/papers/letters/{letter_of(row).id}/feedback.pdf").status_code == 404


def test_a_letter_without_a_form_has_none(cast: Cast, client: Client) -> None:
    client.force_login(cast.account("office"))
    letter = letter_of(suggestions.assigned(cast), "hand_over")
    assert client.get(f"/papers/letters/{letter.id}/feedback.pdf").status_code == 404


def test_docx_for_the_unit(cast: Cast, client: Client) -> None:
    answer = asks(cast, client, "clerk", letter_of(cosigned(cast)), "docx")
    assert (answer.status_code, answer["Content-Type"]) == (200, DOCX)
    assert answer.content.startswith(b"PK")


def test_a_changed_letter_is_not_handed_out(cast: Cast, client: Client) -> None:
    letter = letter_of(cosigned(cast))
    LetterVersion.objects.filter(pk=letter.pk).update(content={**letter.content, "class_mark": "C"})
    answer = asks(cast, client, "deputy_city", letter)
    assert answer.status_code == 409
    assert "可能被改动过" in answer.content.decode()


@pytest.mark.parametrize("who", ["keeper", "clerk", "presidium"])
def test_an_opinions_letter_goes_to_its_station_and_its_unit(cast: Cast, client: Client, who: str) -> None:
    letter = letter_of(opinions.transferred(cast), "hand_over")
    assert "转办" in text(asks(cast, client, who, letter))


@pytest.mark.parametrize("who", ["keeper_other", "clerk_power", "deputy_city", "presidium_other"])
def test_an_opinions_letter_goes_to_nobody_else(cast: Cast, client: Client, who: str) -> None:
    letter = letter_of(opinions.transferred(cast), "hand_over")
    assert asks(cast, client, who, letter).status_code == 404
