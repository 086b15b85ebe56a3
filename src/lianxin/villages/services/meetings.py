"""A meeting from its notice to its decision; people are counted, never named."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Denied, Invalid, NotFound, Refused
from lianxin.common.writes import write
from lianxin.documents.services import photo_accept
from lianxin.villages.hiding import hidden
from lianxin.villages.models import Authorisation, MeetingKind, MeetingTopic, VillageMeeting, VillageProfile
from lianxin.villages.numbers import UNREGISTERED
from lianxin.villages.permissions import may_open
from lianxin.villages.reserved import ARTICLE_24, Matter
from lianxin.villages.rules import decision_passes
from lianxin.villages.services.meeting_step import (
    facts_of,
    forbidden,
    meeting_step,
    most_present,
    present_for,
)
from lianxin.villages.workflow import Meeting, is_short

LEAST_REASON = 10


@write
def meeting_prepare(  # noqa: PLR0913 - what a notice says
    *,
    actor: Actor,
    village: str,
    kind: str,
    title: str,
    held_at: datetime,
    place: str,
    urgent_reason: str = "",
    request_id: str | None = None,
) -> VillageMeeting:
    """Prepare a meeting; topics that were not on the last notice are taken over."""
    if not may_open(actor, village):
        raise Denied("只有本村村委会可以筹备会议。")
    profile = VillageProfile.objects.filter(division_code=village).first()
    if profile is None:
        raise Refused(f"{UNREGISTERED}，登记后再开会。")
    _said(title, place, kind)
    if clock.local_date(held_at) < clock.today():
        raise Invalid("开会的日子已经过了。", fields={"held_at": "请填今天或以后的时间。"})
    meeting = VillageMeeting.objects.create(
        home6=profile.home6,
        division_code=village,
        kind=kind,
        title=title.strip()[:80],
        held_at=held_at,
        place=place.strip()[:80],
        urgent_reason=urgent_reason.strip()[:200],
        is_community=profile.is_community,
        adults=profile.adults,
        households=profile.households,
        representatives=profile.representatives,
        meeting_members=profile.meeting_members,
    )
    _take_over(meeting)
    record(
        actor=actor,
        tag="village_meeting.prepare",
        kind="village_meeting",
        target=meeting.id,
        home6=meeting.home6,
        facts={"kind": kind},
    )
    return meeting


def _said(title: str, place: str, kind: str) -> None:
    errors = {}
    if len(title.strip()) < 4:
        errors["title"] = "请写会议名称，至少 4 个字。"
    if len(place.strip()) < 2:
        errors["place"] = "请写在哪里开会。"
    if kind not in MeetingKind.values:
        errors["kind"] = "请选村民会议或村民代表会议。"
    if errors:
        raise Invalid("有几项还没填好。", fields=errors)


def _take_over(meeting: VillageMeeting) -> None:
    """Move the topics that waited for the next meeting of this kind onto its notice."""
    waiting = MeetingTopic.objects.filter(
        meeting__division_code=meeting.division_code,
        meeting__kind=meeting.kind,
        on_notice=False,
        taken_over=False,
    )
    rows = list(waiting)
    MeetingTopic.objects.filter(pk__in=[row.pk for row in rows]).update(taken_over=True)
    MeetingTopic.objects.bulk_create(
        [
            MeetingTopic(meeting=meeting, title=row.title, matter=row.matter, authorises=row.authorises)
            for row in rows
        ]
    )


@write
def topic_add(
    *,
    actor: Actor,
    meeting: VillageMeeting,
    title: str,
    matter: str,
    authorises: str = "",
    request_id: str | None = None,
) -> MeetingTopic:
    """Add a topic; once the notice is out it waits for the next meeting."""
    if len(title.strip()) < 4:
        raise Invalid("请写清议题。", fields={"title": "至少 4 个字。"})
    if matter not in set(Matter):
        raise Invalid("请选这是哪一类事。", fields={"matter": "请从列出的选项中选一个。"})
    if (matter == Matter.AUTHORISATION) != (authorises in ARTICLE_24):
        raise Invalid(
            "授权要写明授权哪一类事，只有第二十四条列出的事可以授权。",
            fields={"authorises": "请选要授权的事；不是授权议题的不用选。"},
        )
    said = forbidden(meeting, matter)
    if said:
        raise Invalid(said, fields={"matter": said})
    on_notice = meeting.state == Meeting.PREPARING
    topic = MeetingTopic.objects.create(
        meeting=meeting,
        title=title.strip()[:120],
        matter=matter,
        authorises=authorises,
        on_notice=on_notice,
    )
    facts = {"topic": str(topic.id), "on_notice": on_notice}
    meeting_step(actor=actor, meeting=meeting, act="add_topic", facts=facts)
    return topic


@write
def meeting_notice(
    *, actor: Actor, meeting: VillageMeeting, urgent_reason: str = "", request_id: str | None = None
) -> VillageMeeting:
    """Send the notice: ten days ahead for an assembly, or with the reason why it is urgent.

    A reason is kept only where the notice is short: it is what 「未按十天通知」 is read from.
    """
    short = is_short(facts_of(meeting))
    reason = (urgent_reason.strip() or meeting.urgent_reason)[:200] if short else ""
    if 0 < len(reason) < LEAST_REASON:
        words = f"请写清为什么等不到十天，至少 {LEAST_REASON} 个字；村民看得到。"
        raise Invalid("紧急的理由太短了。", fields={"urgent_reason": words})
    meeting.urgent_reason = reason
    return meeting_step(
        actor=actor,
        meeting=meeting,
        act="give_notice",
        noticed_on=clock.today(),
        urgent_reason=meeting.urgent_reason,
    )


@write
def meeting_count(
    *,
    actor: Actor,
    meeting: VillageMeeting,
    present: int,
    households_present: int = 0,
    request_id: str | None = None,
) -> VillageMeeting:
    """Set how many have signed in; only totals are kept."""
    most = most_present(meeting)
    if not 0 <= present <= most:
        raise Invalid("人数不对，请核对。", fields={"present": f"应到 {most} 人，请填 0 到 {most}。"})
    if not 0 <= households_present <= meeting.households:
        raise Invalid("户数不对，请核对。", fields={"households_present": f"全村 {meeting.households} 户。"})
    return meeting_step(
        actor=actor,
        meeting=meeting,
        act="count",
        facts={"present": present, "households": households_present},
        present=present,
        households_present=households_present,
    )


@write
def meeting_count_one(
    *, actor: Actor, meeting: VillageMeeting, request_id: str | None = None
) -> VillageMeeting:
    """Count one more who has come; two telephones at one door add up, none overwrites the other."""
    meeting = meeting_step(actor=actor, meeting=meeting, act="count_one")
    most = most_present(meeting)
    there = VillageMeeting.objects.filter(pk=meeting.pk, present__lt=most)
    if there.update(present=F("present") + 1) != 1:
        raise Invalid("人数不对，请核对。", fields={"present": f"应到 {most} 人，已经到齐。"})
    meeting.refresh_from_db(fields=["present"])
    return meeting


@write
def meeting_move(
    *, actor: Actor, meeting: VillageMeeting, act: str, request_id: str | None = None
) -> VillageMeeting:
    """Open the sign-in, declare the meeting valid, note it as a talk, or close it with its decisions."""
    if act not in {"open_sign_in", "declare_valid", "record_talk", "decide"}:
        raise NotFound("没有这个操作，请刷新页面。")
    return meeting_step(actor=actor, meeting=meeting, act=act)


@write
def topic_vote(  # noqa: PLR0913 - a count has three numbers
    *,
    actor: Actor,
    meeting: VillageMeeting,
    topic: MeetingTopic,
    in_favour: int,
    against: int,
    abstained: int,
    request_id: str | None = None,
) -> MeetingTopic:
    """Note the totals of a vote; more than half of those present decide (第二十二、二十六条)."""
    if topic.meeting_id != meeting.pk or not topic.on_notice:
        raise Invalid("这个议题不在会议通知里，请留到下次会议。", fields={"topic": "通知里没有。"})
    present = present_for(meeting)
    if min(in_favour, against, abstained) < 0 or in_favour + against + abstained > present:
        words = f"三项加起来不能超过到会的 {present} 人。"
        raise Invalid(words, fields={"in_favour": words})
    passed = decision_passes(present=present, in_favour=in_favour).ok
    facts = {"topic": str(topic.id), "in_favour": in_favour, "against": against, "abstained": abstained}
    meeting_step(actor=actor, meeting=meeting, act="vote", facts=facts)
    unvoted = MeetingTopic.objects.filter(pk=topic.pk, passed=None)
    done = unvoted.update(
        in_favour=in_favour, against=against, abstained=abstained, passed=passed, decided_on=clock.today()
    )
    if done != 1:
        raise Conflict("这个议题已经表决过了。")
    topic.refresh_from_db()
    if passed and topic.matter == Matter.AUTHORISATION:
        _authorise(meeting, topic)
    return topic


def _authorise(meeting: VillageMeeting, topic: MeetingTopic) -> None:
    Authorisation.objects.create(
        home6=meeting.home6,
        division_code=meeting.division_code,
        matter=topic.authorises,
        topic=topic,
        granted_on=clock.today(),
    )


@write
def meeting_minutes(
    *, actor: Actor, meeting: VillageMeeting, minutes: str, request_id: str | None = None
) -> VillageMeeting:
    """Write the minutes."""
    words = minutes.strip()
    if not 10 <= len(words) <= 8000:
        raise Invalid("请写会议记录。", fields={"minutes": "写 10 到 8000 个字：议了什么、怎么定的。"})
    return meeting_step(actor=actor, meeting=meeting, act="write_minutes", minutes=hidden(words)[0])


@write
def meeting_photo(
    *, actor: Actor, meeting: VillageMeeting, photo: bytes, request_id: str | None = None
) -> VillageMeeting:
    """Keep a photo of the meeting for the village's archive; it is not shown to the public."""
    meeting_step(actor=actor, meeting=meeting, act="add_photo")
    photo_accept(data=photo, owner_kind="village_meeting", owner_id=meeting.id, home6=meeting.home6)
    return meeting
