"""Places: the real grid, the city's history, stations of every level."""

from __future__ import annotations

from datetime import date

import pytest

from lianxin.common.errors import NotFound
from lianxin.regions.loading import CITY, divisions_load, rooms_load, stations_load
from lianxin.regions.models import Division, DivisionKind, DivisionName, Station, StationLevel
from lianxin.regions.selectors import (
    divisions_find,
    place_name,
    station_by_code,
    stations,
    town_station,
    towns,
    villages_of,
)

pytestmark = pytest.mark.django_db


def test_one_city_twenty_one_towns_three_hundred_and_nine_villages() -> None:
    kinds = {kind: Division.objects.filter(kind=kind).count() for kind in DivisionKind}
    assert kinds == {"city": 1, "town": 21, "village": 253, "community": 56}


def test_every_place_hangs_under_its_own_town() -> None:
    towns_ = set(Division.objects.filter(kind=DivisionKind.TOWN).values_list("code", flat=True))
    for place in Division.objects.filter(kind__in=[DivisionKind.VILLAGE, DivisionKind.COMMUNITY]):
        assert place.parent_code in towns_
        assert place.parent_code[:9] == place.code[:9]
        assert len(place.code) == 12


def test_the_county_became_a_city_in_2021() -> None:
    names = {row.name: row for row in DivisionName.objects.filter(division_id=CITY)}
    old, new = names["旬阳县"], names["旬阳市"]
    assert (old.code[:6], new.code[:6]) == ("610928", "610981")
    assert old.valid_to == new.valid_from == date(2021, 2, 3)


def test_the_old_name_finds_the_place_of_today() -> None:
    assert [row.name for row in divisions_find("旬阳县")] == ["旬阳市"]
    assert not divisions_find("没有这个地方")


def test_stations_of_every_level() -> None:
    rooms_load(per_city=96, seed=321)
    levels = {level: Station.objects.filter(level=level).count() for level in StationLevel}
    assert levels == {"city": 1, "town": 21, "constituency": 96, "village": 309}


def test_four_stations_were_built_anew_in_2021() -> None:
    new = Station.objects.filter(level=StationLevel.TOWN, built_kind="new")
    assert {row.name.removesuffix("人大代表联络站") for row in new} == {
        "城关镇",
        "段家河镇",
        "蜀河镇",
        "吕河镇",
    }
    assert {row.built_on for row in new} == {"2021"}
    assert Station.objects.get(level=StationLevel.CITY).built_kind == "upgraded"


def test_every_room_hangs_under_its_towns_station() -> None:
    for room in Station.objects.filter(level=StationLevel.VILLAGE).select_related("parent"):
        assert room.parent
        assert room.parent.division_code == room.division_code[:9] + "000"


def test_loading_again_changes_nothing() -> None:
    before = (Division.objects.count(), Station.objects.count(), DivisionName.objects.count())
    divisions_load()
    stations_load()
    rooms_load(per_city=96, seed=321)
    assert (Division.objects.count(), Station.objects.count(), DivisionName.objects.count()) == before


class TestStationCodes:
    def test_an_open_station_is_itself(self) -> None:
        assert station_by_code("113").name == "段家河镇人大代表联络站"

    def test_a_closed_one_leads_to_the_next_open_one_above(self) -> None:
        room = Station.objects.filter(level=StationLevel.VILLAGE, parent__code="113").first()
        assert room
        Station.objects.filter(pk=room.pk).update(is_open=False)
        assert station_by_code(room.code).code == "113"
        Station.objects.filter(code="113").update(is_open=False)
        assert station_by_code(room.code).code == "1"
        assert not stations().filter(code__in=[room.code, "113"]).exists()

    def test_an_unknown_code_says_what_to_do(self) -> None:
        with pytest.raises(NotFound, match="二维码"):
            station_by_code("999999")


def test_names_as_people_say_them() -> None:
    assert place_name("610981113000") == "段家河镇"
    assert place_name(CITY) == "旬阳市"
    village = villages_of("610981113000").first()
    assert village
    assert place_name(village.code) == f"段家河镇{village.name}"
    assert "委会" not in "".join(Division.objects.values_list("name", flat=True))


def test_towns_are_in_the_order_of_their_sound() -> None:
    sounds = list(towns().values_list("pinyin", flat=True))
    assert sounds == sorted(sounds)
    assert sounds[0][0].isalpha()


def test_the_town_station_of_a_place() -> None:
    station = town_station("610981113202")
    assert station
    assert station.code == "113"
    assert town_station("620000000000") is None
