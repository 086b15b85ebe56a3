"""Finishing a leaving: everything moves in one transaction, by the services of the rooms concerned."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Invalid
from lianxin.common.writes import write
from lianxin.leaving.models import Leaving
from lianxin.leaving.services.carrying import carry
from lianxin.leaving.services.opening import leaving_refresh
from lianxin.leaving.services.step import facts_of, item_step, step
from lianxin.leaving.services.telling import tell_leaver, tell_taken_over
from lianxin.leaving.workflow import LEAVING, Item


@write
def leaving_finish(*, actor: Actor, leaving: Leaving, request_id: str | None = None) -> Leaving:
    """Hand everything on and close the leaving; what came since the list was made stops it."""
    leaving_refresh(actor=actor, leaving=leaving)
    LEAVING.next_state(leaving.state, "finish", facts_of(leaving))  # refused before anything moves
    items = leaving.items.filter(state=Item.ACCEPTED)
    taken: Counter[UUID | None] = Counter()
    for item in items.select_related("leaving", "receiver", "receiver_account").order_by("kind", "id"):
        act = "follow_finish" if carry(actor, item) else "follow_over"
        item_step(actor=actor, item=item, act=act, done_on=clock.today())
        account = item.receiver.account_id if item.receiver else item.receiver_account_id
        taken[account] += act == "follow_finish"
    facts = {"items": sum(taken.values())}
    step(actor=actor, leaving=leaving, act="finish", facts=facts, finished_on=clock.today())
    for account, number in taken.items():
        tell_taken_over(leaving, account, number)
    tell_leaver(leaving, "离任移交已办结", "finished")
    return leaving


@write
def leaving_cancel(*, actor: Actor, leaving: Leaving, reason: str, request_id: str | None = None) -> Leaving:
    """Give a leaving up; whoever stands in for a contact goes on until somebody ends that."""
    words = reason.strip()
    if not 2 <= len(words) <= 200:
        raise Invalid("请写明为什么不移交了。", fields={"reason": "写 2 到 200 个字。"})
    return step(actor=actor, leaving=leaving, act="cancel", note=words)
