"""Operations on sessions of a congress: the list, entering one, who came."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import AwareDatetime, Field

from lianxin.api.doors import PAGE, actor_of, cursor, next_of, request_key
from lianxin.api.schemas import Strict
from lianxin.congress import selectors, services
from lianxin.congress.models import CongressSession
from lianxin.congress.permissions import sessions_visible_to
from lianxin.congress.rules import Presence

router = Router(tags=["大会会议"])
ROLL_MOST = 600


class SessionOut(Schema):
    """One session; suggestions of the session are taken until `papers_until`."""

    id: UUID
    division_code: str
    level: str
    term: str
    ordinal: int
    name: str
    opens_on: date
    closes_on: date
    papers_until: datetime


class Sessions(Schema):
    """A page of sessions."""

    items: list[SessionOut]
    next: str | None


class SessionIn(Strict):
    """A session to come; its term is that of the seats on the first day."""

    division_code: str = Field(max_length=12)
    ordinal: int
    opens_on: date
    closes_on: date
    papers_until: AwareDatetime | None = Field(None, title="不填就收到闭幕那天为止")


class Marks(Strict):
    """Deputies' ids and whether each came; who is left out stays as he stands."""

    marks: dict[UUID, Presence] = Field(min_length=1, max_length=ROLL_MOST)


class Attended(Schema):
    """How many came, were on leave, were absent."""

    id: UUID
    counts: dict[str, int]


@router.get("/sessions", response=Sessions, summary="大会会议")
def sessions(request: HttpRequest, after: str = "") -> dict[str, Any]:
    """List the sessions of the congresses that the actor keeps, leads or sits in, the newest row first."""
    rows = sessions_visible_to(actor_of(request)).order_by("-id")
    if mark := cursor(after):
        rows = rows.filter(id__lt=mark)
    found = list(rows[:PAGE])
    return {"items": found, "next": next_of(found)}


@router.post("/sessions", response={201: SessionOut}, summary="登记一次会议")
def session_enter(request: HttpRequest, data: SessionIn) -> Status[CongressSession]:
    """Enter a session: from its first day deputies can file suggestions at it."""
    new = services.NewSession(data.ordinal, data.opens_on, data.closes_on, data.papers_until)
    made = services.session_enter(
        actor=actor_of(request), body=data.division_code, new=new, request_id=request_key(request)
    )
    return Status(201, made)


@router.get("/sessions/{pk}", response=SessionOut, summary="一次会议")
def session(request: HttpRequest, pk: UUID) -> CongressSession:
    """Return one session."""
    return selectors.session_for(actor_of(request), pk)


@router.post("/sessions/{pk}/attendance", response=Attended, summary="登记出席情况")
def attendance(request: HttpRequest, pk: UUID, data: Marks) -> dict[str, Any]:
    """Write down who came; only what differs from what stands is changed."""
    actor = actor_of(request)
    marks = {who: mark.value for who, mark in data.marks.items()}
    row = services.attendance_save(
        actor=actor,
        session=selectors.session_for(actor, pk),
        marks=marks,
        request_id=request_key(request),
    )
    return {"id": row.id, "counts": selectors.counts(row)}
