"""The reply: drafted demand by demand, checked, signed by the head, delivered, corrected openly."""

from __future__ import annotations

from datetime import date
from typing import Any

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.numbers import next_number
from lianxin.common.writes import write
from lianxin.handling.letters import reply_letter_store
from lianxin.handling.models import Assignment, Reply
from lianxin.handling.services.deadlines import deadline_meet
from lianxin.handling.services.notices import tell_unit
from lianxin.handling.services.step import step


@write
def reply_draft(
    *,
    actor: Actor,
    assignment: Assignment,
    reply_class: str,
    answers: list[str],
    opening: str = "",
    promise_text: str = "",
    promise_due: date | None = None,
    promise_person: str = "",
    reason: str = "",
    contact_person: str = "",
    contact_phone: str = "",
    publish_level: str = "",
    publish_reason: str = "",
    request_id: str | None = None,
) -> Assignment:
    """Write a draft and put it before the head; a draft may be incomplete, a signature not."""
    step(actor=actor, assignment=assignment, act="draft_reply", facts={"class": reply_class})
    _new_version(
        assignment,
        reply_class=reply_class,
        answers=answers,
        opening=opening,
        promise_text=promise_text,
        promise_due=promise_due,
        promise_person=promise_person,
        reason=reason,
        contact_person=contact_person,
        contact_phone=contact_phone,
        publish_level=publish_level,
        publish_reason=publish_reason,
    )
    return assignment


@write
def reply_send_back(
    *, actor: Actor, assignment: Assignment, note: str, request_id: str | None = None
) -> Assignment:
    """The head sends the draft back to the clerk with remarks."""
    step(actor=actor, assignment=assignment, act="send_back_draft", note=note)
    tell_unit(
        assignment,
        f"答复稿退回修改：{assignment.title}",
        note,
        dedupe=f"sent_back:{clock.now():%Y%m%d%H%M%S%f}",
    )
    return assignment


@write
def reply_sign(*, actor: Actor, assignment: Assignment, request_id: str | None = None) -> Assignment:
    """The head signs; the letter is stored with its checksum and is out of the unit's hands."""
    today = clock.today()
    step(actor=actor, assignment=assignment, act="sign_reply", replied_on=today)
    draft = Reply.objects.filter(assignment=assignment).order_by("-version")[0]
    _seal(actor, assignment, draft)
    deadline_meet(
        kind=assignment.matter_kind,
        matter_id=assignment.matter_id,
        what="reply",
        on=today,
        assignment=assignment,
    )
    return assignment


@write
def reply_correct(
    *, actor: Actor, assignment: Assignment, note: str, answers: list[str], request_id: str | None = None
) -> Assignment:
    """Issue a corrected version (更正答复); the earlier letter stays on the file."""
    old = Reply.objects.filter(assignment=assignment, state="signed").order_by("-version")[0]
    step(
        actor=actor, assignment=assignment, act="correct_reply", note=note, facts={"of_version": old.version}
    )
    kept = {
        name: getattr(old, name)
        for name in (
            "reply_class",
            "opening",
            "promise_text",
            "promise_due",
            "promise_person",
            "reason",
            "contact_person",
            "contact_phone",
            "publish_level",
            "publish_reason",
        )
    }
    Reply.objects.filter(pk=old.pk).update(state="superseded")
    _seal(actor, assignment, _new_version(assignment, answers=answers, **kept))
    return assignment


def _new_version(assignment: Assignment, **fields: Any) -> Reply:
    version = Reply.objects.filter(assignment=assignment).count() + 1
    return Reply.objects.create(assignment=assignment, version=version, **fields)


def _seal(actor: Actor, assignment: Assignment, reply: Reply) -> None:
    today = clock.today()
    reply.number = str(
        next_number(home6=assignment.home6, series=f"reply:{assignment.unit_code}", year=today.year)
    )
    reply.state, reply.signer_name, reply.signed_at = "signed", actor.name, clock.now()
    reply.letter_id = reply_letter_store(actor=actor, assignment=assignment, reply=reply)
    reply.save(update_fields=["number", "state", "signer_name", "signed_at", "letter_id"])
