"""Operations on contacts (结对): own households, visits, relations, plans. No names, no telephones."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Body, Router, Schema, Status
from pydantic import Field

from lianxin.api.doors import PAGE, actor_of, cursor, next_of, request_key
from lianxin.api.opinions import action_out
from lianxin.api.schemas import Actions, Done, Strict
from lianxin.common.writes import done_before
from lianxin.contacts import selectors, services
from lianxin.contacts.actions import BOOK
from lianxin.contacts.models import ContactVisit, Kind, Pairing, Plan, VisitWay
from lianxin.contacts.permissions import is_contact_person
from lianxin.contacts.services import visit_words

router = Router(tags=["联系群众"])


class ContactOut(Schema):
    """Who contacts whom; a household is its number and place, a look at who it is stays with the pages."""

    id: UUID
    kind: str
    deputy: UUID
    cover: UUID | None
    target: str
    household: str
    place: str
    state: str
    valid_from: date | None
    last_contact_on: date | None


class Contacts(Schema):
    """A page of contacts."""

    items: list[ContactOut]
    next: str | None


class VisitIn(Strict):
    """One visit; what was heard goes to `matters`, at most five."""

    on: date
    way: VisitWay
    text: str = Field("", max_length=1000)
    matters: list[str] = Field(default_factory=list, max_length=5)
    return_on: date | None = None


class VisitOut(Schema):
    """One visit; its words are for the contact person only."""

    id: UUID
    on: date
    way: str
    text: str
    matters: int
    return_on: date | None


class Visits(Schema):
    """A page of visits."""

    items: list[VisitOut]
    next: str | None


class PlanOut(Schema):
    """One run of the assignment with its figures."""

    id: UUID
    kind: str
    place: str
    mode: str
    quota: int
    state: str
    figures: dict[str, Any]


class Plans(Schema):
    """A page of plans."""

    items: list[PlanOut]
    next: str | None


@router.get("/contacts", response=Contacts, summary="联系关系列表")
def contacts(request: HttpRequest, kind: Kind | None = None, after: str = "") -> dict[str, Any]:
    """List the contacts in force that the actor may see, the newest first."""
    rows = selectors.contacts_in_force(actor_of(request), kind=kind.value if kind else "")
    if mark := cursor(after):
        rows = rows.filter(id__lt=mark)
    found = list(rows[:PAGE])
    return {"items": [_out(row) for row in found], "next": next_of(found)}


@router.get("/contacts/mine", response=Contacts, summary="我联系的户")
def mine(request: HttpRequest) -> dict[str, Any]:
    """List one's own households, those longest not visited first."""
    rows = selectors.own_households(actor_of(request))
    return {"items": [_out(row) for row in rows[:PAGE]], "next": None}


@router.get("/contact-plans", response=Plans, summary="结对方案")
def plans(request: HttpRequest, after: str = "") -> dict[str, Any]:
    """List the plans of the places that the actor answers for, the newest first."""
    rows = selectors.plans_seen(actor_of(request))
    if mark := cursor(after):
        rows = rows.filter(id__lt=mark)
    found = list(rows[:PAGE])
    return {"items": [_plan(row) for row in found], "next": next_of(found)}


@router.get("/contacts/{pk}", response=ContactOut, summary="一对联系")
def contact(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    """Return one contact."""
    return _out(selectors.pairing_for(actor_of(request), pk))


@router.get("/contacts/{pk}/visits", response=Visits, summary="走访记录")
def visits(request: HttpRequest, pk: UUID, after: str = "") -> dict[str, Any]:
    """List the visits of one contact, the newest first."""
    actor = actor_of(request)
    row = selectors.pairing_for(actor, pk)
    found = selectors.visits_of(row)
    if mark := cursor(after):
        found = found.filter(id__lt=mark)
    rows, own = list(found[:PAGE]), is_contact_person(actor, row)
    return {"items": [_visit(one, row, own) for one in rows], "next": next_of(rows)}


@router.post("/contacts/{pk}/visits", response={201: VisitOut}, summary="记一次走访")
def record(request: HttpRequest, pk: UUID, data: VisitIn) -> Status[dict[str, Any]]:
    """Record one visit; an Idempotency-Key makes it safe to send again."""
    actor = actor_of(request)
    row = selectors.pairing_for(actor, pk)
    fields = data.model_dump()
    made = services.visit_record(actor=actor, pairing=row, request_id=request_key(request), **fields)
    return Status(201, _visit(selectors.visits_of(row).get(pk=made.pk), row, True))


@router.get("/contacts/{pk}/actions", response=Actions, summary="可以办的事")
def contact_actions(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    """List the acts open to the actor on a contact."""
    actor = actor_of(request)
    offers = BOOK.open_for(actor, selectors.pairing_for(actor, pk))
    return {"items": [action_out(one.act, one.schema, one.refusal) for one in offers]}


@router.post("/contacts/{pk}/actions/{action}", response=Done, summary="办一步")
def contact_act(request: HttpRequest, pk: UUID, action: str, data: Body[dict[str, Any]]) -> dict[str, Any]:
    """Perform one act on a contact."""
    actor, key = actor_of(request), request_key(request)
    row = selectors.pairing_for(actor, pk)
    if not done_before(actor, key):
        BOOK.perform(actor=actor, obj=row, name=action, data=data, request_id=key)
    row.refresh_from_db()
    return {"id": row.id, "state": row.state}


def _out(row: Pairing) -> dict[str, Any]:
    return {
        "id": row.id,
        "kind": row.kind,
        "deputy": row.deputy_id,
        "cover": row.cover_id,
        "target": row.target,
        "household": row.household.number if row.household else "",
        "place": row.division_code,
        "state": row.state,
        "valid_from": row.valid_from,
        "last_contact_on": row.last_contact_on,
    }


def _visit(one: ContactVisit, pairing: Pairing, own: bool) -> dict[str, Any]:
    one.pairing = pairing
    return {
        "id": one.id,
        "on": one.on,
        "way": one.way,
        "text": visit_words(one) if own else "",
        "matters": len(one.matters.all()),
        "return_on": one.return_on,
    }


def _plan(row: Plan) -> dict[str, Any]:
    return {
        "id": row.id,
        "kind": row.kind,
        "place": row.division_code,
        "mode": row.mode,
        "quota": row.quota,
        "state": row.state,
        "figures": row.figures,
    }
