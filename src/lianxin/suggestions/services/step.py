"""The one way in which a suggestion moves: permission, rule, row, event, audit."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from lianxin.audit.moving import Trail, move
from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Conflict, Denied
from lianxin.handling.models import Assignment
from lianxin.handling.services import deadline_meet, deadline_set
from lianxin.handling.workflow import State as Part
from lianxin.notifications.services import Channel, Recipient, enqueue
from lianxin.people.actors import active_seats, held_seats
from lianxin.people.models import Deputy
from lianxin.suggestions.models import Cosignature, Suggestion
from lianxin.suggestions.permissions import PRIVATE, may
from lianxin.suggestions.rules import missing
from lianxin.suggestions.sources import withdrawn_sources
from lianxin.suggestions.workflow import BEFORE_REPLY, SUGGESTION, Facts, State

TRAIL = Trail("suggestion", "suggestion")
WAITING = ("invited", "void")
OPEN_PROMISES = ("open", "proof_given", "not_fulfilled")


def facts_of(suggestion: Suggestion, actor: Actor | None = None) -> Facts:
    """Return the plain facts that guards look at."""
    lacks = missing(
        title=suggestion.title,
        situation=suggestion.situation,
        proposal=suggestion.proposal,
        demands=suggestion.demands,
    )
    mine = actor.id if actor else None
    terms = _terms(suggestion, actor)
    return Facts(
        is_lead=mine is not None and suggestion.lead.account_id == mine,
        seat_active=bool(terms),
        own_term=not terms or suggestion.term in terms,
        lead_seated=deputy_seated(suggestion.lead, suggestion.division_code),
        cosigners_seated=_cosigners_seated(suggestion),
        complete=tuple(lacks),
        cosigners_waiting=suggestion.cosignatures.filter(state__in=WAITING).count(),
        main_answered=_main_answered(suggestion),
        sources_withdrawn=_sources_withdrawn(suggestion),
        rejection_proposed=suggestion.reject_proposed_by is not None,
        proposed_by_me=mine is not None and suggestion.reject_proposed_by == mine,
        appealed=suggestion.appealed,
        overall=suggestion.overall,
        round=suggestion.round,
        open_promises=suggestion.commitments.filter(state__in=OPEN_PROMISES).count(),
        returned_parts=returned_parts(suggestion).count(),
        fast_track=suggestion.fast_track,
        is_key=suggestion.is_key,
        is_public=suggestion.is_public,
        publish_proposed=suggestion.publish_proposed_by is not None,
        publish_proposed_by_me=mine is not None and suggestion.publish_proposed_by == mine,
        may_publish=suggestion.agree_to_publish and not suggestion.confidential,
    )


def step(
    *,
    actor: Actor,
    suggestion: Suggestion,
    act: str,
    note: str = "",
    facts: dict[str, Any] | None = None,
    **changes: Any,
) -> Suggestion:
    """Move the suggestion by `act` and set `changes`, on the record."""
    if SUGGESTION.acts[act].by and not may(actor, act, suggestion):
        raise Denied("您没有办理这一步的权限。")
    known = facts_of(suggestion, actor) if SUGGESTION.acts[act].has_rules else None
    to = SUGGESTION.next_state(suggestion.state, act, known)
    return move(suggestion, actor=actor, act=act, to=to, trail=TRAIL, note=note, facts=facts, **changes)


def due(suggestion: Suggestion, what: str, rule: str, *, start: date | None = None) -> None:
    """Start a clock of the suggestion itself, from today or from a later day, with its calculation."""
    deadline_set(
        kind="suggestion",
        matter_id=suggestion.id,
        home6=suggestion.home6,
        what=what,
        rule=rule,
        start=start or clock.today(),
    )


def met(suggestion: Suggestion, what: str) -> None:
    """Note that what was due of the suggestion itself is done."""
    deadline_meet(kind="suggestion", matter_id=suggestion.id, what=what, on=clock.today())


def returned_parts(suggestion: Suggestion) -> QuerySet[Assignment]:
    """Return the parts that were given back and still wait for another unit."""
    return Assignment.objects.filter(
        matter_kind="suggestion",
        matter_id=suggestion.id,
        round=suggestion.round,
        state=Part.RETURNED,
        replaced=False,
    )


def tell_deputies(suggestion: Suggestion, subject: str, *, dedupe: str, only_lead: bool = False) -> None:
    """Tell the lead and (unless `only_lead`) each co-signer, and lead and co-signers of merged papers."""
    accounts = [suggestion.lead.account_id]
    if not only_lead:
        signed = Cosignature.objects.filter(suggestion=suggestion, state="confirmed")
        accounts += list(signed.values_list("deputy__account", flat=True))
        accounts += list(suggestion.merged.values_list("lead__account", flat=True))
        accounts += list(merged_signatures(suggestion).values_list("deputy__account", flat=True))
    for account in dict.fromkeys(accounts):
        if account:
            _tell(
                suggestion,
                Recipient.account(account),
                subject,
                f"/deputy/suggestions/{suggestion.id}",
                dedupe,
            )


def merged_signatures(suggestion: Suggestion) -> QuerySet[Cosignature]:
    """Return the confirmed co-signatures under the papers that were merged into this one."""
    return Cosignature.objects.filter(suggestion__merged_into=suggestion.pk, state="confirmed")


def hold(*papers: Suggestion) -> None:
    """Keep papers as they were read, in one order for everybody, until the transaction ends."""
    for paper in sorted(papers, key=lambda one: one.pk):
        same = Suggestion.objects.filter(pk=paper.pk, state=paper.state, merged_into=paper.merged_into_id)
        if same.update(state=paper.state) != 1:
            raise Conflict("这两件里有一件刚刚有人办过了，请刷新后再办。")


def tell_body(suggestion: Suggestion, subject: str, *, dedupe: str) -> None:
    """Tell the office of the congress that the suggestion goes to."""
    role = Role.OFFICE if suggestion.level == "city" else Role.PRESIDIUM
    to = Recipient.role(role, suggestion.division_code)
    _tell(suggestion, to, subject, f"/office/suggestions/{suggestion.id}", dedupe)


def _tell(suggestion: Suggestion, to: Recipient, subject: str, link: str, dedupe: str) -> None:
    enqueue(
        to=to,
        subject=subject[:160],
        text="",
        link=link,
        about_kind="suggestion",
        about_id=suggestion.id,
        home6=suggestion.home6,
        dedupe=f"{dedupe}:{suggestion.id}:{suggestion.round}",
        channels=(Channel.IN_APP, Channel.EMAIL),
    )


def deputy_seated(deputy: Deputy, body_code: str) -> bool:
    """Say whether a deputy may act in a congress today."""
    return active_seats(clock.today()).filter(deputy=deputy, body_code=body_code).exists()


def deputy_sits(deputy: Deputy, body_code: str) -> bool:
    """Say whether a deputy holds a seat in a congress today, also where he may not act just now."""
    return held_seats(clock.today()).filter(deputy=deputy, body_code=body_code).exists()


def _sources_withdrawn(suggestion: Suggestion) -> int:
    """Return how many cited opinions were taken back; a paper that was filed goes on without this."""
    return withdrawn_sources(suggestion).count() if suggestion.state in PRIVATE else 0


def _main_answered(suggestion: Suggestion) -> bool:
    """Say whether the paper that this one was merged into has been answered already."""
    main = suggestion.merged_into
    return main is not None and State(main.state) not in BEFORE_REPLY


def _cosigners_seated(suggestion: Suggestion) -> int:
    signed = suggestion.cosignatures.filter(state="confirmed").values("deputy")
    seats = active_seats(clock.today()).filter(deputy__in=signed, body_code=suggestion.division_code)
    return seats.values("deputy").distinct().count()


def _terms(suggestion: Suggestion, actor: Actor | None) -> set[str]:
    """Return the terms (届) for which the actor sits in the paper's congress today."""
    if actor is None or actor.id is None:
        return set()
    seats = active_seats(clock.today()).filter(deputy__account=actor.id, body_code=suggestion.division_code)
    return set(seats.values_list("term", flat=True))
