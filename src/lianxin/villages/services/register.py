"""Entering older books at once: what was published, which meetings were held; one record for a batch.

The same rules speak as for single entries: numbers are hidden, the quorum decides between a
meeting and a talk, reserved matters need the assembly's authorisation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor, ActorKind, Role
from lianxin.common.errors import Denied, Refused
from lianxin.villages.calendar import Duty, Kind
from lianxin.villages.hiding import hidden, hidden_table
from lianxin.villages.models import (
    DisclosureEvent,
    DisclosureItem,
    DisclosureVersion,
    MeetingEvent,
    MeetingTopic,
    VillageMeeting,
    VillageProfile,
)
from lianxin.villages.reserved import Matter
from lianxin.villages.rules import decision_passes
from lianxin.villages.services.disclosure import MAJOR_BASIS
from lianxin.villages.services.meeting_step import forbidden, missing, present_for
from lianxin.villages.services.timers import item_of
from lianxin.villages.workflow import Meeting, State

BATCH = 500
TEN = timedelta(hours=10)


@dataclass(frozen=True, slots=True)
class Entry:
    """A duty of disclosure as an older book holds it; `published_on` is None where nothing was published."""

    profile: VillageProfile
    duty: Duty | None
    published_on: date | None
    text: str = ""
    table: tuple[tuple[str, ...], ...] = ()
    what: str = ""
    due_on: date | None = None


def disclosures_register(*, actor: Actor, rows: Sequence[Entry], home6: str) -> int:
    """Enter what was due and what was published."""
    _may(actor)
    made = [(_item(row), row) for row in rows]
    DisclosureItem.objects.bulk_create([item for item, _ in made], batch_size=BATCH)
    out = [(item, row) for item, row in made if row.published_on]
    DisclosureVersion.objects.bulk_create([_version(item, row) for item, row in out], batch_size=BATCH)
    DisclosureEvent.objects.bulk_create(
        [_event(DisclosureEvent, actor, item=item, to_state=item.state) for item, _ in made],
        batch_size=BATCH,
    )
    _record(actor, "village_disclosure.register", "disclosure", home6, len(made))
    return len(made)


def _may(actor: Actor) -> None:
    if actor.kind is not ActorKind.SYSTEM and not actor.has(Role.OFFICE):
        raise Denied("只有人大代工委可以补录以前的村务。")


def _record(actor: Actor, tag: str, kind: str, home6: str, count: int) -> None:
    record(actor=actor, tag=tag, kind=kind, target=home6, home6=home6, facts={"count": count})


def _item(row: Entry) -> DisclosureItem:
    item = item_of(row.profile, row.duty) if row.duty else _major(row)
    if row.published_on:
        item.state, item.published_on, item.published_version = State.PUBLISHED, row.published_on, 1
    elif item.due_on < clock.today():
        item.state = State.OVERDUE
    return item


def _major(row: Entry) -> DisclosureItem:
    assert row.due_on is not None
    return DisclosureItem(
        home6=row.profile.home6,
        division_code=row.profile.division_code,
        kind=Kind.MAJOR,
        what=row.what,
        due_on=row.due_on,
        due_trace=[f"补录：原来登记的期限是 {row.due_on}。"],
        due_basis=MAJOR_BASIS,
    )


def _version(item: DisclosureItem, row: Entry) -> DisclosureVersion:
    assert row.published_on is not None
    words, first = hidden(row.text)
    cells, second = hidden_table(row.table)
    at = clock.day_start(row.published_on) + TEN
    return DisclosureVersion(
        item=item,
        number=1,
        text=words,
        table=cells,
        hidden=first + second,
        approved_at=at,
        published_at=at,
    )


def _event(kind: type[Any], actor: Actor, **about: Any) -> Any:
    return kind(at=clock.now(), actor_id=actor.id, actor_name=actor.name, act="register", **about)


@dataclass(frozen=True, slots=True)
class HeldTopic:
    """A topic of an older meeting: the votes in favour, what was done, what came of it."""

    title: str
    matter: Matter
    in_favour: int = 0
    carried: str = ""
    result: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """An older meeting with its numbers."""

    profile: VillageProfile
    kind: str
    title: str
    held_at: datetime
    present: int
    minutes: str
    topics: tuple[HeldTopic, ...]


def meetings_register(*, actor: Actor, rows: Sequence[Held], home6: str) -> int:
    """Enter meetings that were held; whoever lacked the quorum has held a talk."""
    _may(actor)
    meetings, topics = [], []
    for row in rows:
        meeting = _meeting(row)
        mine = [_topic(meeting, one) for one in row.topics]
        meeting.state = _state(meeting, mine)
        meetings.append(meeting)
        topics += mine
    VillageMeeting.objects.bulk_create(meetings, batch_size=BATCH)
    MeetingTopic.objects.bulk_create(topics, batch_size=BATCH)
    MeetingEvent.objects.bulk_create(
        [_event(MeetingEvent, actor, meeting=one, to_state=one.state) for one in meetings], batch_size=BATCH
    )
    _record(actor, "village_meeting.register", "village_meeting", home6, len(meetings))
    return len(meetings)


def _meeting(row: Held) -> VillageMeeting:
    profile = row.profile
    return VillageMeeting(
        home6=profile.home6,
        division_code=profile.division_code,
        kind=row.kind,
        title=row.title,
        held_at=row.held_at,
        place="村委会",
        is_community=profile.is_community,
        adults=profile.adults,
        households=profile.households,
        representatives=profile.representatives,
        meeting_members=profile.meeting_members,
        noticed_on=clock.local_date(row.held_at) - timedelta(days=12),
        present=row.present,
        minutes=hidden(row.minutes)[0],
    )


def _topic(meeting: VillageMeeting, row: HeldTopic) -> MeetingTopic:
    said = forbidden(meeting, row.matter)
    if said:
        raise Refused(said)
    topic = MeetingTopic(meeting=meeting, title=row.title, matter=row.matter)
    if missing(meeting) and not meeting.is_community:
        return topic
    day, present = clock.local_date(meeting.held_at), present_for(meeting)
    topic.in_favour, topic.against = min(row.in_favour, present), present - min(row.in_favour, present)
    topic.abstained, topic.decided_on = 0, day
    topic.passed = decision_passes(present=present, in_favour=topic.in_favour).ok
    if topic.passed and row.carried:
        topic.carried_text, topic.carried_on = hidden(row.carried)[0], day + timedelta(days=20)
    if topic.carried_on and row.result:
        topic.result_text, topic.shown_on = hidden(row.result)[0], day + timedelta(days=55)
    return topic


def _state(meeting: VillageMeeting, topics: list[MeetingTopic]) -> Meeting:
    if missing(meeting) and not meeting.is_community:
        return Meeting.TALK
    passed = [topic for topic in topics if topic.passed]
    if not any(topic.carried_on for topic in passed):
        return Meeting.DECIDED
    return Meeting.SHOWN if all(topic.shown_on for topic in passed) else Meeting.CARRYING_OUT
