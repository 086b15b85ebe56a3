"""Residents' pages: statuses, kept input, who may see what."""

from __future__ import annotations

import gzip
from datetime import timedelta

import pytest
from django.test import Client

from lianxin.common import clock
from lianxin.opinions import services
from lianxin.stations.models import DutyTurn
from tests.factories import opinions
from tests.factories import stations as at_stations
from tests.factories.cast import Cast

PAGES = [
    "/",
    "/1/t",
    "/113/t",
    "/progress",
    "/stations",
    "/deputies",
    "/results",
    "/help",
    "/about",
    "/privacy",
    "/components",
    "/113/",
]
LIMIT = 60_000


@pytest.mark.parametrize("path", PAGES)
def test_page_opens_without_login(cast: Cast, client: Client, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_html_is_small(cast: Cast, client: Client, path: str) -> None:
    assert len(gzip.compress(client.get(path).content)) < LIMIT / 4


def test_short_text_is_422_and_kept(cast: Cast, client: Client) -> None:
    answer = client.post("/113/t", {"text": "路坏", "spot": "桥头"})
    assert answer.status_code == 422
    assert "路坏" in answer.content.decode() and "桥头" in answer.content.decode()


def test_said_leads_to_the_code(cast: Cast, client: Client) -> None:
    answer = client.post("/113/t", {"text": opinions.LAMP}, follow=True)
    assert answer.redirect_chain == [("/said", 302)]
    assert "XY-" in answer.content.decode()


def test_pages_of_a_matter_ask_for_the_code_first(cast: Cast, client: Client) -> None:
    for path in ("/matter", "/mine", "/mine/copy.txt"):
        assert client.get(path).headers["Location"] == "/progress"
    assert client.post("/matter/evaluate", {"rating": "satisfied"}).headers["Location"] == "/progress"


def test_unknown_act_is_not_found(cast: Cast, client: Client) -> None:
    assert client.post("/matter/close").status_code == 404


def test_what_nobody_looks_at_is_closed_after_a_quarter_of_an_hour(cast: Cast, client: Client) -> None:
    client.post("/progress", {"code": opinions.said(cast).code})
    start = clock.now()
    for minutes in (14, 28):  # used at 14
        with clock.at(start + timedelta(minutes=minutes)):
            assert client.get("/matter").status_code == 200
    with clock.at(start + timedelta(minutes=44)):
        for path in ("/matter", "/said", "/mine", "/mine/copy.txt"):
            assert client.get(path).headers["Location"] == "/progress"
        assert client.get("/said/code.svg").status_code == 404
        assert client.get("/papers/receipt.pdf").status_code == 404
    assert client.get("/matter").status_code == 302  # forgotten, not only hidden


def test_whoever_has_read_enough_leaves_nothing_open(cast: Cast, client: Client) -> None:
    client.post("/progress", {"code": opinions.said(cast).code})
    assert "看完了，退出" in client.get("/matter").content.decode()
    assert client.get("/matter/leave").status_code == 405
    assert client.post("/matter/leave").headers["Location"] == "/"
    assert client.get("/matter").headers["Location"] == "/progress"
    assert client.post("/matter/withdraw").headers["Location"] == "/progress"


def test_code_opens_the_matter_but_not_the_person(cast: Cast, client: Client) -> None:
    done = opinions.said(cast, name="周来福", phone="10012345678")
    assert client.post("/progress", {"code": done.code}).headers["Location"] == "/matter"
    page = client.get("/matter").content.decode()
    assert opinions.LAMP in page
    assert "周来福" not in page and "10012345678" not in page and done.code not in page


def test_wrong_code_is_422_then_429_with_the_wait(cast: Cast, client: Client) -> None:
    client.get("/progress")
    for _ in range(3):
        assert client.post("/progress", {"code": "XY-2222-2223"}).status_code == 422
    held = client.post("/progress", {"code": "XY-2222-2223"})
    assert held.status_code == 429 and int(held.headers["Retry-After"]) <= 30


def test_sixth_post_is_429_with_the_text_kept(cast: Cast, client: Client) -> None:
    client.get("/113/t")
    for place in range(5):
        assert client.post("/113/t", {"text": f"第 {place} 处路面坑洼要补"}).status_code == 302
    held = client.post("/113/t", {"text": "第六处路面也要补"})
    assert held.status_code == 429 and "Retry-After" in held.headers
    assert "第六处路面也要补" in held.content.decode()


def test_accusation_is_explained_and_not_kept_until_the_person_insists(cast: Cast, client: Client) -> None:
    text = "举报某村干部挪用公款"
    assert "12388" in client.post("/113/t", {"text": text}).content.decode()
    assert client.post("/113/t", {"text": text, "insists": "1"}).status_code == 302


def test_closed_station_leads_to_the_one_above(cast: Cast, client: Client) -> None:
    station = cast.station("113")
    type(station).objects.filter(pk=station.pk).update(is_open=False)
    answer = client.get("/113/t")
    assert answer.status_code == 302 and station.parent
    assert answer.headers["Location"] == f"/{station.parent.code}/t"


def test_own_data_are_erased_and_consent_taken_back(cast: Cast, client: Client) -> None:
    done = opinions.said(cast, phone="10012345678", may_publish=True)
    client.post("/progress", {"code": done.code})
    assert "留了" in client.get("/mine/copy.txt").content.decode()
    client.post("/mine/contact")
    client.post("/mine/consent")
    after = client.get("/mine").content.decode()
    assert "没有存您的称呼和电话" in after and "撤回公开的同意" not in after
    assert client.post("/mine/anything").status_code == 404


def test_evaluation_and_its_refused_twin(cast: Cast, client: Client) -> None:
    done = opinions.said(cast)
    row = services.opinion_move(actor=cast.keeper, opinion=done.opinion, act="accept")
    client.post("/progress", {"code": done.code})
    assert client.post("/matter/evaluate", {"rating": "satisfied"}).status_code in {409, 422}
    row = services.opinion_answer(actor=cast.keeper, opinion=row, text="路灯本周内装好。")
    services.opinion_feed_back(actor=cast.keeper, opinion=row, text="路灯本周内装好。")
    refused = client.post("/matter/evaluate", {"rating": "", "text": "留着这句"})
    assert refused.status_code == 422 and "留着这句" in refused.content.decode()
    assert client.post("/matter/evaluate", {"rating": "fair"}).status_code == 302
    assert row.evaluations.get().rating == "fair"


@pytest.mark.parametrize(
    "back,where", [("/progress", "/progress"), ("//evil.example", "/"), ("https://evil.example", "/")]
)
def test_look_goes_back_inside_only(client: Client, back: str, where: str) -> None:
    answer = client.post("/look", {"elder": "1", "next": back})
    assert answer.headers["Location"] == where and answer.cookies["elder"].value == "1"


def test_after_saying_a_published_like_matter_is_shown_and_no_other(cast: Cast, client: Client) -> None:
    shown, kept = opinions.recorded(cast, may_publish=True), opinions.recorded(cast, opinions.LAMP + "，请装")
    services.opinion_outgoing_check(actor=cast.keeper, opinion=shown, text=shown.outgoing_text)
    services.opinion_move(actor=cast.presidium, opinion=shown, act="publish")
    client.post("/113/t", {"text": "李家庄三组到小学的路上没有路灯，夜里怕", "village": "610981113202"})
    page = client.get("/said").content.decode()
    assert "data-like" in page and shown.title in page
    assert page.count('class="pair"') == 1 and kept.number not in page


def test_after_saying_nothing_is_shown_of_what_is_not_published(cast: Cast, client: Client) -> None:
    opinions.recorded(cast, may_publish=True)
    client.post("/113/t", {"text": "李家庄三组到小学的路上没有路灯，夜里怕", "village": "610981113202"})
    assert "data-like" not in client.get("/said").content.decode()


def test_who_sits_today_stands_on_top_and_who_is_on_leave_does_not(cast: Cast, client: Client) -> None:
    with clock.at(at_stations.MONDAY):
        day = at_stations.published(cast)
    first, second = day.turns.order_by("id")[:2]
    DutyTurn.objects.filter(pk=second.pk).update(state="leave")
    with clock.at(at_stations.morning(day)):
        page = client.get("/113/t").content.decode()
        room = client.get(f"/{cast.room().code}/t").content.decode()
    for shown in (page, room):
        assert "今日值班代表" in shown
        assert first.deputy.name in shown
        assert second.deputy.name not in shown
    with clock.at(at_stations.morning(day) - timedelta(days=1)):
        assert "今日值班代表" not in client.get("/113/t").content.decode()
