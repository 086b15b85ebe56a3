"""A deputy's seats: entered, suspended and taken up again (代表法第六十一条), ended (第六十二条)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import IntegrityError, transaction

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Denied, Invalid, Refused
from lianxin.common.writes import write
from lianxin.people.loading import NewSeat
from lianxin.people.models import Deputy, Seat, SeatSuspension
from lianxin.people.permissions import may_seat

NOT_YOURS = "本级代表由人大代工委登记，镇代表也可以由本镇主席团登记。"
REASON = (2, 60)


def seats_enter(*, actor: Actor, seats: Sequence[tuple[Deputy, NewSeat]], home6: str) -> int:
    """Enter further seats of deputies who are on the roll; return how many."""
    Seat.objects.bulk_create([Seat(deputy=deputy, **vars(seat)) for deputy, seat in seats])
    if seats:
        facts = {"count": len(seats)}
        record(actor=actor, tag="people.seats_register", kind="seat", target=home6, home6=home6, facts=facts)
    return len(seats)


@write
def seat_end(*, actor: Actor, seat: Seat, on: date, reason: str, request_id: str | None = None) -> Seat:
    """End a seat: `on` is its last day, the rights stop the next day and the archive stays."""
    if not (may_seat(actor, seat.body_code) or actor.has(Role.SECURITY_ADMIN)):
        raise Denied(NOT_YOURS)
    if seat.valid_to is not None and seat.valid_to < min(on, clock.today()):
        raise Refused("这个席位已经终止，不能往后改。")
    if on < seat.valid_from:
        raise Invalid("还没有终止，请核对日期。", fields={"on": "最后一天不能在任期开始以前。"})
    said = _reason(reason)
    Seat.objects.filter(pk=seat.pk).update(valid_to=on, end_reason=said)
    seat.refresh_from_db()
    _on_record(actor, seat, "people.seat_end", on)
    return seat


@write
def seat_suspend(
    *, actor: Actor, seat: Seat, on: date, reason: str, request_id: str | None = None
) -> SeatSuspension:
    """Suspend a deputy from `on` (代表法第六十一条): he keeps the seat and may not act in it."""
    if not may_seat(actor, seat.body_code):
        raise Denied(NOT_YOURS)
    if not seat.valid_from <= on <= (seat.valid_to or date.max):
        raise Invalid("还没有停止，请核对日期。", fields={"on": "请写任期里的一天。"})
    new = SeatSuspension(seat=seat, starts_on=on, reason=_reason(reason))
    try:
        with transaction.atomic():
            new.save(force_insert=True)
    except IntegrityError:
        raise Refused("他已经暂时停止执行职务了。") from None
    _on_record(actor, seat, "people.seat_suspend", on)
    return new


@write
def seat_resume(*, actor: Actor, seat: Seat, request_id: str | None = None) -> Seat:
    """Let a suspended deputy act again from today: the cause is over (代表法第六十一条).

    A suspension of today or of later never held: it goes, and only the trail knows of it.
    """
    if not may_seat(actor, seat.body_code):
        raise Denied(NOT_YOURS)
    open_now = seat.suspensions.select_for_update().filter(ends_on=None).first()
    if open_now is None:
        raise Refused("他没有停止执行职务，不用恢复。")
    if open_now.starts_on >= clock.today():
        open_now.delete()
    else:
        open_now.ends_on = clock.today() - timedelta(days=1)
        open_now.save(update_fields=["ends_on"])
    _on_record(actor, seat, "people.seat_resume", clock.today())
    return seat


def _reason(typed: str) -> str:
    said = typed.strip()
    if not REASON[0] <= len(said) <= REASON[1]:
        raise Invalid(
            "请写原因。", fields={"reason": "写 2 到 60 个字，比如：辞职，第七次会议接受（公告第3号）。"}
        )
    return said


def _on_record(actor: Actor, seat: Seat, tag: str, on: date) -> None:
    record(actor=actor, tag=tag, kind="seat", target=seat.id, home6=seat.deputy.home6, facts={"on": str(on)})
