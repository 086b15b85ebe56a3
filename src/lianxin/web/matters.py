"""What the pages of a suggestion share: sheets of open acts, performing one, keeping what was typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest

from lianxin.common.actor import Actor
from lianxin.common.errors import NotFound
from lianxin.handling.actions import BOOK as UNIT_BOOK
from lianxin.handling.models import Reply
from lianxin.people.selectors import deputies_of_body, organ_name, organs
from lianxin.rulebook.services import value
from lianxin.suggestions import actions
from lianxin.suggestions.models import Suggestion
from lianxin.suggestions.permissions import visible_to
from lianxin.suggestions.selectors import asked_before, cosignatures, similar_earlier, suggestions_page
from lianxin.suggestions.services.step import returned_parts
from lianxin.web.acts import Option, Sheet, Tried, sheet, typed_data
from lianxin.web.reauth import SOLEMN, confirmed


@dataclass(frozen=True)
class Acts:
    """The acts open to somebody: on the suggestion by name, and on each unit's part by name."""

    own: dict[str, Sheet]
    parts: dict[UUID, dict[str, Sheet]]


def acts_of(actor: Actor, row: Suggestion, *, base: str, tried: Tried | None = None) -> Acts:
    """Return the acts open to the actor, each ready for the place that its screen gives it."""
    offers = actions.open_actions(actor, row)
    options = options_of(actor, row, {offer.action.act.name for offer in offers})
    found = Acts({}, {})
    for offer in offers:
        part = offer.assignment
        made = sheet(
            offer.action,
            url=f"{base}/acts/{offer.action.act.name}",
            options=options,
            demands=row.demands,
            tried=tried,
            target=part.id if part else None,
            unit=organ_name(part.unit_code) if part else "",
        )
        (found.parts.setdefault(part.id, {}) if part else found.own)[made.name] = made
    return found


def options_of(actor: Actor, row: Suggestion, names: set[str]) -> dict[str, list[Option]]:
    """Return the choices that the acts' fields need, only those in `names`."""
    found: dict[str, list[Option]] = {}
    if names & {"request_return", "order_rehandling", "assign", "reassign", "edit"}:
        units = [
            (organ.code, organ.short_name) for organ in organs(level=row.level, town_code=row.division_code)
        ]
        found["units"] = found["unit"] = found["proposed_unit"] = found["suggested_unit"] = units
    if "invite" in names:
        known = asked_before(row)
        found["deputies"] = [
            (str(one.pk), one.name) for one in deputies_of_body(row.division_code) if one.pk not in known
        ]
    if "remove_cosigner" in names:
        found["deputy"] = [(str(one.deputy_id), one.deputy.name) for one in cosignatures(row)]
    if "merge" in names:
        others = [
            one
            for one in suggestions_page(actor, limit=60)
            if one.number and one.division_code == row.division_code and one.pk != row.pk
        ]
        found["into"] = [(str(one.pk), f"{one.number} {one.title}") for one in others]
    if "reassign" in names:
        found["part"] = [(str(one.pk), organ_name(one.unit_code)) for one in returned_parts(row)]
    if names & {"give_proof", "report_promise", "confirm_promise", "confirm_promise_for_lead"}:
        found["commitment"] = [(str(one.pk), one.item) for one in row.commitments.exclude(state="fulfilled")]
    if "edit" in names:
        found["category"] = [(name, name) for name in value("opinion.categories")]
    return found


def perform(request: HttpRequest, actor: Actor, row: Suggestion, name: str) -> Suggestion:
    """Carry out an act with what was typed."""
    own = name in actions.BOOK.workflow.acts
    book: Any = actions.BOOK if own else UNIT_BOOK
    if name not in book.workflow.acts:
        raise NotFound("没有这个操作，请刷新页面。")
    if name in SOLEMN:
        confirmed(request)
    data = typed_data(book.input(name), request.POST)
    if not own and request.POST.get("assignment"):
        data["assignment"] = request.POST["assignment"]
    if name in {"cosign", "decline"}:
        data["seen_hash"] = request.POST.get("seen_hash", "")
    return actions.perform(
        actor=actor, suggestion=row, name=name, data=data, request_id=request.POST.get("request_id")
    )


def key_of(request: HttpRequest, name: str) -> str:
    """Return the key of the sheet that was sent."""
    target = request.POST.get("assignment", "")
    return f"{name}-{target}" if target else name


@dataclass(frozen=True)
class Earlier:
    """An earlier suggestion like this one, with what was answered then."""

    number: str
    title: str
    score: float
    terms: list[str]
    answers: list[tuple[str, str, str]]


def earlier_like(actor: Actor, text: str, row: Suggestion) -> list[Earlier]:
    """Return earlier suggestions like a text, each with the answers that the actor may read."""
    matches = similar_earlier(text, row)
    ids = [match.object_id for match in matches]
    seen = list(visible_to(actor).filter(pk__in=ids).values_list("pk", flat=True))
    readable = Q(assignment__matter_id__in=seen) | Q(publish_level="public")
    signed = Reply.objects.filter(readable, assignment__matter_id__in=ids, state="signed")
    signed = signed.select_related("assignment")
    answers: dict[UUID, list[tuple[str, str, str]]] = {}
    for reply in signed:
        words = str(reply.answers[0]) if reply.answers else ""
        told = (organ_name(reply.assignment.unit_code), reply.reply_class, words)
        answers.setdefault(reply.assignment.matter_id, []).append(told)
    return [
        Earlier(match.number, match.title, match.score, match.common_terms, answers.get(match.object_id, []))
        for match in matches
    ]
