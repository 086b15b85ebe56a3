"""In the hall: a department answers or defers, the deputy accepts or sends on, an item joins a suggestion."""

from __future__ import annotations

from uuid import UUID

from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Denied, Invalid
from lianxin.common.writes import write
from lianxin.meetings.models import ForumItem, ItemUnit
from lianxin.meetings.services.step import NOT_YOURS, item_facts, item_step
from lianxin.meetings.services.telling import tell_speaker, tell_unit
from lianxin.meetings.workflow import UNIT


@write
def item_answer(
    *, actor: Actor, item: ForumItem, text: str, unit: str = "", request_id: str | None = None
) -> ForumItem:
    """Answer in the hall; with the last of its departments the item waits for the deputy's word."""
    words = text.strip()
    if not 5 <= len(words) <= 1000:
        raise Invalid("请写清现场怎么答复的。", fields={"answer": "写 5 到 1000 个字，代表当场看得到。"})
    part = _own_part(actor, item, unit)
    act = "answer_part" if item_facts(item, actor).others_open else "answer"
    item = item_step(actor=actor, item=item, act=act, facts={"unit": part.unit})
    told = ItemUnit.objects.filter(pk=part.pk, answer="")
    if told.update(answer=words, answered_by=actor.name) != 1:
        raise Conflict("本部门已经答复过这一件。")
    if act == "answer":
        tell_speaker(item, f"第 {item.number} 件有现场答复", "请看答复，认可或转会后书面。", "answered")
    return item


def _own_part(actor: Actor, item: ForumItem, unit: str) -> ItemUnit:
    mine = item.units.filter(unit__in=actor.units(*UNIT))
    part = (mine.filter(unit=unit) if unit else mine).first()
    if part is None:
        raise Denied(NOT_YOURS)
    return part


@write
def item_defer(*, actor: Actor, item: ForumItem, request_id: str | None = None) -> ForumItem:
    """Leave an item to a written answer after the forum."""
    item = item_step(actor=actor, item=item, act="defer", why_after="deferred")
    tell_speaker(item, f"第 {item.number} 件会后书面答复", "会后发转办函，期限内答复您。", "after")
    return item


@write
def item_force(*, actor: Actor, item: ForumItem, request_id: str | None = None) -> ForumItem:
    """The recorder puts an item without answer among those answered in writing."""
    return item_step(actor=actor, item=item, act="force", why_after="forced")


@write
def item_judge(*, actor: Actor, item: ForumItem, agree: bool, request_id: str | None = None) -> ForumItem:
    """Note the deputy's word on an answer in the hall: accepted, or sent on to a written answer."""
    more = {} if agree else {"why_after": "denied"}
    item = item_step(
        actor=actor,
        item=item,
        act="accept" if agree else "deny",
        facts={"by_deputy": actor.id is not None and actor.id == item.deputy.account_id},
        **more,
    )
    if not agree:
        for unit in item.units.values_list("unit", flat=True):
            tell_unit(item.forum, unit, f"第 {item.number} 件转为会后书面", "代表没有认可现场答复。",
                      f"denied:{item.id}")  # fmt: skip
    return item


@write
def item_link(
    *, actor: Actor, item: ForumItem, suggestion: UUID, number: str, request_id: str | None = None
) -> ForumItem:
    """Join an item to a suggestion that is already being handled: no second letter goes out."""
    if item.linked_id is not None:
        raise Conflict(f"这一件已经并入{item.linked_number}。")
    item = item_step(
        actor=actor,
        item=item,
        act="link",
        facts={"suggestion": str(suggestion)},
        linked_id=suggestion,
        linked_number=number[:40],
        why_after="linked",
    )
    tell_speaker(item, f"第 {item.number} 件并入已有建议", f"与{number}是同一件事，一并答复。", "linked")
    return item
