"""Reading forums: lists, the ledger, what a department and a deputy have before them, counts, the effect."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from lianxin.activities.models import Presence
from lianxin.common.actor import Actor
from lianxin.common.errors import NotFound
from lianxin.documents.models import StoredFile
from lianxin.handling.models import Assignment, Reply
from lianxin.meetings.models import Forum, ForumItem, ForumPaper, ForumRead, ForumUnit, ItemRating, ItemUnit
from lianxin.meetings.permissions import forums_visible_to, items_visible_to
from lianxin.meetings.rules import Count, count
from lianxin.meetings.services.preparing import roster_deputies
from lianxin.meetings.workflow import UNIT, WRITTEN, ItemState
from lianxin.people.models import Account, Deputy
from lianxin.people.selectors import deputies_of_body, organ_of


def forum_for(actor: Actor, pk: UUID) -> Forum:
    """Return a forum that the actor may see."""
    forum = forums_visible_to(actor).filter(pk=pk).first()
    if forum is None:
        raise NotFound("没有找到这次议政会，或者您不在名单上。")
    return forum


def item_for(actor: Actor, pk: UUID) -> ForumItem:
    """Return an item that the actor may see."""
    found = items_visible_to(actor).select_related("forum", "deputy")
    item = found.prefetch_related("units").filter(pk=pk).first()
    if item is None:
        raise NotFound("没有找到这一件，或者不是您的。")
    return item


def paper_file_for(actor: Actor, pk: UUID) -> tuple[ForumPaper, StoredFile]:
    """Return a paper of a pack that the actor may see, with its file."""
    row = ForumPaper.objects.filter(pk=pk, forum__in=forums_visible_to(actor)).first()
    file = StoredFile.objects.filter(pk=row.file_id, erased_at=None).first() if row and row.file_id else None
    if row is None or file is None:
        raise NotFound("没有找到这份资料，或者您不在名单上。")
    return row, file


def stand_in_choices(forum: Forum) -> dict[str, list[Deputy]]:
    """Return who of the roster has not come and has no substitute, and who could take a place."""
    seats = deputy_seats(forum)
    replaced = set(forum.deputies.exclude(stands_in_for=None).values_list("stands_in_for", flat=True))
    invited = [seat.row for seat in seats]
    absent = [seat.row for seat in seats if not seat.came and seat.row.pk not in replaced]
    others = deputies_of_body(forum.division_code).exclude(pk__in=[one.pk for one in invited])
    return {"absent": absent, "others": list(others.distinct().order_by("pinyin"))}


def forums_page(actor: Actor, *, limit: int = 40) -> list[tuple[Forum, Count]]:
    """Return the forums that the actor may see with their counts, the latest first (two queries)."""
    rows = list(forums_visible_to(actor).order_by("-held_at")[:limit])
    states: dict[UUID, list[str]] = {}
    found = ForumItem.objects.filter(forum__in=rows).order_by()
    for pk, state in found.values_list("forum_id", "state"):
        states.setdefault(pk, []).append(state)
    return [(row, count(states.get(row.pk, []))) for row in rows]


def ledger(forum: Forum) -> list[ForumItem]:
    """Return all items of a forum with departments and speakers (three queries)."""
    return _full(forum.items.all())


def _full(found: QuerySet[ForumItem]) -> list[ForumItem]:
    rows = found.select_related("deputy").prefetch_related("units", "speakers__deputy")
    return list(rows.order_by("number"))


def counts_of(forum: Forum) -> Count:
    """Return what the hall screen counts (one query)."""
    return count(forum.items.order_by().values_list("state", flat=True))


def short_name(unit: str) -> str:
    """Return a department's short name."""
    organ = organ_of(unit)
    return (organ.short_name or organ.name) if organ else unit


def unit_options(forum: Forum) -> list[tuple[str, str, str]]:
    """Return the departments of the roster as the recorder picks them: code, short name, code."""
    codes = forum.units.order_by("created_at", "id").values_list("unit", flat=True)
    return [(code, short_name(code), code) for code in codes]


def deputy_options(forum: Forum) -> list[tuple[str, str, str]]:
    """Return the deputies of the roster as the recorder picks them: id, name, pinyin."""
    return [(str(one.pk), one.name, one.pinyin) for one in roster_deputies(forum)]


@dataclass
class Seat:
    """Somebody on the roster: read the pack, came, left."""

    name: str
    key: str
    has_read: bool
    came: bool
    row: Any = None
    stands_in: str = ""


def deputy_seats(forum: Forum) -> list[Seat]:
    """Return the deputies of the roster with receipt and presence (three queries)."""
    read = set(ForumRead.objects.filter(forum=forum).values_list("account_id", flat=True))
    there = Presence.objects.filter(gathering__kind="forum", gathering__source_id=forum.pk, left_at=None)
    came = set(there.values_list("deputy_id", flat=True))
    found = []
    for row in forum.deputies.select_related("deputy", "stands_in_for").order_by("created_at", "id"):
        one, gone = row.deputy, row.stands_in_for
        words = _("替%(name)s：%(why)s") % {"name": gone.name, "why": row.stand_in_reason} if gone else ""
        found.append(Seat(one.name, str(one.pk), one.account_id in read, one.pk in came, one, words))
    return found


def unit_seats(forum: Forum) -> list[Seat]:
    """Return the departments of the roster with receipt and presence."""
    read = ForumRead.objects.filter(forum=forum).values_list("account_id", flat=True)
    accounts = Account.objects.filter(pk__in=list(read))
    units = set(accounts.values_list("roles_held__unit", flat=True))
    return [
        Seat(short_name(row.unit), row.unit, row.unit in units, bool(row.signed_at and not row.left_at), row)
        for row in forum.units.order_by("created_at", "id")
    ]


def has_read(actor: Actor, forum: Forum) -> bool:
    """Say whether somebody has signed for the pack."""
    return actor.id is not None and forum.reads.filter(account_id=actor.id).exists()


def own_unit(actor: Actor, forum: Forum) -> ForumUnit:
    """Return the department for which the actor sits in the hall."""
    row = forum.units.filter(unit__in=actor.units(*UNIT)).order_by("created_at").first()
    if row is None:
        raise NotFound("您的单位不在这次会的名单上。")
    return row


def unit_items(forum: Forum, unit: str) -> list[tuple[ForumItem, ItemUnit]]:
    """Return what a department has before it, what waits for its answer first."""
    items = _full(forum.items.filter(units__unit=unit))
    pairs = [(item, next(one for one in item.units.all() if one.unit == unit)) for item in items]
    return sorted(pairs, key=lambda pair: (not _waits(*pair), pair[0].number))


def _waits(item: ForumItem, part: ItemUnit) -> bool:
    return item.state == ItemState.NOTED and not part.answer


def deputy_items(forum: Forum, deputy: Deputy) -> list[ForumItem]:
    """Return a deputy's own items of a forum, what waits for his word first."""
    own = Q(deputy=deputy) | Q(speakers__deputy=deputy)
    items = _full(ForumItem.objects.filter(pk__in=forum.items.filter(own).values("pk")))
    return sorted(
        items, key=lambda one: (one.state not in (ItemState.ANSWERED, ItemState.REPLIED), one.number)
    )


def replies_of(items: list[ForumItem]) -> dict[UUID, list[Reply]]:
    """Return the signed replies to items (one query)."""
    found: dict[UUID, list[Reply]] = {}
    ids = [item.pk for item in items]
    rows = Reply.objects.filter(
        assignment__matter_kind="forum", assignment__matter_id__in=ids, state="signed"
    )
    for row in rows.select_related("assignment").order_by("version"):
        found.setdefault(row.assignment.matter_id, []).append(row)
    return found


@dataclass
class UnitEffect:
    """What became of one department's items."""

    unit: str
    name: str
    total: int = 0
    on_spot: int = 0
    after: int = 0
    replied: int = 0
    in_time: int = 0
    again: int = 0
    letter: Any = None


@dataclass
class Effect:
    """What became of a forum: replies in time, classes, ratings, each department's share."""

    count: Count
    replied: int = 0
    in_time: int = 0
    linked: int = 0
    classes: Counter[str] = field(default_factory=Counter)
    ratings: Counter[str] = field(default_factory=Counter)
    again: int = 0
    mended: int = 0
    refused: list[ForumItem] = field(default_factory=list)
    units: list[UnitEffect] = field(default_factory=list)


def effect(forum: Forum) -> Effect:
    """Return the effect of a forum, however many items it has: the queries stay few."""
    items = ledger(forum)
    told = Effect(count(item.state for item in items))
    letters = {row.unit: row for row in forum.letters.filter(item=None)}
    lines = {
        code: UnitEffect(code, name, letter=letters.get(code)) for code, name, _sound in unit_options(forum)
    }
    for item in items:
        _tally(told, item)
        for part in item.units.all():
            line = lines.setdefault(part.unit, UnitEffect(part.unit, short_name(part.unit)))
            line.total += 1
            line.on_spot += item.state == ItemState.ON_SPOT
            line.after += item.state in WRITTEN
            line.again += item.round > 1
    _replies(told, lines, items)
    told.units = sorted(lines.values(), key=lambda one: -one.total)
    return told


def _tally(told: Effect, item: ForumItem) -> None:
    told.linked += item.linked_id is not None
    told.replied += item.state == ItemState.REPLIED
    if item.rating:
        told.ratings[item.rating] += 1
    if item.state == ItemState.DISSATISFIED:
        told.refused.append(item)
    if item.round > 1:
        told.again += 1
        told.mended += item.rating in (ItemRating.SATISFIED, ItemRating.BASICALLY)


def _replies(told: Effect, lines: dict[str, UnitEffect], items: list[ForumItem]) -> None:
    signed = Prefetch("replies", queryset=Reply.objects.filter(state="signed"), to_attr="signed")
    rounds = {one.pk: one.round for one in items}
    parts = Assignment.objects.filter(matter_kind="forum", matter_id__in=list(rounds))
    for part in parts.filter(state="replied").prefetch_related(signed):
        if part.round != rounds[part.matter_id]:
            continue  # a reply that was refused no longer counts; the one after it will
        line = lines.setdefault(part.unit_code, UnitEffect(part.unit_code, short_name(part.unit_code)))
        timely = bool(part.replied_on and part.reply_due_on and part.replied_on <= part.reply_due_on)
        line.replied += 1
        line.in_time += timely
        told.in_time += timely
        for reply in part.signed:
            told.classes[reply.reply_class] += 1


def minutes_text(forum: Forum) -> str:
    """Return a first draft of the minutes from the ledger."""
    items, told = ledger(forum), counts_of(forum)
    came = [seat.name for seat in deputy_seats(forum) if seat.came]
    units = [
        f"{seat.name}（{seat.row.attendee}{'，受委托' if seat.row.is_delegate else ''}）"
        for seat in unit_seats(forum)
        if seat.row.signed_at
    ]
    lines = [
        f"{forum.title}围绕“{forum.theme}”听取代表意见。",
        f"到会代表：{'、'.join(came) or '（无签到）'}。",
        f"到会部门：{'、'.join(units) or '（无签到）'}。",
        f"代表共提出意见 {told.total} 件，现场答复 {told.on_spot} 件，会后书面答复 {told.after} 件。",
    ]
    for item in items:
        names = "、".join(short_name(one.unit) for one in item.units.all())
        lines.append(f"{item.number}. {item.deputy.name}：{item.text}（{names}，{item.get_state_display()}）")
        lines += [f"　　{short_name(one.unit)}：{one.answer}" for one in item.units.all() if one.answer]
    return "\n".join(lines)
