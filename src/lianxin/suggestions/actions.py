"""The acts on a suggestion and on its units' parts, each with its form, for both doors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from lianxin.common.actions import ActionBook, NoInput, OpenAction
from lianxin.common.actor import Actor
from lianxin.common.errors import Denied, Invalid, NotFound
from lianxin.handling.actions import BOOK as UNIT_BOOK
from lianxin.handling.matters import Part
from lianxin.handling.models import Assignment
from lianxin.handling.selectors import assignments_of
from lianxin.handling.workflow import HANDLING, Mode
from lianxin.suggestions import services
from lianxin.suggestions.forms import (
    Appeal,
    Assign,
    ConfirmPromise,
    Cosign,
    Deputies,
    DraftForm,
    Edit,
    Evaluate,
    Into,
    MarkKey,
    MayNote,
    OneDeputy,
    Proof,
    Reassign,
    Rehandle,
    Reject,
    Report,
    Words,
)
from lianxin.suggestions.models import Suggestion
from lianxin.suggestions.permissions import may, visible_to
from lianxin.suggestions.services.step import facts_of
from lianxin.suggestions.workflow import SUGGESTION

__all__ = ["BOOK", "DraftForm", "Offer", "open_actions", "perform"]

BOOK: ActionBook[Suggestion] = ActionBook(SUGGESTION, state=lambda row: row.state, facts=facts_of, may=may)


def _run(service: Any, **fixed: Any) -> Any:
    def run(*, actor: Actor, obj: Suggestion, form: BaseModel, request_id: str | None) -> Any:
        given = {name: getattr(form, name) for name in type(form).model_fields}
        given = {name: tuple(value) if name in TUPLES else value for name, value in given.items()}
        return service(actor=actor, suggestion=obj, request_id=request_id, **given, **fixed)

    return run


TUPLES = frozenset({"units"})


def _edit(*, actor: Actor, obj: Suggestion, form: BaseModel, request_id: str | None) -> Suggestion:
    assert isinstance(form, Edit)
    return services.suggestion_edit(
        actor=actor, suggestion=obj, draft=form.draft(), seen_hash=form.seen_hash, request_id=request_id
    )


def _marks(service: Any) -> Any:
    def run(*, actor: Actor, obj: Suggestion, form: BaseModel, request_id: str | None) -> Any:
        assert isinstance(form, Evaluate)
        given = {**form.model_dump(), "demand_numbers": tuple(form.demand_numbers)}
        marks = services.Marks(**given)
        return service(actor=actor, suggestion=obj, marks=marks, request_id=request_id)

    return run


def _reassign(*, actor: Actor, obj: Suggestion, form: BaseModel, request_id: str | None) -> Suggestion:
    assert isinstance(form, Reassign)
    return services.suggestion_reassign(
        actor=actor,
        suggestion=obj,
        assignment=form.part,
        unit=form.unit,
        note=form.note,
        request_id=request_id,
    )


def _merge(*, actor: Actor, obj: Suggestion, form: BaseModel, request_id: str | None) -> Suggestion:
    assert isinstance(form, Into)
    into = visible_to(actor).filter(pk=form.into).first()
    if into is None:
        raise Invalid("没有找到要并到的那一件。", fields={"into": "请从名单里选。"})
    return services.suggestion_merge(
        actor=actor, suggestion=obj, into=into, note=form.note, request_id=request_id
    )


def _assign(*, actor: Actor, obj: Suggestion, form: BaseModel, request_id: str | None) -> Suggestion:
    assert isinstance(form, Assign)
    parts = [Part(part.unit, Mode(part.mode), part.scope) for part in form.parts]
    return services.suggestion_assign(
        actor=actor, suggestion=obj, parts=parts, note=form.note, request_id=request_id
    )


BOOK.bind("edit", Edit, _edit)
BOOK.bind("invite", Deputies, _run(services.cosigners_invite))
BOOK.bind("reask", NoInput, _run(services.cosigners_reask))
BOOK.bind("remove_cosigner", OneDeputy, _run(services.cosigner_remove))
BOOK.bind("cosign", Cosign, _run(services.cosign_answer, agree=True))
BOOK.bind("decline", Cosign, _run(services.cosign_answer, agree=False))
BOOK.bind("drop_withdrawn", NoInput, _run(services.sources_drop))
BOOK.bind("submit", NoInput, _run(services.suggestion_submit))
BOOK.bind("send_back", Reject, _run(services.suggestion_send_back))
BOOK.bind("propose_rejection", Reject, _run(services.suggestion_rejection_propose))
BOOK.bind("reject", NoInput, _run(services.suggestion_reject))
BOOK.bind("appeal", Appeal, _run(services.suggestion_appeal))
BOOK.bind("register", NoInput, _run(services.suggestion_register))
BOOK.bind("merge", Into, _merge)
BOOK.bind("withdraw", Words, _run(services.suggestion_withdraw))
BOOK.bind("assign", Assign, _assign)
BOOK.bind("reassign", Reassign, _reassign)
BOOK.bind("evaluate", Evaluate, _marks(services.evaluation_give))
BOOK.bind("evaluate_as_cosigner", Evaluate, _marks(services.evaluation_take_over))
BOOK.bind("evaluate_for_body", Evaluate, _marks(services.evaluation_for_body))
BOOK.bind("co_evaluate", Evaluate, _marks(services.evaluation_give))
BOOK.bind("change_evaluation", Evaluate, _marks(services.evaluation_change))
BOOK.bind("order_rehandling", Rehandle, _run(services.suggestion_rehandle))
BOOK.bind("escalate", Words, _run(services.suggestion_escalate))
BOOK.bind("track", NoInput, _run(services.suggestion_track))
BOOK.bind("give_proof", Proof, _run(services.promise_proof))
BOOK.bind("report_promise", Report, _run(services.promise_report))
BOOK.bind("confirm_promise", ConfirmPromise, _run(services.promise_confirm))
BOOK.bind("confirm_promise_for_lead", ConfirmPromise, _run(services.promise_confirm, for_lead=True))
BOOK.bind("close", MayNote, _run(services.suggestion_close, act="close"))
BOOK.bind("close_escalated", MayNote, _run(services.suggestion_close, act="close_escalated"))
BOOK.bind("archive", MayNote, _run(services.suggestion_close, act="archive"))
BOOK.bind("mark_key", MarkKey, _run(services.suggestion_mark))
BOOK.bind("unmark_key", Words, _run(services.suggestion_unmark))
BOOK.bind("refuse_express", MayNote, _run(services.express_refuse))
BOOK.bind("propose_publish", MayNote, _run(services.publication_propose))
BOOK.bind("publish", NoInput, _run(services.suggestion_publish))
BOOK.bind("unpublish", Words, _run(services.suggestion_unpublish))


@dataclass(frozen=True, slots=True)
class Offer:
    """An act open to the actor: on the suggestion itself, or on one unit's part of it."""

    action: OpenAction
    assignment: Assignment | None = None


def open_actions(actor: Actor, suggestion: Suggestion) -> list[Offer]:
    """Return every act open to the actor now, the suggestion's own first."""
    facts = facts_of(suggestion, actor)
    own = [
        OpenAction(row.act, row.input, SUGGESTION.refusal(suggestion.state, row.act.name, facts))
        for row in BOOK.open_for(actor, suggestion)
    ]
    offers = [Offer(action) for action in own]
    for part in assignments_of("suggestion", suggestion.id):
        offers += [Offer(action, part) for action in UNIT_BOOK.open_for(actor, part)]
    return offers


def perform(
    *, actor: Actor, suggestion: Suggestion, name: str, data: dict[str, Any], request_id: str | None
) -> Suggestion:
    """Carry out an act by name; `assignment` in the data names the unit's part where there are several."""
    if name not in SUGGESTION.acts and name in HANDLING.acts:
        _perform_on_part(actor, suggestion, name, dict(data), request_id)
    else:
        BOOK.perform(actor=actor, obj=suggestion, name=name, data=data, request_id=request_id)
    suggestion.refresh_from_db()
    return suggestion


def _perform_on_part(
    actor: Actor, suggestion: Suggestion, name: str, data: dict[str, Any], request_id: str | None
) -> None:
    wanted = str(data.pop("assignment", "") or "")
    parts = [part for part in assignments_of("suggestion", suggestion.id) if _fits(actor, part, name, wanted)]
    if not parts:
        raise Denied("您没有办理这一步的权限，或者这一步已经办过。")
    if len(parts) > 1:
        raise NotFound("有几个单位都可以办这一步，请指明 assignment。")
    form = UNIT_BOOK.form(name, data)
    services.suggestion_unit_act(actor=actor, assignment=parts[0], act=name, form=form, request_id=request_id)


def _fits(actor: Actor, part: Assignment, name: str, wanted: str) -> bool:
    if wanted and str(part.id) != wanted:
        return False
    return any(action.act.name == name for action in UNIT_BOOK.open_for(actor, part))
