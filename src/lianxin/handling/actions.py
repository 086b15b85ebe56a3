"""The acts on a unit's part, each with its form; the API publishes the forms as JSON Schema."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from lianxin.common.actions import ActionBook
from lianxin.common.actor import Actor
from lianxin.handling import services
from lianxin.handling.facts import facts_of
from lianxin.handling.models import Assignment
from lianxin.handling.permissions import may
from lianxin.handling.rules import UrgingKind
from lianxin.handling.workflow import HANDLING


class Form(BaseModel):
    """A form that refuses fields it does not know."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Accept(Form):
    """签收."""

    officer: str = Field(title="经办人", min_length=1, max_length=40)
    leader: str = Field(title="分管负责人", min_length=1, max_length=40)
    phone: str = Field(default="", title="联系电话", max_length=30)


class AskReturn(Form):
    """申请退办."""

    reason: str = Field(title="退办理由", min_length=10, max_length=1000)
    proposed_unit: str = Field(title="建议承办单位（代码）", min_length=1, max_length=40)


class Note(Form):
    """说明."""

    note: str = Field(title="说明", min_length=2, max_length=1000)


class Plan(Form):
    """办理方案."""

    plan: str = Field(title="办理方案", min_length=5, max_length=2000)


class Text(Form):
    """内容."""

    text: str = Field(title="内容", min_length=5, max_length=4000)


class Contact(Form):
    """与代表沟通."""

    held_on: date = Field(title="日期")
    form: Literal["face_to_face", "visit", "seminar", "telephone", "video"] = Field(title="方式")
    persons: str = Field(title="参加人", min_length=1, max_length=120)
    deputy_view: str = Field(title="代表意见", min_length=2, max_length=2000)


class Confirm(Form):
    """确认沟通."""

    happened: bool = Field(title="确有沟通")
    note: str = Field(default="", title="说明", max_length=500)


class AskExtension(Form):
    """申请延期."""

    reason: str = Field(title="延期理由", min_length=10, max_length=1000)
    plan: str = Field(title="办理安排", min_length=5, max_length=2000)
    until: date = Field(title="新的答复日期")


class Opinion(Form):
    """协办意见."""

    opinion: str = Field(title="协办意见", min_length=5, max_length=4000)


class ReplyForm(Form):
    """答复函."""

    reply_class: Literal["A", "B", "C", "D"] = Field(title="结果类别")
    answers: list[str] = Field(title="逐条答复", min_length=1, max_length=20)
    opening: str = Field(default="", title="开头", max_length=500)
    promise_text: str = Field(default="", title="承诺事项（B 类）", max_length=500)
    promise_due: date | None = Field(default=None, title="完成时限（B 类）")
    promise_person: str = Field(default="", title="责任人（B 类）", max_length=40)
    reason: str = Field(default="", title="理由和依据（C、D 类）", max_length=2000)
    contact_person: str = Field(default="", title="联系人", max_length=40)
    contact_phone: str = Field(default="", title="联系电话", max_length=30)
    publish_level: Literal["", "public", "on_request", "not_public"] = Field(default="", title="公开属性")
    publish_reason: str = Field(default="", title="不予公开的理由", max_length=500)


class Sign(Form):
    """签发."""

    version: int = Field(title="看过的是第几稿", ge=1)


class Correct(Form):
    """更正答复."""

    note: str = Field(title="更正原因", min_length=5, max_length=500)
    answers: list[str] = Field(title="逐条答复", min_length=1, max_length=20)


class Urge(Form):
    """催办."""

    kind: UrgingKind = Field(title="方式")
    reason: str = Field(title="理由", min_length=5, max_length=500)


BOOK: ActionBook[Assignment] = ActionBook(HANDLING, state=lambda part: part.state, facts=facts_of, may=may)


def _run(service: Any, **fixed: Any) -> Any:
    def run(*, actor: Actor, obj: Assignment, form: BaseModel, request_id: str | None) -> Assignment:
        given = {name: getattr(form, name) for name in type(form).model_fields}
        done: Assignment = service(actor=actor, assignment=obj, request_id=request_id, **given, **fixed)
        return done

    return run


def _draft(*, actor: Actor, obj: Assignment, form: BaseModel, request_id: str | None) -> Assignment:
    given = form.model_dump()
    draft = services.ReplyDraft(**{**given, "answers": tuple(given["answers"])})
    return services.reply_draft(actor=actor, assignment=obj, draft=draft, request_id=request_id)


BOOK.bind("accept", Accept, _run(services.accept))
BOOK.bind("request_return", AskReturn, _run(services.return_request))
BOOK.bind("approve_return", Note, _run(services.return_decide, agree=True))
BOOK.bind("refuse_return", Note, _run(services.return_decide, agree=False))
BOOK.bind("start", Plan, _run(services.start))
BOOK.bind("record_progress", Text, _run(services.progress_record))
BOOK.bind("record_contact", Contact, _run(services.contact_record))
BOOK.bind("confirm_contact", Confirm, _run(services.contact_confirm))
BOOK.bind("request_extension", AskExtension, _run(services.extension_request))
BOOK.bind("approve_extension", Note, _run(services.extension_decide, agree=True))
BOOK.bind("refuse_extension", Note, _run(services.extension_decide, agree=False))
BOOK.bind("give_opinion", Opinion, _run(services.opinion_give))
BOOK.bind("draft_reply", ReplyForm, _draft)
BOOK.bind("send_back_draft", Note, _run(services.reply_send_back))
BOOK.bind("sign_reply", Sign, _run(services.reply_sign))
BOOK.bind("correct_reply", Correct, _run(services.reply_correct))
BOOK.bind("urge", Urge, _run(services.urge))


def perform(*, actor: Actor, assignment: Assignment, act: str, form: BaseModel) -> Assignment:
    """Perform any act of the table with its checked form, inside the upper room's transaction."""
    done: Assignment = BOOK.perform(
        actor=actor, obj=assignment, name=act, data=form.model_dump(), request_id=None
    )
    return done
