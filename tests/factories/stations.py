"""Stations at work, made by the services of the people who would act."""

from __future__ import annotations

import io
from datetime import datetime, time, timedelta

from PIL import Image, ImageDraw

from lianxin.common import clock
from lianxin.opinions.services import Said
from lianxin.people.models import Deputy
from lianxin.regions.models import Station
from lianxin.stations import services
from lianxin.stations.models import Confirmed, DutyTurn, Outcome, ReceptionDay, Rota, StationMember
from tests.factories.cast import Cast

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=clock.SHANGHAI)
"""The tests' today; the reception day is Wednesday of the week after."""
WEDNESDAY = datetime(2026, 12, 2, 9, 30, tzinfo=clock.SHANGHAI)


def picture(width: int = 200) -> bytes:
    """Return a small drawn line, as a finger leaves it."""
    drawn = Image.new("RGB", (width, 80), "white")
    ImageDraw.Draw(drawn).line((10, 60, 90, 15, 180, 55), fill="black", width=4)
    data = io.BytesIO()
    drawn.save(data, "PNG")
    return data.getvalue()


def placed(cast: Cast) -> None:
    """Place the town's and the other town's deputies in their stations."""
    for who, code in (("presidium", "113"), ("presidium_other", "103")):
        if not StationMember.objects.filter(station=cast.station(code)).exists():
            services.members_place(actor=getattr(cast, who), station=cast.station(code))


def planned(cast: Cast, station: Station | None = None, *, weeks: int = 2) -> Rota:
    """Return a draft rota beginning after the notice days (told on `MONDAY`)."""
    placed(cast)
    station = station or cast.station()
    actor = cast.keeper if station.division_code.startswith("610981113") else cast.keeper_other
    first = clock.today() + timedelta(days=5)
    return services.rota_make(
        actor=actor, station=station, first=first, last=first + timedelta(days=7 * weeks - 1)
    )


def published(cast: Cast, station: Station | None = None) -> ReceptionDay:
    """Return the first day of a published rota."""
    rota = planned(cast, station)
    services.rota_publish(actor=cast.keeper if rota.station.code == "113" else cast.keeper_other, rota=rota)
    return rota.days.order_by("on")[0]


def turn_of(day: ReceptionDay, who: str | None = None) -> DutyTurn:
    """Return a turn of a day (of one deputy, where named)."""
    found = day.turns.select_related("day__station__parent", "deputy__account").order_by("deputy__name")
    return found.get(deputy__account__username=who) if who else found[0]


def sit(cast: Cast, day: ReceptionDay, *names: str) -> list[Deputy]:
    """Let exactly these deputies sit on a day (the draft is changed by hand, as a keeper may)."""
    DutyTurn.objects.filter(day=day).delete()
    rows = [cast.deputy_row(name) for name in names]
    where = {"home6": day.home6, "division_code": day.division_code}
    DutyTurn.objects.bulk_create([DutyTurn(day=day, deputy=row, **where) for row in rows])
    return rows


def morning(day: ReceptionDay, hour: int = 9, minute: int = 10) -> datetime:
    """Return an instant of the day itself."""
    return datetime.combine(day.on, time(hour, minute), tzinfo=clock.SHANGHAI)


def visit(cast: Cast, deputy: str = "deputy_town", **fields: object) -> services.Visit:
    """Return what the form of a reception says; fields are those of `Visit`."""
    given: dict[str, object] = {
        "said": Said(text="三组的水渠塌了一段，田里进不了水", category="农业产业"),
        "deputy": cast.deputy_row(deputy).pk,
        "outcome": Outcome.ANSWERED,
        "confirmed": Confirmed.FINGER,
        "words": "镇水管站明天派人来看，先用水泵。",
        "deputy_sign": picture(),
        "resident_sign": picture(),
    }
    return services.Visit(**{**given, **fields})  # type: ignore[arg-type] # names of fields come as words
