"""The acts on an activity, each with its form."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator

from lianxin.activities import services
from lianxin.activities.models import Activity
from lianxin.activities.permissions import may
from lianxin.activities.services.step import facts_of
from lianxin.activities.workflow import ACTIVITY
from lianxin.common import clock
from lianxin.common.actions import ActionBook, NoInput
from lianxin.common.actor import Actor


class Form(BaseModel):
    """A form that refuses fields it does not know."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Change(Form):
    """改时间地点."""

    place: str = Field(title="地点", min_length=2, max_length=80)
    starts_at: datetime = Field(title="开始时间")
    ends_at: datetime = Field(title="结束时间")

    @field_validator("starts_at", "ends_at")
    @classmethod
    def _in_china(cls, instant: datetime) -> datetime:
        return instant if instant.tzinfo else instant.replace(tzinfo=clock.SHANGHAI)


class Minutes(Form):
    """交纪要."""

    minutes: str = Field(title="纪要", min_length=10, max_length=4000)


class Reason(Form):
    """取消."""

    reason: str = Field(title="取消的原因（大家会看到）", min_length=2, max_length=200)


BOOK: ActionBook[Activity] = ActionBook(ACTIVITY, state=lambda row: row.state, facts=facts_of, may=may)


def _run(service: Any) -> Any:
    def run(*, actor: Actor, obj: Activity, form: BaseModel, request_id: str | None) -> Activity:
        given = {name: getattr(form, name) for name in type(form).model_fields}
        done: Activity = service(actor=actor, activity=obj, request_id=request_id, **given)
        return done

    return run


BOOK.bind("notify", NoInput, _run(services.activity_notify))
BOOK.bind("change", Change, _run(services.activity_change))
BOOK.bind("begin", NoInput, _run(services.activity_begin))
BOOK.bind("end", NoInput, _run(services.activity_end))
BOOK.bind("write_minutes", Minutes, _run(services.minutes_write))
BOOK.bind("cancel", Reason, _run(services.activity_cancel))
