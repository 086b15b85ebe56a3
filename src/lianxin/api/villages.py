"""Operations on villages that govern themselves: what everybody reads, and the acts on texts and items."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Body, Router, Schema

from lianxin.api.doors import PAGE, MaybeBearer, actor_of, cursor, next_of, request_key
from lianxin.api.opinions import action_out
from lianxin.api.schemas import Actions, Done
from lianxin.charters import selectors as texts
from lianxin.charters.actions import BOOK as CHARTER_BOOK
from lianxin.charters.models import CharterText
from lianxin.charters.permissions import visible_to as charters_visible_to
from lianxin.common.errors import NotFound
from lianxin.common.writes import done_before
from lianxin.villages import selectors
from lianxin.villages.actions import BOOK as ITEM_BOOK
from lianxin.villages.models import DisclosureItem, VillageProfile
from lianxin.villages.permissions import items_visible_to

router = Router(tags=["村民自治"])


class CharterOut(Schema):
    """One version of a village's charter or covenant."""

    id: UUID
    village: str
    kind: str
    title: str
    number: int
    state: str
    effective_on: date | None
    filing_number: str


class ClauseOut(Schema):
    """One clause as it stands."""

    heading: str
    words: str


class CharterDetail(CharterOut):
    """A version with its clauses."""

    clauses: list[ClauseOut]


class Charters(Schema):
    """A page of versions."""

    items: list[CharterOut]
    next: str | None


class ItemOut(Schema):
    """One thing that a village has to publish."""

    id: UUID
    village: str
    kind: str
    what: str
    period: str
    due_on: date
    state: str
    published_on: date | None


class ItemDetail(ItemOut):
    """What a village has published, account and paper numbers hidden."""

    text: str
    table: list[list[str]]
    version: int


class Items(Schema):
    """A page of items."""

    items: list[ItemOut]
    next: str | None


class DecisionOut(Schema):
    """What a meeting has decided, and how it was carried out and shown; only totals of the vote."""

    id: UUID
    title: str
    decided_on: date | None
    shown_on: date | None
    present: int


class Decisions(Schema):
    """A village's latest decisions."""

    items: list[DecisionOut]
    next: str | None


@router.get("/villages/{code}/charters", response=Charters, auth=MaybeBearer(), summary="村里现行的章程公约")
def village_charters(request: HttpRequest, code: str) -> dict[str, Any]:
    """Return charter and covenant in force of a village, for everybody."""
    found = [shelf.current for shelf in texts.shelves(_village(code)) if shelf.current]
    return {"items": [_charter(row) for row in found], "next": None}


@router.get("/charters/{pk}/reading", response=CharterDetail, auth=MaybeBearer(), summary="读一份章程公约")
def charter_reading(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    """Return a version that is published or open for comments, clause by clause."""
    return _with_clauses(texts.readable(pk))


@router.get("/villages/{code}/accounts", response=Items, auth=MaybeBearer(), summary="村里公开的账目和事项")
def village_accounts(request: HttpRequest, code: str) -> dict[str, Any]:
    """Return what a village has published, the latest period first, at most a page."""
    return {"items": [_item(row) for row in selectors.published(_village(code))[:PAGE]], "next": None}


@router.get("/village-items/{pk}/reading", response=ItemDetail, auth=MaybeBearer(), summary="读一项公开")
def item_reading(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    """Return one published item as everybody may read it."""
    found = selectors.published_item(pk)
    version = found.version
    more = {"text": version.text, "table": version.table, "version": version.number}
    return {**_item(found.item), **more}


@router.get("/villages/{code}/decisions", response=Decisions, auth=MaybeBearer(), summary="村里议定的事")
def village_decisions(request: HttpRequest, code: str) -> dict[str, Any]:
    """Return what a village's meetings have decided."""
    rows = [
        {
            "id": row.id,
            "title": row.title,
            "decided_on": row.decided_on,
            "shown_on": row.shown_on,
            "present": row.meeting.present or 0,
        }
        for row in selectors.decisions_of(_village(code))
    ]
    return {"items": rows, "next": None}


@router.get("/charters", response=Charters, summary="章程公约各版本")
def charters(request: HttpRequest, village: str = "", state: str = "", after: str = "") -> dict[str, Any]:
    """List the versions that the actor may see, the newest first."""
    rows = charters_visible_to(actor_of(request)).order_by("-id")
    rows = rows.filter(division_code=village) if village else rows
    rows = rows.filter(state=state) if state else rows
    if mark := cursor(after):
        rows = rows.filter(id__lt=mark)
    found = list(rows[:PAGE])
    return {"items": [_charter(row) for row in found], "next": next_of(found)}


@router.get("/charters/{pk}", response=CharterDetail, summary="一份章程公约")
def charter(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    """Return a version that the actor may see, clause by clause."""
    return _with_clauses(texts.text_for(actor_of(request), pk))


@router.get("/charters/{pk}/actions", response=Actions, summary="可以办的事")
def charter_actions(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    """List the acts open to the actor on a version."""
    actor = actor_of(request)
    offers = CHARTER_BOOK.open_for(actor, texts.text_for(actor, pk))
    return {"items": [action_out(one.act, one.schema, one.refusal) for one in offers]}


@router.post(
    "/charters/{pk}/actions/{action}", response=Done, summary="办一步：征求意见、预审、表决、公布、备案"
)
def charter_act(request: HttpRequest, pk: UUID, action: str, data: Body[dict[str, Any]]) -> dict[str, Any]:
    """Perform one act on a version."""
    actor, key = actor_of(request), request_key(request)
    row = texts.text_for(actor, pk)
    if not done_before(actor, key):
        CHARTER_BOOK.perform(actor=actor, obj=row, name=action, data=data, request_id=key)
    row.refresh_from_db()
    return {"id": row.id, "state": row.state}


@router.get("/village-items", response=Items, summary="村务公开事项")
def items(request: HttpRequest, village: str = "", state: str = "", after: str = "") -> dict[str, Any]:
    """List the items that the actor may see, the newest first."""
    rows = items_visible_to(actor_of(request)).order_by("-id")
    rows = rows.filter(division_code=village) if village else rows
    rows = rows.filter(state=state) if state else rows
    if mark := cursor(after):
        rows = rows.filter(id__lt=mark)
    found = list(rows[:PAGE])
    return {"items": [_item(row) for row in found], "next": next_of(found)}


@router.get("/village-items/{pk}/actions", response=Actions, summary="可以办的事")
def item_actions(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    """List the acts open to the actor on an item."""
    actor = actor_of(request)
    offers = ITEM_BOOK.open_for(actor, selectors.item_for(actor, pk))
    return {"items": [action_out(one.act, one.schema, one.refusal) for one in offers]}


@router.post("/village-items/{pk}/actions/{action}", response=Done, summary="办一步：送审、审核、公开、更正")
def item_act(request: HttpRequest, pk: UUID, action: str, data: Body[dict[str, Any]]) -> dict[str, Any]:
    """Perform one act on an item."""
    actor, key = actor_of(request), request_key(request)
    row = selectors.item_for(actor, pk)
    if not done_before(actor, key):
        ITEM_BOOK.perform(actor=actor, obj=row, name=action, data=data, request_id=key)
    row.refresh_from_db()
    return {"id": row.id, "state": row.state}


def _village(code: str) -> str:
    if not VillageProfile.objects.filter(division_code=code).exists():
        raise NotFound("没有找到这个村、社区，请核对 12 位区划代码。")
    return code


def _charter(row: CharterText) -> dict[str, Any]:
    return {
        "id": row.id,
        "village": row.division_code,
        "kind": row.kind,
        "title": row.title,
        "number": row.number,
        "state": row.state,
        "effective_on": row.effective_on,
        "filing_number": row.filing_number,
    }


def _with_clauses(row: CharterText) -> dict[str, Any]:
    clauses = [{"heading": one.heading, "words": one.words} for one in texts.standing(row)]
    return {**_charter(row), "clauses": clauses}


def _item(row: DisclosureItem) -> dict[str, Any]:
    return {
        "id": row.id,
        "village": row.division_code,
        "kind": row.kind,
        "what": row.what,
        "period": row.period,
        "due_on": row.due_on,
        "state": row.state,
        "published_on": row.published_on,
    }
