"""In the hall: the ledger that recorders write, the departments at the table, who leaves early."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import F

from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Conflict, Invalid, NotFound
from lianxin.common.writes import write
from lianxin.meetings.models import Forum, ForumItem, ForumUnit, ItemKind, ItemSpeaker, ItemUnit
from lianxin.meetings.rules import most_alike
from lianxin.meetings.services.step import forum_step, item_step, touch
from lianxin.meetings.services.telling import tell_speaker, tell_unit
from lianxin.meetings.workflow import ItemState
from lianxin.people.models import Deputy
from lianxin.rulebook.services import value

LEAST, MOST = 4, 500


class Alike(Conflict):
    """Another row says nearly the same; the recorder decides whether it is one thing or two."""

    def __init__(self, number: int) -> None:
        super().__init__(f"与第 {number} 件很像。是同一件就并过去，不是就照记。")
        self.number = number


@write
def item_note(
    *,
    actor: Actor,
    forum: Forum,
    deputy: UUID,
    units: Sequence[str],
    text: str,
    kind: str = ItemKind.ADVICE,
    anyway: bool = False,
    request_id: str | None = None,
) -> ForumItem:
    """Write one row of the ledger with the next number; a row like another is asked about first.

    The forum's row is locked first: of two recorders the second sees the first's row.
    """
    speaker = _speaker(forum, deputy)
    words = _words(text)
    _invited(forum, units)
    if not anyway:
        touch(forum)
        _new(forum, words)
    forum = forum_step(
        actor=actor,
        forum=forum,
        act="note_item",
        facts={"units": list(units)},
        last_number=F("last_number") + 1,
    )
    item = ForumItem.objects.create(
        forum=forum,
        home6=forum.home6,
        division_code=forum.division_code,
        number=forum.last_number,
        deputy=speaker,
        text=words,
        kind=kind if kind in ItemKind.values else ItemKind.ADVICE,
        noted_by=actor.id,
    )
    _for_units(item, units)
    return item


def _speaker(forum: Forum, deputy: UUID) -> Deputy:
    row = forum.deputies.filter(deputy_id=deputy).select_related("deputy").first()
    if row is None:
        words = "请从到会代表里选：打序号、姓或拼音开头。"
        raise Invalid("还没有写是哪位代表提的。", fields={"deputy": words})
    return row.deputy


def _words(text: str) -> str:
    words = " ".join(text.split())
    if not LEAST <= len(words) <= MOST:
        raise Invalid("请写清提了什么。", fields={"text": f"写 {LEAST} 到 {MOST} 个字。"})
    return words


def _invited(forum: Forum, units: Sequence[str]) -> None:
    known = set(forum.units.values_list("unit", flat=True))
    if not set(units) <= known:
        raise Invalid("有的部门没有到会。", fields={"units": "请从到会部门里选，也可以先空着。"})


def _new(forum: Forum, words: str) -> None:
    others = dict(forum.items.values_list("number", "text"))
    like = most_alike(words, others, percent=value("forum.like_percent", home6=forum.home6))
    if like is not None:
        raise Alike(like)


def _for_units(item: ForumItem, units: Sequence[str]) -> None:
    about = {"item": item, "home6": item.home6, "division_code": item.division_code}
    rows = [ItemUnit(unit=one, **about) for one in dict.fromkeys(units)]
    ItemUnit.objects.bulk_create(rows, ignore_conflicts=True)
    for unit in dict.fromkeys(units):
        tell_unit(item.forum, unit, f"第 {item.number} 件请答复", "代表刚刚提出，请在会上答复或选会后书面。",
                  f"item:{item.id}:{unit}")  # fmt: skip


@write
def item_merge(
    *, actor: Actor, forum: Forum, into: int, deputy: UUID, request_id: str | None = None
) -> ForumItem:
    """Take a row as the same as an earlier one: its deputy is noted there, no number is used up."""
    speaker = _speaker(forum, deputy)
    item = forum.items.filter(number=into).select_related("forum", "deputy").first()
    if item is None:
        raise NotFound(f"没有第 {into} 件，请刷新后再看。")
    forum_step(actor=actor, forum=forum, act="note_item", facts={"merged_into": into})
    if speaker.pk != item.deputy_id:
        row = ItemSpeaker(item=item, home6=item.home6, division_code=item.division_code, deputy=speaker)
        ItemSpeaker.objects.bulk_create([row], ignore_conflicts=True)
    return item


@write
def item_amend(
    *,
    actor: Actor,
    item: ForumItem,
    text: str,
    deputy: UUID,
    units: Sequence[str],
    request_id: str | None = None,
) -> ForumItem:
    """Mend a row: who said it, its words, its departments; answers given stay with their department."""
    speaker = _speaker(item.forum, deputy)
    words = _words(text)
    _invited(item.forum, units)
    item = item_step(
        actor=actor, item=item, act="amend", facts={"units": list(units)}, text=words, deputy=speaker
    )
    item.units.exclude(unit__in=units).delete()
    known = set(item.units.values_list("unit", flat=True))
    _for_units(item, [one for one in units if one not in known])
    return item


@write
def unit_sign_in(
    *,
    actor: Actor,
    forum: Forum,
    unit: str,
    attendee: str,
    is_delegate: bool = False,
    delegate_note: str = "",
    request_id: str | None = None,
) -> ForumUnit:
    """Sign a department in: its head, or a delegate who must say why and by whom he is sent."""
    row = forum.units.filter(unit=unit).first()
    hosted = actor.has_in(forum.division_code, Role.OFFICE, Role.PRESIDIUM)
    if row is None and hosted:
        raise Invalid("请选一个在名单上的部门。", fields={"unit": "请从名单里选。"})
    if row is None or (not hosted and unit not in actor.units(Role.UNIT_HEAD, Role.UNIT_CLERK)):
        raise NotFound("这个部门不在名单上。")
    if not attendee.strip():
        raise Invalid("请写到会人的姓名。", fields={"attendee": "请写姓名。"})
    if is_delegate and len(delegate_note.strip()) < 4:
        words = "负责人不能到会的，要写明原因和委托谁（至少 4 个字）。"
        raise Invalid("还缺委托说明。", fields={"delegate_note": words})
    forum_step(actor=actor, forum=forum, act="sign_in", facts={"unit": unit, "delegate": is_delegate})
    row.attendee, row.is_delegate = attendee.strip()[:40], is_delegate
    row.delegate_note = delegate_note.strip()[:200] if is_delegate else ""
    row.signed_at, row.left_at = row.signed_at or clock.now(), None
    row.save(update_fields=["attendee", "is_delegate", "delegate_note", "signed_at", "left_at"])
    return row


@write
def unit_leave(*, actor: Actor, forum: Forum, unit: str, request_id: str | None = None) -> ForumUnit:
    """Note that a department has left early: what it has not answered is answered in writing afterwards."""
    row = forum.units.filter(unit=unit).first()
    if row is None:
        raise NotFound("这个部门不在名单上。")
    left = ForumUnit.objects.filter(pk=row.pk, left_at=None).exclude(signed_at=None)
    forum_step(actor=actor, forum=forum, act="leave", facts={"unit": unit})
    if left.update(left_at=clock.now()) != 1:
        raise Conflict("这个部门没有签到，或者已经离场。")
    open_items = forum.items.filter(state=ItemState.NOTED, units__unit=unit, units__answer="")
    for item in open_items.select_related("forum", "deputy"):
        item_step(actor=actor, item=item, act="force", facts={"unit": unit}, why_after="left")
        tell_speaker(item, f"第 {item.number} 件转为会后书面答复", "部门提前离场，会后书面答复您。", "after")
    row.refresh_from_db()
    return row
