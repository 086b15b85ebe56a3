"""What a receiver does with a circular: read, done, replied; reminders as the day comes near."""

from __future__ import annotations

from datetime import date, timedelta

from lianxin.audit.moving import row_change
from lianxin.audit.services import record
from lianxin.colleagues.models import Circular, Receipt, ReceiptEvent
from lianxin.colleagues.permissions import may_receive
from lianxin.colleagues.services.circulars import receipts_open, tell_place
from lianxin.colleagues.words import checked
from lianxin.colleagues.workflow import MET, RECEIPT, ReceiptFacts, ReceiptState
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Denied
from lianxin.common.writes import write
from lianxin.regions.selectors import place_name
from lianxin.rulebook.services import value


@write
def receipt_read(*, actor: Actor, receipt: Receipt, request_id: str | None = None) -> Receipt:
    """Note that the place has read it; done by opening it, and only once."""
    if receipt.state != ReceiptState.UNREAD:
        return receipt
    return _step(actor, receipt, "read", read_at=clock.now())


@write
def receipt_finish(*, actor: Actor, receipt: Receipt, request_id: str | None = None) -> Receipt:
    """Report that what was asked is done."""
    return _step(actor, receipt, "finish")


@write
def receipt_reply(*, actor: Actor, receipt: Receipt, text: str, request_id: str | None = None) -> Receipt:
    """Reply in writing; a second reply stands in place of the first, which the history keeps."""
    words = checked(text, field="text", least=2, most=2000)
    done = _step(actor, receipt, "reply", note=words, reply=words)
    circular = receipt.circular
    subject = f"{place_name(receipt.division_code)}回复了：{circular.title}"
    tell_place(circular, circular.division_code, subject, f"reply:{receipt.pk}:{clock.now():%H%M%S}")
    return done


def receipt_facts(receipt: Receipt) -> ReceiptFacts:
    """Return the plain facts that guards look at."""
    return ReceiptFacts(wants=receipt.circular.wants, withdrawn=receipt.circular.state == "withdrawn")


def circulars_remind(today: date) -> int:
    """Remind receivers before the day and after it, and tell senders who is late; return how many."""
    rows = Circular.objects.filter(state="sent").exclude(due_on=None)
    found = 0
    for circular in rows.filter(due_on__gte=today - timedelta(days=31)):
        assert circular.due_on is not None
        days = int(value("circular.remind_days", home6=circular.home6))
        left = (circular.due_on - today).days
        if left > days:
            continue
        places = list(receipts_open(circular).values_list("division_code", flat=True))
        found += len(places)
        _remind(circular, places, left)
    return found


def _remind(circular: Circular, places: list[str], left: int) -> None:
    late = left < 0
    words = "已经过期" if late else "今天到期" if left == 0 else f"还有 {left} 天到期"
    for place in places:
        tell_place(circular, place, f"{words}：{circular.title}", "late" if late else "soon")
    if late and places:
        names = "、".join(place_name(place) for place in places)
        subject = f"{len(places)} 个单位没有按期回：{circular.title}"
        tell_place(circular, circular.division_code, subject, "late_list", text=names)


def _step(actor: Actor, receipt: Receipt, act: str, *, note: str = "", **changes: object) -> Receipt:
    if not may_receive(actor, receipt):
        raise Denied("这份文件不是发给您这里的。")
    old = receipt.state
    new = RECEIPT.next_state(old, act, receipt_facts(receipt))
    changes["state"] = new
    if new == MET[receipt.circular.wants] and receipt.met_at is None:
        changes["met_at"] = clock.now()
    row_change(receipt, **changes)
    _event(actor, receipt, act, old, note)
    return receipt


def _event(actor: Actor, receipt: Receipt, act: str, old: str, note: str) -> None:
    ReceiptEvent.objects.create(
        receipt=receipt,
        at=clock.now(),
        actor_id=actor.id,
        actor_name=actor.name,
        act=act,
        from_state=old,
        to_state=receipt.state,
        note=note,
    )
    record(
        actor=actor,
        tag=f"receipt.{act}",
        kind="circular",
        target=receipt.circular_id,
        home6=receipt.home6,
        facts={"place": receipt.division_code},
    )
