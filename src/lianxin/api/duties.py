"""Operations on duties: kinds with their forms, records, pledges; the phone works offline on these."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Body, Router, Schema, Status
from pydantic import Field

from lianxin.api.doors import PAGE, actor_of, cursor, next_of, request_key
from lianxin.api.opinions import action_out
from lianxin.api.schemas import Actions, Done, Strict
from lianxin.common import clock
from lianxin.common.writes import done_before
from lianxin.duties import pledging, selectors, services
from lianxin.duties.actions import duty_book, pledge_book
from lianxin.duties.models import DutyPledge, DutyRecord, Privacy
from lianxin.duties.permissions import kinds_visible_to, pledges_visible_to, visible_to
from lianxin.duties.words import Words
from lianxin.people.actors import deputy_of

router = Router(tags=["代表履职"])


class KindOut(Schema):
    """A duty with its own fields and how it is counted."""

    slug: str
    name: str
    purpose: str
    basis: str
    mark: str
    cycle: str
    version: int
    self_entered: bool
    fields: list[dict[str, Any]]
    counting: dict[str, Any]


class Kinds(Schema):
    """All duties in force."""

    items: list[KindOut]
    next: str | None


class DutyIn(Strict):
    """One record; `values` are the kind's own fields, `device_time` is when it was written offline."""

    kind: str = Field(max_length=40)
    on: date
    title: str = Field(max_length=80)
    text: str = Field("", max_length=5000)
    privacy: Privacy = Privacy.STATION
    values: dict[str, Any] = Field(default_factory=dict)
    division_code: str = Field("", max_length=12)
    hours: float | None = None
    device_time: datetime | None = None
    draft: bool = False
    deputy: UUID | None = None


class DutyOut(Schema):
    """One record as its reader may see it."""

    id: UUID
    kind: str
    on: date
    title: str
    privacy: str
    state: str
    online: bool
    copy_state: str
    deputy: UUID


class DutyDetail(DutyOut):
    """One record with its words and whether it counts."""

    text: str
    values: dict[str, Any]
    hours: float | None
    counted: bool
    why: str


class Duties(Schema):
    """A page of records."""

    items: list[DutyOut]
    next: str | None


class PledgeIn(Strict):
    """One item of this year's pledge."""

    item: str = Field(max_length=120)
    due_on: date


class PledgeOut(Schema):
    """A pledge; `overdue` says 未兑现."""

    id: UUID
    deputy: UUID
    item: str
    due_on: date
    state: str
    overdue: bool
    explanation: str


class Pledges(Schema):
    """A page of pledges."""

    items: list[PledgeOut]
    next: str | None


@router.get("/duty-kinds", response=Kinds, summary="履职制度")
def kinds(request: HttpRequest) -> dict[str, Any]:
    """List the kinds in force with their forms and counting rules."""
    deputy = deputy_of(actor_of(request))
    first = kinds_visible_to(actor_of(request)).values_list("home6", flat=True).first() or ""
    rows = selectors.kinds_in_force(deputy.home6 if deputy else first)
    return {"items": list(rows), "next": None}


@router.get("/duties", response=Duties, summary="履职记录列表")
def duties(request: HttpRequest, kind: str = "", mine: bool = False, after: str = "") -> dict[str, Any]:
    """List the records that the actor may read, the newest first."""
    actor = actor_of(request)
    rows = visible_to(actor).select_related("kind", "deputy").order_by("-id")
    rows = rows.filter(kind__slug=kind) if kind else rows
    rows = rows.filter(deputy__account_id=actor.id) if mine and actor.id else rows
    if mark := cursor(after):
        rows = rows.filter(id__lt=mark)
    found = list(rows.select_related("sealed")[:PAGE])
    return {"items": [_out(row, selectors.own_words(actor.id, row)) for row in found], "next": next_of(found)}


@router.post("/duties", response={201: DutyOut}, summary="记一笔")
def record(request: HttpRequest, data: DutyIn) -> Status[dict[str, Any]]:
    """Write one thing down; an Idempotency-Key makes it safe to send again."""
    actor = actor_of(request)
    fields = data.model_dump(exclude={"deputy"})
    row = services.duty_record(actor=actor, deputy_id=data.deputy, request_id=request_key(request), **fields)
    row = selectors.duty_for(actor, row.pk)
    return Status(201, _out(row, selectors.own_words(actor.id, row)))


@router.get("/duties/{pk}", response=DutyDetail, summary="一条履职记录")
def duty(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    """Return one record with its words and its verdict."""
    actor = actor_of(request)
    row = selectors.duty_for(actor, pk)
    words, verdict = selectors.own_words(actor.id, row), selectors.verdict_of(row)
    more = {"text": words.text, "values": words.values, "hours": row.hours}
    return {**_out(row, words), **more, "counted": verdict.counted, "why": verdict.why}


@router.get("/duties/{pk}/actions", response=Actions, summary="可以办的事")
def duty_actions(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    """List the acts open to the actor on a record."""
    actor = actor_of(request)
    offers = duty_book.open_for(actor, selectors.duty_for(actor, pk))
    return {"items": [action_out(one.act, one.schema, one.refusal) for one in offers]}


@router.post("/duties/{pk}/actions/{action}", response=Done, summary="办一步")
def duty_act(request: HttpRequest, pk: UUID, action: str, data: Body[dict[str, Any]]) -> dict[str, Any]:
    """Perform one act on a record."""
    actor, key = actor_of(request), request_key(request)
    row = selectors.duty_for(actor, pk)
    if not done_before(actor, key):
        duty_book.perform(actor=actor, obj=row, name=action, data=data, request_id=key)
    row.refresh_from_db()
    return {"id": row.id, "state": row.state}


@router.get("/pledges", response=Pledges, summary="履职承诺")
def pledges(request: HttpRequest, mine: bool = False, after: str = "") -> dict[str, Any]:
    """List published pledges (and one's own drafts), the newest first."""
    actor = actor_of(request)
    rows = pledges_visible_to(actor).order_by("-id")
    rows = rows.filter(deputy__account_id=actor.id) if mine and actor.id else rows
    if mark := cursor(after):
        rows = rows.filter(id__lt=mark)
    found = list(rows[:PAGE])
    return {"items": [_pledge(row) for row in found], "next": next_of(found)}


@router.post("/pledges", response={201: PledgeOut}, summary="添一项承诺")
def pledge(request: HttpRequest, data: PledgeIn) -> Status[dict[str, Any]]:
    """Write one item of the year's pledge as a draft."""
    row = services.pledge_make(actor=actor_of(request), request_id=request_key(request), **data.model_dump())
    return Status(201, _pledge(row))


@router.get("/pledges/{pk}/actions", response=Actions, summary="可以办的事")
def pledge_actions(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    """List the acts open to the actor on a pledge."""
    actor = actor_of(request)
    offers = pledge_book.open_for(actor, pledging.pledge_for(actor, pk))
    return {"items": [action_out(one.act, one.schema, one.refusal) for one in offers]}


@router.post("/pledges/{pk}/actions/{action}", response=Done, summary="办一步")
def pledge_act(request: HttpRequest, pk: UUID, action: str, data: Body[dict[str, Any]]) -> dict[str, Any]:
    """Perform one act on a pledge."""
    actor, key = actor_of(request), request_key(request)
    row = pledging.pledge_for(actor, pk)
    if not done_before(actor, key):
        pledge_book.perform(actor=actor, obj=row, name=action, data=data, request_id=key)
    row.refresh_from_db()
    return {"id": row.id, "state": row.state}


def _out(row: DutyRecord, words: Words) -> dict[str, Any]:
    return {
        "id": row.id,
        "kind": row.kind.slug,
        "on": row.on,
        "title": words.title,
        "privacy": row.privacy,
        "state": row.state,
        "online": row.online,
        "copy_state": row.copy_state,
        "deputy": row.deputy_id,
    }


def _pledge(row: DutyPledge) -> dict[str, Any]:
    return {
        "id": row.id,
        "deputy": row.deputy_id,
        "item": row.item,
        "due_on": row.due_on,
        "state": row.state,
        "overdue": row.overdue(clock.today()),
        "explanation": row.explanation,
    }
