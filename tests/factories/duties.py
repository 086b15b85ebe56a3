"""Duty records, pledges and kinds for tests, made by the services that people use."""

from __future__ import annotations

from datetime import date
from typing import Any

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.duties import services
from lianxin.duties.models import DutyRecord
from tests.factories.cast import VILLAGE, Cast

DIARY = "今天在李家庄村三组走了四户，电压低的老问题还在，供电所答应下周来换线。"


def diary(
    cast: Cast, who: str = "deputy_town", *, text: str = DIARY, privacy: str = "station", **more: Any
) -> DutyRecord:
    """Return a diary of a deputy."""
    return record(getattr(cast, who), "field_diary", text=text, privacy=privacy, **more)


def deed(cast: Cast, who: str = "deputy_town", **more: Any) -> DutyRecord:
    """Return a deed that nobody has confirmed yet."""
    values = {"people": 3, "field": "饮水"}
    return record(getattr(cast, who), "practical_deed", title="帮三户接通自来水", values=values, **more)


def record(actor: Actor, kind: str, **more: Any) -> DutyRecord:
    """Return a record of any kind that a deputy writes down."""
    fields: dict[str, Any] = {"on": clock.today(), "title": "三组走访记", "division_code": VILLAGE, **more}
    return services.duty_record(actor=actor, kind=kind, **fields)


def post(cast: Cast, who: str = "deputy_town", *, source: str = "s1", on: date | None = None) -> DutyRecord:
    """Return a visit that another room posted."""
    return services.duty_post(
        actor=getattr(cast, who),
        deputy_id=cast.deputy_row(who).id,
        kind="household_visit",
        on=on or clock.today(),
        home6="610981",
        division_code=VILLAGE,
        source_room="contacts",
        source_id=source,
        online=True,
        facts={"title": "走访 1 户"},
    )
