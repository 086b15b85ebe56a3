"""The worker's half: rows are claimed, sent once, and given up visibly.

A row is claimed (`sending`) and committed before it is sent. A worker that dies in between leaves
it in `sending`; it is not sent again by itself but held for a person after ten minutes, because
nobody can know whether the mail server had taken it. So nothing is sent twice.
"""

from __future__ import annotations

import smtplib
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage

from lianxin.common import clock
from lianxin.common.actor import Role
from lianxin.notifications.models import Channel, Outbox, OutboxState
from lianxin.people.selectors import account_emails, accounts_with

LEASE = timedelta(minutes=10)
MAX_TRIES = 6


def deliver_due(limit: int = 50) -> int:
    """Send what is due; return how many rows were dealt with."""
    _hold_the_lost()
    due = Outbox.objects.filter(state=OutboxState.QUEUED, next_try_at__lte=clock.now()).order_by(
        "next_try_at"
    )[:limit]
    return sum(_claimed(row) and _deliver(row) for row in due)


def _claimed(row: Outbox) -> bool:
    mine = Outbox.objects.filter(pk=row.pk, state=OutboxState.QUEUED)
    return mine.update(state=OutboxState.SENDING, next_try_at=clock.now() + LEASE) == 1


def _deliver(row: Outbox) -> bool:
    if row.channel != Channel.EMAIL:
        return _end(row, OutboxState.HELD, "没有接通这个渠道，请用电话告知")
    if not settings.EMAIL_HOST:
        return _end(row, OutboxState.HELD, "没有设置邮件服务器")
    addresses = _addresses(row)
    if not addresses:
        return _end(row, OutboxState.GIVEN_UP, "收件人没有登记邮箱")
    try:
        _message(row, addresses).send()
    except (smtplib.SMTPException, OSError) as caught:
        return _again(row, type(caught).__name__)
    return _end(row, OutboxState.SENT, "")


def _message(row: Outbox, addresses: list[str]) -> EmailMessage:
    """Return a mail with subject and link only: what it is about is read after signing in."""
    link = f"{settings.LIANXIN_SITE_URL}{row.link}"
    headers = {"Message-ID": f"<{row.id}@lianxin>", "X-Lianxin-Id": str(row.id)}
    return EmailMessage(
        subject=row.subject, body=f"{row.subject}\n\n请登录查看：{link}\n", to=addresses, headers=headers
    )


def _addresses(row: Outbox) -> list[str]:
    if row.recipient_kind == "account":
        return account_emails([UUID(row.recipient_key)])
    if row.recipient_kind == "unit":
        people = accounts_with(Role.UNIT_CLERK, unit=row.recipient_key) + accounts_with(
            Role.UNIT_HEAD, unit=row.recipient_key
        )
        return account_emails(people)
    role, _, place = row.recipient_key.partition("@")
    return account_emails(accounts_with(Role(role), place=place))


def _again(row: Outbox, error: str) -> bool:
    tries = row.tries + 1
    if tries >= MAX_TRIES:
        return _end(row, OutboxState.GIVEN_UP, error)
    wait = timedelta(seconds=5 * 4**tries)
    Outbox.objects.filter(pk=row.pk).update(
        state=OutboxState.QUEUED, tries=tries, error=error, next_try_at=clock.now() + wait
    )
    return True


def _end(row: Outbox, state: OutboxState, error: str) -> bool:
    Outbox.objects.filter(pk=row.pk).update(
        state=state,
        error=error,
        tries=row.tries + 1,
        sent_at=clock.now() if state == OutboxState.SENT else None,
    )
    return True


def _hold_the_lost() -> None:
    lost = Outbox.objects.filter(state=OutboxState.SENDING, next_try_at__lt=clock.now())
    lost.update(state=OutboxState.HELD, error="发送中断，不确定是否送达，请人工核对")
