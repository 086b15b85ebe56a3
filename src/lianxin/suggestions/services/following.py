"""Units' acts on a suggestion run through `handling`; the suggestion's progress is derived."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from lianxin.common import clock
from lianxin.common.actor import SYSTEM, Actor
from lianxin.common.writes import write
from lianxin.handling.models import Assignment, Extension, Reply
from lianxin.handling.services import deadline_set, perform, withdraw_all
from lianxin.handling.workflow import Mode
from lianxin.handling.workflow import State as Part
from lianxin.opinions.models import Opinion
from lianxin.opinions.services import opinion_suggestion_answered
from lianxin.people.selectors import organ_name
from lianxin.suggestions.models import Commitment, Suggestion
from lianxin.suggestions.rules import PartState, progress
from lianxin.suggestions.services.step import step, tell_deputies
from lianxin.suggestions.workflow import State


@write
def suggestion_unit_act(
    *, actor: Actor, assignment: Assignment, act: str, form: BaseModel, request_id: str | None = None
) -> Assignment:
    """Carry out an act on a unit's part and let the suggestion follow, in one transaction."""
    perform(actor=actor, assignment=assignment, act=act, form=form)
    suggestion = Suggestion.objects.select_related("lead").get(pk=assignment.matter_id)
    follow(suggestion)
    if act in TELLING:
        words = f"{organ_name(assignment.unit_code)}{TELLING[act]}：{suggestion.title}"
        tell_deputies(suggestion, words, dedupe=f"{act}:{assignment.id}:{clock.now():%Y%m%d%H%M%S%f}")
    return assignment


TELLING = {
    "accept": "已签收",
    "record_progress": "有新进展",
    "approve_extension": "延期答复",
    "record_contact": "记了与您的沟通，请确认",
    "sign_reply": "已答复，请评价",
    "correct_reply": "更正了答复",
}


def follow(suggestion: Suggestion) -> None:
    """Bring the suggestion's state to where its units are."""
    parts = _parts(suggestion)
    target = progress(parts, round=suggestion.round)
    if target == suggestion.state or suggestion.state not in FOLLOWING:
        return
    changes: dict[str, Any] = _reply_facts(suggestion) if target is State.REPLIED else {}
    step(actor=SYSTEM, suggestion=suggestion, act=f"follow_{target.value}", **changes)
    if target is State.REPLIED:
        _on_reply(suggestion)
    if target is State.REGISTERED:
        withdraw_all(
            actor=SYSTEM, kind="suggestion", matter_id=suggestion.id, note="主办单位已退办，协办随之终止"
        )
        deadline_set(
            kind="suggestion",
            matter_id=suggestion.id,
            home6=suggestion.home6,
            what="assign",
            rule="suggestion.reassign_workdays",
            start=clock.today(),
        )


FOLLOWING = frozenset(
    {
        State.ASSIGNED,
        State.ACCEPTED,
        State.RETURN_REQUESTED,
        State.IN_HANDLING,
        State.EXTENDED,
        State.REPLY_DRAFTED,
        State.REHANDLING,
    }
)


def _parts(suggestion: Suggestion) -> list[PartState]:
    rows = Assignment.objects.filter(
        matter_kind="suggestion", matter_id=suggestion.id, round=suggestion.round
    )
    granted = set(
        Extension.objects.filter(assignment__in=rows, state="approved").values_list("assignment", flat=True)
    )
    return [PartState(Part(row.state), Mode(row.mode), row.pk in granted) for row in rows]


def _reply_facts(suggestion: Suggestion) -> dict[str, object]:
    leading = _leading(suggestion)
    classes = sorted(reply.reply_class for reply in _replies(suggestion))
    in_time = all(
        row.reply_due_on and row.replied_on and row.replied_on <= row.reply_due_on for row in leading
    )
    return {
        "replied_on": clock.today(),
        "reply_class": classes[-1] if classes else "",
        "replied_in_time": in_time,
    }


def _leading(suggestion: Suggestion) -> list[Assignment]:
    rows = Assignment.objects.filter(matter_id=suggestion.id, round=suggestion.round, state=Part.REPLIED)
    return list(rows)


def _replies(suggestion: Suggestion) -> list[Reply]:
    found = Reply.objects.filter(
        assignment__matter_id=suggestion.id, assignment__round=suggestion.round, state="signed"
    ).select_related("assignment")
    return list(found)


def _on_reply(suggestion: Suggestion) -> None:
    deadline_set(
        kind="suggestion",
        matter_id=suggestion.id,
        home6=suggestion.home6,
        what="evaluate",
        rule="suggestion.evaluate_workdays",
        start=clock.today(),
    )
    replies = _replies(suggestion)
    for reply in replies:
        if reply.reply_class == "B" and reply.promise_due:
            Commitment.objects.get_or_create(
                assignment_id=reply.assignment_id,
                item=reply.promise_text,
                defaults={
                    "suggestion": suggestion,
                    "unit_code": reply.assignment.unit_code,
                    "due_on": reply.promise_due,
                    "person": reply.promise_person,
                },
            )
    _tell_residents(suggestion, replies)


def _tell_residents(suggestion: Suggestion, replies: list[Reply]) -> None:
    answer = "\n".join(str(text) for reply in replies for text in reply.answers)
    names = "、".join(organ_name(reply.assignment.unit_code) for reply in replies)
    ids = list(suggestion.sources.values_list("opinion_id", flat=True))
    for opinion in Opinion.objects.select_related("station").filter(pk__in=ids, state="converted"):
        opinion_suggestion_answered(actor=SYSTEM, opinion=opinion, unit_name=names, answer=answer)
