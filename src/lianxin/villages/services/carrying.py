"""From a decision to its result: 定 → 办 → 晒."""

from __future__ import annotations

from typing import Any

from lianxin.common import clock
from lianxin.common.actor import SYSTEM, Actor
from lianxin.common.errors import Conflict, Invalid
from lianxin.common.writes import write
from lianxin.villages.hiding import hidden
from lianxin.villages.models import MeetingTopic, VillageMeeting
from lianxin.villages.services.meeting_step import facts_of, meeting_step
from lianxin.villages.workflow import MEETING


@write
def topic_carry(
    *, actor: Actor, meeting: VillageMeeting, topic: MeetingTopic, text: str, request_id: str | None = None
) -> VillageMeeting:
    """Write how a decision is carried out."""
    words = _words(meeting, topic, text)
    meeting_step(actor=actor, meeting=meeting, act="carry_out", facts={"topic": str(topic.id)})
    _once(topic, "carried_on", carried_text=words, carried_on=clock.today())
    return meeting


@write
def topic_show(
    *, actor: Actor, meeting: VillageMeeting, topic: MeetingTopic, text: str, request_id: str | None = None
) -> VillageMeeting:
    """Show the result; when all decisions are shown the meeting's matters are done."""
    words = _words(meeting, topic, text)
    if topic.carried_on is None:
        raise Invalid("先写办理情况，再晒结果。", fields={"text": "这件事还没有写办理情况。"})
    meeting_step(actor=actor, meeting=meeting, act="show_result", facts={"topic": str(topic.id)})
    _once(topic, "shown_on", result_text=words, shown_on=clock.today())
    if MEETING.refusal(meeting.state, "finish", facts_of(meeting)) is None:
        meeting_step(actor=SYSTEM, meeting=meeting, act="finish")
    return meeting


def _words(meeting: VillageMeeting, topic: MeetingTopic, text: str) -> str:
    words = text.strip()
    if topic.meeting_id != meeting.pk or not topic.passed:
        raise Invalid("这件事没有通过，不用办理。", fields={"text": "只有通过的决议要办、要晒。"})
    if not 5 <= len(words) <= 1000:
        raise Invalid("请写清楚。", fields={"text": "写 5 到 1000 个字，村民会看到。"})
    return hidden(words)[0]


def _once(topic: MeetingTopic, empty: str, **changes: Any) -> None:
    if MeetingTopic.objects.filter(pk=topic.pk, **{empty: None}).update(**changes) != 1:
        raise Conflict("这件事已经写过了，请刷新后再看。")
    topic.refresh_from_db()
