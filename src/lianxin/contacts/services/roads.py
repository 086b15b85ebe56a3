"""Walking times between villages: registered by the installation, estimated where missing."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.audit.services import record
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Denied, Invalid
from lianxin.contacts.geography import Roads
from lianxin.contacts.legs import Leg, read_leg
from lianxin.contacts.models import TravelTime
from lianxin.contacts.rules import Pace
from lianxin.regions.selectors import division_names
from lianxin.rulebook.services import value

SHOWN = 20


def roads_of(home6: str) -> Roads:
    """Return the walks of a county (one query)."""
    rows = TravelTime.objects.filter(home6=home6).values_list("start", "end", "minutes")
    return Roads({(start, end): minutes for start, end, minutes in rows}, pace_of(home6))


def pace_of(home6: str) -> Pace:
    """Return how a walk is estimated in a county."""
    return Pace(
        setting_out=int(value("contact.walk_setting_out", home6=home6)),
        km_an_hour=float(value("contact.walk_speed", home6=home6)),
        winding=float(value("contact.walk_winding", home6=home6)),
    )


def travel_times_register(*, actor: Actor, home6: str, rows: Sequence[dict[str, str]]) -> int:
    """Register the walks of a table, all or none; a way that is known takes the new time. Return how many."""
    if not actor.has_in(f"{home6}000000", Role.OFFICE):
        raise Denied("步行时间由代工委登记。")
    villages = [code for code in division_names() if code[:6] == home6 and not code.endswith("000")]
    read = [read_leg(cells, frozenset(villages)) for cells in rows]
    faults = [f"第 {line} 行：{said}" for line, said in enumerate(read, 2) if isinstance(said, str)]
    if faults:
        raise Invalid("表里有写错的，一行也没有收下；改好再传。", fields={"sheet": "；".join(faults[:SHOWN])})
    legs = {(leg.start, leg.end): leg for leg in read if isinstance(leg, Leg)}
    TravelTime.objects.bulk_create(
        [
            TravelTime(home6=home6, start=leg.start, end=leg.end, minutes=leg.minutes, basis=leg.basis)
            for leg in legs.values()
        ],
        update_conflicts=True,
        unique_fields=["home6", "start", "end"],
        update_fields=["minutes", "basis"],
        batch_size=500,
    )
    facts = {"count": len(legs)}
    record(
        actor=actor, tag="contacts.travel_times", kind="travel_time", target=home6, home6=home6, facts=facts
    )
    return len(legs)
