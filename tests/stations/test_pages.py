"""The pages of a station at work, pressed as people press them."""

from __future__ import annotations

import base64
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from lianxin.common import clock
from lianxin.common.ids import uuid7
from lianxin.stations import services
from lianxin.stations.models import (
    CheckKind,
    DutyTurn,
    MediationEnd,
    Reception,
    ReceptionDay,
    RoomCheck,
    Rota,
)
from lianxin.stations.workflow import Turn
from tests.factories import stations as make
from tests.factories.cast import VILLAGE, Cast
from tests.web.pages import entered, words


@pytest.fixture
def day(cast: Cast) -> ReceptionDay:
    """Return a published day: today, so that pages (which read the real clock) show it."""
    with clock.at(clock.now() - timedelta(days=10)):
        make.placed(cast)
        rota = services.rota_make(
            actor=cast.keeper, station=cast.station(), first=clock.today() + timedelta(days=4),
            last=clock.today() + timedelta(days=30), weekdays=range(7),
        )  # fmt: skip
        services.rota_publish(actor=cast.keeper, rota=rota)
    day = rota.days.order_by("on")[0]
    ReceptionDay.objects.filter(station=day.station, on=clock.today()).exclude(pk=day.pk).update(
        on=clock.today() + timedelta(days=200)
    )
    ReceptionDay.objects.filter(pk=day.pk).update(on=clock.today())
    day.refresh_from_db()
    make.sit(cast, day, "deputy_town", "deputy_city")
    return day


def form(cast: Cast, **changes: object) -> dict[str, object]:
    sign = "data:image/png;base64," + base64.b64encode(make.picture()).decode()
    return {
        "text": "三组的水渠塌了一段，田里进不了水",
        "category": "农业产业",
        "village": VILLAGE,
        "deputy": str(cast.deputy_row("deputy_town").pk),
        "outcome": "answered",
        "words": "水管站明天来看，先用水泵抽。",
        "confirmed": "finger",
        "deputy_sign": sign,
        "resident_sign": sign,
        "request_id": str(uuid7()),
        **changes,
    }


def test_the_keeper_plans_and_publishes_a_month(cast: Cast) -> None:
    make.placed(cast)
    keeper = entered(cast, "keeper")
    first = clock.today() + timedelta(days=6)
    sent = {
        "first": str(first),
        "last": str(first + timedelta(days=40)),
        "weekday": ["0", "2"],
        "station": "113",
    }
    answer = keeper.post("/station/rota", sent, follow=True)
    assert "还是草稿" in words(answer) and "month-slot" in answer.content.decode()
    plan = Rota.objects.get()
    assert not selectors_public(cast)
    keeper.post(f"/station/rota/{plan.pk}/publish")
    assert selectors_public(cast) > 0
    bad = keeper.post("/station/rota", {"first": "", "last": "2026-13-40", "station": "113"})
    assert bad.status_code == 422 and "请选一天" in words(bad)
    other = entered(cast, "keeper_other")
    assert other.post(f"/station/rota/{plan.pk}/publish").status_code == 404
    assert other.get("/station/rota?station=113").status_code == 404


def selectors_public(cast: Cast) -> int:
    feed = Calendar.from_ical(Client().get("/stations/113/receptions.ics").content)
    return len(feed.walk("VEVENT"))


def test_the_feed_names_deputies_and_folds_by_octets(cast: Cast, day: ReceptionDay) -> None:
    answer = Client().get("/stations/113/receptions.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    mine = next(one for one in events if str(day.pk) in one["uid"])
    assert "测试deputy_town" in mine["summary"]
    assert mine.decoded("dtstart").date() == day.on


def test_a_deputy_confirms_gives_back_and_declares(cast: Cast, day: ReceptionDay) -> None:
    deputy = entered(cast, "deputy_town")
    turn = make.turn_of(day, "deputy_town")
    assert "段家河镇人大代表联络站" in words(deputy.get("/station/my-days"))
    deputy.post(f"/station/turns/{turn.pk}/confirm")
    turn.refresh_from_db()
    assert turn.state == Turn.CONFIRMED
    swap = str(cast.deputy_row("deputy_town_2").pk)
    deputy.post(f"/station/turns/{turn.pk}/leave", {"swap": swap})
    assert make.turn_of(day, "deputy_town_2").instead_of_id == turn.pk
    later = {"first": str(date(2030, 1, 1)), "last": str(date(2030, 1, 5))}
    assert deputy.post("/station/my-days", later, follow=True).status_code == 200
    assert deputy.post("/station/my-days", {**later, "last": "2029-01-01"}).status_code == 422
    assert entered(cast, "deputy_town_3").post(f"/station/turns/{turn.pk}/confirm").status_code == 404


def test_a_refused_explanation_stays_in_its_field(cast: Cast, day: ReceptionDay) -> None:
    turn = make.turn_of(day, "deputy_town")
    DutyTurn.objects.filter(pk=turn.pk).update(state=Turn.ABSENT)
    ReceptionDay.objects.filter(pk=day.pk).update(on=clock.today() - timedelta(days=40))
    deputy = entered(cast, "deputy_town")
    refused = deputy.post(f"/station/turns/{turn.pk}/explain", {"text": "有事"})
    assert refused.status_code == 422
    assert 'value="有事"' in refused.content.decode() and "至少写 4 个字" in words(refused)
    told = deputy.post(f"/station/turns/{turn.pk}/explain", {"text": "送老人住院了"}, follow=True)
    assert "说明：送老人住院了" in words(told) and 'name="text"' not in told.content.decode()


def test_a_refused_swap_stays_chosen_at_the_table(cast: Cast, day: ReceptionDay) -> None:
    turn, keeper = make.turn_of(day, "deputy_town"), entered(cast, "keeper")
    other = str(cast.deputy_row("deputy_other").pk)
    typed = {"swap": other, "keeper": "1", "back": "day"}
    refused = keeper.post(f"/station/turns/{turn.pk}/leave", typed)
    assert refused.status_code in {409, 422} and "值班代表" in words(refused)
    turn.refresh_from_db()
    assert turn.state == Turn.SCHEDULED, "nothing is given back by halves"


def test_only_what_the_day_allows_is_offered(cast: Cast, day: ReceptionDay) -> None:
    turn = make.turn_of(day, "deputy_town")
    assert "sign_in" in services.turn_offers(cast.deputy_town, turn)
    assert not {"tick", "note_leave"} & services.turn_offers(cast.deputy_town, turn)
    turn.day.on = clock.today() + timedelta(days=3)
    assert services.turn_offers(cast.deputy_town, turn) == {"confirm", "leave"}
    assert services.turn_offers(cast.keeper, turn) == {"note_leave"}
    turn.day.on = clock.today() - timedelta(days=3)
    assert not services.turn_offers(cast.deputy_town, turn)
    assert services.turn_offers(cast.deputy_other, turn) == frozenset()


def test_the_door_turns_and_the_scanned_link_signs_in(cast: Cast, day: ReceptionDay) -> None:
    door = entered(cast, "keeper").get(f"/station/days/{day.pk}/door")
    assert 1 <= int(door["Refresh"]) <= 31 and "data:image/svg+xml;base64," in door.content.decode()
    code, _ = services.door_code(actor=cast.keeper, day=day)
    deputy = entered(cast, "deputy_town")
    assert f'value="{code}"' in deputy.get(f"/station/days/{day.pk}/in?code={code}").content.decode()
    deputy.post(f"/station/turns/{make.turn_of(day, 'deputy_town').pk}/sign_in", {"code": code})
    assert make.turn_of(day, "deputy_town").state == Turn.SIGNED_IN
    assert deputy.get(f"/station/days/{day.pk}/door").status_code == 403
    assert entered(cast, "deputy_other").get(f"/station/days/{day.pk}/in").status_code == 404


def test_a_visit_is_registered_and_the_receipt_printed(cast: Cast, day: ReceptionDay) -> None:
    keeper = entered(cast, "keeper")
    address = f"/station/days/{day.pk}/register"
    missing = keeper.post(address, form(cast, confirmed="", text="三组的水渠塌了"))
    assert missing.status_code == 422 and "三组的水渠塌了" in missing.content.decode()
    done = keeper.post(address, form(cast))
    assert "XY-" in done.content.decode() and "打印回执" in words(done)
    receipt = keeper.get("/papers/receipt.pdf")
    assert receipt["Content-Type"] == "application/pdf"
    assert "农业产业" in words(keeper.get(f"/station/days/{day.pk}"))
    assert Reception.objects.count() == 1
    for who in ("keeper_other", "deputy_town_2", "office_second"):
        wanted = 200 if who == "office_second" else 404
        assert entered(cast, who).get(address).status_code == wanted


def test_papers_and_summary(cast: Cast, day: ReceptionDay) -> None:
    keeper = entered(cast, "keeper")
    row = {f"{name}1": value for name, value in form(cast).items() if name != "request_id"}
    done = keeper.post(f"/station/days/{day.pk}/papers", row)
    assert "都补好了" in words(done) and Reception.objects.get().online is False
    empty = keeper.post(f"/station/days/{day.pk}/papers", {})
    assert empty.status_code == 422
    page = keeper.get(f"/station/days/{day.pk}/summary")
    assert "1 人次" in page.content.decode()
    sent = keeper.post(f"/station/days/{day.pk}/summary", {"text": "今天接待一位，已经答复。"}, follow=True)
    assert "已提交" in words(sent)
    poster = Client().get(f"/stations/113/month.pdf?month={day.on:%Y-%m}")
    assert poster.content.startswith(b"%PDF")


def test_the_queue(cast: Cast, day: ReceptionDay) -> None:
    keeper = entered(cast, "keeper")
    keeper.post(f"/station/days/{day.pk}/tickets")
    ticket = day.tickets.get()
    keeper.post(f"/station/days/{day.pk}/tickets", {"ticket": str(ticket.pk)})
    assert "号，请到桌前" in words(keeper.get(f"/station/days/{day.pk}"))


def test_a_check_from_the_keeper_to_the_presidium(cast: Cast) -> None:
    keeper, presidium = entered(cast, "keeper"), entered(cast, "presidium")
    code = cast.room().code
    nine = {f"met_{one.key}": "on" for one in services.checklist(CheckKind.TEN_HAVES, cast.room())[:9]}
    keeper.post(f"/station/standards/{code}/ten_haves", nine)
    check = RoomCheck.objects.get()
    page = presidium.get(f"/station/checks/{check.pk}")
    assert "9/10" in words(page) and "有专（兼）人" in words(page)
    refused = presidium.post(f"/station/checks/{check.pk}/acts/pass_check")
    assert refused.status_code in {403, 409, 422} and RoomCheck.objects.get().state == "submitted"
    presidium.post(f"/station/checks/{check.pk}/acts/note_gap", {"note": "请安排专人"})
    assert RoomCheck.objects.get().state == "gap"
    assert "有专（兼）人" in words(keeper.get("/station/standards"))
    assert entered(cast, "keeper_other").get(f"/station/checks/{check.pk}").status_code == 404


def test_the_public_page_shows_the_next_day_five_tiles_and_papers(cast: Cast, day: ReceptionDay) -> None:
    page = Client().get("/113/")
    text = words(page)
    assert "测试deputy_town" in text and text.count("站") > 5
    for name in ("人大制度宣传站", "选民群众接待站", "代表履职工作站", "提升能力充电站", "为民办事服务站"):
        assert name in text
    for key in ("publicity", "reception", "duty", "study", "service"):
        assert Client().get(f"/stations/113/five/{key}").status_code == 200
    assert Client().get("/stations/113/five/else").status_code == 404
    assert Client().get("/stations/113/plate.pdf").content.startswith(b"%PDF")


def test_residents_rate_and_read(cast: Cast) -> None:
    keeper = entered(cast, "keeper")
    keeper.post(
        "/station/policies",
        {"station": "113", "title": "高龄补贴怎么领", "text": "八十岁以上带身份证到村里登记。"},
    )
    browser = Client()
    browser.get("/113/")
    link = browser.get("/113/").content.decode().split("/policies/")[1].split('"')[0]
    assert "高龄补贴" in words(browser.get(f"/stations/113/policies/{link}"))
    assert "1 人次看过" in words(keeper.get("/station/policies?station=113"))
    all_four = dict.fromkeys(("bridge", "platform", "position", "venue"), "satisfied")
    assert "记下了" in words(browser.post("/stations/113/goods", all_four, follow=True))
    assert browser.post("/stations/113/goods", {"bridge": "satisfied"}).status_code == 422
    assert "样本不足" in words(browser.get("/stations/113/goods"))


@pytest.mark.parametrize(
    "address", ["room", "rota", "standards", "policies", "mediations", "page", "goods", "network", "coverage"]
)
def test_pages_ask_a_fixed_number_of_questions(cast: Cast, day: ReceptionDay, address: str) -> None:
    keeper = entered(cast, "keeper")
    make_more(cast, slice(0, 1))
    keeper.get(f"/station/{address}")
    with CaptureQueriesContext(connection) as few:
        assert keeper.get(f"/station/{address}").status_code == 200
    make_more(cast, slice(1, 5))
    with CaptureQueriesContext(connection) as many:
        keeper.get(f"/station/{address}")
    assert len(many) <= len(few) <= 26, [one["sql"][:120] for one in many]


def make_more(cast: Cast, rooms: slice) -> None:
    for n in range(3):
        services.policy_publish(
            actor=cast.keeper, station=cast.station(), title=f"政策第{n}条", text="带身份证到村里登记就能办。"
        )
        services.mediation_record(
            actor=cast.keeper, station=cast.station(), about="田坎用水", outcome=MediationEnd.SETTLED
        )
    for room in list(cast.station().rooms.filter(level="village").order_by("code"))[rooms]:
        items = services.checklist(CheckKind.TEN_HAVES, room)
        services.check_submit(
            actor=cast.keeper, station=room, kind=CheckKind.TEN_HAVES, met={one.key: True for one in items}
        )
