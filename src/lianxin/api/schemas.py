"""Shapes of the API. No shape has a field for a resident's identity or query code but the resident's own."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field


class Strict(Schema):
    """An input that refuses fields it does not know."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class SignIn(Strict):
    """Name and password."""

    username: str = Field(max_length=40)
    password: str = Field(max_length=128)


class Token(Schema):
    """A bearer token."""

    token: str


class RoleOut(Schema):
    """A role held in a place; `unit` for those who speak for a handling unit."""

    role: str
    place: str
    unit: str


class Me(Schema):
    """The caller himself."""

    name: str
    roles: list[RoleOut]
    deputy: UUID | None = Field(description="本人作为代表的编号，别人邀请联名时用它；不是代表则为空")


class ContactIn(Strict):
    """How to reach the resident; all optional, never shown to a handling unit."""

    name: str = Field(default="", max_length=40)
    phone: str = Field(default="", max_length=30)
    call_back: bool = False


class OpinionIn(Strict):
    """What a resident says."""

    station: str = Field(max_length=16)
    text: str = Field(max_length=4000)
    village: str = Field(default="", max_length=12)
    category: str = Field(default="", max_length=20)
    public: bool = False
    insists: bool = Field(default=False, description="举报类内容：仍要在这里说，作为密件封存")
    contact: ContactIn | None = None


class GridEventIn(Strict):
    """An event of the grid platform."""

    source_ref: str = Field(min_length=1, max_length=60)
    station: str = Field(max_length=16)
    text: str = Field(max_length=4000)
    village: str = Field(default="", max_length=12)
    category: str = Field(default="", max_length=20)


class OpinionReceipt(Schema):
    """The resident's own receipt; the only answer that carries the code."""

    code: str
    number: str
    status: str
    advice: list[str] = []


class GridReceipt(Schema):
    """The machine's receipt."""

    number: str
    status: str


class StepOut(Schema):
    """One line of the timeline in plain words."""

    at: datetime
    title: str
    text: str


class OpinionByCode(Schema):
    """What a resident sees by the code; never identity."""

    number: str
    status: str
    station: str
    answer: str
    timeline: list[StepOut]
    may_evaluate: bool
    may_reopen: bool


class EvaluationIn(Strict):
    """The resident's view of the result."""

    rating: Literal["satisfied", "fair", "dissatisfied"]
    unresolved: bool = False
    text: str = Field(default="", max_length=500)


class StationOut(Schema):
    """A liaison station."""

    code: str
    name: str
    level: str
    town_code: str


class Stations(Schema):
    """A page of stations."""

    items: list[StationOut]
    next: str | None = None


class OpinionOut(Schema):
    """An opinion as staff may read it."""

    id: UUID
    number: str
    title: str
    text: str
    category: str
    channel: str
    station: str
    place: str
    state: str
    outcome: str
    received_at: datetime
    sort_due_on: date | None


class Opinions(Schema):
    """A page of opinions."""

    items: list[OpinionOut]
    next: str | None = None


class TextIn(Strict):
    """A text to compare."""

    text: str = Field(min_length=1, max_length=4000)


class SimilarOut(Schema):
    """A like matter; advice, a person decides."""

    number: str
    score: float
    common_terms: list[str]
    title: str
    id: UUID


class Similars(Schema):
    """Like matters, best first."""

    items: list[SimilarOut]
    next: str | None = None


class ActionOut(Schema):
    """An act open to this actor now: its fields as JSON Schema and its legal basis."""

    name: str
    verb: str
    basis: str
    confirm: str
    refusal: str | None
    target: UUID | None
    fields: dict[str, Any]


class Actions(Schema):
    """Open acts."""

    items: list[ActionOut]
    next: str | None = None


class Done(Schema):
    """The state after an act."""

    id: UUID
    state: str


class HitOut(Schema):
    """A search hit."""

    kind: str
    id: UUID
    number: str
    title: str


class Hits(Schema):
    """Search hits."""

    items: list[HitOut]
    next: str | None = None
