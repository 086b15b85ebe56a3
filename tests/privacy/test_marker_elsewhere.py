"""The planted name and number in files and their names, in the log, and in what is said when something breaks."""

from __future__ import annotations

import io
import logging
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError
from django.test import Client

from lianxin.common.logs import DiscreetFormatter
from lianxin.config.worker import Worker
from lianxin.documents.models import StoredFile
from lianxin.opinions.services import intake
from tests.api.client import resident
from tests.factories.cast import VILLAGE, Cast
from tests.permissions.doors import client_of
from tests.permissions.world import World
from tests.privacy.marks import NAME, PHONE, SAID, UNITS, fetched, hidden, named, photo


@pytest.mark.parametrize("who", UNITS)
def test_no_department_gets_a_photo_or_a_recording(cast: Cast, planted: World, who: str) -> None:
    client = client_of(cast, who)
    files = StoredFile.objects.all()
    assert {file.purpose for file in files} >= {"photo", "voice"}
    for file in files:
        end = "voice" if file.purpose == "voice" else f"photos/{file.pk}"
        answer = client.get(f"/station/opinions/{file.owner_id}/{end}")
        assert answer.status_code in {403, 404}, end
        hidden(fetched(answer), end)


def test_a_kept_file_has_no_name_but_its_checksum(cast: Cast, planted: World) -> None:
    kept = {file.sha256 for file in StoredFile.objects.all()}
    found = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert kept <= {path.name for path in found}
    hidden("\n".join(str(path) for path in found), "paths of files")


def test_the_keeper_gets_photo_and_recording_without_a_file_name(cast: Cast, planted: World) -> None:
    for file in StoredFile.objects.all():
        end = "voice" if file.purpose == "voice" else f"photos/{file.pk}"
        answer = client_of(cast, "keeper").get(f"/station/opinions/{file.owner_id}/{end}")
        assert answer.status_code == 200
        hidden(str(answer.headers), end)


def breaks(*args: object, **kwargs: object) -> None:
    """Fail as PostgreSQL does: with the whole row in the message."""
    try:
        raise ValueError(f"invalid input: {SAID}")
    except ValueError as first:
        raise IntegrityError(f"DETAIL: Failing row contains ({NAME}, {PHONE}, {SAID})") from first


@pytest.mark.parametrize("door", ["page", "api"])
def test_an_exception_tells_neither_the_caller_nor_the_log(
    cast: Cast, logged: io.StringIO, monkeypatch: pytest.MonkeyPatch, door: str
) -> None:
    monkeypatch.setattr(intake, "reindex", breaks)
    if door == "api":
        contact = {"name": NAME, "phone": PHONE}
        answer = resident().post("/opinions", station="113", text=SAID, village=VILLAGE, contact=contact)
    else:
        form = {"text": SAID, "name": NAME, "phone": PHONE, "photos": named(photo(), "jpg")}
        answer = Client(raise_request_exception=False).post("/113/t", form)
    assert answer.status_code == 500
    hidden(fetched(answer), door)
    assert "IntegrityError" in logged.getvalue()
    assert "breaks" in logged.getvalue(), "the place of the failure is told"
    hidden(logged.getvalue(), "log")


def test_a_broken_job_does_not_log_what_it_worked_on(
    cast: Cast, logged: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = Worker()
    monkeypatch.setattr(worker.jobs[0], "run", breaks)
    worker._run(worker.jobs[0])
    assert "IntegrityError" in logged.getvalue()
    hidden(logged.getvalue(), "log")


@pytest.mark.parametrize(
    "contact",
    [{"name": [NAME], "phone": PHONE}, {"name": NAME, "phone": [PHONE]}, {"name": NAME * 200}, f"{NAME}{PHONE}"],
)  # fmt: skip
def test_what_is_refused_for_its_form_is_not_quoted(cast: Cast, logged: io.StringIO, contact: object) -> None:
    answer = resident().post("/opinions", station="113", text="三组没有路灯，晚上看不见路", contact=contact)
    assert answer.status_code == 422, answer.content
    hidden(fetched(answer), "refusal")
    hidden(logged.getvalue(), "log")


def test_an_address_that_names_somebody_is_not_logged(cast: Cast, logged: io.StringIO) -> None:
    for address in (f"/api/v1/opinions/by-code/{NAME}", f"/nothing/{PHONE}"):
        answer = Client().get(address)
        assert answer.status_code in {404, 422}
        if address.startswith("/api"):
            hidden(fetched(answer), address)
    hidden(logged.getvalue(), "log")


def test_the_products_log_is_discreet_and_begins_at_warning() -> None:
    handlers = [one for one in logging.getLogger().handlers if isinstance(one.formatter, DiscreetFormatter)]
    assert handlers
    assert settings.LOGGING["root"]["level"] == "WARNING"
