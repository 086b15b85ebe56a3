"""The acts on meeting requests and on bids for an honour, each with its form."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from lianxin.common.actions import ActionBook, NoInput
from lianxin.common.actor import Actor
from lianxin.duties.flows import excellence, meetings
from lianxin.duties.flows.meetings import Promised
from lianxin.duties.flows.permissions import may_bid, may_meeting
from lianxin.duties.flows.step import bid_facts, meeting_facts
from lianxin.duties.flows_workflow import EXCELLENCE, MEETING, MEETING_DERIVED
from lianxin.duties.models import ExcellenceBid, MeetingRequest

Ground = Literal["not_matter", "personal", "judicial", "commercial", "secret", "duplicate", "other"]


class Form(BaseModel):
    """A form that refuses fields it does not know."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class RequestForm(Form):
    """约见申请."""

    organ: str = Field(title="约见哪个单位", min_length=1, max_length=40)
    whom: str = Field(title="约见谁（职务）", min_length=2, max_length=40)
    topic: str = Field(title="约见什么事", min_length=5, max_length=60)
    question: str = Field(title="想问的问题", min_length=10, max_length=2000)
    joint: list[UUID] = Field(default_factory=list, title="一起约见的代表（可不选）", max_length=10)


class RejectForm(Form):
    """不予安排."""

    ground: Ground = Field(title="哪一种情形")
    words: str = Field(title="理由（代表会看到）", min_length=5, max_length=500)


class ScheduleForm(Form):
    """发约见函."""

    meet_on: date = Field(title="哪一天见面")
    place: str = Field(title="在哪里", min_length=2, max_length=60)


class PostponeForm(Form):
    """改期."""

    meet_on: date = Field(title="改到哪一天")
    reason: str = Field(title="理由（代表会看到）", min_length=2, max_length=500)


class PromiseForm(Form):
    """答应的事."""

    item: str = Field(title="答应了什么", min_length=4, max_length=120)
    due_on: date = Field(title="哪天兑现")
    person: str = Field(default="", title="谁负责", max_length=40)


class HoldForm(Form):
    """会面纪要."""

    came: Literal["head", "delegate"] = Field(title="谁到场")
    came_name: str = Field(title="到场人的姓名和职务", min_length=2, max_length=40)
    minutes: str = Field(title="纪要", min_length=10, max_length=5000)
    on_spot: bool = Field(default=False, title="当场答复完了，不用再书面答复")
    promises: list[PromiseForm] = Field(default_factory=list, title="答应的事", max_length=10)


class AnswerForm(Form):
    """书面答复."""

    answer: str = Field(title="书面答复", min_length=10, max_length=5000)


class RateForm(Form):
    """评价."""

    rating: Literal["satisfied", "basically_satisfied", "dissatisfied"] = Field(title="评价")
    words: str = Field(default="", title="想说的话", max_length=500)


class KeepForm(Form):
    """登记兑现."""

    promise: UUID = Field(title="哪一项")
    proof: str = Field(title="怎样兑现的", min_length=4, max_length=300)


class NominateForm(Form):
    """自荐."""

    statement: str = Field(title="主要事迹", min_length=20, max_length=2000)


class WordsForm(Form):
    """写明理由."""

    words: str = Field(title="理由", min_length=5, max_length=500)


class SaidForm(Form):
    """登记公示意见."""

    text: str = Field(title="意见", min_length=10, max_length=1000)
    came_by: Literal["visit", "phone", "letter", "deputy"] = Field(title="从哪里来的")


class SettleForm(Form):
    """处理意见."""

    objection: UUID = Field(title="哪一条")
    answer: str = Field(title="核实情况和处理", min_length=5, max_length=1000)


MEETINGS: ActionBook[MeetingRequest] = ActionBook(
    MEETING, state=lambda row: row.state, facts=meeting_facts, may=may_meeting
)
BIDS: ActionBook[ExcellenceBid] = ActionBook(
    EXCELLENCE, state=lambda row: row.state, facts=bid_facts, may=may_bid
)


def _run(service: Any) -> Any:
    def run(*, actor: Actor, obj: Any, form: BaseModel, request_id: str | None) -> Any:
        given = {name: getattr(form, name) for name in type(form).model_fields}
        return service(actor=actor, row=obj, request_id=request_id, **given)

    return run


def _hold(*, actor: Actor, obj: MeetingRequest, form: BaseModel, request_id: str | None) -> MeetingRequest:
    assert isinstance(form, HoldForm)
    promised = [Promised(one.item, one.due_on, one.person) for one in form.promises]
    return meetings.meeting_hold(
        actor=actor,
        row=obj,
        came=form.came,
        came_name=form.came_name,
        minutes=form.minutes,
        on_spot=form.on_spot,
        promises=promised,
        request_id=request_id,
    )


MEETINGS.bind("screen", NoInput, _run(meetings.meeting_screen))
MEETINGS.bind("reject", RejectForm, _run(meetings.meeting_reject))
MEETINGS.bind("schedule", ScheduleForm, _run(meetings.meeting_schedule))
MEETINGS.bind("postpone", PostponeForm, _run(meetings.meeting_postpone))
MEETINGS.bind("hold", HoldForm, _hold)
MEETINGS.bind("answer", AnswerForm, _run(meetings.meeting_answer))
MEETINGS.bind("rate", RateForm, _run(meetings.meeting_rate))
MEETINGS.bind("close", NoInput, _run(meetings.meeting_close))
MEETINGS.bind("keep_promise", KeepForm, _run(meetings.meeting_promise_keep))
assert MEETINGS.unbound() == MEETING_DERIVED
BIDS.bind("recommend", WordsForm, _run(excellence.excellence_recommend))
BIDS.bind("notice", NoInput, _run(excellence.excellence_notice))
BIDS.bind("object", SaidForm, _run(excellence.excellence_object))
BIDS.bind("settle", SettleForm, _run(excellence.excellence_settle))
BIDS.bind("confirm", NoInput, _run(excellence.excellence_confirm))
BIDS.bind("decline", WordsForm, _run(excellence.excellence_decline))
BIDS.bind("withdraw", NoInput, _run(excellence.excellence_withdraw))
assert BIDS.unbound() == set()
