"""The page that is kept on the telephone: nobody's name stands in it; the worker, the photos, the corrections."""

from __future__ import annotations

import io
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from lianxin.documents.models import StoredFile
from lianxin.duties.models import DutyProof, DutyRecord
from lianxin.web.field.diaries import diaries_of
from tests.factories.cast import Cast
from tests.factories.contacts import paired
from tests.factories.field import diary, record, result, visit
from tests.web.pages import entered

pytestmark = pytest.mark.django_db


def picture(colour: int = 90) -> SimpleUploadedFile:
    made = io.BytesIO()
    Image.new("RGB", (64, 48), (colour, 40, 90)).save(made, "JPEG")
    return SimpleUploadedFile("photo.jpg", made.getvalue(), "image/jpeg")


def photo(phone: Client, of: dict[str, Any], colour: int = 90, key: str = "") -> Any:
    sent = {"id": key or str(uuid4()), "record": of["id"], "photo": picture(colour)}
    return phone.post("/deputy/field/photos", sent)


def test_the_kept_page_is_the_same_for_everybody(cast: Cast) -> None:
    paired(cast, phone="13900001234")
    mine = entered(cast, "deputy_town").get("/deputy/field").content.decode()
    other = entered(cast, "deputy_other").get("/deputy/field").content.decode()
    assert mine == other and "csrfmiddlewaretoken" not in mine
    assert not [word for word in ("李大叔", "13900001234", "测试deputy_town") if word in mine]
    assert entered(cast, "keeper").get("/deputy/field").status_code == 403


def test_the_worker_is_served_from_the_root_and_keeps_no_other_page(client: Client) -> None:
    answer = client.get("/sw.js")
    script = answer.content.decode()
    assert answer["Content-Type"].startswith("text/javascript")
    kept = script.split("const KEPT = [")[1].split("]")[0]
    assert "/deputy/field.html" not in kept and kept.count("web/js/field/") == 14
    assert client.get("/field.webmanifest").json()["start_url"] == "/deputy/field"


def test_a_fresh_token_says_whose_session_it_is(cast: Cast, client: Client) -> None:
    told = entered(cast, "deputy_town").get("/deputy/field/token").json()
    assert told["account"] == str(cast.account("deputy_town").pk) and told["deputy"] is True
    assert entered(cast, "keeper").get("/deputy/field/token").json()["deputy"] is False
    assert client.get("/deputy/field/token").status_code == 401


def test_the_same_photo_is_kept_once_with_its_record(cast: Cast) -> None:
    phone, one, key = entered(cast, "deputy_town"), diary(), str(uuid4())
    assert photo(phone, one, key=key).status_code == 404
    result(phone, one)
    assert photo(phone, one, key=key).status_code == photo(phone, one, key=key).status_code == 200
    assert DutyProof.objects.count() == 1
    assert photo(entered(cast, "deputy_other"), one).status_code == 404


def test_a_visit_takes_six_photos_and_an_opinion_three(cast: Cast) -> None:
    phone, seen = entered(cast, "deputy_town"), visit(paired(cast))
    heard = record("opinion", text="三组到小学的路没有路灯，学生放学看不见。", station="113")
    for one, most in ((seen, 6), (heard, 3)):
        result(phone, one)
        said = [photo(phone, one, colour=20 * n).status_code for n in range(most + 1)]
        assert said == [200] * most + [422]
    assert StoredFile.objects.filter(owner_kind="contact_visit").count() == 6


def test_a_photo_that_is_none_is_refused(cast: Cast) -> None:
    phone, one = entered(cast, "deputy_town"), diary()
    result(phone, one)
    sent = {"id": str(uuid4()), "record": one["id"], "photo": SimpleUploadedFile("a.jpg", b"no picture")}
    assert phone.post("/deputy/field/photos", sent).status_code == 422
    assert not DutyProof.objects.exists()


def test_a_diary_changed_elsewhere_is_a_conflict_and_nothing_is_overwritten(cast: Cast) -> None:
    phone = entered(cast, "deputy_town")
    result(phone, diary(privacy="self"))
    row = DutyRecord.objects.get()
    base = diaries_of(cast.deputy_town)[0]

    def change(text: str, version: str) -> dict[str, Any]:
        about = {"target": str(row.pk), "base": version, "title": "三组走访", "privacy": "self"}
        return result(phone, record("correction", text=text, **about))

    assert change("第一部手机改过的这一篇文字。", base["version"])["state"] == "done"
    clash = change("第二部手机改过的这一篇文字。", base["version"])
    assert clash["state"] == "conflict" and clash["theirs"]["text"] == "第一部手机改过的这一篇文字。"
    assert diaries_of(cast.deputy_town)[0]["text"] == "第一部手机改过的这一篇文字。"
    assert change("第二部手机改过的这一篇文字。", clash["theirs"]["version"])["state"] == "done"


def test_a_record_changed_after_it_was_taken_in_shows_both_versions(cast: Cast) -> None:
    phone, one = entered(cast, "deputy_town"), diary()
    result(phone, one)
    changed = {**one, "data": {**one["data"], "text": "回来以后又改了改，补上门牌。"}}
    said = result(phone, changed)
    assert said["state"] == "conflict" and said["theirs"]["text"] == one["data"]["text"]
    assert DutyRecord.objects.get().text == one["data"]["text"]


def test_nobody_corrects_anothers_diary(cast: Cast) -> None:
    result(entered(cast, "deputy_town"), diary())
    row = DutyRecord.objects.get()
    about = {"target": str(row.pk), "base": "x", "title": "改别人的", "privacy": "self"}
    said = result(entered(cast, "deputy_other"), record("correction", text="把别人的日记改成这样。", **about))
    assert said["state"] == "refused" and DutyRecord.objects.get().title == row.title
