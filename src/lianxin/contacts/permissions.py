"""Who may see and move a pairing: the list rule and the object rule side by side.

A contact person sees his own; keepers, the presidium and the office those of their place; the leader of
a group those of its members. Handling units and the three administrators see none.
"""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from lianxin.common.actor import Actor, ActorKind, Role, place_prefix
from lianxin.contacts.models import ContactMember, Household, Pairing, ReplySheet
from lianxin.contacts.workflow import PAIRING
from lianxin.people.models import Deputy, GroupMember

STAFF = (Role.KEEPER, Role.PRESIDIUM, Role.OFFICE)
CONTACT_PERSONS = (Role.DEPUTY, Role.LEADER)


def own_deputies(actor: Actor) -> QuerySet[Deputy]:
    """Return the deputies as whom the actor contacts people: himself, by either of his accounts."""
    if actor.id is None or not actor.has(*CONTACT_PERSONS):
        return Deputy.objects.none()
    members = ContactMember.objects.filter(account_id=actor.id, until=None)
    return Deputy.objects.filter(Q(account_id=actor.id) | Q(pk__in=members.values("deputy_id")))


def led_deputies(actor: Actor) -> QuerySet[Deputy]:
    """Return the members of the groups that the actor leads."""
    if actor.id is None:
        return Deputy.objects.none()
    led = GroupMember.objects.filter(group__leader__account_id=actor.id, valid_to=None)
    return Deputy.objects.filter(pk__in=led.values("deputy_id"))


def visible_to(actor: Actor) -> QuerySet[Pairing]:
    """Return the pairings that the actor may see."""
    rule = Q(pk=None)
    for place in actor.places(*STAFF):
        rule |= Q(division_code__startswith=place_prefix(place))
    if actor.id is not None and actor.has(*CONTACT_PERSONS):
        own = own_deputies(actor)
        rule |= Q(deputy__in=own) | Q(cover__in=own)
        rule |= Q(deputy__in=led_deputies(actor))
    return Pairing.objects.filter(rule)


def households_visible_to(actor: Actor) -> QuerySet[Household]:
    """Return the households that staff may ask and plan for."""
    rule = Q(pk=None)
    for place in actor.places(*STAFF):
        rule |= Q(division_code__startswith=place_prefix(place))
    return Household.objects.filter(rule)


def reply_sheets_visible_to(actor: Actor) -> QuerySet[ReplySheet]:
    """Return the sheets of answers of the places whose households the actor may ask."""
    rule = Q(pk=None)
    for place in actor.places(*STAFF):
        rule |= Q(division_code__startswith=place_prefix(place))
    return ReplySheet.objects.filter(rule)


def may(actor: Actor, act: str, pairing: Pairing) -> bool:
    """Say whether the actor may try `act` ("view", "visit" and "open" included) on this pairing."""
    if act == "visit":
        return is_contact_person(actor, pairing)
    if act == "open":  # who the household is: its contact person and the keeper who calls
        return is_contact_person(actor, pairing) or actor.has_in(pairing.division_code, Role.KEEPER)
    if act == "view":
        return visible_to(actor).filter(pk=pairing.pk).exists()
    allowed = PAIRING.acts[act].by
    if actor.kind is ActorKind.SYSTEM:
        return not allowed
    return actor.has_in(pairing.division_code, *allowed)


def is_contact_person(actor: Actor, pairing: Pairing) -> bool:
    """Say whether the actor is the one who keeps this contact, or covers for him."""
    return bool({pairing.deputy_id, pairing.cover_id} & own_ids(actor))


def own_ids(actor: Actor) -> set[UUID]:
    """Return the ids of `own_deputies`."""
    return set(own_deputies(actor).values_list("pk", flat=True))
