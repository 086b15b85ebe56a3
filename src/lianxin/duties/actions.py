"""Joins the tables of records and pledges with the services that carry their acts out."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import BaseModel, Field

from lianxin.common.actions import ActionBook, NoInput
from lianxin.duties import services
from lianxin.duties.models import DutyPledge, DutyRecord
from lianxin.duties.permissions import may, may_pledge
from lianxin.duties.services.step import facts_of, pledge_facts
from lianxin.duties.workflow import DUTY, PLEDGE


class Reason(BaseModel):
    """Why."""

    reason: str = Field(title="理由", min_length=5, max_length=200)


class MaybeReason(BaseModel):
    """Why, if one wants to say it."""

    reason: str = Field("", title="原因（可不填）", max_length=200)


class Amend(BaseModel):
    """The record's words anew."""

    title: str = Field(title="一句话", min_length=2, max_length=80)
    text: str = Field("", title="正文", max_length=5000)
    privacy: str = Field("", title="谁能看到")
    values: dict[str, Any] = Field(default_factory=dict, title="本类的填写项")


class Heard(BaseModel):
    """What the beneficiary said by telephone or on paper."""

    done: bool = Field(title="办成了")
    way: str = Field(title="怎样确认的", pattern="^(phone|paper)$")
    words: str = Field("", title="原话（可不填）", max_length=200)


class CopyVerdict(BaseModel):
    """Whether a diary repeats another, and why."""

    is_copy: bool = Field(title="是重复的")
    reason: str = Field(title="理由", min_length=5, max_length=200)


class Said(BaseModel):
    """A few sentences."""

    text: str = Field(title="说明", min_length=5, max_length=500)


class NewPledge(BaseModel):
    """One item of the year's pledge."""

    item: str = Field(title="承诺做什么", min_length=5, max_length=120)
    due_on: date = Field(title="哪天以前")


def _facts(record: DutyRecord) -> object:
    return facts_of(record)


duty_book: ActionBook[DutyRecord] = ActionBook(DUTY, state=lambda record: record.state, facts=_facts, may=may)
pledge_book: ActionBook[DutyPledge] = ActionBook(
    PLEDGE, state=lambda pledge: pledge.state, facts=pledge_facts, may=may_pledge
)


def _amend(*, actor: Any, obj: DutyRecord, form: Amend, request_id: str | None) -> DutyRecord:
    return services.duty_amend(actor=actor, record=obj, request_id=request_id, **form.model_dump())


def _submit(*, actor: Any, obj: DutyRecord, form: NoInput, request_id: str | None) -> DutyRecord:
    return services.duty_submit(actor=actor, record=obj, request_id=request_id)


def _hear(*, actor: Any, obj: DutyRecord, form: Heard, request_id: str | None) -> DutyRecord:
    return services.beneficiary_hear(actor=actor, record=obj, request_id=request_id, **form.model_dump())


def _confirm(*, actor: Any, obj: DutyRecord, form: NoInput, request_id: str | None) -> DutyRecord:
    return services.duty_confirm(actor=actor, record=obj, request_id=request_id)


def _reject(*, actor: Any, obj: DutyRecord, form: Reason, request_id: str | None) -> DutyRecord:
    return services.duty_reject(actor=actor, record=obj, reason=form.reason, request_id=request_id)


def _judge(*, actor: Any, obj: DutyRecord, form: CopyVerdict, request_id: str | None) -> DutyRecord:
    return services.copy_judge(actor=actor, record=obj, request_id=request_id, **form.model_dump())


def _withdraw(*, actor: Any, obj: DutyRecord, form: MaybeReason, request_id: str | None) -> DutyRecord:
    return services.duty_withdraw(actor=actor, record=obj, reason=form.reason, request_id=request_id)


duty_book.bind("record", NoInput, _submit)
duty_book.bind("resubmit", NoInput, _submit)
duty_book.bind("amend", Amend, _amend)
duty_book.bind("hear_beneficiary", Heard, _hear)
duty_book.bind("confirm", NoInput, _confirm)
duty_book.bind("reject", Reason, _reject)
duty_book.bind("judge_copy", CopyVerdict, _judge)
duty_book.bind("withdraw", MaybeReason, _withdraw)


def _publish(*, actor: Any, obj: DutyPledge, form: NoInput, request_id: str | None) -> DutyPledge:
    return services.pledge_publish(actor=actor, pledge=obj, request_id=request_id)


def _note(*, actor: Any, obj: DutyPledge, form: Said, request_id: str | None) -> DutyPledge:
    return services.pledge_note(actor=actor, pledge=obj, text=form.text, request_id=request_id)


def _prove(*, actor: Any, obj: DutyPledge, form: Said, request_id: str | None) -> DutyPledge:
    return services.pledge_prove(actor=actor, pledge=obj, proof=form.text, request_id=request_id)


def _explain(*, actor: Any, obj: DutyPledge, form: Said, request_id: str | None) -> DutyPledge:
    return services.pledge_explain(actor=actor, pledge=obj, text=form.text, request_id=request_id)


def _fulfil(*, actor: Any, obj: DutyPledge, form: NoInput, request_id: str | None) -> DutyPledge:
    return services.pledge_fulfil(actor=actor, pledge=obj, request_id=request_id)


def _send_back(*, actor: Any, obj: DutyPledge, form: Reason, request_id: str | None) -> DutyPledge:
    return services.pledge_send_back(actor=actor, pledge=obj, reason=form.reason, request_id=request_id)


def _release(*, actor: Any, obj: DutyPledge, form: Reason, request_id: str | None) -> DutyPledge:
    return services.pledge_release(actor=actor, pledge=obj, reason=form.reason, request_id=request_id)


pledge_book.bind("publish", NoInput, _publish)
pledge_book.bind("half_year_note", Said, _note)
pledge_book.bind("give_proof", Said, _prove)
pledge_book.bind("explain", Said, _explain)
pledge_book.bind("fulfil", NoInput, _fulfil)
pledge_book.bind("send_back", Reason, _send_back)
pledge_book.bind("release", Reason, _release)
