"""The acts on a suggestion and on its units' parts, each with its form, for both doors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from lianxin.common.actions import ActionBook, NoInput, OpenAction
from lianxin.common.actor import Actor
from lianxin.common.errors import Denied, Invalid, NotFound
from lianxin.handling.actions import BOOK as UNIT_BOOK
from lianxin.handling.matters import Part
from lianxin.handling.models import Assignment
from lianxin.handling.selectors import assignments_of
from lianxin.handling.workflow import HANDLING, Mode
from lianxin.suggestions import services
from lianxin.suggestions.models import Suggestion
from lianxin.suggestions.permissions import may, visible_to
from lianxin.suggestions.rules import Rating, RejectReason
from lianxin.suggestions.services.step import facts_of
from lianxin.suggestions.workflow import SUGGESTION


class Form(BaseModel):
    """A form that refuses fields it does not know."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class DraftForm(Form):
    """建议正文."""

    title: str = Field(title="标题", min_length=1, max_length=40)
    situation: str = Field(default="", title="案由和情况", max_length=4000)
    analysis: str = Field(default="", title="分析", max_length=4000)
    proposal: str = Field(default="", title="具体建议", max_length=4000)
    demands: list[str] = Field(default_factory=list, title="诉求（逐条）", max_length=5)
    kind: Literal["suggestion", "criticism", "opinion"] = Field(default="suggestion", title="类型")
    category: str = Field(default="", title="类别", max_length=20)
    suggested_unit: str = Field(default="", title="建议承办单位", max_length=40)
    agree_to_publish: bool = Field(default=False, title="同意公开")
    confidential: bool = Field(default=False, title="请为我保密")
    wants_meeting: bool = Field(default=False, title="希望面商")
    fast_track: bool = Field(default=False, title="直通车")
    fast_track_reason: str = Field(default="", title="直通车理由", max_length=200)

    def draft(self) -> services.Draft:
        """Return what the deputy wrote."""
        given = {name: getattr(self, name) for name in type(self).model_fields if name != "seen_hash"}
        return services.Draft(**{**given, "demands": tuple(self.demands)})


class Edit(DraftForm):
    """修改."""

    seen_hash: str = Field(default="", title="看到的版本", max_length=64)

    def draft(self) -> services.Draft:
        """Return what the deputy wrote."""
        return DraftForm(**self.model_dump(exclude={"seen_hash"})).draft()


class Deputies(Form):
    """邀请联名."""

    deputies: list[UUID] = Field(title="代表", min_length=1, max_length=30)


class OneDeputy(Form):
    """移出联名."""

    deputy: UUID = Field(title="代表")


class Cosign(Form):
    """表态."""

    words: str = Field(default="", title="意见", max_length=200)
    seen_hash: str = Field(default="", title="看到的版本", max_length=64)


class Words(Form):
    """说明."""

    note: str = Field(title="说明", min_length=5, max_length=1000)


class MayNote(Form):
    """备注."""

    note: str = Field(default="", title="备注", max_length=1000)


class Reject(Form):
    """理由."""

    reason: RejectReason = Field(title="情形")
    words: str = Field(title="依据和说明", min_length=5, max_length=1000)


class Appeal(Form):
    """申诉."""

    words: str = Field(title="申诉理由", min_length=10, max_length=1000)


class Into(Form):
    """并案."""

    into: UUID = Field(title="并到哪一件")
    note: str = Field(title="理由", min_length=2, max_length=500)


class PartForm(Form):
    """一个承办单位."""

    unit: str = Field(title="单位（代码）", min_length=1, max_length=40)
    mode: Literal["sole", "main", "assist", "separate"] = Field(title="方式")
    scope: str = Field(default="", title="分工", max_length=500)


class Assign(Form):
    """交办."""

    parts: list[PartForm] = Field(title="承办单位", min_length=1, max_length=8)
    note: str = Field(default="", title="交办说明", max_length=500)


class Rehandle(Form):
    """重新办理."""

    note: str = Field(title="要求", min_length=5, max_length=1000)
    units: list[str] = Field(default_factory=list, title="改由哪些单位（不填为原单位）", max_length=6)


class Evaluate(Form):
    """评价."""

    attitude: Rating = Field(title="办理态度")
    result: Rating = Field(title="办理结果")
    reasons: str = Field(default="", title="不满意的原因", max_length=2000)
    demand_numbers: list[int] = Field(default_factory=list, title="没有办好的诉求序号", max_length=5)
    pressured: bool = Field(default=False, title="有人劝我改评价（只有办事机构看得到）")


class ChangeEvaluation(Form):
    """修改评价."""

    attitude: Rating = Field(title="办理态度")
    result: Rating = Field(title="办理结果")
    reasons: str = Field(default="", title="不满意的原因", max_length=2000)
    demand_numbers: list[int] = Field(default_factory=list, title="没有办好的诉求序号", max_length=5)


class Proof(Form):
    """兑现材料."""

    commitment: UUID = Field(title="承诺")
    proof: str = Field(title="怎样兑现的", min_length=5, max_length=2000)


class ConfirmPromise(Form):
    """确认兑现."""

    commitment: UUID = Field(title="承诺")
    fulfilled: bool = Field(title="已兑现")
    words: str = Field(default="", title="说明", max_length=500)


BOOK: ActionBook[Suggestion] = ActionBook(SUGGESTION, state=lambda row: row.state, facts=facts_of, may=may)


def _run(service: Any, **fixed: Any) -> Any:
    def run(*, actor: Actor, obj: Suggestion, form: BaseModel, request_id: str | None) -> Any:
        given = {name: getattr(form, name) for name in type(form).model_fields}
        given = {name: tuple(value) if name in TUPLES else value for name, value in given.items()}
        return service(actor=actor, suggestion=obj, request_id=request_id, **given, **fixed)

    return run


TUPLES = frozenset({"demand_numbers", "units"})


def _edit(*, actor: Actor, obj: Suggestion, form: BaseModel, request_id: str | None) -> Suggestion:
    assert isinstance(form, Edit)
    return services.suggestion_edit(
        actor=actor, suggestion=obj, draft=form.draft(), seen_hash=form.seen_hash, request_id=request_id
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
BOOK.bind("remove_cosigner", OneDeputy, _run(services.cosigner_remove))
BOOK.bind("cosign", Cosign, _run(services.cosign_answer, agree=True))
BOOK.bind("decline", Cosign, _run(services.cosign_answer, agree=False))
BOOK.bind("submit", NoInput, _run(services.suggestion_submit))
BOOK.bind("send_back", Reject, _run(services.suggestion_send_back))
BOOK.bind("propose_rejection", Reject, _run(services.suggestion_rejection_propose))
BOOK.bind("reject", NoInput, _run(services.suggestion_reject))
BOOK.bind("appeal", Appeal, _run(services.suggestion_appeal))
BOOK.bind("register", NoInput, _run(services.suggestion_register))
BOOK.bind("merge", Into, _merge)
BOOK.bind("withdraw", Words, _run(services.suggestion_withdraw))
BOOK.bind("assign", Assign, _assign)
BOOK.bind("evaluate", Evaluate, _run(services.evaluation_give))
BOOK.bind("co_evaluate", Evaluate, _run(services.evaluation_give))
BOOK.bind("change_evaluation", ChangeEvaluation, _run(services.evaluation_change))
BOOK.bind("order_rehandling", Rehandle, _run(services.suggestion_rehandle))
BOOK.bind("escalate", Words, _run(services.suggestion_escalate))
BOOK.bind("track", NoInput, _run(services.suggestion_track))
BOOK.bind("give_proof", Proof, _run(services.promise_proof))
BOOK.bind("confirm_promise", ConfirmPromise, _run(services.promise_confirm))
BOOK.bind("close", MayNote, _run(services.suggestion_close, act="close"))
BOOK.bind("close_escalated", MayNote, _run(services.suggestion_close, act="close_escalated"))
BOOK.bind("archive", MayNote, _run(services.suggestion_close, act="archive"))
BOOK.bind("mark_key", MayNote, _run(services.suggestion_mark, act="mark_key"))
BOOK.bind("refuse_express", MayNote, _run(services.suggestion_mark, act="refuse_express"))
BOOK.bind("publish", NoInput, _run(services.suggestion_publish))


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
    if name in HANDLING.acts:
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
