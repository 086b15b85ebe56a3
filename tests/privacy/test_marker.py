"""A planted name and number are looked for everywhere a department can reach, and in every column."""

from __future__ import annotations

import io
import logging

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection
from django.test import Client
from PIL import Image

from lianxin.audit.models import AuditEntry
from lianxin.documents.letters import letter_docx, letter_pdf
from lianxin.documents.models import LetterVersion, StoredFile
from lianxin.documents.services import file_read
from lianxin.handling.models import Assignment
from lianxin.opinions.models import Contact
from lianxin.suggestions.models import Suggestion
from tests.factories.cast import Cast
from tests.permissions.doors import client_of, doors
from tests.permissions.world import OWN, World
from tests.permissions.worlds import parameters
from tests.privacy.marks import ANSWER, MARKS, NAME, PHONE, TYPED, UNITS, fetched, hidden, readable


def test_the_marks_are_really_there_for_the_keeper(cast: Cast, planted: World) -> None:
    text = client_of(cast, "keeper").get(f"/station/opinions/{planted.opinion[OWN].pk}").content.decode()
    assert PHONE in text
    assert Contact.objects.filter(opinion=planted.opinion[OWN]).exists()


@pytest.mark.parametrize("who", UNITS)
def test_no_page_operation_or_letter_shows_a_department_who_it_was(
    cast: Cast, planted: World, who: str
) -> None:
    client, opened = client_of(cast, who), 0
    token = {"Authorization": f"Bearer {client.defaults['HTTP_X_TEST_TOKEN']}"}
    addresses = [
        f"/unit/matters/{part.pk}{page}" for part in Assignment.objects.all() for page in ("", "/reply")
    ]
    addresses += [f"/search?q={mark}" for mark in MARKS] + [f"/api/v1/search?q={mark}" for mark in MARKS]
    for letter in LetterVersion.objects.all():
        addresses += [f"/papers/letters/{letter.pk}{end}" for end in (".pdf", ".docx", "/feedback.pdf")]
    for door in doors():
        if not {"access", "file", "number", "what", "rest"} & set(door.names):
            addresses.append(door.address(parameters_of(planted, cast, door.route)))
    for address in addresses:
        answer = client.get(address, headers=token if address.startswith("/api/") else {})
        opened += answer.status_code == 200
        asked = _asked(address)
        said = fetched(answer).replace(f'value="{asked}"', "").replace(asked or "\0", "")
        hidden(said, address)
    assert opened > 10


@pytest.mark.parametrize("who", ["anonymous", "clerk"])
def test_a_published_answer_does_not_name_who_asked(cast: Cast, planted: World, who: str) -> None:
    client = Client() if who == "anonymous" else client_of(cast, who)
    said = client.get("/results").content.decode()
    assert ANSWER in said
    hidden(said, "/results")


def _asked(address: str) -> str:
    """Return what the searcher typed himself: it comes back in the search box."""
    return address.partition("?q=")[2]


def parameters_of(world: World, cast: Cast, route: str) -> dict[str, object]:
    """Return what stands in the braces, without the requests that this world does not hold."""
    return parameters(world, cast, OWN, route)


def test_a_search_for_the_person_finds_nothing(cast: Cast, planted: World) -> None:
    client = client_of(cast, "clerk")
    token = {"Authorization": f"Bearer {client.defaults['HTTP_X_TEST_TOKEN']}"}
    for mark in (*MARKS, *TYPED):
        assert client.get("/api/v1/search", {"q": mark}, headers=token).json()["items"] == []


def test_letters_trail_messages_and_log_know_nobody(cast: Cast, planted: World, logged: io.StringIO) -> None:
    assert LetterVersion.objects.count() >= 2
    for letter in LetterVersion.objects.all():
        hidden(readable(letter_pdf(letter)), "PDF")
        hidden(readable(letter_docx(letter)), "DOCX")
        hidden(str(letter.content), "letter")
    assert AuditEntry.objects.exists()
    for entry in AuditEntry.objects.all():
        hidden(str(entry.facts), "trail")
    for message in mail.outbox:
        hidden(str(message.message()), "mail")
    logging.getLogger("lianxin").debug("listened to")
    assert "listened to" in logged.getvalue()
    hidden(logged.getvalue(), "log")


def test_the_kept_photo_has_no_metadata(cast: Cast, planted: World) -> None:
    kept = StoredFile.objects.filter(purpose="photo")
    assert kept.exists()
    for file in kept:
        raw = file_read(file)
        assert NAME.encode() not in raw
        assert PHONE.encode() not in raw
        assert not Image.open(io.BytesIO(raw)).getexif()


ORIGINALS = {("opinions_opinion", "text")}
"""The resident's own words stay at the station; every other column is without a person."""


def test_no_column_but_the_original_words_holds_a_mark(cast: Cast, planted: World) -> None:
    found = set()
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - our own tables
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                found |= {
                    (table, name)
                    for name, value in zip(names, row, strict=True)
                    if any(mark in str(value) for mark in (*MARKS, *TYPED))
                }
    assert found == ORIGINALS


def test_an_error_message_does_not_say_who_it_was(cast: Cast, planted: World) -> None:
    client = client_of(cast, "clerk")
    token = {"Authorization": f"Bearer {client.defaults['HTTP_X_TEST_TOKEN']}"}
    for address in (f"/api/v1/opinions/{planted.opinion[OWN].pk}", f"/api/v1/opinions/by-code/{NAME}"):
        answer = client.get(address, headers=token)
        assert answer.status_code in {404, 422}
        hidden(answer.content.decode(), address)
    assert Suggestion.objects.exists()
