"""The reply: drafted demand by demand, checked, signed by the head, delivered, corrected openly."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Refused
from lianxin.common.numbers import next_number
from lianxin.common.writes import write
from lianxin.handling.facts import class_scheme, reply_text
from lianxin.handling.letters import reply_letter_store
from lianxin.handling.models import Assignment, Reply
from lianxin.handling.rules import reply_problems
from lianxin.handling.services.deadlines import deadline_meet
from lianxin.handling.services.notices import tell_unit
from lianxin.handling.services.step import check, step


@dataclass(frozen=True, slots=True)
class ReplyDraft:
    """What a clerk writes: one answer for each demand, the class and what the class asks for."""

    reply_class: str
    answers: tuple[str, ...]
    opening: str = ""
    promise_text: str = ""
    promise_due: date | None = None
    promise_person: str = ""
    reason: str = ""
    contact_person: str = ""
    contact_phone: str = ""
    publish_level: str = ""
    publish_reason: str = ""


@write
def reply_draft(
    *, actor: Actor, assignment: Assignment, draft: ReplyDraft, request_id: str | None = None
) -> Assignment:
    """Write a draft and put it before the head; a draft may be incomplete, a signature not."""
    step(actor=actor, assignment=assignment, act="draft_reply", facts={"class": draft.reply_class})
    _new_version(assignment, draft)
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
def reply_sign(
    *, actor: Actor, assignment: Assignment, version: int, request_id: str | None = None
) -> Assignment:
    """The head signs the draft that he was shown, `version`; the letter is stored with its checksum."""
    today = clock.today()
    check(actor=actor, assignment=assignment, act="sign_reply")
    draft = _latest(assignment)
    if draft.version != version:
        raise Conflict(f"您看的是第 {version} 稿，答复稿已经改成第 {draft.version} 稿。请看过再签发。")
    step(actor=actor, assignment=assignment, act="sign_reply", facts={"version": version}, replied_on=today)
    _seal(actor, assignment, draft)
    for what in ("reply", "target"):
        deadline_meet(
            kind=assignment.matter_kind,
            matter_id=assignment.matter_id,
            what=what,
            on=today,
            assignment=assignment,
        )
    return assignment


@write
def reply_correct(
    *, actor: Actor, assignment: Assignment, note: str, answers: list[str], request_id: str | None = None
) -> Assignment:
    """Issue a corrected version (更正答复); the earlier letter stays on the file."""
    old = _latest(assignment)
    step(
        actor=actor, assignment=assignment, act="correct_reply", note=note, facts={"of_version": old.version}
    )
    new = _new_version(assignment, _corrected(old, answers))
    problems = reply_problems(reply_text(new), assignment.demands, class_scheme(assignment.home6))
    if problems:
        raise Refused("；".join(finding.message for finding in problems) + "。请补齐后再更正。")
    Reply.objects.filter(pk=old.pk).update(state="superseded")
    _seal(actor, assignment, new)
    return assignment


def _latest(assignment: Assignment) -> Reply:
    return Reply.objects.filter(assignment=assignment).order_by("-version")[0]


def _corrected(old: Reply, answers: list[str]) -> ReplyDraft:
    kept: dict[str, Any] = {name: getattr(old, name) for name in ReplyDraft.__dataclass_fields__}
    return ReplyDraft(**{**kept, "answers": tuple(answers)})


def _new_version(assignment: Assignment, draft: ReplyDraft) -> Reply:
    version = Reply.objects.filter(assignment=assignment).count() + 1
    fields = {**asdict(draft), "answers": list(draft.answers)}
    return Reply.objects.create(assignment=assignment, version=version, **fields)


def _seal(actor: Actor, assignment: Assignment, reply: Reply) -> None:
    today = clock.today()
    reply.number = str(
        next_number(home6=assignment.home6, series=f"reply:{assignment.unit_code}", year=today.year)
    )
    reply.state, reply.signer_name, reply.signed_at = "signed", actor.name, clock.now()
    reply.letter_id = reply_letter_store(actor=actor, assignment=assignment, reply=reply)
    reply.save(update_fields=["number", "state", "signer_name", "signed_at", "letter_id"])
