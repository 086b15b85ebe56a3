"""Stations at work: S40, S54–S56, S65, S70, S73, S74, S85, S86, S88, S89."""

from __future__ import annotations

import base64
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from icalendar import Calendar

from lianxin.common import clock
from lianxin.opinions.models import Opinion
from lianxin.people.actors import actor_of
from lianxin.people.models import Account, Deputy
from lianxin.regions.models import Division, Station
from lianxin.rulebook.calendar import DayKind
from lianxin.rulebook.selectors import calendar_for
from lianxin.rulebook.services import calendar_day_set
from lianxin.stations import goods as goods_of
from lianxin.stations import selectors, services, tiles
from lianxin.stations.models import (
    CheckKind,
    DutyTurn,
    GridRole,
    Mediation,
    PolicyNote,
    ReceptionDay,
    RoomCheck,
    StationMember,
)
from tests.acceptance.conftest import TOWN, VILLAGE, Doors
from tests.factories.stations import picture

TAG = re.compile(r"<[^>]+>")


def text_of(answer: Any) -> str:
    return " ".join(TAG.sub(" ", answer.content.decode()).split())


def person(username: str) -> Any:
    return actor_of(Account.objects.get(username=username))


def the_day() -> ReceptionDay:
    """Return a reception day of the tour's town that is today, made through the keeper's services."""
    station, keeper = Station.objects.select_related("parent").get(code="113"), person("keeper")
    known = ReceptionDay.objects.filter(station=station, on=clock.today(), published_at__isnull=False).first()
    if known is not None:
        return known
    today = clock.today()
    if not calendar_for(station.home6).is_workday(
        today
    ):  # the tests run at weekends too: a day worked in lieu
        calendar_day_set(
            actor=person("admin"), home6=station.home6, day=today, kind=DayKind.WORK, note="调休上班"
        )
    with clock.at(clock.now() - timedelta(days=7)):
        first = clock.today() + timedelta(days=7)
        rota = services.rota_make(
            actor=keeper, station=station, first=first, last=first + timedelta(days=7), weekdays=range(7)
        )
        services.rota_publish(actor=keeper, rota=rota)
    day = rota.days.order_by("on")[0]
    ReceptionDay.objects.filter(pk=day.pk).update(on=clock.today())  # on a weekend nobody would receive
    day.refresh_from_db()
    return day


@pytest.mark.acceptance("S40")
def test_a_printed_code_leads_to_the_same_matter(doors: Doors) -> None:
    day = the_day()
    sign = "data:image/png;base64," + base64.b64encode(picture()).decode()
    mark = uuid4().hex[:6]
    form = {
        "text": f"到小学的便道{mark}塌了一截，孩子绕路走",
        "village": VILLAGE,
        "deputy": str(day.turns.all()[0].deputy_id),
        "outcome": "answered",
        "words": "先拉警戒线，镇上本周内去修。",
        "confirmed": "finger",
        "deputy_sign": sign,
        "resident_sign": sign,
    }
    keeper = doors.page("keeper")
    done = keeper.post(f"/station/days/{day.pk}/register", form).content.decode()
    found = re.search(r'data-code="([^"]+)"', done)
    assert found
    assert keeper.get("/papers/receipt.pdf").content.startswith(b"%PDF")
    resident = Client()
    resident.post("/progress", {"code": found[1]})
    assert mark in resident.get("/matter").content.decode()
    refused = keeper.post(f"/station/days/{day.pk}/register", {**form, "confirmed": ""})
    assert refused.status_code == 422


@pytest.mark.acceptance("S54")
def test_nine_of_ten_shows_what_is_missing_and_cannot_pass(doors: Doors) -> None:
    nine = RoomCheck.objects.filter(kind=CheckKind.TEN_HAVES, points=90, division_code__startswith=TOWN[:9])
    check = nine.first() or RoomCheck.objects.filter(kind=CheckKind.TEN_HAVES, points=90)[0]
    lacking = check.lines.get(is_met=False).label
    office = doors.page("office")
    page = text_of(office.get(f"/station/checks/{check.pk}"))
    assert "9/10" in page and lacking in page
    assert office.post(f"/station/checks/{check.pk}/acts/pass_check").status_code >= 400
    assert RoomCheck.objects.get(pk=check.pk).state == "gap"
    assert RoomCheck.objects.filter(kind=CheckKind.TEN_HAVES).count() == Division.objects.filter(
        kind__in=["village", "community"]
    ).count()  # fmt: skip


@pytest.mark.acceptance("S55")
def test_every_room_has_a_plate_of_one_layout(doors: Doors) -> None:
    room = Station.objects.filter(level="village", is_open=True)[0]
    sizes = []
    for code in ("113", room.code):
        pdf = doors.page().get(f"/stations/{code}/plate.pdf").content
        assert pdf.startswith(b"%PDF")
        sizes.append(re.findall(rb"/MediaBox\s*\[[^\]]+\]", pdf)[:1])
    assert sizes[0] == sizes[1] and b"1190" in sizes[0][0]
    assert doors.page().get("/stations/none/plate.pdf").status_code == 404


@pytest.mark.acceptance("S56")
def test_three_buttons_make_three_kinds_of_records(doors: Doors) -> None:
    keeper = doors.page("keeper")
    home = text_of(keeper.get("/station/room?station=113"))
    assert all(name in home for name in ("收民情", "传政策", "解矛盾"))
    policies, disputes = PolicyNote.objects.count(), Mediation.objects.count()
    told = {"station": "113", "title": f"新政策{uuid4().hex[:4]}", "text": "带身份证到村里登记就能办。"}
    keeper.post("/station/policies", told)
    keeper.post(
        "/station/mediations",
        {"station": "113", "about": "邻里宅基", "outcome": "settled", "on": str(clock.today())},
    )
    assert (PolicyNote.objects.count(), Mediation.objects.count()) == (policies + 1, disputes + 1)
    note = PolicyNote.objects.get(title=told["title"])
    reader = doors.page()
    for _ in range(2):
        reader.get(f"/stations/113/policies/{note.pk}")
    assert note.reads.count() == 1
    assert doors.page("deputy_town").get("/station/policies").status_code == 403


@pytest.mark.acceptance("S65")
def test_a_town_edits_its_own_block_only(doors: Doors) -> None:
    keeper, mark = doors.page("keeper"), uuid4().hex[:5]
    before = Station.objects.filter(code="113").values().get()
    block = {
        "station": "113", "title": "码头议事", "band": "river", "name": "别的名字",
        "text": f"赶集天代表坐在船头听大家说事{mark}。",
    }  # fmt: skip
    keeper.post("/station/page", block)
    assert mark in doors.page().get("/113/").content.decode()
    assert Station.objects.filter(code="113").values().get() == before
    assert keeper.post("/station/page", {**block, "band": "#f00"}).status_code == 422
    assert keeper.post("/station/page", {**block, "station": "103"}).status_code == 404


@pytest.mark.acceptance("S70")
def test_the_public_page_names_the_next_day_and_its_deputies(doors: Doors) -> None:
    day = selectors.next_day(Station.objects.get(code="113"))
    assert day is not None
    names = selectors.names_of(day)
    page = doors.page().get("/113/").content.decode()
    assert names and all(name in page for name in names)
    feed = Calendar.from_ical(doors.page().get("/stations/113/receptions.ics").content)
    assert any(str(day.pk) in event["uid"] for event in feed.walk("VEVENT"))
    drafts = ReceptionDay.objects.filter(station__code="113", published_at=None)
    assert not any(str(one.pk) in str(event["uid"]) for one in drafts for event in feed.walk("VEVENT"))


@pytest.mark.acceptance("S70")
def test_a_year_has_a_hundred_days_a_town_and_every_day_had_somebody(doors: Doors) -> None:
    towns = StationMember.objects.values("station").distinct().count()
    year = ReceptionDay.objects.filter(
        on__lt=clock.today(), on__gte=clock.today() - timedelta(days=366), published_at__isnull=False
    )
    assert year.count() >= 100 * towns
    assert not year.exclude(pk__in=DutyTurn.objects.values("day_id")).exists()
    assert doors.page("clerk").get("/station/rota").status_code == 403


@pytest.mark.acceptance("S73")
@pytest.mark.parametrize("key", [tile.key for tile in tiles.TILES])
def test_each_tile_is_the_length_of_its_list(doors: Doors, key: str) -> None:
    station, tile = Station.objects.get(code="113"), tiles.tile_of(key)
    count = len(tile.rows(station, tiles.since()))
    page = text_of(doors.page().get("/113/"))
    assert f"{count} {tile.name}" in page
    assert f"{count} {tile.counted}" in text_of(doors.page().get(f"/stations/113/five/{key}"))
    assert doors.page().get("/stations/113/five/sixth").status_code == 404


@pytest.mark.acceptance("S74")
def test_four_goods_show_three_colours_and_small_samples_are_said(doors: Doors) -> None:
    year = (clock.today() - timedelta(days=20)).year
    results = {one.code: goods_of.results(one, year) for one in goods_of.evaluated()}
    shown = [shares for goods in results.values() for good in goods for _voice, shares in good.voices]
    assert any(one.is_small for one in shown) and any(not one.is_small for one in shown)
    small = next(
        code for code, goods in results.items() if any(one.is_small and one.n for _v, one in goods[0].voices)
    )
    page = text_of(doors.page("office").get(f"/station/goods?station={small}&year={year}"))
    assert "样本不足" in page and "83%" in page
    own = doors.page("keeper").post("/station/goods", {"station": "113", "bridge": "satisfied"})
    assert own.status_code in {403, 422}


@pytest.mark.acceptance("S85")
def test_no_deputy_stands_outside_a_station(doors: Doors) -> None:
    assert selectors.unplaced().count() == 0
    assert StationMember.objects.filter(valid_to=None).count() == Deputy.objects.count()
    page = text_of(doors.page("presidium").get("/station/network"))
    assert "0 位未进站代表" in page
    member = StationMember.objects.filter(station__code="113", valid_to=None)[0]
    services.member_end(actor=person("presidium"), member=member)
    assert "1 位未进站代表" in text_of(doors.page("presidium").get("/station/network"))


@pytest.mark.acceptance("S86")
def test_a_grid_role_has_dates_a_history_and_its_own_grid_only(doors: Doors) -> None:
    deputy = Deputy.objects.get(account__username="deputy_town")
    role = GridRole.objects.get(deputy=deputy, valid_to=None)
    page = doors.page("deputy_town")
    assert str(role.get_post_display()) in text_of(page.get("/station/my-days"))
    assert page.get(f"/station/my-grid/{role.grid_id}").status_code == 200
    other = GridRole.objects.exclude(grid=role.grid_id)[0]
    assert page.get(f"/station/my-grid/{other.grid_id}").status_code == 403
    words = f"网格里的路灯坏了{uuid4().hex[:6]}"
    assert page.post(f"/station/my-grid/{other.grid_id}", {"text": words}).status_code == 403
    assert not Opinion.objects.filter(text=words).exists()
    assert page.post(f"/station/my-grid/{role.grid_id}", {"text": words}).status_code == 302
    assert Opinion.objects.get(text=words).division_code == role.grid.division_code
    services.grid_role_end(actor=person("presidium"), role=role)
    assert page.get(f"/station/my-grid/{role.grid_id}").status_code == 403
    assert [one.pk for one in selectors.grid_roles_of(deputy) if one.valid_to] == [role.pk]


@pytest.mark.acceptance("S88")
def test_every_town_station_has_an_acceptance_record(doors: Doors) -> None:
    found = RoomCheck.objects.filter(kind=CheckKind.ACCEPTANCE, state="met")
    assert found.values("station").distinct().count() == 21
    assert all(one.points >= 80 and one.decided_on for one in found)
    assert "达标" in text_of(doors.page("office").get("/station/standards?kind=acceptance"))
    fill = doors.page("keeper").post("/station/standards/113/acceptance", {"met_area": "on"}, follow=True)
    check = RoomCheck.objects.filter(kind=CheckKind.ACCEPTANCE, state="submitted").latest("created_at")
    assert fill.status_code == 200
    assert doors.page("presidium").post(f"/station/checks/{check.pk}/acts/pass_check").status_code == 403


@pytest.mark.acceptance("S89")
def test_all_villages_have_a_room_and_a_removed_one_is_a_gap(doors: Doors) -> None:
    office = doors.page("office")
    assert "309/309" in text_of(office.get("/station/coverage"))
    room = Station.objects.get(level="village", division_code=VILLAGE)
    office.post("/station/coverage", {"code": room.code, "open": "0"})
    page = text_of(office.get("/station/coverage"))
    assert "308/309" in page and "没有联络室" in page
    assert (
        doors.page("presidium").post("/station/coverage", {"code": room.code, "open": "1"}).status_code == 403
    )
