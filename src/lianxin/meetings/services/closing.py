"""After the talk: ending the record, the minutes, the chair's confirmation, the letters, the effect."""

from __future__ import annotations

from lianxin.common import clock
from lianxin.common.actor import SYSTEM, Actor
from lianxin.common.errors import Denied, Invalid, NotFound
from lianxin.common.writes import write
from lianxin.duties.services import duty_post
from lianxin.handling.matters import Matter, Part
from lianxin.handling.models import Assignment
from lianxin.handling.services import hand_over
from lianxin.handling.workflow import Mode
from lianxin.meetings.letters import batch_letter_store, letter_number
from lianxin.meetings.models import Forum, ForumItem, ForumLetter
from lianxin.meetings.permissions import may
from lianxin.meetings.rules import letters
from lianxin.meetings.services.step import NOT_YOURS, forum_gathering, forum_step, item_step, lines_of
from lianxin.meetings.services.telling import tell_speaker, tell_unit
from lianxin.meetings.workflow import ItemState

MOVES = frozenset({"end", "resume", "follow_up"})


@write
def forum_move(*, actor: Actor, forum: Forum, act: str, request_id: str | None = None) -> Forum:
    """End the record and check it, go back to it, or close the follow-up."""
    if act not in MOVES:
        raise NotFound("没有这个操作，请刷新页面。")
    return forum_step(actor=actor, forum=forum, act=act)


@write
def minutes_draft(*, actor: Actor, forum: Forum, minutes: str, request_id: str | None = None) -> Forum:
    """Keep the draft of the minutes; the chair confirms it."""
    if not may(actor, "draft_minutes", forum):
        raise Denied(NOT_YOURS)
    words = minutes.strip()
    if not 20 <= len(words) <= 20_000:
        raise Invalid("纪要太短了。", fields={"minutes": "写 20 字以上；可以从台账生成后再改。"})
    return forum_step(actor=actor, forum=forum, act="draft_minutes", minutes=words, minutes_by=actor.id)


@write
def forum_close(*, actor: Actor, forum: Forum, request_id: str | None = None) -> Forum:
    """The chair confirms the minutes: every item has its outcome, the sum is right, the forum is closed."""
    forum = forum_step(
        actor=actor, forum=forum, act="close", closed_on=clock.today(), confirmed_name=actor.name
    )
    _duties(actor, forum)
    return forum


def _duties(actor: Actor, forum: Forum) -> None:
    """Write attendance into the ledger of duties, once for each deputy of the roster who was there."""
    gathering = forum_gathering(forum)
    if gathering is None:
        return
    invited = forum.deputies.values("deputy")
    came = gathering.presences.filter(deputy__in=invited).values_list("deputy_id", flat=True).distinct()
    for deputy in came:
        duty_post(
            actor=actor,
            deputy_id=deputy,
            kind="group_activity",
            on=clock.local_date(forum.held_at),
            home6=forum.home6,
            division_code=forum.division_code,
            source_room="meetings",
            source_id=f"{forum.pk}:{deputy}",
            online=True,
            facts={"forum": str(forum.pk), "title": forum.title},
        )


@write
def forum_hand_over(*, actor: Actor, forum: Forum, request_id: str | None = None) -> Forum:
    """Hand the remaining items over (转办): one letter a department with the list of its items annexed."""
    batch = letters(lines_of(forum))
    forum = forum_step(actor=actor, forum=forum, act="hand_over", facts={"letters": len(batch)})
    items = {one.number: one for one in forum.items.select_related("deputy").prefetch_related("units")}
    parts: dict[str, list[Assignment]] = {unit: [] for unit in batch}
    for item in items.values():
        if item.state != ItemState.AFTER:
            continue
        item.forum = forum
        for given in [] if item.linked_id else give(actor, item):
            parts[given.unit_code].append(given)
        item_step(actor=SYSTEM, item=item, act="hand_over")
        if not item.linked_id:
            tell_speaker(item, f"第 {item.number} 件已转办", "已发转办函，期限内书面答复您。", "handed_over")
    for unit in sorted(batch):
        _letter(actor, forum, unit, [items[number] for number in batch[unit]], parts[unit])
    return forum


def give(actor: Actor, item: ForumItem) -> list[Assignment]:
    """Hand an item over to its departments; the second time the due date of re-handling runs."""
    forum, units = item.forum, sorted(one.unit for one in item.units.all())
    speakers = [item.deputy_id, *item.speakers.values_list("deputy_id", flat=True)]
    matter = Matter(
        kind="forum",
        id=item.id,
        number=f"议政〔{forum.year}〕{forum.sequence}-{item.number}",
        title=item.text[:60],
        brief=f"{forum.title}（{forum.theme}）第 {item.number} 件。{_again(item)}",
        demands=(item.text,),
        home6=forum.home6,
        division_code=forum.division_code,
        needs_contact=False,
        deputies=tuple(dict.fromkeys(speakers)),
    )
    mode = Mode.TRANSFER if len(units) == 1 else Mode.SEPARATE
    return hand_over(
        actor=actor,
        matter=matter,
        parts=[Part(unit, mode) for unit in units],
        note="",
        round_number=item.round,
        reply_rule="activity_opinion.reply_months" if item.round == 1 else "forum.rehandle_months",
    )


def _again(item: ForumItem) -> str:
    return f"代表对上次答复不满意：{item.refused_note}。" if item.round > 1 else ""


def _letter(actor: Actor, forum: Forum, unit: str, items: list[ForumItem], parts: list[Assignment]) -> None:
    due = max(part.reply_due_on for part in parts if part.reply_due_on)
    row = ForumLetter.objects.create(
        forum=forum,
        home6=forum.home6,
        division_code=forum.division_code,
        unit=unit,
        number=letter_number(forum),
        items=len(items),
        due_on=due,
    )
    row.letter_id = batch_letter_store(actor=actor, row=row, items=items, part=parts[0])
    row.save(update_fields=["letter_id"])
    tell_unit(forum, unit, f"转办函 {row.number}", f"共 {len(items)} 件，请在 {due} 前书面答复。", "letter")
