"""A unit takes its part, gives it back, works, and helps another unit."""

from __future__ import annotations

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Invalid
from lianxin.common.writes import write
from lianxin.handling.models import Assignment
from lianxin.handling.services.deadlines import deadline_meet, deadline_set
from lianxin.handling.services.notices import tell_oversight, tell_unit
from lianxin.handling.services.step import step
from lianxin.people.selectors import organ_name, organ_of


@write
def accept(
    *,
    actor: Actor,
    assignment: Assignment,
    officer: str,
    leader: str,
    phone: str = "",
    request_id: str | None = None,
) -> Assignment:
    """Sign for the part (签收), naming the officer and the leader who answer for it."""
    step(
        actor=actor,
        assignment=assignment,
        act="accept",
        officer=officer,
        leader=leader,
        officer_phone=phone,
    )
    _met(assignment, "return")
    return assignment


@write
def return_request(
    *, actor: Actor, assignment: Assignment, reason: str, proposed_unit: str, request_id: str | None = None
) -> Assignment:
    """Ask to give the part back, with a reason and a proposed unit; no private passing on."""
    if proposed_unit == assignment.unit_code or organ_of(proposed_unit) is None:
        raise Invalid(
            "请选择另一个建议承办单位。", fields={"proposed_unit": "请从单位名单中选一个别的单位。"}
        )
    step(
        actor=actor,
        assignment=assignment,
        act="request_return",
        note=reason,
        facts={"proposed": proposed_unit},
        return_reason=reason,
        return_to_unit=proposed_unit,
    )
    _met(assignment, "return")
    deadline_set(
        kind=assignment.matter_kind,
        matter_id=assignment.matter_id,
        home6=assignment.home6,
        what="reassign",
        rule="suggestion.reassign_workdays",
        start=clock.today(),
        assignment=assignment,
    )
    words = f"{organ_name(assignment.unit_code)}申请退办：{assignment.title}"
    tell_oversight(assignment, words, reason, dedupe="return_asked")
    return assignment


@write
def return_decide(
    *, actor: Actor, assignment: Assignment, agree: bool, note: str, request_id: str | None = None
) -> Assignment:
    """Decide on a return; if agreed, the upper room hands the matter over anew."""
    step(actor=actor, assignment=assignment, act="approve_return" if agree else "refuse_return", note=note)
    _met(assignment, "reassign")
    words = "已同意退办" if agree else "退办申请未获同意，请继续办理"
    tell_unit(
        assignment,
        f"{words}：{assignment.title}",
        note,
        dedupe=f"return_decided:{clock.now():%Y%m%d%H%M%S%f}",
    )
    return assignment


@write
def start(*, actor: Actor, assignment: Assignment, plan: str, request_id: str | None = None) -> Assignment:
    """Begin to work, with a plan."""
    return step(actor=actor, assignment=assignment, act="start", note=plan)


@write
def opinion_give(
    *, actor: Actor, assignment: Assignment, opinion: str, request_id: str | None = None
) -> Assignment:
    """Give the assisting unit's opinion to the main unit."""
    step(actor=actor, assignment=assignment, act="give_opinion", note=opinion, assist_opinion=opinion)
    _met(assignment, "reply")
    return assignment


def _met(assignment: Assignment, what: str) -> None:
    deadline_meet(
        kind=assignment.matter_kind,
        matter_id=assignment.matter_id,
        what=what,
        on=clock.today(),
        assignment=assignment,
    )
