"""The one way in which a meeting moves, and what the law counts in it."""

from __future__ import annotations

from typing import Any

from lianxin.audit.moving import Trail, move
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Denied
from lianxin.rulebook.selectors import value
from lianxin.villages.models import Authorisation, MeetingKind, MeetingTopic, VillageMeeting
from lianxin.villages.permissions import may_meet
from lianxin.villages.reserved import RESERVED, WORDS, Matter, forbidden_for_representatives
from lianxin.villages.rules import Check, assembly_quorum, representatives_quorum
from lianxin.villages.workflow import MEETING, MeetingFacts

TRAIL = Trail("village_meeting", "village_meeting")


def quorum(meeting: VillageMeeting) -> Check:
    """Return the quorum of a meeting by the numbers signed in so far."""
    if meeting.kind == MeetingKind.ASSEMBLY:
        return assembly_quorum(
            adults=meeting.adults,
            present=meeting.present,
            households=meeting.households,
            households_present=meeting.households_present,
        )
    return representatives_quorum(members=meeting.meeting_members, present=meeting.present)


def most_present(meeting: VillageMeeting) -> int:
    """Return how many may come: the adults, or the members of the representatives' meeting (art. 25)."""
    return meeting.adults if meeting.kind == MeetingKind.ASSEMBLY else meeting.meeting_members


def present_for(meeting: VillageMeeting) -> int:
    """Return how many are present by the count that makes the quorum (heads or households)."""
    return quorum(meeting).have


def missing(meeting: VillageMeeting) -> int:
    """Return how many are still missing: 「还差 17 人」."""
    check = quorum(meeting)
    return 0 if check.ok else check.need - check.have


def authorised(village: str) -> frozenset[Matter]:
    """Return the matters for which an assembly of this village has authorised its representatives."""
    found = Authorisation.objects.filter(division_code=village).values_list("matter", flat=True)
    return frozenset(Matter(one) for one in found)


def forbidden(meeting: VillageMeeting, matter: str) -> str:
    """Return why this meeting may not decide a matter, or nothing; a community's law is not entered."""
    if meeting.kind == MeetingKind.ASSEMBLY or meeting.is_community:
        return ""
    return forbidden_for_representatives(Matter(matter), authorised(meeting.division_code))


def facts_of(meeting: VillageMeeting) -> MeetingFacts:
    """Return the plain facts that guards look at."""
    topics = [topic for topic in meeting.topics.all() if topic.on_notice]
    passed = [topic for topic in topics if topic.passed]
    return MeetingFacts(
        is_assembly=meeting.kind == MeetingKind.ASSEMBLY,
        is_community=meeting.is_community,
        today=clock.today(),
        held_on=clock.local_date(meeting.held_at),
        notice_days=value("village.assembly_notice_days", home6=meeting.home6),
        urgent=bool(meeting.urgent_reason),
        reserved=_first_reserved(topics),
        topics=len(topics),
        missing=missing(meeting),
        unvoted=sum(topic.passed is None for topic in topics),
        has_minutes=bool(meeting.minutes),
        forbidden=_first_forbidden(meeting, topics),
        passed=len(passed),
        not_carried=sum(topic.carried_on is None for topic in passed),
        not_shown=sum(topic.shown_on is None for topic in passed),
    )


def _first_reserved(topics: list[MeetingTopic]) -> str:
    return next((WORDS[Matter(one.matter)] for one in topics if Matter(one.matter) in RESERVED), "")


def _first_forbidden(meeting: VillageMeeting, topics: list[MeetingTopic]) -> str:
    return next((said for topic in topics if (said := forbidden(meeting, topic.matter))), "")


def meeting_step(
    *,
    actor: Actor,
    meeting: VillageMeeting,
    act: str,
    facts: dict[str, Any] | None = None,
    **changes: Any,
) -> VillageMeeting:
    """Move the meeting by `act` and set `changes`, on the record."""
    if not may_meet(actor, act, meeting):
        raise Denied("您没有办理这一步的权限。")
    to = MEETING.next_state(meeting.state, act, facts_of(meeting))
    return move(meeting, actor=actor, act=act, to=to, trail=TRAIL, facts=facts, **changes)
