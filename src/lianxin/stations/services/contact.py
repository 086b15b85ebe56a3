"""How a station is reached: telephone and address, as its page, its posters and its plate show them."""

from __future__ import annotations

import re

from lianxin.audit.services import record
from lianxin.common.actor import Actor
from lianxin.common.errors import Invalid
from lianxin.common.writes import write
from lianxin.regions.models import Station
from lianxin.stations.permissions import must_keep

PHONE = re.compile(r"[0-9][0-9 -]{5,18}")
ADDRESS = 120


@write
def station_contact_set(
    *, actor: Actor, station: Station, phone: str, address: str, request_id: str | None = None
) -> Station:
    """Write a station's telephone and address; its rooms that had the same telephone get the new one."""
    must_keep(actor, station)
    phone, address = phone.strip(), address.strip()
    wrong = {}
    if phone and not PHONE.fullmatch(phone):
        wrong["phone"] = "请写电话号码，例：0915-7201234；没有电话就空着。"
    if len(address) > ADDRESS:
        wrong["address"] = f"请写在 {ADDRESS} 个字以内。"
    if wrong:
        raise Invalid("还差一点，写的内容都在。", fields=wrong)
    Station.objects.filter(parent=station, phone=station.phone).update(phone=phone)
    station.phone, station.address = phone, address
    station.save(update_fields=["phone", "address"])
    record(actor=actor, tag="stations.contact_set", kind="station", target=station.id, home6=station.home6)
    return station
