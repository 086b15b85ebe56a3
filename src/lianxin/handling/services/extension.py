"""Extension (延期): asked once, before the due date, at most six months in all."""

from __future__ import annotations

from datetime import date

from lianxin.common import clock
from lianxin.common.actor import SYSTEM, Actor
from lianxin.common.errors import Conflict, Refused
from lianxin.common.writes import write
from lianxin.handling.models import Assignment, Deadline, Extension
from lianxin.handling.services.notices import tell_oversight, tell_unit
from lianxin.handling.services.step import check, step
from lianxin.people.selectors import organ_name
from lianxin.rulebook.deadlines import due_for
from lianxin.rulebook.services import value


@write
def extension_request(
    *,
    actor: Actor,
    assignment: Assignment,
    reason: str,
    plan: str,
    until: date,
    request_id: str | None = None,
) -> Assignment:
    """Ask for more time, with reason and plan; at most six months from hand-over (代表法 51, K)."""
    check(actor=actor, assignment=assignment, act="request_extension")
    limit = due_for("suggestion.extended_reply_months", assignment.handed_over_on, home6=assignment.home6).on
    if until > limit or (assignment.reply_due_on and until <= assignment.reply_due_on):
        raise Refused(
            f"新的答复日期要晚于原期限，且不晚于 {limit:%Y-%m-%d}（代表法第五十一条：最长六个月）。"
        )
    step(
        actor=actor, assignment=assignment, act="request_extension", note=reason, facts={"until": str(until)}
    )
    _, made = Extension.objects.get_or_create(
        assignment=assignment, defaults={"reason": reason, "plan": plan, "until": until}
    )
    if not made:
        raise Conflict("延期只能申请一次，刚刚已经有人申请过。")
    words = f"{organ_name(assignment.unit_code)}申请延期：{assignment.title}"
    tell_oversight(assignment, words, reason, dedupe="extension_asked")
    if not value("suggestion.extension_needs_approval", home6=assignment.home6):
        _grant(SYSTEM, assignment, "本地不要求审批")
    return assignment


@write
def extension_decide(
    *, actor: Actor, assignment: Assignment, agree: bool, note: str = "", request_id: str | None = None
) -> Assignment:
    """Agree to or refuse an extension; the due date moves with its own calculation."""
    step(
        actor=actor,
        assignment=assignment,
        act="approve_extension" if agree else "refuse_extension",
        note=note,
    )
    if agree:
        _grant(actor, assignment, note)
    else:
        _decide(assignment, "refused", note)
    words = "延期已获同意" if agree else "延期申请未获同意"
    tell_unit(assignment, f"{words}：{assignment.title}", note, dedupe="extension_decided")
    return assignment


def _grant(actor: Actor, assignment: Assignment, note: str) -> None:
    asked = _decide(assignment, "approved", note)
    clocks = Deadline.objects.filter(assignment=assignment, what="reply", met_on=None)
    old = clocks.get(replaced=False)
    clocks.update(replaced=True)
    Deadline.objects.create(
        home6=old.home6,
        matter_kind=old.matter_kind,
        matter_id=old.matter_id,
        assignment=assignment,
        what="reply",
        rule="suggestion.extended_reply_months",
        start_on=assignment.handed_over_on,
        due_on=asked.until,
        trace=[
            *old.trace,
            f"经同意延期至 {asked.until:%Y-%m-%d}（代表法第五十一条，自交办之日起不超过六个月）。",
        ],
    )
    assignment.reply_due_on = asked.until
    assignment.save(update_fields=["reply_due_on"])


def _decide(assignment: Assignment, state: str, note: str) -> Extension:
    waiting = Extension.objects.filter(assignment=assignment, state="requested")
    if waiting.update(state=state, decided_at=clock.now(), decision_note=note) != 1:
        raise Conflict("这个延期申请刚刚已经有人决定过。")
    return Extension.objects.get(assignment=assignment)
