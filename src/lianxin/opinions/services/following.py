"""What happens to an opinion because units or suggestions moved: derived, never set by hand."""

from __future__ import annotations

from pydantic import BaseModel

from lianxin.common.actor import SYSTEM, Actor
from lianxin.common.writes import write
from lianxin.handling.actions import perform
from lianxin.handling.models import Assignment, AssignmentEvent, Reply
from lianxin.handling.workflow import State as Part
from lianxin.opinions.models import Opinion
from lianxin.opinions.services.feedback import told
from lianxin.opinions.services.step import step
from lianxin.opinions.workflow import State
from lianxin.people.selectors import organ_name


@write
def opinion_unit_act(
    *, actor: Actor, assignment: Assignment, act: str, form: BaseModel, request_id: str | None = None
) -> Assignment:
    """A department's act on its part of an opinion; the opinion follows in the same transaction."""
    perform(actor=actor, assignment=assignment, act=act, form=form)
    _follow(Opinion.objects.select_related("station").get(pk=assignment.matter_id))
    return assignment


@write
def opinion_converted(
    *, actor: Actor, opinion: Opinion, deputy_name: str, request_id: str | None = None
) -> Opinion:
    """A deputy has put the matter into a suggestion that is now submitted."""
    return step(
        actor=SYSTEM,
        opinion=opinion,
        act="convert",
        public=f"{deputy_name[:1]}代表把您的话写进了建议。",
        outcome="suggestion",
        facts={"by": str(actor.id or "")},
    )


@write
def opinion_unlinked(*, actor: Actor, opinion: Opinion, why: str, request_id: str | None = None) -> Opinion:
    """The suggestion did not come about; the matter goes back to the desk."""
    return step(actor=SYSTEM, opinion=opinion, act="unlink", public=why, outcome="")


@write
def opinion_suggestion_answered(
    *, actor: Actor, opinion: Opinion, unit_name: str, answer: str, request_id: str | None = None
) -> Opinion:
    """The suggestion that took the matter up has its reply; the resident is told."""
    return told(
        actor=SYSTEM,
        opinion=opinion,
        act="follow_suggestion",
        answer=answer,
        by=unit_name,
        public=f"{unit_name}答复了代表的建议。",
    )


def _follow(opinion: Opinion) -> None:
    parts = Assignment.objects.filter(matter_kind="opinion", matter_id=opinion.id, round=opinion.reopened + 1)
    states = {part.state: part for part in parts}
    live = [part for part in parts if part.state not in {Part.RETURNED, Part.WITHDRAWN}]
    if opinion.state == State.OBJECTED and Part.RETURN_REQUESTED not in states and _kept(opinion):
        step(actor=SYSTEM, opinion=opinion, act="follow_kept", public="核对过了，仍由原来的单位办。")
    if opinion.state != State.TRANSFERRED:
        return
    if Part.RETURN_REQUESTED in states:
        _step_for_unit(
            opinion, "follow_object", states[Part.RETURN_REQUESTED], "说这件事不归它管，正在核对。"
        )
    elif live and all(part.state == Part.REPLIED for part in live):
        answer = "\n".join(_answer(part) for part in live)
        names = "、".join(organ_name(part.unit_code) for part in live)
        step(
            actor=SYSTEM,
            opinion=opinion,
            act="follow_reply",
            public=f"{names}有答复了。",
            answer=answer,
            answered_by=names[:60],
            outcome="answered",
        )


def _kept(opinion: Opinion) -> bool:
    """Say whether the last objection was turned down, so that its unit goes on."""
    decisions = AssignmentEvent.objects.filter(
        assignment__matter_id=opinion.id, act__in=["approve_return", "refuse_return"]
    )
    last = decisions.order_by("at").last()
    return last is not None and last.act == "refuse_return"


def _step_for_unit(opinion: Opinion, act: str, part: Assignment, words: str) -> None:
    step(actor=SYSTEM, opinion=opinion, act=act, public=f"{organ_name(part.unit_code)}{words}")


def _answer(part: Assignment) -> str:
    reply = Reply.objects.filter(assignment=part, state="signed").order_by("-version").first()
    return "\n".join(str(answer) for answer in reply.answers) if reply else ""
