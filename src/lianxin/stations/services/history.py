"""Registers of earlier days, entered in one go: who sat, how many came for what; no resident's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Invalid
from lianxin.common.writes import write
from lianxin.regions.models import Station
from lianxin.rulebook.services import value
from lianxin.stations.models import Confirmed, DutyTurn, Outcome, Reception, ReceptionDay
from lianxin.stations.permissions import must_keep
from lianxin.stations.services.posting import presences_post
from lianxin.stations.workflow import Turn


@dataclass(frozen=True, slots=True)
class Came:
    """One line of the paper register: which deputy received, what kind of matter, what happened."""

    deputy: UUID
    category: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class PastDay:
    """One reception day of the paper register."""

    station: Station
    on: date
    sat: tuple[UUID, ...]
    absent: tuple[UUID, ...] = ()
    came: tuple[Came, ...] = ()
    summary: str = ""


@write
def past_days_register(
    *, actor: Actor, rows: Sequence[PastDay], request_id: str | None = None
) -> ReceptionDay:
    """Enter past reception days with their turns and receptions (one audit record). Returns the last day."""
    if not rows:
        raise Invalid("登记簿是空的。", fields={"rows": "请至少录一天。"})
    days, turns, receptions = [], [], []
    for row in rows:
        must_keep(actor, row.station)
        _checked(row)
        day = _day(row)
        days.append(day)
        turns += _turns(day, row)
        receptions += _receptions(day, row)
    ReceptionDay.objects.bulk_create(days, batch_size=500)
    DutyTurn.objects.bulk_create(turns, batch_size=1000)
    Reception.objects.bulk_create(receptions, batch_size=1000)
    presences_post(actor, [turn for turn in turns if turn.state == Turn.SIGNED_IN])
    record(
        actor=actor, tag="stations.past_days_register", kind="reception_day", target=days[-1].id,
        home6=days[-1].home6, facts={"days": len(days), "receptions": len(receptions)},
    )  # fmt: skip
    return days[-1]


def _checked(row: PastDay) -> None:
    if row.on >= clock.today():
        raise Invalid("登记簿只录过去的日子。", fields={"on": f"{row.on} 还没有过完。"})
    strangers = {one.deputy for one in row.came} - set(row.sat)
    if strangers or not row.sat:
        raise Invalid("接待的代表要在当天签到的名单里。", fields={"came": f"{row.on} 的名单对不上。"})


def _day(row: PastDay) -> ReceptionDay:
    starts, ends = (time.fromisoformat(one) for one in value("reception.hours", home6=row.station.home6))
    begun = clock.day_start(row.on)
    return ReceptionDay(
        station=row.station, on=row.on, starts=starts, ends=ends, published_at=begun, summary=row.summary,
        summed_up_at=clock.now() if row.summary else None, home6=row.station.home6,
        division_code=row.station.division_code,
    )  # fmt: skip


def _turns(day: ReceptionDay, row: PastDay) -> list[DutyTurn]:
    where = {"day": day, "home6": day.home6, "division_code": day.division_code}
    sat = [
        DutyTurn(
            deputy_id=one, state=Turn.SIGNED_IN, signed_in_at=clock.now(), signed_out_at=clock.now(),
            ticked=True, **where,
        )
        for one in row.sat
    ]  # fmt: skip
    return sat + [DutyTurn(deputy_id=one, state=Turn.ABSENT, **where) for one in row.absent]


def _receptions(day: ReceptionDay, row: PastDay) -> list[Reception]:
    return [
        Reception(
            day=day, deputy_id=one.deputy, on=row.on, category=one.category, outcome=one.outcome,
            confirmed=Confirmed.PAPER, online=False, home6=day.home6, division_code=day.division_code,
        )
        for one in row.came
    ]  # fmt: skip
