"""约见, step by step (代表法第二十九条)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import SYSTEM, Actor, Role
from lianxin.common.errors import Conflict, Denied, Invalid, NotFound, Refused
from lianxin.common.numbers import next_number
from lianxin.common.writes import write
from lianxin.duties.assessing.files import bodies_of
from lianxin.duties.flows.permissions import may_meeting
from lianxin.duties.flows.step import due_met, due_set, meeting_step, tell, tell_body, tell_deputy
from lianxin.duties.models import MeetingPromise, MeetingRequest
from lianxin.duties.services.posting import duty_post
from lianxin.notifications.services import Recipient
from lianxin.people.actors import deputy_of
from lianxin.people.models import Deputy
from lianxin.people.selectors import organ_of
from lianxin.rulebook.deadlines import due_for

GROUNDS = {
    "not_matter": "不属于这个单位的职权",
    "personal": "本人或亲属的个人事项",
    "judicial": "具体司法案件",
    "commercial": "招投标或商业利益",
    "secret": "涉及国家秘密",
    "duplicate": "同一件事刚约见过",
    "other": "其他",
}


@dataclass(frozen=True, slots=True)
class Promised:
    """One thing promised at the meeting."""

    item: str
    due_on: date
    person: str = ""


@write
def meeting_request(
    *,
    actor: Actor,
    organ: str,
    whom: str,
    topic: str,
    question: str,
    joint: Sequence[UUID] = (),
    request_id: str | None = None,
) -> MeetingRequest:
    """Ask in writing to meet the head of an organ, alone or together with other deputies."""
    deputy = deputy_of(actor)
    if deputy is None or not actor.has(Role.DEPUTY):
        raise Denied("只有在任的代表可以提出约见。")
    if organ_of(organ) is None:
        raise Invalid("没有找到这个单位。", fields={"organ": "请从列出的单位里选。"})
    body = bodies_of([deputy.pk], clock.today().year)[deputy.pk]
    row = MeetingRequest.objects.create(
        deputy=deputy,
        home6=deputy.home6,
        division_code=deputy.division_code,
        body_code=body,
        number=_number(deputy.home6),
        organ=organ,
        whom=whom,
        topic=topic,
        question=question,
        asked_on=clock.today(),
    )
    row.joint.set(Deputy.objects.filter(pk__in=joint).exclude(pk=deputy.pk))
    due = due_set(row, "screen", "meeting.screen_workdays", clock.today())
    record(
        actor=actor, tag="official_meeting.request", kind="official_meeting", target=row.id, home6=row.home6
    )
    tell_body(row, f"约见申请：{topic}", f"请在 {due.on:%Y-%m-%d} 前审核。", key="asked")
    return row


def _number(home6: str) -> str:
    year = clock.today().year
    number = next_number(home6=home6, series="official_meeting", year=year)
    return f"约见{year}-{number:03d}"


@write
def meeting_screen(*, actor: Actor, row: MeetingRequest, request_id: str | None = None) -> MeetingRequest:
    """Agree that the meeting is to be held."""
    meeting_step(actor=actor, row=row, act="screen")
    due_met(row, "screen")
    due = due_set(row, "hold", "meeting.hold_workdays", clock.today())
    tell_deputy(row, "约见申请审核通过", f"会在 {due.on:%Y-%m-%d} 前安排见面。", key="screened")
    return row


@write
def meeting_reject(
    *, actor: Actor, row: MeetingRequest, ground: str, words: str, request_id: str | None = None
) -> MeetingRequest:
    """Say why the meeting is not arranged."""
    if ground not in GROUNDS or len(words.strip()) < 5:
        raise Invalid(
            "请选情形并写明理由。", fields={"ground": "请选一种情形。", "words": "至少 5 个字，代表会看到。"}
        )
    meeting_step(
        actor=actor, row=row, act="reject", facts={"ground": ground}, ground=ground, words=words.strip()
    )
    due_met(row, "screen")
    tell_deputy(row, "约见申请没有安排", words.strip(), key="rejected")
    return row


@write
def meeting_schedule(
    *, actor: Actor, row: MeetingRequest, meet_on: date, place: str, request_id: str | None = None
) -> MeetingRequest:
    """Send the letter (约见函): day and place are fixed, deputy and organ are told."""
    if meet_on < clock.today():
        raise Invalid("日期不对。", fields={"meet_on": "见面的日子不能早于今天。"})
    _by(row, meet_on)
    meeting_step(
        actor=actor, row=row, act="schedule", meet_on=meet_on, meet_place=place, notified_on=clock.today()
    )
    _tell_day(row, "约见函")
    return row


def _by(row: MeetingRequest, meet_on: date) -> None:
    due = row.deadlines.filter(what="hold").first()
    if due and meet_on > due.due_on:
        raise Refused(
            f"要在 {due.due_on:%Y-%m-%d} 前见面；确实不行的，先约定再改期。", fields={"meet_on": "太晚了。"}
        )


def _tell_day(row: MeetingRequest, subject: str) -> None:
    words = f"{row.meet_on:%Y-%m-%d}，{row.meet_place}。"
    tell_deputy(row, f"{subject}：{row.topic}", words, key=f"day:{row.meet_on}")
    tell(
        row,
        Recipient.unit(row.organ),
        f"{subject}：{row.topic}",
        words,
        f"/office/meetings/{row.id}",
        f"day:{row.meet_on}",
    )


@write
def meeting_postpone(
    *,
    actor: Actor,
    row: MeetingRequest,
    meet_on: date,
    reason: str,
    request_id: str | None = None,
) -> MeetingRequest:
    """Move the meeting once, at most a month from the day of the letter."""
    start = row.notified_on or clock.today()
    latest = due_for("meeting.postpone_months", start, home6=row.home6)
    if not reason.strip():
        raise Invalid("请写明改期的理由。", fields={"reason": "代表会看到。"})
    if meet_on > latest.on or meet_on < clock.today():
        raise Refused(f"最晚可以改到 {latest.on:%Y-%m-%d}。", fields={"meet_on": "请换一个日子。"})
    meeting_step(
        actor=actor, row=row, act="postpone", meet_on=meet_on, postponed=row.postponed + 1, words=reason
    )
    due_set(row, "hold", "meeting.postpone_months", start)
    _tell_day(row, "约见改期")
    return row


@write
def meeting_hold(
    *,
    actor: Actor,
    row: MeetingRequest,
    came: str,
    came_name: str,
    minutes: str,
    on_spot: bool,
    promises: Sequence[Promised] = (),
    request_id: str | None = None,
) -> MeetingRequest:
    """Write the minutes: whether the head or a delegate came, what was promised, whether it was answered."""
    if came not in {"head", "delegate"} or not came_name.strip():
        raise Invalid(
            "请写明谁到场。", fields={"came": "负责人本人或受委托的人。", "came_name": "写明姓名和职务。"}
        )
    if any(one.due_on < clock.today() for one in promises):
        raise Invalid("承诺的日期不对。", fields={"promises": "答应的事要有以后的日子。"})
    on = row.meet_on or clock.today()
    meeting_step(
        actor=actor,
        row=row,
        act="hold",
        facts={"came": came, "promises": len(promises)},
        held_on=on,
        came=came,
        came_name=came_name.strip(),
        minutes=minutes,
    )
    due_met(row, "hold")
    MeetingPromise.objects.bulk_create(
        [MeetingPromise(request=row, item=one.item, due_on=one.due_on, person=one.person) for one in promises]
    )
    _post(actor, row, on)
    if on_spot:
        meeting_step(actor=SYSTEM, row=row, act="follow_spot", answered_on=on)
    else:
        meeting_step(actor=SYSTEM, row=row, act="follow_due")
        due_set(row, "answer", "meeting.answer_months", clock.today())
    tell_deputy(row, "约见纪要写好了", "请看纪要和答应的事。", key="held")
    return row


def _post(actor: Actor, row: MeetingRequest, on: date) -> None:
    """Let the meeting stand in the ledger of each deputy who asked for it."""
    for deputy in [row.deputy, *row.joint.all()]:
        duty_post(
            actor=actor,
            deputy_id=deputy.pk,
            kind="organ_interview",
            on=on,
            home6=row.home6,
            division_code=row.division_code,
            source_room="duties",
            source_id=f"meeting:{uuid5(row.pk, str(deputy.pk))}",
            online=True,
            facts={"title": row.topic, "meeting": str(row.pk)},
        )


@write
def meeting_answer(
    *, actor: Actor, row: MeetingRequest, answer: str, request_id: str | None = None
) -> MeetingRequest:
    """Give the written answer of the organ."""
    meeting_step(actor=actor, row=row, act="answer", answer=answer, answered_on=clock.today())
    due_met(row, "answer")
    tell_deputy(row, f"约见有书面答复：{row.topic}", "请看答复并评价。", key="answered")
    return row


@write
def meeting_rate(
    *, actor: Actor, row: MeetingRequest, rating: str, words: str = "", request_id: str | None = None
) -> MeetingRequest:
    """Say whether the answer satisfies."""
    if rating == "dissatisfied" and len(words.strip()) < 5:
        raise Invalid("不满意请写明理由。", fields={"words": "至少 5 个字。"})
    meeting_step(
        actor=actor, row=row, act="rate", facts={"rating": rating}, rating=rating, rating_words=words.strip()
    )
    return row


@write
def meeting_close(*, actor: Actor, row: MeetingRequest, request_id: str | None = None) -> MeetingRequest:
    """Close the meeting; open promises stay on the ledger."""
    return meeting_step(actor=actor, row=row, act="close")


@write
def meeting_promise_keep(
    *, actor: Actor, row: MeetingRequest, promise: UUID, proof: str, request_id: str | None = None
) -> MeetingRequest:
    """Note how a promise came true."""
    found = row.promises.filter(pk=promise).first()
    if found is None:
        raise NotFound("没有找到这项承诺。")
    if not may_meeting(actor, "keep_promise", row):
        raise Denied("您没有办理这一步的权限。")
    open_one = MeetingPromise.objects.filter(pk=found.pk, kept_on=None)
    if open_one.update(kept_on=clock.today(), proof=proof) != 1:
        raise Conflict("这项承诺已经登记过兑现。")
    meeting_step(actor=actor, row=row, act="keep_promise", facts={"promise": str(found.id)})
    tell_deputy(row, "约见时答应的事兑现了", found.item, key=f"kept:{found.id}")
    return row
