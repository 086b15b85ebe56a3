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
from lianxin.documents.models import LetterVersion, StoredFile
from lianxin.documents.services import file_read
from lianxin.handling.models import Assignment
from lianxin.opinions import services as opinions
from lianxin.opinions.models import Contact, Opinion
from lianxin.suggestions.models import Suggestion
from tests.api.client import resident
from tests.factories import suggestions as make
from tests.factories.cast import VILLAGE, Cast
from tests.permissions.doors import client_of, doors
from tests.permissions.world import OWN, World, parameters

NAME, PHONE = "欧阳晓璐", "13987654321"
MARKS = (NAME, PHONE, "139 8765 4321", "欧阳")
SAID = f"李家庄三组没有路灯。我叫王晓璐，电话 {PHONE}，请回我"
TYPED = ("王晓璐", PHONE)
"""What the resident wrote into the text itself: the name after 我叫, and the number."""
UNITS = ("clerk", "head", "clerk_power", "oversight")


def photo() -> bytes:
    """Return a photo whose metadata names the person."""
    picture, out = Image.new("RGB", (64, 48), "gray"), io.BytesIO()
    exif = Image.Exif()
    exif[0x010E], exif[0x013B] = NAME, PHONE
    picture.save(out, "JPEG", exif=exif, comment=NAME.encode())
    return out.getvalue()


@pytest.fixture
def planted(cast: Cast, caplog: pytest.LogCaptureFixture) -> World:
    """Plant the marks by the doors, and bring the matter to a department and into a signed letter."""
    caplog.set_level(logging.DEBUG)
    body = {"station": "113", "text": SAID, "village": VILLAGE, "contact": {"name": NAME, "phone": PHONE}}
    answer = resident().post("/opinions", **body)
    assert answer.status_code == 201, answer.content
    row = Opinion.objects.get(number=answer.json()["number"])
    form = {"text": SAID + "。", "name": NAME, "phone": PHONE, "village": VILLAGE}
    page = Client().post("/113/t", {**form, "photos": io.BytesIO(photo())})
    assert page.status_code in {200, 302}, page.content
    row = opinions.opinion_move(actor=cast.keeper, opinion=row, act="accept")
    opinions.opinion_outgoing_check(actor=cast.keeper, opinion=row, text=row.outgoing_text)
    opinions.opinion_transfer(actor=cast.keeper, opinion=row, units=["transport"])
    suggestion = make.replied(cast, title="关于在三组到小学装路灯的建议")
    return World({OWN: row, "other": row}, {OWN: suggestion, "other": suggestion}, answer.json()["code"])


def hidden(text: str, where: str) -> None:
    """Check that no mark stands in a text."""
    for mark in (*MARKS, *TYPED):
        assert mark not in text, f"{mark} in {where}"


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
    part = Assignment.objects.get(matter_id=planted.opinion[OWN].pk)
    addresses = [f"/unit/matters/{part.pk}", f"/unit/matters/{part.pk}/reply"]
    addresses += [f"/search?q={mark}" for mark in MARKS] + [f"/api/v1/search?q={mark}" for mark in MARKS]
    addresses += [f"/papers/letters/{letter.pk}.docx" for letter in LetterVersion.objects.all()]
    for door in doors():
        if not {"access", "file", "number", "what", "rest"} & set(door.names):
            addresses.append(door.address(parameters_of(planted, cast, door.route)))
    for address in addresses:
        answer = client.get(address, headers=token if address.startswith("/api/") else {})
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        opened += answer.status_code == 200
        text = body.decode("utf-8", "replace")
        hidden(
            text.replace(f'value="{_asked(address)}"', "").replace(_asked(address) or "\0", ""), address
        ) if "?q=" in address else hidden(text, address)
        hidden(str(answer.headers), address)
    assert opened > 10


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


def test_letters_trail_messages_and_log_know_nobody(
    cast: Cast, planted: World, caplog: pytest.LogCaptureFixture
) -> None:
    assert LetterVersion.objects.count() >= 2
    for letter in LetterVersion.objects.all():
        hidden(str(letter.content), "letter")
    assert AuditEntry.objects.exists()
    for entry in AuditEntry.objects.all():
        hidden(str(entry.facts), "trail")
    for message in mail.outbox:
        hidden(str(message.message()), "mail")
    ours = "\n".join(
        f"{one.name} {one.getMessage()}" for one in caplog.records if not one.name.startswith("django.db")
    )
    hidden(ours, "log")


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
