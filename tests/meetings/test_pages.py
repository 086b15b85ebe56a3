"""The pages of forums: the recorder's form with and without script, the tablet, the telephone, the screen."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lianxin.common import clock
from lianxin.meetings import services
from lianxin.meetings.models import Forum
from lianxin.web.forums import screen
from tests.factories import forums as make
from tests.factories.cast import Cast


def browser(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(cast.account(who), backend="django.contrib.auth.backends.ModelBackend")
    return client


def row(**more: Any) -> dict[str, Any]:
    return {"deputy": "1", "units": "2", "text": "村口的变压器容量小，炒茶季节老跳闸", **more}


def test_a_host_plans_invites_and_notifies_through_pages(cast: Cast) -> None:
    page = browser(cast, "office")
    make.planned(cast)
    day = str(clock.today() + timedelta(days=1))
    typed = {"title": "冬季议政会", "theme": "取暖", "day": day, "hour": "23:00", "place": "会议室"}
    assert page.post("/forums/new", {**typed, "title": "短"}).status_code == 422
    assert page.post("/forums/new", typed).status_code == 302
    forum = Forum.objects.get(title="冬季议政会")
    assert page.post(f"/forums/{forum.pk}/acts/notify").status_code == 409
    people = {"deputies": [str(cast.deputy_row("deputy_city").pk)], "units": ["transport"]}
    assert page.post(f"/forums/{forum.pk}/roster", people).status_code == 302
    paper = {"paper_title": "取暖情况", "paper_text": "今年的取暖保障情况。"}
    assert page.post(f"/forums/{forum.pk}/papers", paper).status_code == 302
    assert page.post(f"/forums/{forum.pk}/acts/notify").status_code == 302
    assert browser(cast, "head").post(f"/forums/{forum.pk}/read").status_code == 302
    assert "资料已阅" in page.get(f"/forums/{forum.pk}").content.decode()


def test_a_row_is_kept_by_numbers_and_first_characters(cast: Cast) -> None:
    forum = make.running(cast)
    page = browser(cast, "office")
    assert page.post(f"/forums/{forum.pk}/rows", row()).status_code == 302
    item = forum.items.get()
    assert item.deputy == cast.deputy_row("deputy_city") and item.units.get().unit == "power"
    assert (
        page.post(f"/forums/{forum.pk}/rows", row(units="交 供", text="两个部门都要管的一件事")).status_code
        == 302
    )
    assert forum.items.get(number=2).units.count() == 2


def test_without_script_a_refusal_keeps_what_was_typed(cast: Cast) -> None:
    forum = make.running(cast)
    answer = browser(cast, "office").post(f"/forums/{forum.pk}/rows", row(deputy="谁"))
    words = answer.content.decode()
    assert answer.status_code == 422 and "没认出是哪位代表" in words and 'value="谁"' in words
    assert "村口的变压器" in words


def test_the_script_gets_json_and_the_same_key_is_one_row(cast: Cast) -> None:
    forum = make.running(cast)
    page = browser(cast, "office")
    for _ in range(2):
        answer = page.post(f"/forums/{forum.pk}/rows", row(request_id="a-1"), headers={"X-Ledger": "1"})
        assert answer.json() == {"number": 1}
    alike = page.post(
        f"/forums/{forum.pk}/rows", row(request_id="a-2", deputy="2"), headers={"X-Ledger": "1"}
    )
    assert alike.status_code == 409 and alike.json()["alike"] == 1
    merged = page.post(
        f"/forums/{forum.pk}/rows", row(request_id="a-3", deputy="2", merge="1"), headers={"X-Ledger": "1"}
    )
    assert merged.json() == {"number": 1} and forum.items.get().speakers.count() == 1


def test_without_script_alike_rows_are_asked_about_on_the_page(cast: Cast) -> None:
    forum = make.running(cast)
    page = browser(cast, "office")
    page.post(f"/forums/{forum.pk}/rows", row())
    asked = page.post(f"/forums/{forum.pk}/rows", row(deputy="2"))
    assert asked.status_code == 409 and "并到第 1 件" in asked.content.decode()
    assert page.post(f"/forums/{forum.pk}/rows", row(deputy="2", anyway="1")).status_code == 302
    assert forum.items.count() == 2


def test_a_department_answers_on_its_tablet_and_the_deputy_accepts_on_his_telephone(cast: Cast) -> None:
    item = make.item(cast, make.running(cast))
    tablet, phone = browser(cast, "head"), browser(cast, "deputy_city")
    short = tablet.post(f"/forums/items/{item.pk}/answer", {"answer": "好"})
    assert short.status_code == 422 and ">好</textarea>" in short.content.decode()
    assert tablet.post(f"/forums/items/{item.pk}/answer", {"answer": "本周就派人去修。"}).status_code == 302
    assert "本周就派人去修" in phone.get(f"/forums/{item.forum_id}/mine?part=1").content.decode()
    assert phone.post(f"/forums/items/{item.pk}/word", {"agree": "yes"}).status_code == 302
    assert make.fresh(item).state == "on_spot"


def test_other_departments_and_deputies_do_not_open_the_item(cast: Cast) -> None:
    item = make.item(cast, make.running(cast))
    typed = {"answer": "不是我们的事。"}
    assert browser(cast, "head_power").post(f"/forums/items/{item.pk}/answer", typed).status_code == 404
    assert browser(cast, "deputy_city_2").post(f"/forums/items/{item.pk}/word", {}).status_code == 404


def test_the_delegate_must_explain_on_the_tablet(cast: Cast) -> None:
    forum = make.running(cast)
    tablet = browser(cast, "head")
    typed = {"attendee": "李副局长", "who": "delegate"}
    answer = tablet.post(f"/forums/{forum.pk}/unit/sign-in", typed)
    assert answer.status_code == 422 and "委托谁" in answer.content.decode()
    typed["delegate_note"] = "局长在省里开会，委托李副局长"
    assert tablet.post(f"/forums/{forum.pk}/unit/sign-in", typed).status_code == 302


def test_the_recorder_mends_links_and_forces(cast: Cast) -> None:
    forum = make.running(cast)
    item = make.item(cast, forum)
    page = browser(cast, "office")
    acts = f"/forums/items/{item.pk}/acts"
    assert page.post(f"{acts}/link", {"number": "没有这个号"}).status_code == 422
    typed = {"deputy": "2", "units": "供电", "text": "村口变压器容量小"}
    assert page.post(f"{acts}/amend", typed).status_code == 302
    assert make.fresh(item).units.get().unit == "power"
    assert page.post(f"{acts}/force").status_code == 302
    assert page.post(f"{acts}/force").status_code == 409


def test_closing_says_what_is_open_and_the_chair_closes(cast: Cast) -> None:
    forum = make.running(cast)
    item = make.item(cast, forum)
    page, chair = browser(cast, "office"), browser(cast, "leader")
    assert page.post(f"/forums/{forum.pk}/acts/end").status_code == 302
    words = page.get(f"/forums/{forum.pk}/check").content.decode()
    assert "第 1 件还没有结果" in words and "不等于共 1 件" in words
    draft = {"minutes": "会议纪要：代表提出意见一件，会后书面答复。"}
    assert page.post(f"/forums/{forum.pk}/check", draft).status_code == 302
    chair.post(f"/forums/{forum.pk}/acts/close")
    assert make.refreshed(forum).state == "checking"
    services.item_force(actor=cast.office, item=make.fresh(item))
    assert page.post(f"/forums/{forum.pk}/acts/close").status_code == 403
    assert chair.post(f"/forums/{forum.pk}/acts/close").status_code == 302
    assert make.refreshed(forum).state == "closed"
    assert page.post(f"/forums/{forum.pk}/acts/hand_over").status_code == 302
    assert "议政转〔" in page.get(f"/forums/{forum.pk}/effect").content.decode()


def test_live_counts_and_stream(cast: Cast) -> None:
    forum = make.running(cast)
    make.item(cast, forum)
    told = browser(cast, "head").get(f"/forums/{forum.pk}/live").json()
    assert (told["total"], told["on_spot"], told["after"], told["open"]) == (1, 0, 0, 1)
    events = screen._events(forum.pk, seconds=0.1)
    assert next(events).startswith("retry")
    assert json.loads(next(events).removeprefix("data: "))["total"] == 1
    second = screen._events(forum.pk)
    assert next(second).startswith("event: full"), "one stream for each process"
    events.close()


def test_the_stream_is_not_compressed(cast: Cast) -> None:
    forum = make.running(cast)
    answer = browser(cast, "office").get(f"/forums/{forum.pk}/stream", headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Type"] == "text/event-stream" and answer["Content-Encoding"] == "identity"


@pytest.mark.parametrize("path", ["ledger", "check", "effect", "screen", "ledger?part=1"])
def test_pages_ask_the_same_number_of_queries_however_many_items(cast: Cast, path: str) -> None:
    forum = make.running(cast)
    page = browser(cast, "office")

    def asked() -> int:
        page.get(f"/forums/{forum.pk}/{path}")
        with CaptureQueriesContext(
            connection,
        ) as told:
            assert page.get(f"/forums/{forum.pk}/{path}").status_code == 200
        return len(told)

    make.item(cast, forum, 0)
    few = asked()
    for place in range(1, 6):
        make.item(cast, forum, place)
    assert asked() == few


def test_the_list_asks_the_same_number_of_queries(cast: Cast) -> None:
    page = browser(cast, "office")
    make.item(cast, make.running(cast))
    page.get("/forums")
    with CaptureQueriesContext(connection) as few:
        page.get("/forums")
    make.item(cast, make.running(cast))
    with CaptureQueriesContext(connection) as more:
        page.get("/forums")
    assert len(few) == len(more)
