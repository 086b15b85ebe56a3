"""Places, deputies and the net of stations: S0, S1, S17, S64, S66, S67, S93."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from lianxin.common import clock
from lianxin.people.actors import actor_of
from lianxin.people.models import Account, Deputy, DeputyGroup, GroupMember, RoleHeld, Seat
from lianxin.people.seats import seat_end
from lianxin.regions.models import Division, Station
from tests.acceptance.conftest import API, CITY, PASSWORD, TOWN, VILLAGE, Doors


@pytest.mark.acceptance("S0")
def test_the_old_name_finds_the_city_and_the_documents_that_bear_it(doors: Doors) -> None:
    found = doors.get("/search", q="旬阳县")["items"]
    assert any(one["title"] == "旬阳市" for one in found)
    assert "旬阳市" in doors.page("keeper").get("/search", {"q": "旬阳县"}).content.decode()
    assert not any(one["title"] == "旬阳市" for one in doors.get("/search", q="旬阴县")["items"])


@pytest.mark.acceptance("S1")
def test_a_deputy_is_shown_with_level_constituency_and_term(doors: Doors) -> None:
    page = doors.page().get("/deputies", {"town": TOWN, "village": VILLAGE})
    text = page.content.decode()
    near = Deputy.objects.filter(division_code=VILLAGE, seats__level="town").first()
    assert near is not None and near.name in text
    seat = near.seats.filter(level="town").get()
    assert seat.term and seat.constituency and str(seat.get_level_display()) in text


@pytest.mark.acceptance("S1")
def test_rights_end_the_day_after_the_term_and_the_archive_stays(doors: Doors) -> None:
    mine = doors.paper("deputy_town", TOWN)
    seat = Seat.objects.get(deputy__account__username="deputy_town", body_code=TOWN)
    security = actor_of(Account.objects.get(username="security"))
    seat_end(actor=security, seat=seat, on=clock.today(), reason="届满")
    doors.paper("deputy_town", TOWN)  # the last day still counts
    with clock.at(clock.now() + timedelta(days=1)):
        answer = doors.page().post(
            f"{API}/tokens",
            {"username": "deputy_town", "password": PASSWORD},
            content_type="application/json",
        )
        headers = {"Authorization": f"Bearer {answer.json()['token']}", "Idempotency-Key": uuid4().hex}
        draft = {"body": TOWN, "title": "关于任期届满之后再提一件建议的建议"}
        refused = doors.page().post(
            f"{API}/suggestions", draft, content_type="application/json", headers=headers
        )
        assert refused.status_code == 403
    assert doors.get(f"/suggestions/{mine['id']}", "deputy_town")["title"] == mine["title"]


@pytest.mark.acceptance("S17")
def test_the_city_has_21_towns_and_309_villages_and_communities(doors: Doors) -> None:
    kinds = {kind: Division.objects.filter(kind=kind).count() for kind in ("town", "village", "community")}
    assert kinds == {"town": 21, "village": 253, "community": 56}
    text = doors.page().get("/stations").content.decode()
    assert "镇级站 21 个" in text and "村（社区）室 309 个" in text
    known = doors.said("李家庄村三组晒场边的电杆歪了，刮风时摇得厉害，请来看看。")
    assert doors.get(f"/opinions/{known['id']}", "keeper")["place"].endswith("李家庄村")
    nowhere = {"station": "113", "text": "三组晒场边的电杆歪了，刮风时摇得厉害。", "village": "610981113999"}
    assert "village" in str(doors.post("/opinions", nowhere, "keeper", expect=422))


@pytest.mark.acceptance("S64")
def test_there_is_one_city_station_and_its_keeper_takes_in_there(doors: Doors) -> None:
    cities = doors.get("/stations", level="city")["items"]
    assert [one["code"] for one in cities] == ["1"]
    text = doors.page().get("/1/").content.decode()
    assert "市级站" in text and "改造升级" in text
    said = {"station": "1", "text": f"市联络站门前的台阶缺一块砖，老人上下不便（{uuid4().hex[:6]}）。"}
    assert doors.post("/opinions", said, expect=201)["code"].startswith("XY-")
    doors.post("/opinions", {**said, "station": "2"}, expect=404)


@pytest.mark.acceptance("S66")
def test_four_town_stations_are_marked_as_built_in_2021(doors: Doors) -> None:
    new = Station.objects.filter(level="town", built_kind="new")
    assert {one.name.removesuffix("人大代表联络站") for one in new} == {
        "城关镇",
        "段家河镇",
        "蜀河镇",
        "吕河镇",
    }
    for code, word in (("113", "2021 新建"), ("103", "2021 新建")):
        assert word in doors.page().get(f"/{code}/").content.decode()
    assert "2021 新建" not in doors.page().get("/102/").content.decode()
    said = {"station": "113", "text": f"新建的镇联络站门口少一个扶手（{uuid4().hex[:6]}），请装上。"}
    assert doors.post("/opinions", said, expect=201)["number"]


@pytest.mark.acceptance("S67")
def test_every_village_and_constituency_has_its_room_and_takes_in(doors: Doors) -> None:
    assert Station.objects.filter(level="village").count() == 309
    assert Station.objects.filter(level="constituency").count() == 96
    covered = set(Station.objects.filter(level="village").values_list("division_code", flat=True))
    assert covered == set(
        Division.objects.filter(kind__in=["village", "community"]).values_list("code", flat=True)
    )
    room = Station.objects.get(level="village", division_code=VILLAGE)
    assert room.name in doors.page().get("/113/").content.decode()
    said = {"station": room.code, "text": f"村联络室门口的路灯不亮（{uuid4().hex[:6]}），请来修。"}
    receipt = doors.post("/opinions", said, expect=201)
    assert any(one["number"] == receipt["number"] for one in doors.get("/opinions", "keeper")["items"])
    assert not any(one["number"] == receipt["number"] for one in doors.get("/opinions", "grid")["items"])


@pytest.mark.acceptance("S93")
def test_every_deputy_belongs_to_a_place_a_station_and_a_group(doors: Doors) -> None:
    assert Deputy.objects.count() == 1086
    levels = {level: Seat.objects.filter(level=level, valid_to=None).count() for level in ("town", "city")}
    assert levels == {"town": 945, "city": 218}
    assert Seat.objects.filter(level__in=["province", "prefecture"], valid_to=None).count() == 33
    rooms = set(Station.objects.filter(level="village").values_list("division_code", flat=True))
    assert all(code in rooms for code in Deputy.objects.values_list("division_code", flat=True))
    assert DeputyGroup.objects.count() == 145
    assert GroupMember.objects.filter(valid_to=None).values("deputy").distinct().count() == 1086
    assert RoleHeld.objects.filter(role="grid_worker", place=VILLAGE, valid_to=None).exists()
    doors.said("李家庄村二组井台的石板裂了，挑水要绕着走。", "grid")
    assert doors.page("deputy_town").get("/deputy").status_code == 200
    assert doors.page().get("/deputy").status_code == 302  # nobody else has a duty screen
    assert doors.page("keeper").get("/deputy").status_code == 403
    assert CITY in set(Seat.objects.filter(level="city").values_list("body_code", flat=True))
