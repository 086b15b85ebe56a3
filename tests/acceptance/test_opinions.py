"""What residents say: S37, S51, S68, S90b, S91, S92, S94."""

from __future__ import annotations

from html import unescape
from uuid import uuid4

import pytest

from lianxin.opinions.models import Channel, Cluster, HotTopic, Opinion, OpinionEvent
from tests.acceptance.conftest import TOWN, VILLAGE, Doors


def _words(what: str) -> str:
    """Return a matter that nobody has spoken of before."""
    return f"{what}（第{uuid4().hex[:6]}号），十几户人都受影响，请来看一看。"


@pytest.mark.acceptance("S37")
def test_the_office_puts_a_matter_of_wide_concern_on_the_years_list(doors: Doors) -> None:
    doors.said(_words("李家庄村小学门口没有减速带"), category="教育")
    page = doors.page("office")
    assert page.post("/office/topics", {"category": "教育"}).status_code == 302
    listed = HotTopic.objects.get(title="教育")
    assert listed.listed_on is not None and listed.opinions_count >= 20
    assert "教育" in page.get("/office/topics").content.decode()


@pytest.mark.acceptance("S37")
def test_few_voices_make_no_priority_and_only_the_office_lists_one(doors: Doors) -> None:
    doors.said(_words("李家庄村文化墙掉色"), category="文化体育")
    assert doors.page("office").post("/office/topics", {"category": "文化体育"}).status_code == 409
    assert doors.page("keeper").post("/office/topics", {"category": "交通道路"}).status_code == 403
    assert not HotTopic.objects.filter(title__in=["文化体育", "交通道路"]).exists()


@pytest.mark.acceptance("S51")
def test_at_least_eight_channels_lead_to_the_same_desk_with_the_same_deadline(doors: Doors) -> None:
    assert Opinion.objects.values("channel").distinct().count() >= 8
    page, dues = doors.page("keeper"), set()
    for channel in ("counter", "on_behalf", "telephone", "paper", "visit", "reception", "meeting"):
        text = _words(f"李家庄村水渠堵了{channel}")
        sent = {
            "station": "113",
            "channel": channel,
            "text": text,
            "village": VILLAGE,
            "request_id": uuid4().hex,
        }
        assert page.post("/station/new", sent).status_code == 200
        dues.add(Opinion.objects.get(text=text).sort_due_on)
    assert len(dues) == 1
    assert doors.post("/opinions", {"station": "113", "text": _words("网页上说的事")}, expect=201)["code"]


@pytest.mark.acceptance("S51")
def test_the_statistic_of_sources_shows_eight_ways_and_each_count_is_its_list(doors: Doors) -> None:
    doors.said(_words("李家庄村公厕没有灯"))
    page = unescape(doors.page("keeper").get("/desk").content.decode())
    chart = page[page.index("从哪里来的") :]
    here = Opinion.objects.filter(division_code__startswith=TOWN[:9]).values_list("channel", flat=True)
    assert len(set(here)) >= 8
    shown = [label for key, label in Channel.choices if key in set(here) and str(label) in chart]
    assert len(shown) >= 8
    assert "从哪里来的" not in doors.page("clerk").get("/desk").content.decode()


@pytest.mark.acceptance("S51")
def test_no_channel_takes_an_empty_word_or_another_towns_entry(doors: Doors) -> None:
    doors.post("/opinions", {"station": "113", "text": "坏了"}, expect=422)
    doors.post("/opinions", {"station": "103", "text": _words("蜀河的事")}, "keeper", expect=403)


def _up_and_down(doors: Doors, opinion: str) -> None:
    doors.act("opinions", opinion, "accept", "keeper")
    doors.act("opinions", opinion, "escalate", "keeper", note="涉及两个镇，请市站协调。")
    assert doors.get(f"/opinions/{opinion}", "office")["station"] == "1"
    doors.act("opinions", opinion, "send_down", "office", to="113", note="请镇站就近了解后答复。")
    assert doors.get(f"/opinions/{opinion}", "keeper")["station"] == "113"


@pytest.mark.acceptance("S68")
def test_a_matter_goes_up_one_level_and_down_again_and_the_path_is_kept(doors: Doors) -> None:
    matter = doors.said(_words("李家庄村到邻镇的断头路"))
    _up_and_down(doors, matter["id"])
    path = OpinionEvent.objects.filter(opinion=matter["id"], act__in=["escalate", "send_down"]).order_by("at")
    assert [(one.facts["from"], one.facts["to"]) for one in path] == [("113", "1"), ("1", "113")]
    told = [one["text"] for one in doors.get(f"/opinions/by-code/{matter['code']}")["timeline"]]
    assert any("上报" in text for text in told) and any("就近了解" in text for text in told)


@pytest.mark.acceptance("S68")
def test_a_grid_worker_neither_passes_up_nor_down(doors: Doors) -> None:
    matter = doors.said(_words("李家庄村桥头的护栏"), "grid")
    doors.act("opinions", matter["id"], "accept", "keeper")
    doors.act("opinions", matter["id"], "escalate", "grid", expect=403, note="想直接交给市里。")
    assert doors.get(f"/opinions/{matter['id']}", "keeper")["station"] == "113"


@pytest.mark.acceptance("S90b")
def test_stations_consult_each_other_on_one_matter(doors: Doors) -> None:
    matter = doors.said(_words("李家庄村界河的垃圾两个镇都有"))
    doors.act("opinions", matter["id"], "accept", "keeper")
    assert "consult" in doors.offers("opinions", matter["id"], "keeper")
    doors.act(
        "opinions", matter["id"], "consult", "keeper", stations=["103"], note="请蜀河镇站一起看看上游。"
    )
    assert OpinionEvent.objects.filter(opinion=matter["id"], act="consult").exists()
    assert "一起商量" in str(doors.get(f"/opinions/by-code/{matter['code']}")["timeline"])


@pytest.mark.acceptance("S90b")
def test_a_matter_is_sent_down_only_to_a_station_below(doors: Doors) -> None:
    matter = doors.said(_words("李家庄村外的采石场"))
    doors.act("opinions", matter["id"], "accept", "keeper")
    doors.act("opinions", matter["id"], "send_down", "keeper", expect=422, to="103", note="不是本站的下级。")
    assert doors.get(f"/opinions/{matter['id']}", "keeper")["station"] == "113"


@pytest.mark.acceptance("S91")
def test_twenty_forms_are_printed_and_what_is_on_paper_is_entered_with_a_slip(doors: Doors) -> None:
    page = doors.page("keeper")
    forms = page.get("/papers/stations/113/forms.pdf", {"count": "20"})
    assert forms.status_code == 200 and forms.content.startswith(b"%PDF")
    text = _words("纸上写的：李家庄村四组的水池没有盖子")
    sent = {"station": "113", "channel": "paper", "text": text, "village": VILLAGE, "request_id": uuid4().hex}
    entered = page.post("/station/new", sent)
    assert "XY-" in entered.content.decode()
    assert Opinion.objects.get(text=text).channel == "paper"


@pytest.mark.acceptance("S91")
def test_nobody_prints_another_stations_forms(doors: Doors) -> None:
    assert doors.page("keeper").get("/papers/stations/103/forms.pdf").status_code == 403
    assert doors.page().get("/papers/stations/113/forms.pdf").status_code == 302


@pytest.mark.acceptance("S92")
def test_an_event_of_the_grid_platform_becomes_one_opinion(doors: Doors) -> None:
    assert doors.page().get("/api/v1/docs").status_code == 200
    assert "/api/v1/grid-events" in doors.get("/openapi.json")["paths"]
    event = {
        "source_ref": f"EV-{uuid4().hex[:8]}",
        "station": "113",
        "text": _words("网格巡查发现边坡落石"),
        "village": VILLAGE,
    }
    first = doors.post("/grid-events", event, "grid", expect=201)
    again = doors.post("/grid-events", event, "grid", expect=201)
    assert first["number"] == again["number"]
    assert Opinion.objects.filter(source_ref=event["source_ref"]).count() == 1
    assert Opinion.objects.exclude(source_ref=None).count() > 10  # and the city has had others


@pytest.mark.acceptance("S92")
def test_an_event_without_a_workers_token_stays_outside(doors: Doors) -> None:
    event = {"source_ref": f"EV-{uuid4().hex[:8]}", "station": "113", "text": _words("没有令牌的事件")}
    doors.post("/grid-events", event, expect=401)
    doors.post("/grid-events", event, "clerk", expect=403)
    assert not Opinion.objects.filter(source_ref=event["source_ref"]).exists()


@pytest.mark.acceptance("S94")
def test_one_matter_by_three_channels_is_merged_and_keeps_its_sources(doors: Doors) -> None:
    mark = uuid4().hex[:6]
    lead = doors.said(f"李家庄村{mark}号涵洞堵了，一下雨水就漫到路上。")
    web = {"station": "113", "text": f"李家庄村的{mark}号涵洞堵死了，下雨漫水，走不成。", "village": VILLAGE}
    second = doors.post("/opinions", web, expect=201)
    event = {"source_ref": f"EV-{mark}", "station": "113", "village": VILLAGE}
    seen = f"巡查时看到李家庄村{mark}号涵洞堵塞，路面积水。"
    third = doors.post("/grid-events", {**event, "text": seen}, "grid", expect=201)
    items = doors.get("/opinions", "keeper")["items"]
    others = [
        next(one for one in items if one["number"] == number)
        for number in (second["number"], third["number"])
    ]
    like = doors.get(f"/opinions/{lead['id']}/similar", "keeper")["items"]
    assert {one["number"] for one in others} <= {one["number"] for one in like}
    for one in (lead, *others):
        doors.act("opinions", one["id"], "accept", "keeper")
    for one in others:
        doors.act("opinions", one["id"], "merge", "keeper", lead=lead["id"], reason="同一个涵洞。")
    members = Cluster.objects.get(lead=lead["id"]).members.filter(left_at=None)
    channels = {Opinion.objects.get(pk=lead["id"]).channel, *(one.opinion.channel for one in members)}
    assert len(channels) == 3 and {"on_behalf", "web"} < channels
    assert "同一件" in str(doors.get(f"/opinions/by-code/{second['code']}")["timeline"])


@pytest.mark.acceptance("S94")
def test_a_unit_does_not_merge_what_people_said(doors: Doors) -> None:
    one, two = doors.said(_words("李家庄村涵洞甲")), doors.said(_words("李家庄村涵洞乙"))
    doors.act("opinions", one["id"], "accept", "keeper")
    doors.act("opinions", one["id"], "merge", "clerk", expect=404, lead=two["id"], reason="看起来一样。")
    assert not Cluster.objects.filter(lead=two["id"]).exists()


@pytest.mark.acceptance("S91")
def test_who_lost_his_slip_is_helped_at_the_counter_of_his_own_station(doors: Doors) -> None:
    text, name = _words("李家庄村的蓄水池漏水"), f"李{uuid4().hex[:4]}"
    sent = {
        "station": "113",
        "channel": "counter",
        "text": text,
        "village": VILLAGE,
        "name": name,
        "phone": "13800006789",
        "request_id": uuid4().hex,
    }
    doors.page("keeper").post("/station/new", sent)
    number = Opinion.objects.get(text=text).number
    asked = {"tail": "6789", "name": name}
    found = doors.page("keeper").post("/station/counter", asked).content.decode()
    assert number in found and "13800006789" not in found
    half = doors.page("keeper").post("/station/counter", {**asked, "name": "李大爷"}).content.decode()
    assert number not in half, "the digits alone list nobody"
    for who in ("grid", "presidium", "office", "clerk"):
        assert doors.page(who).post("/station/counter", asked).status_code == 403, who
