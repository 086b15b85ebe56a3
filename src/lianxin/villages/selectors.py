"""Reading villages: the village's calendar, the town's board, what everybody may read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Prefetch, Q, QuerySet

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.codes import clean
from lianxin.common.errors import Invalid, NotFound
from lianxin.documents.models import StoredFile
from lianxin.regions.models import Division
from lianxin.rulebook.selectors import value
from lianxin.villages.calendar import light
from lianxin.villages.models import (
    DisclosureItem,
    DisclosureQuestion,
    DisclosureVersion,
    MeetingTopic,
    NumbersSheet,
    VillageMeeting,
    VillageProfile,
)
from lianxin.villages.permissions import (
    divisions_numbered_by,
    items_visible_to,
    meetings_visible_to,
    sheets_visible_to,
)
from lianxin.villages.services.questions import code_hash
from lianxin.villages.workflow import Meeting, State

TODO = (State.TO_PREPARE, State.OVERDUE)
ON_NOTICE = Prefetch(
    "topics", MeetingTopic.objects.filter(on_notice=True).order_by("id"), to_attr="topics_on_notice"
)
AHEAD = timedelta(days=100)


def numbers_rows(actor: Actor) -> list[tuple[Division, VillageProfile | None]]:
    """Return every village whose numbers the actor registers, town by town, with what is registered."""
    divisions = divisions_numbered_by(actor).order_by("parent_code", "pinyin")
    known = {
        row.division_code: row
        for row in VillageProfile.objects.filter(division_code__in=[one.code for one in divisions])
    }
    return [(one, known.get(one.code)) for one in divisions]


def sheet_for(actor: Actor, pk: UUID) -> NumbersSheet:
    """Return a sheet of numbers that was brought in for the actor's places."""
    found = sheets_visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise NotFound("没有找到这张表，或者不在您的范围内。")
    return found


def near_days() -> int:
    """Return from how many days before the due day an item is yellow."""
    return int(max(value("village.disclosure_remind_days")))


def light_of(item: DisclosureItem, today: date, near: int) -> str:
    """Return red, yellow or green for an item."""
    return light(
        state=item.state,
        due_on=item.due_on,
        published_on=item.published_on,
        today=today,
        near_days=near,
    )


def item_for(actor: Actor, pk: UUID) -> DisclosureItem:
    """Return an item that the actor may see."""
    item = items_visible_to(actor).filter(pk=pk).first()
    if item is None:
        raise NotFound("没有找到这一项，或者不在您的范围内。")
    return item


def meeting_for(actor: Actor, pk: UUID) -> VillageMeeting:
    """Return a meeting that the actor may see."""
    meeting = meetings_visible_to(actor).filter(pk=pk).first()
    if meeting is None:
        raise NotFound("没有找到这次会议，或者不在您的范围内。")
    return meeting


def items_page(
    actor: Actor, *, village: str = "", tab: str = "todo", limit: int = 60
) -> list[DisclosureItem]:
    """Return one page of the calendar: what is to do by its due day, or what has been published."""
    found = items_visible_to(actor)
    found = found.filter(division_code=village) if village else found
    if tab == "done":
        return list(found.exclude(published_on=None).order_by("-due_on", "kind")[:limit])
    open_ones = Q(published_on=None) | Q(state__in=[State.QUESTIONED, State.TO_REVIEW])
    return list(found.filter(open_ones, due_on__lte=clock.today() + AHEAD).order_by("due_on", "kind")[:limit])


def questions_open(actor: Actor) -> QuerySet[DisclosureQuestion]:
    """Return the questions that wait for an answer in the actor's villages."""
    mine = DisclosureQuestion.objects.filter(answered_on=None, item__in=items_visible_to(actor))
    return mine.select_related("item").order_by("due_on")


def question_for(actor: Actor, pk: UUID) -> DisclosureQuestion:
    """Return a question about an item that the actor may see."""
    found = DisclosureQuestion.objects.select_related("item").filter(item__in=items_visible_to(actor), pk=pk)
    question = found.first()
    if question is None:
        raise NotFound("没有找到这个疑问，或者不在您的范围内。")
    return question


def meetings_page(actor: Actor, *, village: str = "", limit: int = 60) -> list[VillageMeeting]:
    """Return the meetings that the actor may see, the latest first."""
    found = meetings_visible_to(actor)
    found = found.filter(division_code=village) if village else found
    return list(found.order_by("-held_at")[:limit])


def rates(actor: Actor) -> dict[str, int]:
    """Return how many items were due, in time, late and missing (公开按期率), with one query."""
    today = clock.today()
    found: dict[str, Any] = items_visible_to(actor).aggregate(
        due=Count("id", filter=Q(due_on__lte=today)),
        in_time=Count("id", filter=Q(due_on__lte=today, published_on__lte=F("due_on"))),
        late=Count("id", filter=Q(due_on__lte=today, published_on__gt=F("due_on"))),
        missing=Count("id", filter=Q(due_on__lt=today, published_on=None)),
    )
    return {name: int(count) for name, count in found.items()}


@dataclass(frozen=True, slots=True)
class Published:
    """What everybody may read of one item: its public version and whether older ones exist."""

    item: DisclosureItem
    version: DisclosureVersion
    earlier: tuple[DisclosureVersion, ...] = ()
    answers: tuple[DisclosureQuestion, ...] = ()
    photo: StoredFile | None = None


def published(village: str) -> QuerySet[DisclosureItem]:
    """Return what a village has published, the latest period first."""
    found = DisclosureItem.objects.filter(division_code=village).exclude(published_version=0)
    return found.order_by("-due_on", "kind")


def missing_of(village: str) -> list[DisclosureItem]:
    """Return what a village should have published and has not: residents may know that."""
    late = DisclosureItem.objects.filter(division_code=village, published_on=None, due_on__lt=clock.today())
    return list(late.order_by("-due_on")[:20])


def published_item(pk: UUID) -> Published:
    """Return one published item as everybody may read it."""
    item = DisclosureItem.objects.filter(pk=pk).exclude(published_version=0).first()
    if item is None:
        raise NotFound("没有找到这一项，它可能还没有公开。")
    versions = list(item.versions.exclude(published_at=None).order_by("-number"))
    current = next(one for one in versions if one.number == item.published_version)
    return Published(
        item,
        current,
        tuple(one for one in versions if one.number < current.number),
        tuple(item.questions.exclude(answered_on=None).order_by("-answered_on")[:20]),
        board_photo(item),
    )


def version_of(pk: UUID, number: int) -> tuple[DisclosureItem, DisclosureVersion]:
    """Return an earlier published version: corrections keep their history."""
    found = (
        DisclosureVersion.objects.select_related("item")
        .filter(item_id=pk, number=number)
        .exclude(published_at=None)
        .first()
    )
    if found is None:
        raise NotFound("没有这一版，或者它没有公开过。")
    return found.item, found


def board_photo(item: DisclosureItem) -> StoredFile | None:
    """Return the newest photo of the notice board."""
    photos = StoredFile.objects.filter(owner_kind="disclosure", owner_id=item.id, erased_at=None)
    return photos.order_by("-created_at").first()


def decisions_of(village: str, *, limit: int = 20) -> list[MeetingTopic]:
    """Return what a village's meetings have decided, with how it was carried out and shown."""
    closed = (Meeting.DECIDED, Meeting.CARRYING_OUT, Meeting.SHOWN)
    found = MeetingTopic.objects.filter(
        meeting__division_code=village, passed=True, meeting__state__in=closed
    )
    return list(found.select_related("meeting").order_by("-decided_on", "id")[:limit])


def coming_meetings(village: str) -> list[VillageMeeting]:
    """Return the meetings to which a village has called, the next one first, each with its topics."""
    found = VillageMeeting.objects.filter(
        division_code=village,
        state__in=(Meeting.NOTICED, Meeting.SIGNING_IN),
        held_at__gte=clock.day_start(clock.today()),
    )
    return list(found.prefetch_related(ON_NOTICE).order_by("held_at")[:10])


def called_meeting(pk: UUID) -> VillageMeeting:
    """Return a meeting whose notice is out, as everybody may read it."""
    found = VillageMeeting.objects.exclude(noticed_on=None).prefetch_related(ON_NOTICE).filter(pk=pk).first()
    if found is None:
        raise NotFound("没有找到这次会议，它可能还没有发通知。")
    return found


def question_by_code(typed: str) -> DisclosureQuestion:
    """Return the question of a query code."""
    code = clean(typed)
    if code is None:
        raise Invalid("查询码有误，请再核对一遍。", fields={"code": "请照记下的码重新输一遍。"})
    found = DisclosureQuestion.objects.select_related("item").filter(code_hash=code_hash(code)).first()
    if found is None:
        raise NotFound("没有查到这个查询码，请再核对。")
    return found


def with_lights(items: Iterable[DisclosureItem]) -> list[tuple[DisclosureItem, str]]:
    """Return items with their lights."""
    today, near = clock.today(), near_days()
    return [(item, light_of(item, today, near)) for item in items]
