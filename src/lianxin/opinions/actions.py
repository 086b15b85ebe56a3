"""The acts on an opinion, each with its form."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from lianxin.common.actions import ActionBook, NoInput
from lianxin.common.actor import Actor, ActorKind
from lianxin.common.errors import Invalid
from lianxin.opinions import services
from lianxin.opinions.models import Opinion
from lianxin.opinions.permissions import may, visible_to
from lianxin.opinions.services.step import facts_of
from lianxin.opinions.workflow import OPINION
from lianxin.regions.selectors import station_by_code


class Form(BaseModel):
    """A form that refuses fields it does not know."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Words(Form):
    """说明（群众会看到）."""

    note: str = Field(title="说明（群众会看到）", min_length=5, max_length=500)


class MayNote(Form):
    """备注."""

    note: str = Field(default="", title="备注", max_length=500)


class Text(Form):
    """内容."""

    text: str = Field(title="内容", min_length=5, max_length=2000)


class Units(Form):
    """转办."""

    units: list[str] = Field(title="承办单位（代码）", min_length=1, max_length=6)
    note: str = Field(default="", title="转办说明", max_length=500)


class Others(Form):
    """合并."""

    lead: UUID = Field(title="并到哪一件")
    reason: str = Field(title="理由", min_length=2, max_length=200)


class Reason(Form):
    """理由."""

    reason: str = Field(title="理由", min_length=2, max_length=200)


class Persons(Form):
    """登记「我也一样」."""

    persons: int = Field(title="来站登记的人数", ge=1, le=50)


class Stations(Form):
    """会商."""

    stations: list[str] = Field(title="一起商量的联络站（代码）", min_length=1, max_length=6)
    note: str = Field(title="商量什么", min_length=5, max_length=500)


class Rating(Form):
    """评价."""

    rating: Literal["satisfied", "fair", "dissatisfied"] = Field(title="满意、一般、不满意")
    unresolved: bool = Field(default=False, title="问题其实没有解决")
    text: str = Field(default="", title="想说的话", max_length=500)


class Down(Form):
    """下派."""

    to: str = Field(title="下级联络站（代码）", min_length=1, max_length=16)
    note: str = Field(title="说明", min_length=2, max_length=500)


BOOK: ActionBook[Opinion] = ActionBook(OPINION, state=lambda row: row.state, facts=facts_of, may=may)


def _run(service: Any, **fixed: Any) -> Any:
    def run(*, actor: Actor, obj: Opinion, form: BaseModel, request_id: str | None) -> Any:
        given = {name: getattr(form, name) for name in type(form).model_fields}
        return service(actor=actor, opinion=obj, request_id=request_id, **given, **fixed)

    return run


def _merge(*, actor: Actor, obj: Opinion, form: BaseModel, request_id: str | None) -> Opinion:
    assert isinstance(form, Others)
    lead = visible_to(actor).select_related("station").filter(pk=form.lead).first()
    if lead is None:
        raise Invalid("没有找到要并到的那一件。", fields={"lead": "请从相似的民情里选。"})
    services.opinions_merge(actor=actor, lead=lead, others=[obj], reason=form.reason, request_id=request_id)
    return obj


def _consult(*, actor: Actor, obj: Opinion, form: BaseModel, request_id: str | None) -> Opinion:
    assert isinstance(form, Stations)
    stations = [station_by_code(code) for code in form.stations]
    return services.opinion_consult(
        actor=actor, opinion=obj, stations=stations, note=form.note, request_id=request_id
    )


def _send_down(*, actor: Actor, obj: Opinion, form: BaseModel, request_id: str | None) -> Opinion:
    assert isinstance(form, Down)
    to = station_by_code(form.to)
    return services.opinion_send_down(actor=actor, opinion=obj, to=to, note=form.note, request_id=request_id)


for _name, _form in (
    ("accept", MayNote),
    ("ask_more", Words),
    ("take_up", MayNote),
    ("offer", MayNote),
    ("to_project", MayNote),
    ("guide", Words),
    ("refuse", Words),
    ("report_urgent", Words),
    ("go_on", MayNote),
    ("take_back", MayNote),
    ("publish", MayNote),
    ("unpublish", MayNote),
):
    BOOK.bind(_name, _form, _run(services.opinion_move, act=_name))
BOOK.bind("check_outgoing", Text, _run(services.opinion_outgoing_check))
BOOK.bind("write_down", Text, _run(services.voice_write_down))
BOOK.bind("answer", Text, _run(services.opinion_answer))
BOOK.bind("transfer", Units, _run(services.opinion_transfer))
BOOK.bind("merge", Others, _merge)
BOOK.bind("unmerge", Reason, _run(services.opinion_unmerge))
BOOK.bind("escalate", Words, _run(services.opinion_escalate))
BOOK.bind("send_down", Down, _send_down)
BOOK.bind("consult", Stations, _consult)
BOOK.bind("give_view", Text, _run(services.opinion_give_view))
BOOK.bind("register_support", Persons, _run(services.opinion_support_register))
BOOK.bind("feed_back", Text, _run(services.opinion_feed_back))
BOOK.bind("close", NoInput, _run(services.opinion_close))


def _resident(actor: Actor, act: str, opinion: Opinion) -> bool:
    """The holder of the query code, and nobody else; the door has found the opinion by its code."""
    return actor.kind is ActorKind.RESIDENT


CODE_BOOK: ActionBook[Opinion] = ActionBook(
    OPINION, state=lambda row: row.state, facts=facts_of, may=_resident
)
CODE_BOOK.bind("evaluate", Rating, _run(services.opinion_evaluate))
CODE_BOOK.bind("reopen", Text, _run(services.opinion_reopen))
CODE_BOOK.bind("give_more", Text, _run(services.opinion_give_more))
CODE_BOOK.bind("withdraw", NoInput, _run(services.opinion_withdraw))
