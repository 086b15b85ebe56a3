"""What happens to an opinion because units or suggestions moved: derived, never set by hand."""

from __future__ import annotations

from pydantic import BaseModel

from lianxin.common import clock
from lianxin.common.actor import SYSTEM, Actor
from lianxin.common.writes import write
from lianxin.handling.actions import perform
from lianxin.handling.models import Assignment, AssignmentEvent, Reply
from lianxin.handling.workflow import State as Part
from lianxin.opinions.models import Opinion
from lianxin.opinions.services.calls import tell_keeper
from lianxin.opinions.services.feedback import AFTER_ANSWER, told, told_again
from lianxin.opinions.services.step import step
from lianxin.opinions.workflow import State
from lianxin.people.selectors import organ_name


@write
def opinion_unit_act(
    *, actor: Actor, assignment: Assignment, act: str, form: BaseModel, request_id: str | None = None
) -> Assignment:
    """A department's act on its part of an opinion; the opinion follows in the same transaction."""
    perform(actor=actor, assignment=assignment, act=act, form=form)
    opinion = Opinion.objects.select_related("station").get(pk=assignment.matter_id)
    if act == "correct_reply":
        _correct(opinion, assignment)
    follow(opinion)
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
    """The suggestion that took the matter up has a reply, the first or a later one; the resident is told."""
    if opinion.state != State.CONVERTED:
        return told_again(opinion, answer=answer, by=unit_name, public=f"{unit_name}对代表的建议有了新答复。")
    return told(
        actor=SYSTEM,
        opinion=opinion,
        act="follow_suggestion",
        answer=answer,
        by=unit_name,
        public=f"{unit_name}答复了代表的建议。",
    )


def follow(opinion: Opinion) -> None:
    """Bring an opinion to where its units are."""
    live = _live(opinion)
    states = {part.state: part for part in live}
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


def _live(opinion: Opinion) -> list[Assignment]:
    parts = Assignment.objects.filter(matter_kind="opinion", matter_id=opinion.id, round=opinion.reopened + 1)
    return list(parts.exclude(state__in=[Part.RETURNED, Part.WITHDRAWN]).order_by("created_at"))


def _correct(opinion: Opinion, part: Assignment) -> None:
    """Bring a corrected answer back to the desk, which tells the resident in plain words once more."""
    if opinion.state in {State.REPLIED, *AFTER_ANSWER} and part.round == opinion.reopened + 1:
        step(
            actor=SYSTEM,
            opinion=opinion,
            act="follow_correction",
            public=f"{organ_name(part.unit_code)}更正了答复，联络站会再告诉您。",
            answer="\n".join(map(_answer, _live(opinion))),
            closed_on=None,
        )
        tell_keeper(
            opinion,
            "单位更正了答复",
            "请把更正后的答复告诉群众。",
            dedupe=f"corrected:{clock.now():%Y%m%d%H%M%S%f}",
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
