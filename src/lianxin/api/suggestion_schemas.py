"""Shapes of the API about a suggestion: its draft, its units, its dates, its letters."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from lianxin.api.schemas import Strict


class PartOut(Schema):
    """A unit's part."""

    id: UUID
    unit: str
    unit_name: str
    mode: str
    state: str
    round: int
    reply_due_on: date | None


class SuggestionIn(Strict):
    """A new draft; `body` is the 12-digit code of one's own congress."""

    body: str = Field(min_length=12, max_length=12)
    title: str = Field(min_length=1, max_length=40)
    situation: str = Field(default="", max_length=4000)
    analysis: str = Field(default="", max_length=4000)
    proposal: str = Field(default="", max_length=4000)
    demands: list[str] = Field(default_factory=list, max_length=5)
    kind: Literal["suggestion", "criticism", "opinion"] = "suggestion"
    category: str = Field(default="", max_length=20)
    suggested_unit: str = Field(default="", max_length=40)
    agree_to_publish: bool = False
    confidential: bool = False
    wants_meeting: bool = False
    fast_track: bool = False
    fast_track_reason: str = Field(default="", max_length=200)
    what_is_new: str = Field(default="", max_length=1000)
    at_session: bool = False
    opinions: list[UUID] = Field(default_factory=list, max_length=30)


class SuggestionOut(Schema):
    """A suggestion in a list."""

    id: UUID
    number: str | None
    title: str
    level: str
    lead: str
    state: str
    outcome: str
    overall: str
    round: int
    submitted_on: date | None


class CommitmentOut(Schema):
    """A promise."""

    id: UUID
    item: str
    due_on: date
    state: str
    unit_code: str


class SuggestionEvaluationOut(Schema):
    """A deputy's evaluation of one round."""

    round: int
    is_lead: bool
    attitude: str
    result: str
    overall: str
    reasons: str
    demand_numbers: list[int]


class DeadlineOut(Schema):
    """A due date and how it was computed."""

    what: str
    rule: str
    start_on: date
    due_on: date
    provisional: bool
    trace: list[str]
    met_on: date | None


class LetterOut(Schema):
    """A version of an official letter, fixed by its checksum."""

    id: UUID
    kind: str
    version: int
    sha256: str
    signed_by: str
    created_at: datetime
    link: str


class LetterText(LetterOut):
    """What stands in a letter."""

    content: dict[str, Any]


class SuggestionDetail(SuggestionOut):
    """A suggestion with its parts."""

    situation: str
    analysis: str
    proposal: str
    demands: list[str]
    text_hash: str
    parts: list[PartOut]
    commitments: list[CommitmentOut]
    evaluations: list[SuggestionEvaluationOut]
    deadlines: list[DeadlineOut]
    letters: list[LetterOut]


class Suggestions(Schema):
    """A page of suggestions."""

    items: list[SuggestionOut]
    next: str | None = None
