"""The forms that a telephone sends home, field by field; what nobody knows is refused."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from lianxin.duties.models import Privacy
from lianxin.stations.models import Confirmed, Outcome

Words = Annotated[str, Field(max_length=1000)]
Short = Annotated[str, Field(max_length=80)]


class Sent(BaseModel):
    """What every form of the telephone refuses: fields that nobody knows."""

    model_config = ConfigDict(extra="forbid")


class Diary(Sent):
    """民情日记."""

    title: Short
    text: Words
    privacy: Privacy = Privacy.STATION
    tags: Short = ""


class Correction(Diary):
    """A diary that the platform holds, corrected on the telephone; `base` is the version it began with."""

    target: UUID
    base: Short


class Matter(Sent):
    """One thing heard on a visit."""

    text: Words
    opinion: bool = False


class FieldVisit(Sent):
    """走访."""

    pairing: UUID
    way: Short
    text: Words
    matters: list[Matter] = Field(default=[], max_length=5)
    return_on: date | None = None
    place: Short = ""
    diary: Diary | None = None


class Heard(Sent):
    """意见: what somebody said on the way."""

    text: Words
    village: Short = ""
    station: Short = ""
    category: Short = ""
    spot: Short = ""
    name: Short = ""
    phone: Short = ""


class Table(Heard):
    """接待: the same at the table of a reception day."""

    day: UUID
    outcome: Outcome
    confirmed: Confirmed
    words: Words = ""


class Deed(Sent):
    """办实事."""

    title: Short
    text: Words = ""
    people: int = Field(ge=0, le=1_000_000)
    field: Short


class Sheet(Sent):
    """巡查单: each line is in order or not; what is not has its words."""

    village: Short
    answers: dict[str, bool] = Field(max_length=40)
    problems: dict[str, Words] = Field(default={}, max_length=40)
    note: Words = ""


class Brought(BaseModel):
    """One record as sent: what it is, when it was made by the telephone's clock, and its form."""

    id: UUID
    kind: str = Field(max_length=20)
    on: date
    device_time: datetime
    data: dict[str, object]
