"""Papers of a forum as files; only who is invited signs in; somebody takes an absent deputy's place."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lianxin.activities.services import code_now, presence_sign_in, presence_tick
from lianxin.common.errors import Conflict, Denied, Invalid, Refused
from lianxin.meetings import services
from lianxin.meetings.models import Forum, ForumPaper
from lianxin.meetings.services import PackFile
from lianxin.meetings.services.step import forum_gathering
from tests.factories import forums as make
from tests.factories.cast import Cast
from tests.web.pages import entered, words

pytestmark = pytest.mark.django_db


def sheet() -> bytes:
    kept = io.BytesIO()
    openpyxl.Workbook().save(kept)
    return kept.getvalue()


@pytest.mark.parametrize("name", ["情况.pdf", "数据.xlsx"])
def test_a_paper_is_a_file_that_the_invited_open(cast: Cast, name: str) -> None:
    forum = make.invited(cast, days=3)
    data = make.PDF.data if name.endswith("pdf") else sheet()
    office = entered(cast, "office")
    sent = {"paper_title": "农业用电", "paper_file": SimpleUploadedFile(name, data), "request_id": "p1"}
    assert office.post(f"/forums/{forum.pk}/papers", sent).status_code == 302
    services.forum_notify(actor=cast.office, forum=make.refreshed(forum))
    page = entered(cast, "deputy_city").get(f"/forums/{forum.pk}/mine")
    assert name in words(page)
    link = f"/forums/papers/{ForumPaper.objects.get().pk}"
    answer = entered(cast, "head").get(link)
    assert answer.content == data
    assert answer["Content-Disposition"].startswith("inline" if name.endswith("pdf") else "attachment")
    assert entered(cast, "deputy_town").get(link).status_code == 404


@pytest.mark.parametrize("data", [b"MZ program", b"PK not a sheet", b""])
def test_other_files_are_refused_and_the_title_stays(cast: Cast, data: bytes) -> None:
    forum = make.invited(cast, days=3)
    sent = {"paper_title": "农业用电", "paper_file": SimpleUploadedFile("a.pdf", data), "request_id": "p1"}
    answer = entered(cast, "office").post(f"/forums/{forum.pk}/papers", sent)
    assert answer.status_code == 422 and "农业用电" in answer.content.decode()
    assert not ForumPaper.objects.exists()


def test_a_file_that_is_too_large_is_refused(cast: Cast) -> None:
    big = PackFile("大.pdf", b"%PDF-" + b"0" * (8 * 1024 * 1024))
    with pytest.raises(Invalid, match="太大"):
        services.paper_add(actor=cast.office, forum=make.invited(cast, days=3), title="大文件", file=big)


def test_a_stranger_cannot_sign_in_and_a_guest_can(cast: Cast) -> None:
    forum = make.running(cast)
    event = forum_gathering(forum)
    assert event
    code, _left = code_now(actor=cast.office, event=event)
    with pytest.raises(Denied, match="不在这次会的名单上"):
        presence_sign_in(actor=cast.deputy_town, event=event, code=code)
    with pytest.raises(Denied, match="不在这次会的名单上"):
        presence_tick(actor=cast.office, event=event, deputy=cast.deputy_row("deputy_town"))
    assert presence_sign_in(actor=cast.deputy_city, event=event, code=code).deputy.account_id


def begun(cast: Cast) -> Forum:
    people = [cast.deputy_row(who).pk for who in ("deputy_city", "deputy_city_2")]
    forum = make.planned(cast)
    forum = services.roster_set(actor=cast.office, forum=forum, deputies=people, units=make.UNITS)
    forum = services.forum_notify(actor=cast.office, forum=forum)
    return make.refreshed(services.forum_begin(actor=cast.office, forum=forum))


def test_a_substitute_with_a_reason_signs_in(cast: Cast) -> None:
    forum = begun(cast)
    event = forum_gathering(forum)
    assert event
    absent, comes = cast.deputy_row("deputy_city_2"), cast.deputy_row("deputy_city_3")
    with pytest.raises(Denied):
        presence_tick(actor=cast.office, event=event, deputy=comes)
    with pytest.raises(Invalid):
        services.deputy_stand_in(
            actor=cast.office, forum=forum, absent=absent.pk, deputy=comes.pk, reason="病"
        )
    with pytest.raises(Denied):
        services.deputy_stand_in(
            actor=cast.deputy_city, forum=forum, absent=absent.pk, deputy=comes.pk, reason="住院，来不了"
        )
    answer = entered(cast, "office").post(
        f"/forums/{forum.pk}/stand-in",
        {"absent": str(absent.pk), "deputy": str(comes.pk), "reason": "住院，来不了", "request_id": "s1"},
    )
    assert answer.status_code == 302
    assert presence_tick(actor=cast.office, event=event, deputy=comes)
    assert "住院，来不了" in words(entered(cast, "office").get(f"/forums/{forum.pk}"))
    with pytest.raises(Conflict, match="已经有人替了"):
        services.deputy_stand_in(
            actor=cast.office,
            forum=make.refreshed(forum),
            absent=absent.pk,
            deputy=comes.pk,
            reason="又换一位",
        )


def test_nobody_is_replaced_who_has_come_or_before_the_day(cast: Cast) -> None:
    forum = make.running(cast)
    here, outside = cast.deputy_row("deputy_city").pk, cast.deputy_row("deputy_town").pk
    with pytest.raises(Conflict, match="已经签到"):
        services.deputy_stand_in(
            actor=cast.office, forum=forum, absent=here, deputy=outside, reason="来不了了"
        )
    early = services.forum_notify(actor=cast.office, forum=make.invited(cast, days=3))
    with pytest.raises((Refused, Invalid)):
        services.deputy_stand_in(actor=cast.office, forum=early, absent=here, deputy=here, reason="来不了了")


def test_a_substitute_is_of_the_same_congress(cast: Cast) -> None:
    forum = begun(cast)
    absent, outside = cast.deputy_row("deputy_city_2").pk, cast.deputy_row("deputy_other").pk
    with pytest.raises(Invalid, match="本级"):
        services.deputy_stand_in(
            actor=cast.office, forum=forum, absent=absent, deputy=outside, reason="来不了了"
        )
