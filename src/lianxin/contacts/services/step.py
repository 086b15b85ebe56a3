"""The one way in which a pairing moves: permission, rule, row, event, audit."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from lianxin.audit.moving import Trail, event_add, row_change
from lianxin.common import clock
from lianxin.common.actor import SYSTEM, Actor
from lianxin.common.errors import Denied
from lianxin.contacts.models import OF_HOUSEHOLDS, Answer, Avoidance, Consent, Kind, Pairing
from lianxin.contacts.permissions import may
from lianxin.contacts.workflow import PAIRING, Facts, State
from lianxin.people.actors import active_seats

TRAIL = Trail("contacts", "pairing")


def facts_of(pairing: Pairing) -> Facts:
    """Return the plain facts that guards look at."""
    answers = _answers(pairing)
    return Facts(
        today=clock.today(),
        both_agree=not _asked(pairing) or answers == [Answer.AGREE] * 2,
        refused=Answer.NO in answers,
        avoided=Avoidance.objects.filter(
            deputy=pairing.deputy_id, target=pairing.target, ended_at=None
        ).exists(),
        contact_in_office=active_seats(clock.today()).filter(deputy=pairing.deputy_id).exists(),
    )


def _asked(pairing: Pairing) -> bool:
    """Say whether both sides are asked; who leads a town or a group is appointed."""
    return pairing.kind in (*OF_HOUSEHOLDS, Kind.MEMBER_DEPUTY)


def _answers(pairing: Pairing) -> list[str]:
    """Return the valid answers of both sides; a wish for somebody else is a yes to the new one."""
    if not _asked(pairing):
        return []
    sides = Q(deputy=pairing.deputy_id) | Q(household__isnull=False, household=pairing.household_id)
    sides |= Q(deputy__isnull=False, deputy=pairing.other_id)
    rows = Consent.objects.filter(sides, replaced_at=None).filter(
        Q(valid_until=None) | Q(valid_until__gte=clock.today())
    )
    return [_answer_to(row, pairing) for row in rows]


def _answer_to(consent: Consent, pairing: Pairing) -> str:
    if consent.answer == Answer.CHANGE and consent.not_deputy_id != pairing.deputy_id:
        return Answer.AGREE
    return Answer.NO if consent.answer == Answer.CHANGE else consent.answer


def step(
    *,
    actor: Actor,
    pairing: Pairing,
    act: str,
    note: str = "",
    facts: dict[str, Any] | None = None,
    **changes: Any,
) -> Pairing:
    """Move the pairing by `act` and set `changes`, on the record.

    A derived row (nobody presses it) is carried out by the service that saw its cause.
    """
    derived = not PAIRING.acts[act].by
    if not may(SYSTEM if derived else actor, act, pairing):
        raise Denied("您没有办理这一步的权限。")
    old = pairing.state
    new = PAIRING.next_state(old, act, facts_of(pairing) if PAIRING.acts[act].has_rules else None)
    if new == State.ENDED:
        changes.setdefault("valid_to", clock.today())
    row_change(pairing, state=new, **changes)
    event_add(pairing, actor=actor, act=act, old=old, trail=TRAIL, note=note, facts=facts)
    return pairing
