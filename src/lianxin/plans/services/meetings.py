"""推进工作会 before and at the meeting: who is asked, receipts, signing in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lianxin.audit.moving import Trail, event_add
from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Denied, Invalid, NotFound
from lianxin.common.inserting import insert_if_new
from lianxin.common.writes import write
from lianxin.plans.models import MeetingSeat, Plan, WorkMeeting
from lianxin.plans.owners import is_owner
from lianxin.plans.permissions import may_meeting, owners_of, registers
from lianxin.plans.rules import Answer
from lianxin.plans.services.step import NOT_YOURS, step, words
from lianxin.plans.services.telling import tell_office, tell_owner
from lianxin.plans.workflow import WORK_MEETING, MeetingFacts

TRAIL = Trail("work_meeting", "work_meeting")


@dataclass(frozen=True, slots=True)
class Called:
    """What a meeting is called, when and where, and what it is about."""

    title: str
    held_at: datetime
    place: str
    agenda: str


@write
def meeting_plan(
    *, actor: Actor, plan: Plan, called: Called, owners: Sequence[str], request_id: str | None = None
) -> WorkMeeting:
    """Prepare a meeting of a plan with those who are to come."""
    if not registers(actor, plan.division_code):
        raise Denied("只有人大代工委可以筹备推进工作会。")
    asked = list(dict.fromkeys(owners))
    _checked(plan, called, asked)
    row = WorkMeeting(
        home6=plan.home6,
        division_code=plan.division_code,
        plan=plan,
        title=called.title.strip(),
        held_at=called.held_at,
        place=called.place.strip(),
        agenda=called.agenda.strip(),
    )
    if not insert_if_new(row):
        raise Conflict("这个会已经建好了，请在会议清单里找。")
    base = {"home6": row.home6, "division_code": row.division_code, "meeting": row}
    MeetingSeat.objects.bulk_create([MeetingSeat(owner=one, **base) for one in asked])
    event_add(row, actor=actor, act="plan", old="", trail=TRAIL, facts={"seats": len(asked)})
    return row


def _checked(plan: Plan, called: Called, owners: Sequence[str]) -> None:
    fields = {}
    for name, what, least, most in (
        ("title", "会议名称", 4, 80),
        ("place", "地点", 2, 60),
        ("agenda", "议程", 4, 2000),
    ):
        if not least <= len(getattr(called, name).strip()) <= most:
            fields[name] = f"请写{what}，{least} 到 {most} 个字。"
    if clock.local_date(called.held_at) < clock.today():
        fields["day"] = "开会的日子已经过了，请填今天或以后。"
    if not owners or not all(is_owner(one, plan.division_code) for one in owners):
        fields["owners"] = "请选参加的单位和镇，至少一个。"
    if fields:
        raise Invalid("有几项还没填好，填的都还在。", fields=fields)


@write
def meeting_notify(*, actor: Actor, meeting: WorkMeeting, request_id: str | None = None) -> WorkMeeting:
    """Send the notice with the agenda to everybody who is asked."""
    meeting_step(actor, meeting, "notify")
    for seat in meeting.seats.all():
        tell_owner(meeting, seat.owner, f"会议通知：{meeting.title}，请回执", link_of(meeting), "notice")
    return meeting


@write
def meeting_reply(
    *,
    actor: Actor,
    meeting: WorkMeeting,
    answer: str,
    who: str,
    why: str = "",
    request_id: str | None = None,
) -> MeetingSeat:
    """Answer a notice: who comes, or leave with the reason and who comes instead."""
    seat = own_seat(actor, meeting, "reply")
    WORK_MEETING.next_state(meeting.state, "reply", meeting_facts(meeting))
    _answered(answer, who, why)
    told = {"answer": answer, "who": who.strip(), "why": why.strip(), "answered_at": clock.now()}
    MeetingSeat.objects.filter(pk=seat.pk).update(**told)
    seat.refresh_from_db()
    _recorded(actor, meeting, "reply", seat)
    if answer == Answer.LEAVE:
        tell_office(meeting, f"有单位请假：{meeting.title}", link_of(meeting), f"leave:{seat.pk}")
    return seat


def _answered(answer: str, who: str, why: str) -> None:
    fields = {}
    if answer not in set(Answer):
        fields["answer"] = "请选参加或请假。"
    if not 2 <= len(who.strip()) <= 40:
        fields["who"] = "请写参加人的姓名和职务；请假的写谁代为参加。"
    if answer == Answer.LEAVE and not 2 <= len(why.strip()) <= 100:
        fields["why"] = "请假要写原因。"
    if fields:
        raise Invalid("回执还没填好，填的都还在。", fields=fields)


@write
def meeting_sign_in(
    *, actor: Actor, meeting: WorkMeeting, name: str, request_id: str | None = None
) -> MeetingSeat:
    """Sign in at the meeting, once."""
    seat = own_seat(actor, meeting, "sign_in")
    WORK_MEETING.next_state(meeting.state, "sign_in", meeting_facts(meeting))
    return _signed(actor, meeting, seat, name, "sign_in")


@write
def meeting_mark_present(
    *, actor: Actor, meeting: WorkMeeting, owner: str, name: str, request_id: str | None = None
) -> MeetingSeat:
    """Enter a signature from the paper list."""
    if not may_meeting(actor, "mark_present", meeting):
        raise Denied(NOT_YOURS)
    WORK_MEETING.next_state(meeting.state, "mark_present", meeting_facts(meeting))
    seat = meeting.seats.filter(owner=owner).first()
    if seat is None:
        raise NotFound("这个单位不在参会名单里。")
    return _signed(actor, meeting, seat, name, "mark_present")


def _signed(actor: Actor, meeting: WorkMeeting, seat: MeetingSeat, name: str, act: str) -> MeetingSeat:
    said = words(name, "name", least=2, most=40, what="参会人姓名")
    free = MeetingSeat.objects.filter(pk=seat.pk, signed_at=None)
    if free.update(signed_at=clock.now(), signed_name=said) != 1:
        raise Conflict("这个单位已经签到了，不用再签。")
    seat.refresh_from_db()
    _recorded(actor, meeting, act, seat)
    return seat


@write
def meeting_cancel(
    *, actor: Actor, meeting: WorkMeeting, note: str, request_id: str | None = None
) -> WorkMeeting:
    """Call the meeting off; who was asked is told why."""
    said = words(note, "note", least=4, most=200, what="不开的原因")
    noticed = meeting.state != "planned"
    meeting_step(actor, meeting, "cancel", note=said)
    for seat in meeting.seats.all() if noticed else ():
        tell_owner(meeting, seat.owner, f"会议取消：{meeting.title}（{said}）", link_of(meeting), "cancel")
    return meeting


def own_seat(actor: Actor, meeting: WorkMeeting, act: str) -> MeetingSeat:
    """Return the seat of the actor's unit or town."""
    seat = meeting.seats.filter(owner__in=owners_of(actor)).first()
    if seat is None or not may_meeting(actor, act, meeting):
        raise Denied("这个会没有通知您的单位。")
    return seat


def meeting_facts(meeting: WorkMeeting) -> MeetingFacts:
    """Return the plain facts that a meeting's guards look at."""
    minutes = meeting.minutes.first()
    return MeetingFacts(
        today=clock.today(),
        held_on=clock.local_date(meeting.held_at),
        seats=meeting.seats.count(),
        present=meeting.seats.exclude(signed_at=None).count(),
        decisions=len(minutes.decisions) if minutes else 0,
    )


def meeting_step(
    actor: Actor,
    meeting: WorkMeeting,
    act: str,
    note: str = "",
    facts: dict[str, Any] | None = None,
) -> WorkMeeting:
    """Move a meeting by an act of its table."""
    return step(
        meeting,
        actor=actor,
        act=act,
        table=WORK_MEETING,
        may=may_meeting,
        trail=TRAIL,
        rule_facts=meeting_facts(meeting),
        note=note,
        facts=facts,
    )


def _recorded(actor: Actor, meeting: WorkMeeting, act: str, seat: MeetingSeat) -> None:
    record(
        actor=actor,
        tag=f"work_meeting.{act}",
        kind="work_meeting",
        target=meeting.pk,
        home6=meeting.home6,
        facts={"owner": seat.owner, "answer": seat.answer},
    )


def link_of(meeting: WorkMeeting) -> str:
    """Return the address of a meeting's page."""
    return f"/plans/meetings/{meeting.pk}"
