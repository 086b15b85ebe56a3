"""Operations on suggestions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Body, Router, Status

from lianxin.api.choices import choices_of_part, choices_of_suggestion, with_choices
from lianxin.api.doors import PAGE, MaybeBearer, actor_of, cursor, next_of, request_key
from lianxin.api.opinions import action_out
from lianxin.api.schemas import Actions, Done
from lianxin.api.suggestion_schemas import (
    LetterText,
    SuggestionDetail,
    SuggestionIn,
    SuggestionOut,
    Suggestions,
)
from lianxin.common.errors import NotFound
from lianxin.common.writes import done_before
from lianxin.documents.models import LetterVersion
from lianxin.handling.models import Assignment
from lianxin.handling.selectors import assignments_of, deadlines_of
from lianxin.people.selectors import organ_name
from lianxin.suggestions import actions as acts
from lianxin.suggestions import selectors, services
from lianxin.suggestions.models import Suggestion

router = Router(tags=["代表建议"])


@router.get("/suggestions", response=Suggestions, auth=MaybeBearer(), summary="建议列表")
def suggestions(
    request: HttpRequest, state: str = "", tab: str = "", mine: bool = False, after: str = ""
) -> dict[str, Any]:
    """List what the actor may see, the newest first; without a token the published ones."""
    rows = selectors.suggestions_page(
        actor_of(request), state=state, tab=tab, mine=mine, after=cursor(after), limit=PAGE
    )
    return {"items": [_out(row) for row in rows], "next": next_of(rows)}


@router.post("/suggestions", response={201: SuggestionOut}, summary="起草建议")
def draft(request: HttpRequest, data: SuggestionIn) -> Status[dict[str, Any]]:
    """Begin a draft; only a deputy may, for his own congress."""
    fields = data.model_dump(exclude={"body", "opinions"})
    row = services.suggestion_draft(
        actor=actor_of(request),
        body_code=data.body,
        opinions=tuple(data.opinions),
        request_id=request_key(request),
        draft=services.Draft(**{**fields, "demands": tuple(data.demands)}),
    )
    return Status(201, _out(row))


@router.get("/suggestions/{pk}", response=SuggestionDetail, auth=MaybeBearer(), summary="一件建议")
def suggestion(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    """Return one suggestion with its units' parts."""
    actor = actor_of(request)
    row = selectors.suggestion_for(actor, pk)
    inside = selectors.takes_part(actor, row)
    return {
        **_out(row),
        "situation": row.situation,
        "analysis": row.analysis,
        "proposal": row.proposal,
        "demands": row.demands,
        "text_hash": row.text_hash,
        "commitments": list(row.commitments.all()),
        "evaluations": selectors.evaluations_for(actor, row) if inside else [],
        "deadlines": deadlines_of("suggestion", row.id) if inside else [],
        "letters": [_letter(row, letter) for letter in selectors.letters_for(actor, row)],
        "parts": [_part(part) for part in assignments_of("suggestion", row.id)],
    }


@router.get("/suggestions/{pk}/letters/{letter}", response=LetterText, auth=MaybeBearer(), summary="一份公文")
def letter(request: HttpRequest, pk: UUID, letter: UUID) -> dict[str, Any]:
    """Return what stands in a letter; without a token only published replies."""
    actor = actor_of(request)
    row = selectors.suggestion_for(actor, pk)
    found = next((one for one in selectors.letters_for(actor, row) if one.id == letter), None)
    if found is None:
        raise NotFound("没有找到这份公文，或者您不能查看。")
    return {**_letter(row, found), "content": selectors.letter_content(actor, row, found)}


@router.get("/suggestions/{pk}/actions", response=Actions, summary="可以办的事")
def actions(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    """List the acts open to the actor now, on the suggestion and on its units' parts."""
    actor = actor_of(request)
    row = selectors.suggestion_for(actor, pk)
    choices = choices_of_suggestion(row)
    return {
        "items": [
            action_out(
                offer.action.act,
                with_choices(offer.action.schema, {**choices, **choices_of_part(offer.assignment)}),
                offer.action.refusal,
                offer.assignment.id if offer.assignment else None,
            )
            for offer in acts.open_actions(actor, row)
        ]
    }


@router.post("/suggestions/{pk}/actions/{action}", response=Done, summary="办一步")
def act(request: HttpRequest, pk: UUID, action: str, data: Body[dict[str, Any]]) -> dict[str, Any]:
    """Perform one act; `assignment` in the body names a unit's part where there are several."""
    actor = actor_of(request)
    row = selectors.suggestion_for(actor, pk)
    key = request_key(request)
    if not done_before(actor, key):
        acts.perform(actor=actor, suggestion=row, name=action, data=data, request_id=key)
    row.refresh_from_db()
    return {"id": row.id, "state": row.state}


def _out(row: Suggestion) -> dict[str, Any]:
    return {
        "id": row.id,
        "number": row.number,
        "title": row.title,
        "level": row.level,
        "lead": "" if row.confidential else row.lead.name,
        "state": row.state,
        "outcome": row.outcome,
        "overall": row.overall,
        "round": row.round,
        "submitted_on": row.submitted_on,
    }


def _part(part: Assignment) -> dict[str, Any]:
    return {
        "id": part.id,
        "unit": part.unit_code,
        "unit_name": organ_name(part.unit_code),
        "mode": part.mode,
        "state": part.state,
        "round": part.round,
        "reply_due_on": part.reply_due_on,
    }


def _letter(row: Suggestion, letter: LetterVersion) -> dict[str, Any]:
    return {
        "id": letter.id,
        "kind": letter.kind,
        "version": letter.version,
        "sha256": letter.sha256,
        "signed_by": letter.signed_by,
        "created_at": letter.created_at,
        "link": f"/api/v1/suggestions/{row.id}/letters/{letter.id}",
    }
