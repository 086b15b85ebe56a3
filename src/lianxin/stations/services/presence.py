"""The list of those present at a reception day, kept where all presence is kept."""

from __future__ import annotations

from datetime import timedelta

from lianxin.activities.models import Gathering
from lianxin.activities.services import code_now, gathering_open
from lianxin.common import clock
from lianxin.common.actor import SYSTEM, Actor
from lianxin.stations.models import ReceptionDay

KIND = "reception_day"


def gathering_of(day: ReceptionDay) -> Gathering:
    """Return the day's list; it opens in the morning and closes at night.

    It lies in the town, not in the village of the room: deputies of the whole town sit there.
    """
    known = Gathering.objects.filter(kind=KIND, source_id=day.id).first()
    if known is not None:
        return known
    begin = clock.day_start(day.on)
    return gathering_open(
        actor=SYSTEM,
        kind=KIND,
        source_id=day.id,
        title=f"{day.station.name}接待日",
        home6=day.home6,
        division_code=day.station.town_code or day.station.division_code,
        opens_at=begin,
        closes_at=begin + timedelta(days=1),
    )


def door_code(*, actor: Actor, day: ReceptionDay) -> tuple[str, int]:
    """Return the code on the door now and the seconds it stays, for whoever keeps the list."""
    return code_now(actor=actor, event=gathering_of(day))
