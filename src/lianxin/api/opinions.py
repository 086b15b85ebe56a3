"""Operations on opinions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Body, Router, Status

from lianxin.api.choices import choices_of_opinion, with_choices
from lianxin.api.doors import (
    PAGE,
    MaybeBearer,
    actor_of,
    address_of,
    browser_token,
    cursor,
    next_of,
    own_token,
    request_key,
    residents_key,
)
from lianxin.api.schemas import (
    Actions,
    Done,
    EvaluationIn,
    GridEventIn,
    GridReceipt,
    OpinionByCode,
    OpinionIn,
    OpinionOut,
    OpinionReceipt,
    Opinions,
    Similars,
    TextIn,
)
from lianxin.common.actor import RESIDENT, Actor, Role
from lianxin.common.errors import Denied
from lianxin.common.workflow import Workflow
from lianxin.common.writes import done_before
from lianxin.opinions import selectors, services
from lianxin.opinions.actions import BOOK
from lianxin.opinions.models import Channel, Opinion
from lianxin.opinions.rules import emergency_numbers
from lianxin.opinions.services import Said
from lianxin.opinions.services.step import facts_of
from lianxin.opinions.workflow import OPINION
from lianxin.regions.selectors import place_name, station_by_code

router = Router(tags=["民情"])


@router.post("/opinions", response={201: OpinionReceipt}, auth=MaybeBearer(), summary="说件事")
def say(request: HttpRequest, data: OpinionIn) -> Status[dict[str, Any]]:
    """Take in what a resident says; staff with a token enter it on his behalf (代录)."""
    actor = actor_of(request)
    staff = actor is not RESIDENT
    contact = data.contact
    said = Said(
        text=data.text,
        village=data.village,
        category=data.category,
        may_publish=data.public,
        insists_sealed=data.insists,
        name=contact.name if contact else "",
        phone=contact.phone if contact else "",
        call_back=contact.call_back if contact else False,
    )
    done = services.opinion_submit(
        actor=actor,
        station=station_by_code(data.station),
        said=said,
        request_id=request_key(request) if staff else residents_key(request),
        channel=Channel.ON_BEHALF if staff else Channel.WEB,
        browser_token="" if staff else own_token(request),
    )
    status = selectors.plain_state(done.opinion)
    return Status(
        201,
        {
            "code": done.code,
            "number": done.opinion.number,
            "status": status,
            "advice": emergency_numbers(data.text),
        },
    )


@router.post("/grid-events", response={201: GridReceipt}, summary="网格平台事件")
def grid_event(request: HttpRequest, data: GridEventIn) -> Status[dict[str, str]]:
    """Take in an event of the grid platform; the same `source_ref` twice gives the first one."""
    actor = actor_of(request)
    if not actor.has(Role.GRID_WORKER, Role.KEEPER):
        raise Denied("只有网格员或联络员的令牌可以送入网格事件。")
    said = Said(text=data.text, village=data.village, category=data.category, source_ref=data.source_ref)
    known = services.event_take_in(
        actor=actor, station=station_by_code(data.station), said=said, request_id=request_key(request)
    )
    return Status(201, {"number": known.number, "status": selectors.plain_state(known)})


@router.get("/opinions/by-code/{code}", response=OpinionByCode, auth=MaybeBearer(), summary="查进度")
def by_code(request: HttpRequest, code: str) -> dict[str, Any]:
    """Return status and timeline in plain words, never identity."""
    opinion = _opinion_of(request, code)
    return _by_code(opinion)


@router.post(
    "/opinions/by-code/{code}/evaluation", response=OpinionByCode, auth=MaybeBearer(), summary="评价"
)
def evaluate(request: HttpRequest, code: str, data: EvaluationIn) -> dict[str, Any]:
    """Take the resident's view of the result."""
    opinion = _opinion_of(request, code)
    services.opinion_evaluate(
        actor=RESIDENT, opinion=opinion, request_id=residents_key(request, opinion.id), **data.model_dump()
    )
    return _by_code(opinion)


@router.post(
    "/opinions/by-code/{code}/reopening", response=OpinionByCode, auth=MaybeBearer(), summary="再办一次"
)
def reopen(request: HttpRequest, code: str, data: TextIn) -> dict[str, Any]:
    """Ask once for the matter to be handled again."""
    opinion = _opinion_of(request, code)
    services.opinion_reopen(
        actor=RESIDENT, opinion=opinion, text=data.text, request_id=residents_key(request, opinion.id)
    )
    return _by_code(opinion)


@router.get("/opinions", response=Opinions, summary="民情列表")
def opinions(
    request: HttpRequest, state: str = "", category: str = "", tab: str = "", after: str = ""
) -> dict[str, Any]:
    """List what the actor may see, the newest first."""
    actor = actor_of(request)
    rows = selectors.opinions_page(
        actor, state=state, category=category, tab=tab, after=cursor(after), limit=PAGE
    )
    return {"items": [_out(actor, row) for row in rows], "next": next_of(rows)}


@router.post("/opinions/similar", response=Similars, summary="相似的民情")
def similar_text(request: HttpRequest, data: TextIn) -> dict[str, Any]:
    """List like matters, best first; advice, a person decides."""
    actor = _staff(request)
    return {"items": [_match(match) for match in selectors.similar_for(actor, data.text)]}


@router.get("/opinions/{pk}", response=OpinionOut, summary="一件民情")
def opinion(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    """Return one opinion as the actor may read it."""
    actor = actor_of(request)
    return _out(actor, selectors.opinion_for(actor, pk))


@router.get("/opinions/{pk}/similar", response=Similars, summary="与它相似的")
def similar(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    """List matters like this one."""
    actor = actor_of(request)
    row = selectors.opinion_for(actor, pk)
    return {
        "items": [
            _match(match)
            for match in selectors.similar_for(
                actor, row.outgoing_text, exclude=(row.id,), near=row.division_code
            )
        ]
    }


@router.get("/opinions/{pk}/actions", response=Actions, summary="可以办的事")
def actions(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    """List the acts open to the actor now, with their fields and legal basis."""
    actor = actor_of(request)
    row = selectors.opinion_for(actor, pk)
    choices = choices_of_opinion(row)
    return {
        "items": [
            action_out(offer.act, with_choices(offer.schema, choices), offer.refusal)
            for offer in BOOK.open_for(actor, row)
        ]
    }


@router.post("/opinions/{pk}/actions/{action}", response=Done, summary="办一步")
def act(request: HttpRequest, pk: UUID, action: str, data: Body[dict[str, Any]]) -> dict[str, Any]:
    """Perform one act."""
    actor = actor_of(request)
    row = selectors.opinion_for(actor, pk)
    key = request_key(request)
    if not done_before(actor, key):
        BOOK.perform(actor=actor, obj=row, name=action, data=data, request_id=key)
    row.refresh_from_db()
    return {"id": row.id, "state": row.state}


def action_out(
    act: Any, schema: dict[str, Any], refusal: str | None, target: UUID | None = None
) -> dict[str, Any]:
    """Return an open act as the API describes it."""
    return {
        "name": act.name,
        "verb": act.verb,
        "basis": act.basis,
        "confirm": act.confirm,
        "refusal": refusal,
        "target": target,
        "fields": schema,
    }


def _out(actor: Actor, row: Opinion) -> dict[str, Any]:
    return {
        "id": row.id,
        "number": row.number,
        "title": row.title,
        "text": selectors.text_for(actor, row),
        "category": row.category,
        "channel": row.channel,
        "station": row.station.code,
        "place": place_name(row.division_code),
        "state": row.state,
        "outcome": row.outcome,
        "received_at": row.received_at,
        "sort_due_on": row.sort_due_on,
    }


def _match(match: Any) -> dict[str, Any]:
    return {
        "number": match.number,
        "score": match.score,
        "common_terms": match.common_terms,
        "title": match.title,
        "id": match.object_id,
    }


def _opinion_of(request: HttpRequest, code: str) -> Opinion:
    return selectors.opinion_by_code(code, browser_token=browser_token(request), address=address_of(request))


def _by_code(opinion: Opinion) -> dict[str, Any]:
    return {
        "number": opinion.number,
        "status": selectors.plain_state(opinion),
        "station": opinion.station.name,
        "answer": opinion.answer if opinion.state in {"fed_back", "rated", "closed"} else "",
        "timeline": [
            {"at": step.at, "title": step.title, "text": step.text}
            for step in selectors.public_steps(opinion)
        ],
        "may_evaluate": _open(OPINION, opinion, "evaluate"),
        "may_reopen": _open(OPINION, opinion, "reopen"),
    }


def _open(table: Workflow, opinion: Opinion, act: str) -> bool:
    return table.refusal(opinion.state, act, facts_of(opinion)) is None


def _staff(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not actor.has(Role.KEEPER, Role.GRID_WORKER, Role.DEPUTY, Role.PRESIDIUM, Role.OFFICE):
        raise Denied("只有联络站、代表和人大工作人员可以查相似的民情。")
    return actor
