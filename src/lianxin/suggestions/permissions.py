"""Who may see and move a suggestion: the list rule and the object rule side by side."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import Exists, OuterRef, Q, QuerySet

from lianxin.common.actor import Actor, ActorKind, Role
from lianxin.handling.models import Assignment
from lianxin.handling.workflow import UNIT
from lianxin.suggestions.models import Cosignature, Suggestion
from lianxin.suggestions.workflow import SUGGESTION, State

PRIVATE = (State.DRAFT, State.COSIGNING, State.RETURNED)
BODY = (Role.OFFICE, Role.PRESIDIUM)


class Permission(StrEnum):
    """What is not an act of the table."""

    VIEW = "view"
    DRAFT = "draft"


def visible_to(actor: Actor) -> QuerySet[Suggestion]:
    """Return the suggestions that the actor may see."""
    return Suggestion.objects.filter(Q(is_public=True) | _party(actor))


def is_party(actor: Actor, suggestion: Suggestion) -> bool:
    """Say whether the paper is the actor's business, not only public: enclosed files are never published."""
    return Suggestion.objects.filter(_party(actor), pk=suggestion.pk).exists()


def _party(actor: Actor) -> Q:
    rule = Q(pk=None)
    if actor.kind is ActorKind.ACCOUNT and actor.has(Role.DEPUTY):
        rule |= Q(lead__account=actor.id)
        invited = Cosignature.objects.filter(suggestion=OuterRef("pk"), deputy__account=actor.id)
        rule |= Q(Exists(invited.exclude(state="removed")))
        mine = Suggestion.objects.filter(merged_into=OuterRef("pk"), lead__account=actor.id)
        rule |= Q(Exists(mine))
        rule |= Q(Exists(Cosignature.objects.filter(
            suggestion__merged_into=OuterRef("pk"), deputy__account=actor.id, state="confirmed"
        )))  # fmt: skip
    if actor.has(*BODY):
        rule |= Q(division_code__in=actor.places(*BODY)) & ~Q(state__in=PRIVATE)
    units = actor.units(*UNIT)
    if units:
        rule |= Q(Exists(Assignment.objects.filter(matter_id=OuterRef("pk"), unit_code__in=units)))
    if actor.has(Role.OVERSIGHT):
        watched = Assignment.objects.filter(
            matter_id=OuterRef("pk"), division_code__in=actor.places(Role.OVERSIGHT)
        )
        rule |= Q(Exists(watched))
    return rule


def may(actor: Actor, act: str, suggestion: Suggestion) -> bool:
    """Say whether the actor may try `act` ("view" included) on this suggestion."""
    if act == Permission.VIEW:
        return visible_to(actor).filter(pk=suggestion.pk).exists()
    allowed = SUGGESTION.acts[act].by
    if allowed & set(BODY):
        return suggestion.division_code in actor.places(*BODY)
    if allowed & set(UNIT):
        return suggestion.commitments.filter(unit_code__in=actor.units(*UNIT)).exists()
    if Role.DEPUTY in allowed and actor.kind is ActorKind.ACCOUNT:
        return _as_deputy(actor, act, suggestion)
    return False


def may_know_names(actor: Actor, suggestion: Suggestion) -> bool:
    """Say whether the actor may read whose paper it is.

    Who asked for confidence is named to few (青岛规定第十八条；代表法第五十五条): to the body and the
    signers; a unit learns its deputies from its own part and letter.
    """
    if not suggestion.confidential or suggestion.division_code in actor.places(*BODY):
        return True
    if actor.kind is not ActorKind.ACCOUNT:
        return False
    signed = suggestion.cosignatures.filter(deputy__account=actor.id).exclude(state="removed")
    return suggestion.lead.account_id == actor.id or signed.exists()


COSIGNER_ACTS = frozenset({"cosign", "decline", "co_evaluate", "evaluate_as_cosigner"})


def _as_deputy(actor: Actor, act: str, suggestion: Suggestion) -> bool:
    if act not in COSIGNER_ACTS:
        return suggestion.lead.account_id == actor.id
    mine = suggestion.cosignatures.filter(deputy__account=actor.id)
    wanted = ["invited", "void"] if act in {"cosign", "decline"} else ["confirmed"]
    return mine.filter(state__in=wanted).exists()
