"""Who may read and write what: list rule and object rule side by side.

A channel is for the group's members alone: neither the town nor the office reads it. A circular is
seen by the place that sent it and the places to which it went.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from lianxin.colleagues.models import Circular, Post, Question, Receipt
from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.people.actors import active_seats, deputy_of
from lianxin.people.models import Deputy, DeputyGroup, GroupMember
from lianxin.regions.models import Division, DivisionKind

STAFF = (Role.PRESIDIUM, Role.KEEPER)
"""Who receives and reports for a town."""


def is_member(actor: Actor, group: DeputyGroup) -> bool:
    """Say whether the actor is a deputy who belongs to a group today."""
    return actor.has(Role.DEPUTY) and _memberships(actor).filter(group=group).exists()


def posts_visible_to(actor: Actor) -> QuerySet[Post]:
    """Return the messages of the actor's own group."""
    if not actor.has(Role.DEPUTY):
        return Post.objects.none()
    return Post.objects.filter(group__in=_memberships(actor).values("group_id"))


def questions_visible_to(actor: Actor) -> QuerySet[Question]:
    """Return what the actor has asked, what he is asked, and what his field is asked."""
    deputy = deputy_of(actor) if actor.has(Role.DEPUTY) else None
    if deputy is None:
        return Question.objects.none()
    rule = Q(asker=deputy) | Q(to=deputy)
    if deputy.occupation:
        rule |= Q(field=deputy.occupation, home6=deputy.home6)
    return Question.objects.filter(rule)


def is_asked(deputy: Deputy | None, question: Question) -> bool:
    """Say whether a question is put to a deputy, by name or by his field of work."""
    if deputy is None:
        return False
    if question.to_id:
        return question.to_id == deputy.pk
    return question.field == deputy.occupation and question.home6 == deputy.home6


def colleagues_of(deputy: Deputy) -> QuerySet[Deputy]:
    """Return the deputies in office of the same region, without oneself."""
    seats = active_seats(clock.today())
    return Deputy.objects.filter(home6=deputy.home6, seats__in=seats).exclude(pk=deputy.pk).distinct()


def circulars_visible_to(actor: Actor) -> QuerySet[Circular]:
    """Return what the actor's place has sent or received."""
    places = desks_of(actor)
    arrived = Receipt.objects.filter(division_code__in=places).values("circular_id")
    return Circular.objects.filter(Q(division_code__in=places) | Q(pk__in=arrived))


def may_receive(actor: Actor, receipt: Receipt) -> bool:
    """Say whether the actor answers for the place where a circular arrived."""
    return receipt.division_code in desks_of(actor)


def may_send(actor: Actor, circular: Circular) -> bool:
    """Say whether the actor speaks for the place that sent a circular."""
    return circular.division_code in desks_of(actor)


def desks_of(actor: Actor) -> set[str]:
    """Return the places for which the actor sends and receives: towns, and the city for its office."""
    towns = Division.objects.filter(code__in=actor.places(*STAFF), kind=DivisionKind.TOWN)
    return set(towns.values_list("code", flat=True)) | set(actor.places(Role.OFFICE))


def _memberships(actor: Actor) -> QuerySet[GroupMember, Any]:
    return GroupMember.objects.filter(deputy__account=actor.id, valid_to=None)
