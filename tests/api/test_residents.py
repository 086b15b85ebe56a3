"""A resident's way by the API: say, look, evaluate, each once."""

from __future__ import annotations

from lianxin.opinions import services
from lianxin.opinions.models import Opinion, OpinionEvaluation
from tests.api.client import Api, resident
from tests.factories import opinions as make
from tests.factories.cast import VILLAGE, Cast

WHOLE = {
    "station": "113",
    "text": "李家庄三组路口没有路灯，晚上走路害怕",
    "village": VILLAGE,
    "category": "交通道路",
    "contact": {"name": "王小明", "phone": "13800001234", "call_back": True},
}


def test_a_resident_says_a_thing_without_login(cast: Cast) -> None:
    answer = resident().post("/opinions", **WHOLE)
    assert answer.status_code == 201
    assert set(answer.json()) >= {"code", "number", "status"}
    row = Opinion.objects.get(number=answer.json()["number"])
    assert (row.may_publish, row.division_code) == (False, VILLAGE)


def test_the_same_key_gives_the_same_code_and_one_row(cast: Cast) -> None:
    me = resident()
    first, again = (me.post("/opinions", key="one", **WHOLE).json() for _ in range(2))
    assert first == again
    assert Opinion.objects.count() == 1


def test_the_same_key_with_other_content_is_refused(cast: Cast) -> None:
    me = resident()
    me.post("/opinions", key="one", **WHOLE)
    other = me.post("/opinions", key="one", **{**WHOLE, "text": "河堤上的栏杆断了两根，小孩容易掉下去"})
    assert other.status_code == 409
    assert Opinion.objects.count() == 1


def test_another_residents_key_never_gives_his_code(cast: Cast) -> None:
    first, second = (resident().post("/opinions", key="1", **WHOLE).json() for _ in range(2))
    assert first["code"] != second["code"]


def test_two_behind_one_address_never_get_each_other_s_code(cast: Cast) -> None:
    without, address = Api(), "ip:127.0.0.1"
    pretending = Api(**{"X-Browser-Token": address})
    codes = {caller.post("/opinions", **WHOLE).json()["code"] for caller in (without, without, pretending)}
    assert len(codes) == 3 == Opinion.objects.count()


def test_a_token_that_looks_like_an_address_is_not_that_address(cast: Cast) -> None:
    first = Api().post("/opinions", key="1", **WHOLE).json()["code"]
    pretending = Api(**{"X-Browser-Token": "ip:127.0.0.1"})
    assert pretending.post("/opinions", key="1", **WHOLE).json()["code"] != first


def test_the_code_shows_status_and_timeline_but_never_identity(cast: Cast) -> None:
    me = resident()
    code = me.post("/opinions", **WHOLE).json()["code"]
    answer = me.get(f"/opinions/by-code/{code}")
    assert answer.json()["status"] == "收到了"
    assert answer.json()["timeline"]
    assert "王小明" not in answer.content.decode()
    assert "1380000" not in answer.content.decode()


def test_a_resident_evaluates_once_for_each_key(cast: Cast) -> None:
    done = make.said(cast)
    row = services.opinion_move(actor=cast.keeper, opinion=done.opinion, act="accept")
    row = services.opinion_answer(actor=cast.keeper, opinion=row, text="路灯本月底前装好，由镇上负责。")
    services.opinion_feed_back(actor=cast.keeper, opinion=row, text="路灯本月底前装好，由镇上负责。")
    me = resident()
    way = f"/opinions/by-code/{done.code}/evaluation"
    answers = [me.post(way, key="e", rating="satisfied") for _ in range(2)]
    assert [one.status_code for one in answers] == [200, 200]
    assert me.post(way, key="e", rating="fair").status_code == 409
    assert OpinionEvaluation.objects.get(opinion=row).rating == "satisfied"


def test_a_wrong_rating_is_told_in_chinese(cast: Cast) -> None:
    done = make.said(cast)
    answer = resident().post(f"/opinions/by-code/{done.code}/evaluation", rating="great")
    assert answer.status_code == 422
    assert answer.json()["errors"] == {"rating": "请从列出的选项中选一个。"}


def test_too_many_posts_are_told_to_wait(cast: Cast) -> None:
    me = resident()
    answers = [me.post("/opinions", station="113", text=f"第{n}组的水管坏了，请来修") for n in range(7)]
    late = answers[-1]
    assert late.status_code == 429
    assert int(late["Retry-After"]) > 0
    assert late["Content-Type"] == "application/problem+json"


def test_staff_are_exempt_from_the_flood_rule(cast: Cast) -> None:
    keeper = Api("keeper")
    answers = [keeper.post("/opinions", station="113", text=f"第{n}组的水管坏了，请来修") for n in range(7)]
    assert {one.status_code for one in answers} == {201}


def test_an_accusation_is_guided_and_kept_sealed_only_if_the_person_insists(cast: Cast) -> None:
    words = {"station": "113", "text": "举报村主任贪污修路款，请上面来查一查"}
    guided = resident().post("/opinions", **words)
    assert guided.status_code == 422 and "12388" in guided.content.decode()
    kept = resident().post("/opinions", **words, insists=True)
    assert kept.status_code == 201
    assert Opinion.objects.get(number=kept.json()["number"]).is_sealed


def test_a_machine_hands_in_an_event_once_and_an_accusation_goes_under_seal(cast: Cast) -> None:
    grid = Api("grid")
    event = {"source_ref": "G-1", "station": "113", "text": "举报村主任贪污修路款，请上面来查一查"}
    first, again = (grid.post("/grid-events", **event).json()["number"] for _ in range(2))
    row = Opinion.objects.get(number=first)
    assert first == again and (row.channel, row.is_sealed) == ("machine", True)
