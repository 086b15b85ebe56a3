"""Reminding a receiver who has not answered, and those who lead the leaving."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from lianxin.leaving.models import Leaving, LeavingItem
from lianxin.leaving.services.telling import remind
from lianxin.leaving.workflow import Item, State
from lianxin.rulebook.selectors import value


def leaving_remind(today: date) -> int:
    """Tell each receiver once who was asked so many days ago, and whoever leads the leaving."""
    days = int(value("leaving.confirm_days"))
    late = LeavingItem.objects.filter(
        leaving__state=State.OPEN, state=Item.ASKED, asked_at__date__lte=today - timedelta(days=days)
    )
    waiting: dict[tuple[UUID, UUID], Leaving] = {}
    for item in late.select_related("leaving__deputy", "leaving__account", "receiver"):
        account = item.receiver.account_id if item.receiver else item.receiver_account_id
        if account is not None:
            waiting[(item.leaving_id, account)] = item.leaving
    for (_leaving, account), leaving in waiting.items():
        remind(leaving, account)
    return len(waiting)
