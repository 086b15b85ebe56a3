"""The acts on a yearly file, each with its form."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from lianxin.common.actions import ActionBook, NoInput
from lianxin.common.actor import Actor
from lianxin.duties.assessing import deciding, files, objections
from lianxin.duties.assessing.permissions import may
from lianxin.duties.assessing.step import facts_of
from lianxin.duties.assessment_workflow import ASSESSMENT, DERIVED
from lianxin.duties.models import YearlyFile

ResultName = Literal["excellent", "competent", "basically_competent", "not_competent"]
GroundName = Literal["", "absence", "report", "contact", "promise", "discipline", "other"]


class Form(BaseModel):
    """A form that refuses fields it does not know."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class ObjectForm(Form):
    """提出异议."""

    item: str = Field(title="对哪一项有异议", min_length=1, max_length=30)
    reason: str = Field(title="理由", min_length=10, max_length=1000)
    evidence: list[str] = Field(default_factory=list, title="证据（从您的记录里选，最多 5 项）", max_length=5)


class AnswerForm(Form):
    """答复异议."""

    objection: UUID = Field(title="哪一条异议")
    upheld: bool = Field(title="采纳还是不采纳")
    answer: str = Field(title="答复理由（代表会看到）", min_length=10, max_length=1000)


class CommentForm(Form):
    """小组意见."""

    words: str = Field(title="小组意见（代表会看到）", min_length=10, max_length=1000)


class DecideForm(Form):
    """审定."""

    result: ResultName = Field(title="结果")
    reason: str = Field(title="理由（代表会看到）", min_length=10, max_length=1000)
    ground: GroundName = Field(default="", title="得分以外的依据（基本称职、不称职必选）")
    good: list[str] = Field(default_factory=list, title="由人认定的五好")


class ReasonForm(Form):
    """写明情况."""

    reason: str = Field(title="写明情况", min_length=10, max_length=500)


BOOK: ActionBook[YearlyFile] = ActionBook(ASSESSMENT, state=lambda row: row.state, facts=facts_of, may=may)


def _run(service: Any) -> Any:
    def run(*, actor: Actor, obj: YearlyFile, form: BaseModel, request_id: str | None) -> Any:
        given = {name: getattr(form, name) for name in type(form).model_fields}
        return service(actor=actor, file=obj, request_id=request_id, **given)

    return run


BOOK.bind("generate", NoInput, _run(files.file_generate))
BOOK.bind("confirm", NoInput, _run(files.file_confirm))
BOOK.bind("object", ObjectForm, _run(objections.file_object))
BOOK.bind("answer", AnswerForm, _run(objections.objection_answer))
BOOK.bind("comment", CommentForm, _run(deciding.file_comment))
BOOK.bind("decide", DecideForm, _run(deciding.file_decide))
BOOK.bind("sign", NoInput, _run(deciding.file_sign))
BOOK.bind("archive", ReasonForm, _run(deciding.file_archive))
BOOK.bind("reopen", ReasonForm, _run(deciding.file_reopen))
assert BOOK.unbound() == DERIVED
