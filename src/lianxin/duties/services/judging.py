"""Others look at a record: verify it, send it back, say whether a diary is a copy."""

from __future__ import annotations

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Invalid
from lianxin.common.writes import write
from lianxin.duties.models import CopyState, DutyRecord
from lianxin.duties.services.step import step
from lianxin.notifications.services import Recipient, enqueue


@write
def duty_confirm(*, actor: Actor, record: DutyRecord, request_id: str | None = None) -> DutyRecord:
    """Verify a deed: it is proved, its beneficiary said yes, and another person looked."""
    step(actor=actor, record=record, act="confirm", confirmed_by=actor.id, confirmed_at=clock.now())
    tell_author(record, f"已核实，计入履职：{record.title}", "confirmed")
    return record


@write
def duty_reject(
    *, actor: Actor, record: DutyRecord, reason: str, request_id: str | None = None
) -> DutyRecord:
    """Send a record back with what is missing; its author can mend it."""
    reason = _reason(reason)
    step(actor=actor, record=record, act="reject", note=reason, reason=reason)
    tell_author(record, f"履职记录退回，请看原因：{record.title}", "rejected")
    return record


@write
def duty_withdraw(
    *, actor: Actor, record: DutyRecord, reason: str = "", request_id: str | None = None
) -> DutyRecord:
    """Take one's own record back; the row stays and says so."""
    return step(actor=actor, record=record, act="withdraw", note=reason, reason=reason[:200])


@write
def copy_judge(
    *, actor: Actor, record: DutyRecord, is_copy: bool, reason: str, request_id: str | None = None
) -> DutyRecord:
    """A person says whether a diary repeats another; only his word takes it out of the count."""
    reason = _reason(reason)
    said = CopyState.COPY if is_copy else CopyState.CLEARED
    step(actor=actor, record=record, act="judge_copy", note=reason, copy_state=said, reason=reason)
    words = "日记被判断为重复，不计入篇数" if is_copy else "日记经核对不是重复"
    tell_author(record, f"{words}：{record.title}", f"copy_{said}")
    return record


def tell_author(record: DutyRecord, subject: str, dedupe: str) -> None:
    """Tell the deputy what became of his record."""
    if record.deputy.account_id is None:
        return
    enqueue(
        to=Recipient.account(record.deputy.account_id),
        subject=subject[:160],
        text="",
        link=f"/deputy/duties/{record.id}",
        about_kind="duty",
        about_id=record.id,
        home6=record.home6,
        dedupe=f"duty:{record.id}:{dedupe}:{clock.now():%Y%m%d%H%M%S%f}",
    )


def _reason(reason: str) -> str:
    reason = reason.strip()
    if len(reason) < 5:
        raise Invalid("请写明理由。", fields={"reason": "至少写 5 个字，本人看得到。"})
    return reason[:200]
