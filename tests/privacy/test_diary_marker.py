"""A private diary's marker is looked for by everybody else: pages, API, search, files, log, every column."""

from __future__ import annotations

import io
import logging

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection
from PIL import Image

from lianxin.audit.models import AuditEntry
from lianxin.duties import services
from lianxin.duties.models import DutyRecord
from lianxin.notifications.models import Notice
from tests.distribution import apart
from tests.factories import duties as make
from tests.factories.cast import VILLAGE, Cast
from tests.permissions.doors import client_of, doors
from tests.permissions.world import OWN, PEOPLE, World, build
from tests.permissions.worlds import parameters
from tests.privacy.marks import fetched

pytestmark = pytest.mark.django_db
TITLE, MARK, TAG = "夜里写给自己", "紫藤花开的那一夜我哭了", "银杏标签"
MARKS = (TITLE, MARK, TAG)
OTHERS = tuple(who for who in PEOPLE if who != "deputy_town")
"""Everybody of the permission matrix: whoever joins it looks for the diary as well."""
AUTHOR = "deputy_town"
SKIPPED = {"access", "rest", "number", "what"}


@pytest.fixture
def planted(cast: Cast, caplog: pytest.LogCaptureFixture) -> tuple[World, DutyRecord]:
    """Write the diary by both doors, amend it, add a photo, ask for its verdict; then build the world."""
    caplog.set_level(logging.DEBUG)
    client = client_of(cast, AUTHOR)
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "gray").save(out, "JPEG")
    out.seek(0)
    typed = {"title": TITLE, "text": f"{MARK}，不想让别人知道。", "v_tags": TAG, "division_code": VILLAGE}
    answer = client.post("/deputy/note/field_diary", {**typed, "privacy": "self", "photos": out})
    assert answer.status_code == 302, answer.content
    row = DutyRecord.objects.get()
    services.duty_amend(
        actor=cast.deputy_town, record=row, title=TITLE, text=f"{MARK}。改了一个字。", values={"tags": TAG}
    )
    token = {"Authorization": f"Bearer {client.defaults['HTTP_X_TEST_TOKEN']}"}
    body = {"kind": "field_diary", "on": row.on.isoformat(), "title": TITLE, "text": f"{MARK}，第二次写。"}
    sent = {**body, "privacy": "self", "values": {"tags": TAG}}
    assert client.post("/api/v1/duties", sent, "application/json", headers=token).status_code == 201
    return build(cast), row


def hidden(text: str, where: str) -> None:
    """Check that no mark stands in a text."""
    for mark in MARKS:
        assert mark not in text, f"{mark} in {where}"


def test_the_author_reads_it(cast: Cast, planted: tuple[World, DutyRecord]) -> None:
    client = client_of(cast, AUTHOR)
    assert MARK in client.get(f"/deputy/duties/{planted[1].pk}").content.decode()
    assert TITLE in client.get("/deputy/diary").content.decode()
    token = {"Authorization": f"Bearer {client.defaults['HTTP_X_TEST_TOKEN']}"}
    assert MARK in client.get(f"/api/v1/duties/{planted[1].pk}", headers=token).json()["text"]


def addresses_of(cast: Cast, world: World, row: DutyRecord) -> tuple[list[str], list[str]]:
    """Return the diary's own addresses, which must stay shut, and every other address there is."""
    file, author = row.proofs.get().file_id, cast.deputy_row(AUTHOR).pk
    shut = [f"{base}/{row.pk}" for base in ("/deputy/duties", "/office/duties/records", "/api/v1/duties")]
    shut += [f"/deputy/duties/{row.pk}/edit", f"/deputy/duties/{row.pk}/files/{file}"]
    rest = [
        f"/office/duties/deputies/{author}",
        f"/deputies/{author}/pledges",
        "/api/v1/duties?kind=field_diary",
    ]
    rest += [f"{search}?q={mark}" for mark in MARKS for search in ("/search", "/api/v1/search")]
    for door in doors():
        values = {} if SKIPPED & set(door.names) else parameters(world, cast, OWN, door.route)
        if set(door.names) <= set(values):
            rest.append(door.address(values))
    return shut, rest


@pytest.mark.parametrize("who", [apart(one, f"diary-{one}") for one in OTHERS])
def test_nobody_else_finds_it_through_any_page_operation_or_search(
    cast: Cast, planted: tuple[World, DutyRecord], who: str
) -> None:
    shut, rest = addresses_of(cast, *planted)
    assert len(rest) > 100
    if connection.vendor == "postgresql":
        rest = [one for one in rest if "?" in one]  # the search is another one there, the pages are the same
    client = client_of(cast, who)
    token = {"Authorization": f"Bearer {client.defaults.get('HTTP_X_TEST_TOKEN', '')}"}
    opened = 0
    for address in [*shut, *rest]:
        api = address.startswith("/api/") and who != "anonymous"
        answer = client.get(address, headers=token if api else {})
        text, asked = fetched(answer), address.partition("?q=")[2]
        hidden(text.replace(asked, "") if asked else text, f"{address} as {who}")
        opened += answer.status_code == 200
        assert address not in shut or answer.status_code in {302, 401, 403, 404}, f"{address} as {who}"
    assert opened > 2 or connection.vendor == "postgresql", who


def test_no_column_of_the_database_holds_it(cast: Cast, planted: tuple[World, DutyRecord]) -> None:
    looked = 0
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608 - our own
            for row in cursor.fetchall():
                looked += 1
                hidden(str(row), model._meta.db_table)
                hidden(str(row).encode().decode("unicode_escape", "replace"), model._meta.db_table)
    assert looked > 100


def test_trail_notices_mail_and_log_do_not_know_it(
    cast: Cast, planted: tuple[World, DutyRecord], caplog: pytest.LogCaptureFixture
) -> None:
    assert AuditEntry.objects.filter(tag__startswith="duty.").count() >= 3
    for entry in AuditEntry.objects.all():
        hidden(str(entry.facts), "trail")
    for notice in Notice.objects.all():
        hidden(f"{notice.subject}{notice.text}{notice.link}", "notice")
    for message in mail.outbox:
        hidden(str(message.message()), "mail")
    ours = "\n".join(
        f"{one.name} {one.getMessage()}" for one in caplog.records if not one.name.startswith("django.db")
    )
    hidden(ours, "log")


def test_a_diary_that_becomes_private_leaves_no_open_copy_behind(cast: Cast) -> None:
    row = make.diary(cast, text=f"{MARK}，起初想给小组看。", privacy="group", title=TITLE)
    services.duty_amend(
        actor=cast.deputy_town, record=row, title=TITLE, text=f"{MARK}，算了。", privacy="self"
    )
    row.refresh_from_db()
    assert (row.title, row.text) == ("", "")
    hidden(str(list(row.events.values())), "events")
    services.duty_amend(actor=cast.deputy_town, record=row, title=TITLE, text=MARK, privacy="group")
    row.refresh_from_db()
    assert row.text == MARK, "opened again by its author only"
