"""Units' acts on a suggestion run through `handling`; the suggestion's progress is derived."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q
from pydantic import BaseModel

from lianxin.common import clock
from lianxin.common.actor import SYSTEM, Actor
from lianxin.common.writes import write
from lianxin.handling.actions import perform
from lianxin.handling.models import Assignment, Extension, Reply
from lianxin.handling.services import withdraw_all
from lianxin.handling.workflow import Mode
from lianxin.handling.workflow import State as Part
from lianxin.opinions.models import Opinion
from lianxin.opinions.services import opinion_suggestion_answered
from lianxin.people.selectors import organ_name
from lianxin.rulebook.services import value
from lianxin.suggestions.models import Commitment, Delivery, SourceOpinion, Suggestion
from lianxin.suggestions.rules import PartState, progress
from lianxin.suggestions.services.ledger import answered_post
from lianxin.suggestions.services.publishing import all_public
from lianxin.suggestions.services.step import due, step, tell_body, tell_deputies
from lianxin.suggestions.workflow import State


@write
def suggestion_unit_act(
    *, actor: Actor, assignment: Assignment, act: str, form: BaseModel, request_id: str | None = None
) -> Assignment:
    """Carry out an act on a unit's part and let the suggestion follow, in one transaction."""
    perform(actor=actor, assignment=assignment, act=act, form=form)
    suggestion = Suggestion.objects.select_related("lead").get(pk=assignment.matter_id)
    follow(suggestion)
    if act == "approve_return" and suggestion.state != State.REGISTERED:
        due(suggestion, "assign", "suggestion.reassign_workdays")
    if act == "correct_reply" and suggestion.state not in FOLLOWING:
        for reply in _replies(suggestion):
            _deliver(suggestion, reply)
        _tell_residents(suggestion, _replies(suggestion), again=True)
    _tell(suggestion, assignment, act)
    return assignment


def _tell(suggestion: Suggestion, part: Assignment, act: str) -> None:
    """Tell the deputies what the unit did, and the desk what it asks for."""
    dedupe = f"{act}:{part.id}:{clock.now():%Y%m%d%H%M%S%f}"
    unit, title = organ_name(part.unit_code), suggestion.title
    if act in ASKING:
        tell_body(suggestion, f"{unit}{ASKING[act]}：{title}", dedupe=dedupe)
    granted = act == "request_extension" and Extension.objects.filter(assignment=part, state="approved")
    words = TELLING["approve_extension"] if granted else TELLING.get(act)
    if words:
        each = act != "sign_reply" or value("suggestion.reply_each_cosigner", home6=suggestion.home6)
        tell_deputies(suggestion, f"{unit}{words}：{title}", dedupe=dedupe, only_lead=not each)


TELLING = {
    "accept": "已签收",
    "record_progress": "有新进展",
    "approve_extension": "延期答复",
    "approve_return": "退办已同意，将另行交办",
    "record_contact": "记了与您的沟通，请确认",
    "sign_reply": "已答复，请评价",
    "correct_reply": "更正了答复",
}
ASKING = {
    "request_return": "申请退办",
    "request_extension": "申请延期",
}


def follow(suggestion: Suggestion) -> None:
    """Bring the suggestion's state to where its units are."""
    parts = _parts(suggestion)
    target = progress(parts, round_number=suggestion.round)
    if target == suggestion.state or suggestion.state not in FOLLOWING:
        return
    changes: dict[str, Any] = _reply_facts(suggestion) if target is State.REPLIED else {}
    step(actor=SYSTEM, suggestion=suggestion, act=f"follow_{target.value}", **changes)
    if target is State.REPLIED:
        _on_reply(suggestion)
        answered_post(SYSTEM, suggestion)
    if target is State.REGISTERED:
        withdraw_all(
            actor=SYSTEM, kind="suggestion", matter_id=suggestion.id, note="主办单位已退办，协办随之终止"
        )
        due(suggestion, "assign", "suggestion.reassign_workdays")


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
    return [PartState(Part(row.state), Mode(row.mode), row.pk in granted, row.replaced) for row in rows]


def _reply_facts(suggestion: Suggestion) -> dict[str, object]:
    leading = _leading(suggestion)
    classes = sorted(reply.reply_class for reply in _replies(suggestion))
    in_time = suggestion.replied_in_time is not False and all(  # a first reply that was late stays late
        row.reply_due_on and row.replied_on and row.replied_on <= row.reply_due_on for row in leading
    )
    hidden: dict[str, object] = {}
    if suggestion.is_public and not all_public(suggestion):  # the new reply is not for everybody
        hidden = {"is_public": False, "published_on": None}
    return {
        **hidden,
        "publish_proposed_by": None,
        "reminded_on": None,
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
    due(suggestion, "evaluate", "suggestion.evaluate_workdays")
    if suggestion.agree_to_publish and not suggestion.confidential and all_public(suggestion):
        due(suggestion, "publish", "suggestion.publish_workdays")
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
    for reply in replies:
        _deliver(suggestion, reply)
    _tell_residents(suggestion, replies, again=suggestion.round > 1)


def _deliver(suggestion: Suggestion, reply: Reply) -> None:
    """Deliver one signed reply to each deputy: lead and co-signers, of the paper and of merged ones."""
    papers = [suggestion, *suggestion.merged.all()]
    Delivery.objects.bulk_create(
        [
            Delivery(
                suggestion=paper,
                deputy_id=deputy,
                reply_id=reply.id,
                letter_id=reply.letter_id,
                round=suggestion.round,
            )
            for paper in papers
            for deputy in _signers(paper)
        ],
        ignore_conflicts=True,
    )


def _signers(suggestion: Suggestion) -> list[UUID]:
    if not value("suggestion.reply_each_cosigner", home6=suggestion.home6):
        return [suggestion.lead_id]
    signed = suggestion.cosignatures.filter(state="confirmed").values_list("deputy_id", flat=True)
    return [suggestion.lead_id, *signed]


def _tell_residents(suggestion: Suggestion, replies: list[Reply], *, again: bool) -> None:
    """Tell those whose words the paper took up; after a second or corrected reply once more."""
    answer = "\n".join(str(text) for reply in replies for text in reply.answers)
    names = "、".join(organ_name(reply.assignment.unit_code) for reply in replies)
    papers = [suggestion.pk, *suggestion.merged.values_list("pk", flat=True)]
    ids = list(SourceOpinion.objects.filter(suggestion__in=papers).values_list("opinion_id", flat=True))
    states = {"converted", "fed_back", "rated", "closed"} if again else {"converted"}
    rule = Q(pk__in=ids, state__in=states, events__act="convert")
    for opinion in Opinion.objects.select_related("station").filter(rule).distinct():
        opinion_suggestion_answered(actor=SYSTEM, opinion=opinion, unit_name=names, answer=answer)
