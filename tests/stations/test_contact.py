"""How a station is reached: its keeper writes it, everybody reads it; a faulty number stays where it was typed."""

from __future__ import annotations

import pytest
from django.test import Client

from lianxin.common.errors import Denied
from lianxin.regions.models import Station
from lianxin.stations import services
from tests.factories.cast import Cast
from tests.web.pages import entered

pytestmark = pytest.mark.django_db
TYPED = {"act": "contact", "station": "113", "phone": "0915-7201234", "address": "段家河镇街道 12 号"}


def test_the_keeper_writes_it_and_everybody_reads_it(cast: Cast) -> None:
    page = entered(cast, "keeper")
    refused = page.post("/station/page?station=113", {**TYPED, "phone": "请打电话"})
    assert refused.status_code == 422 and "请打电话" in refused.content.decode()
    assert page.post("/station/page?station=113", TYPED).status_code == 302
    station = Station.objects.get(code="113")
    assert (station.phone, station.address) == (TYPED["phone"], TYPED["address"])
    assert set(station.rooms.values_list("phone", flat=True)) == {TYPED["phone"]}
    assert TYPED["phone"] in Client().get("/113/").content.decode()


def test_a_room_with_a_telephone_of_its_own_keeps_it(cast: Cast) -> None:
    station = Station.objects.get(code="113")
    room = station.rooms.all()[0]
    Station.objects.filter(pk=room.pk).update(phone="0915-1")
    services.station_contact_set(actor=cast.presidium, station=station, phone="", address="")
    room.refresh_from_db()
    assert room.phone == "0915-1"


def test_nobody_elses_station(cast: Cast) -> None:
    station = Station.objects.get(code="113")
    for who in (cast.keeper_other, cast.presidium_other, cast.clerk, cast.deputy_town):
        with pytest.raises(Denied):
            services.station_contact_set(actor=who, station=station, phone="0915-7201234", address="")
