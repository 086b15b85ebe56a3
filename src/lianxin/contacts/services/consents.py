"""Asking both sides: answers, refusals, taking an answer back. What was said is done at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Case, Q, Value, When

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import RESIDENT, Actor, ActorKind
from lianxin.common.errors import Denied, Invalid, NotFound
from lianxin.common.writes import write
from lianxin.contacts.codes import slip_hash
from lianxin.contacts.models import Answer, Consent, ConsentWay, Household, Pairing
from lianxin.contacts.permissions import STAFF, own_ids
from lianxin.contacts.services.keys import key_destroy
from lianxin.contacts.services.step import facts_of, step
from lianxin.contacts.services.terms import erase_on, valid_until
from lianxin.contacts.services.visit_photos import visit_photos_erase
from lianxin.contacts.workflow import LIVE, OPEN, State
from lianxin.people.models import Deputy

WITHOUT_SLIP = "没有这个码。请对照纸条再输一遍，或请联络员帮您查。"


@write
def consent_record(
    *,
    actor: Actor,
    answer: str,
    way: str,
    household: Household | None = None,
    deputy: Deputy | None = None,
    answered_on: date | None = None,
    request_id: str | None = None,
) -> Consent:
    """Record what one side said; a refusal takes effect in the same moment."""
    side = household or deputy
    if side is None or answer not in Answer.values or way not in ConsentWay.values:
        raise Invalid("请选同意、希望更换或不参加，并选是怎么问的。", fields={"answer": "请选一项。"})
    _may_record(actor, household, deputy)
    on = answered_on or clock.today()
    if on > clock.today():
        raise Invalid("日期还没有到，请核对。", fields={"answered_on": "请填问的那一天。"})
    side_is = {"household": household} if household else {"deputy": deputy}
    Consent.objects.filter(**side_is, replaced_at=None).update(replaced_at=clock.now())
    row = Consent.objects.create(
        **side_is,
        answer=answer,
        way=way,
        answered_on=on,
        not_deputy=_present_contact(household) if answer == Answer.CHANGE and household else None,
        valid_until=valid_until(on, side.home6),
        recorded_by=actor.id,
    )
    _follow(actor, row)
    _on_record(actor, row, side, "consent")
    return row


def deputies_agree(*, actor: Actor, deputies: Sequence[Deputy], way: str = ConsentWay.PAPER) -> int:
    """Enter a signed list of deputies who agree; those who have answered before keep their answer."""
    answered = set(
        Consent.objects.filter(replaced_at=None).exclude(deputy=None).values_list("deputy", flat=True)
    )
    new = [deputy for deputy in deputies if deputy.pk not in answered]
    for deputy in new:
        _may_record(actor, None, deputy)
    today = clock.today()
    rows = [
        Consent(
            deputy=deputy,
            answer=Answer.AGREE,
            way=way,
            answered_on=today,
            valid_until=valid_until(today, deputy.home6),
            recorded_by=actor.id,
        )
        for deputy in new
    ]
    Consent.objects.bulk_create(rows, batch_size=500)
    if new:
        facts = {"count": len(new)}
        record(
            actor=actor,
            tag="contacts.deputies_agree",
            kind="deputy",
            target=new[0].home6,
            home6=new[0].home6,
            facts=facts,
        )
    return len(new)


def household_by_code(code: str) -> Household:
    """Return the household whose slip carries the code."""
    found = Household.objects.filter(code_hash=slip_hash(code), erased_at=None).first()
    if not slip_hash(code) or found is None:
        raise NotFound(WITHOUT_SLIP)
    return found


@write
def consent_by_code(
    *, actor: Actor = RESIDENT, code: str, answer: str, request_id: str | None = None
) -> Consent:
    """Let a household answer with the code on its slip."""
    household = household_by_code(code)
    return consent_record(actor=actor, household=household, answer=answer, way=ConsentWay.QR)


@write
def consent_withdraw(*, actor: Actor, household: Household, request_id: str | None = None) -> Consent:
    """Take a consent back, without a reason: the pairings end now, the words are erased on time."""
    _may_record(actor, household, None)
    row = consent_record(
        actor=actor,
        household=household,
        answer=Answer.NO,
        way=ConsentWay.QR if actor.kind is ActorKind.RESIDENT else ConsentWay.PERSON,
    )
    row.withdrawn_at = clock.now()
    row.save(update_fields=["withdrawn_at"])
    return row


def households_purge(today: date) -> int:
    """Erase households whose time has come: the key goes, the row stays as a tombstone."""
    due = Household.objects.filter(erase_on__lte=today, erased_at=None)
    return sum(_erase(household) for household in due[:500])


def _erase(household: Household) -> int:
    with transaction.atomic():
        key_destroy(household.id)
        visit_photos_erase(household.id)
        gone = Household.objects.filter(pk=household.pk, erased_at=None).update(
            name="", phone="", has_phone=False, erased_at=clock.now()
        )
        if gone:
            record(
                actor=Actor(id=None, name="system", kind=ActorKind.SYSTEM),
                tag="contacts.household_erased",
                kind="household",
                target=household.id,
                home6=household.home6,
            )
    return gone


def _may_record(actor: Actor, household: Household | None, deputy: Deputy | None) -> None:
    """Let staff of the place enter answers, a deputy his own, a household its own (found by its code)."""
    if actor.kind is ActorKind.SYSTEM:
        return
    place = household.division_code if household else deputy.division_code if deputy else ""
    own = actor.kind is ActorKind.RESIDENT if household else bool(deputy) and _is_own(actor, deputy)
    if not own and not actor.has_in(place, *STAFF):
        raise Denied("只能登记本镇的意见。")


def _is_own(actor: Actor, deputy: Deputy | None) -> bool:
    return deputy is not None and deputy.pk in own_ids(actor)


def _present_contact(household: Household) -> Any:
    in_force = Case(When(state__in=OPEN, then=Value(1)), default=Value(0))
    pairing = household.pairings.filter(state__in=LIVE).order_by(in_force, "kind").first()
    return pairing.deputy if pairing else None


def _follow(actor: Actor, row: Consent) -> None:
    """Let the pairings of the side follow its answer."""
    side = Q(household=row.household_id) if row.household_id else Q(deputy=row.deputy) | Q(other=row.deputy)
    for pairing in Pairing.objects.filter(side, state__in=LIVE).select_related("household"):
        act = _act_after(row, pairing)
        if act:
            step(actor=actor, pairing=pairing, act=act)
    if row.household is not None:
        _forget_later(row.household, row.answer)


def _act_after(row: Consent, pairing: Pairing) -> str:
    """Return what follows for one pairing: a household's no ends it, a deputy's leaves it to be replaced."""
    if row.answer == Answer.AGREE:
        asked = pairing.state in (State.PROPOSED, State.ASKING)
        return "follow_consent" if asked and facts_of(pairing).both_agree else ""
    if row.answer == Answer.NO and (row.household_id or pairing.state in OPEN):
        return "follow_refusal"
    if row.answer == Answer.CHANGE and row.not_deputy_id not in {None, pairing.deputy_id}:
        return ""
    if pairing.state in OPEN:
        return "follow_refusal"
    return "follow_change" if pairing.state == State.ACTIVE else ""


def _forget_later(household: Household, answer: str) -> None:
    """Set the day of erasing where a household does not take part; take it away where it comes back."""
    day = erase_on(clock.today(), household.home6) if answer == Answer.NO else None
    Household.objects.filter(pk=household.pk, erased_at=None).update(erase_on=day)
    household.erase_on = day


def _on_record(actor: Actor, row: Consent, side: Household | Deputy, tag: str) -> None:
    record(
        actor=actor,
        tag=f"contacts.{tag}",
        kind="household" if row.household_id else "deputy",
        target=side.pk,
        home6=side.home6,
        facts={"consent": str(row.id), "answer": row.answer, "way": row.way},
    )
