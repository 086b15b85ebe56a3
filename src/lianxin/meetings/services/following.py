"""After the letters: a department's acts, the reply to the deputy, his rating, a second handling."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import BaseModel

from lianxin.common import clock
from lianxin.common.actor import SYSTEM, Actor
from lianxin.common.errors import Invalid
from lianxin.common.writes import write
from lianxin.handling.actions import perform
from lianxin.handling.models import Assignment
from lianxin.handling.services import deadline_meet, deadline_set
from lianxin.handling.workflow import State as Part
from lianxin.meetings.letters import second_letter_store
from lianxin.meetings.models import ForumItem, ItemRating
from lianxin.meetings.services.closing import give
from lianxin.meetings.services.step import item_step
from lianxin.meetings.services.telling import tell_hosts, tell_speaker, tell_unit
from lianxin.meetings.workflow import ItemState

ORDER, RATE = "rehandle_order", "rate"


@write
def forum_unit_act(
    *, actor: Actor, assignment: Assignment, act: str, form: BaseModel, request_id: str | None = None
) -> Assignment:
    """A department's act on its part of an item; the item follows in the same transaction."""
    perform(actor=actor, assignment=assignment, act=act, form=form)
    item = ForumItem.objects.select_related("forum", "deputy").get(pk=assignment.matter_id)
    follow(item)
    return assignment


def follow(item: ForumItem) -> None:
    """Bring an item to where its departments are: answered when the last one has signed."""
    if item.state != ItemState.HANDED_OVER:
        return
    parts = Assignment.objects.filter(matter_kind="forum", matter_id=item.id, round=item.round)
    states = list(parts.exclude(state__in=[Part.RETURNED, Part.WITHDRAWN]).values_list("state", flat=True))
    if states and all(state == Part.REPLIED for state in states):
        until = _set(item, RATE, "forum.rate_workdays")
        item_step(actor=SYSTEM, item=item, act="reply", replied_on=clock.today(), rate_until=until)
        words = f"请看答复，在 {until} 以前评价。"
        tell_speaker(item, f"第 {item.number} 件有书面答复", words, f"replied:{item.round}")


def _set(item: ForumItem, what: str, rule: str) -> date:
    """Set a due date of an item that begins today; return the day."""
    due = deadline_set(
        kind="forum", matter_id=item.id, home6=item.home6, what=what, rule=rule, start=clock.today()
    )
    return due.due_on


@write
def item_rate(
    *, actor: Actor, item: ForumItem, rating: str, note: str = "", request_id: str | None = None
) -> ForumItem:
    """The deputy rates the written reply; who is not satisfied says why, and it is handled anew."""
    if rating not in ItemRating.values:
        raise Invalid("请选一个评价。", fields={"rating": "请选满意、基本满意或不满意。"})
    words = note.strip()[:500]
    if rating == ItemRating.UNSATISFIED and len(words) < 5:
        raise Invalid("请写明哪里不满意。", fields={"note": "至少 5 个字，部门要照着改。"})
    said: dict[str, Any] = {"rating": rating, "rating_note": words, "rated_on": clock.today()}
    if rating == ItemRating.UNSATISFIED and item.round == 1:
        item = _refused(actor, item, said)
        deadline_meet(kind="forum", matter_id=item.id, what=RATE, on=clock.today())
        return item
    item = item_step(actor=actor, item=item, act="rate", facts={"rating": rating}, **said)
    deadline_meet(kind="forum", matter_id=item.id, what=RATE, on=clock.today())
    if rating == ItemRating.UNSATISFIED:
        _tell_all(item, "重办以后代表仍不满意", "请当面沟通；主持单位可以列入督办或组织询问。")
    return item


def _refused(actor: Actor, item: ForumItem, said: dict[str, Any]) -> ForumItem:
    """Note the first dissatisfaction: from here the hosts have days to give the item back."""
    until = _set(item, ORDER, "forum.rehandle_order_workdays")
    kept = {"refused_on": clock.today(), "refused_note": said["rating_note"], "order_until": until}
    item = item_step(actor=actor, item=item, act="refuse", facts={"rating": said["rating"]}, **said, **kept)
    _tell_all(item, f"第 {item.number} 件代表评价不满意", f"要在 {until} 前交回部门重办。")
    return item


@write
def item_order_again(*, actor: Actor, item: ForumItem, request_id: str | None = None) -> ForumItem:
    """Give an item back to its departments after a dissatisfied rating: second letter, new due date."""
    item = item_step(
        actor=actor,
        item=item,
        act="order_again",
        facts={"round": item.round + 1},
        round=item.round + 1,
        rating="",
        rating_note="",
        rated_on=None,
        replied_on=None,
        rate_until=None,
    )
    deadline_meet(kind="forum", matter_id=item.id, what=ORDER, on=clock.today())
    for part in give(actor, item):
        row = second_letter_store(actor=actor, item=item, part=part)
        words = f"代表不满意的原因：{item.refused_note}。请在 {row.due_on} 前重新答复。"
        tell_unit(item.forum, part.unit_code, f"第 {item.number} 件要重新办理", words, f"again:{item.id}")
    tell_speaker(item, f"第 {item.number} 件已交回重办", "部门会在新的期限内重新答复您。", "again")
    return item


def _tell_all(item: ForumItem, said: str, text: str) -> None:
    """Tell the departments of an item and the hosts of its forum."""
    for unit in item.units.values_list("unit", flat=True):
        tell_unit(item.forum, unit, said, "请看代表写的原因，当面沟通。", f"rated:{item.id}:{item.round}")
    tell_hosts(item, said, text, "rated")
