"""Writing to the outbox, reading notices, calling people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Conflict, Denied
from lianxin.common.writes import write
from lianxin.notifications.models import CallTask, Channel, Notice, NoticeRead, Outbox, OutboxState

__all__ = [
    "Channel",
    "Recipient",
    "call_task_add",
    "call_task_done",
    "enqueue",
    "notice_read",
    "outbox_retry",
]


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom to tell: one account, all people of a unit, or all holders of a role in a place."""

    kind: str
    key: str

    @classmethod
    def account(cls, account_id: UUID) -> Recipient:
        """Return one account."""
        return cls("account", str(account_id))

    @classmethod
    def unit(cls, code: str) -> Recipient:
        """Return the people of a unit."""
        return cls("unit", code)

    @classmethod
    def role(cls, role: Role, place: str) -> Recipient:
        """Return the holders of a role in exactly a place."""
        return cls("role", f"{role.value}@{place}")


def enqueue(
    *,
    to: Recipient,
    subject: str,
    text: str,
    about_kind: str,
    about_id: UUID,
    home6: str,
    dedupe: str,
    link: str = "",
    channels: tuple[Channel, ...] = (Channel.IN_APP,),
) -> None:
    """Write what is to be told, in the caller's transaction; the same `dedupe` is told once."""
    about = {
        "home6": home6,
        "recipient_kind": to.kind,
        "recipient_key": to.key,
        "subject": subject,
        "text": text,
        "link": link,
        "about_kind": about_kind,
        "about_id": about_id,
        "dedupe": f"{dedupe}:{to.kind}:{to.key}",
    }
    batch = _batch.get()
    if batch is not None:
        batch.append((about, channels))
        return
    if Channel.IN_APP in channels:
        Notice.objects.bulk_create([Notice(**about)], ignore_conflicts=True)
    later = [Outbox(channel=channel, **about) for channel in channels if channel is not Channel.IN_APP]
    if later:
        Outbox.objects.bulk_create(later, ignore_conflicts=True)


_batch: ContextVar[list[tuple[dict[str, Any], tuple[Channel, ...]]] | None] = ContextVar(
    "outbox_batch", default=None
)


@contextmanager
def batch() -> Iterator[None]:
    """Write the messages of many acts at the end of their common transaction (imports, demo city)."""
    mine: list[tuple[dict[str, Any], tuple[Channel, ...]]] = []
    token = _batch.set(mine)
    try:
        yield
        notices = [Notice(**about) for about, channels in mine if Channel.IN_APP in channels]
        later = [
            Outbox(channel=one, **about)
            for about, channels in mine
            for one in channels
            if one is not Channel.IN_APP
        ]
        Notice.objects.bulk_create(notices, ignore_conflicts=True, batch_size=500)
        Outbox.objects.bulk_create(later, ignore_conflicts=True, batch_size=500)
    finally:
        _batch.reset(token)


@write
def notice_read(*, actor: Actor, notice: Notice, request_id: str | None = None) -> Notice:
    """Note that the actor has read a notice."""
    if actor.id is None or (notice.recipient_kind, notice.recipient_key) not in recipient_keys(actor):
        raise Denied("这条消息不是发给您的。")
    NoticeRead.objects.bulk_create([NoticeRead(notice=notice, account_id=actor.id)], ignore_conflicts=True)
    return notice


def recipient_keys(actor: Actor) -> set[tuple[str, str]]:
    """Return the recipients as whom an actor reads notices."""
    keys = {("account", str(actor.id))}
    for held in actor.roles:
        keys.add(("role", f"{held.role.value}@{held.place}"))
        if held.unit:
            keys.add(("unit", held.unit))
    return keys


def call_task_add(
    *, about_kind: str, about_id: UUID, number: str, reason: str, due_on: date, home6: str, division_code: str
) -> None:
    """Ask the keeper of a place to call the person behind a matter."""
    CallTask.objects.bulk_create(
        [
            CallTask(
                about_kind=about_kind,
                about_id=about_id,
                number=number,
                reason=reason,
                due_on=due_on,
                home6=home6,
                division_code=division_code,
                dedupe=f"{about_id}:{reason}",
            )
        ],
        ignore_conflicts=True,
    )


@write
def call_task_done(
    *, actor: Actor, task: CallTask, reached: bool, result: str, request_id: str | None = None
) -> CallTask:
    """Note the outcome of a call."""
    if not actor.has_in(task.division_code, Role.KEEPER):
        raise Denied("只有本站联络员可以登记电话告知。")
    state = "done" if reached else "unreachable"
    if (
        CallTask.objects.filter(pk=task.pk, state="open").update(state=state, result=result, done_by=actor.id)
        != 1
    ):
        raise Conflict("这个电话已经登记过了。")
    record(
        actor=actor,
        tag="notifications.call_task_done",
        kind=task.about_kind,
        target=task.about_id,
        home6=task.home6,
        facts={"task": str(task.id), "reached": reached},
    )
    task.refresh_from_db()
    return task


@write
def outbox_retry(*, actor: Actor, row: Outbox, request_id: str | None = None) -> Outbox:
    """Queue a message again that was held or given up; a person has looked that it did not arrive."""
    if not actor.has(Role.SYSTEM_ADMIN):
        raise Denied("只有系统管理员可以重新发送。")
    stuck = Outbox.objects.filter(pk=row.pk, state__in=[OutboxState.HELD, OutboxState.GIVEN_UP])
    if stuck.update(state=OutboxState.QUEUED, tries=0, error="", next_try_at=clock.now()) != 1:
        raise Conflict("这条消息不在待处理状态，请刷新后再看。")
    record(actor=actor, tag="notifications.outbox_retry", kind="outbox", target=row.id, home6=row.home6)
    row.refresh_from_db()
    return row
