"""Who may see and move a leaving: the list rule and the object rule side by side.

The presidium and the office of the place lead it; who is asked to take something over sees that one
thing, and who leaves sees his own.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from lianxin.common.actor import Actor, ActorKind, place_prefix
from lianxin.contacts.permissions import own_deputies
from lianxin.leaving.models import Leaving, LeavingItem
from lianxin.leaving.workflow import ITEM, LEAVING, RECEIVERS, TOWN


def visible_to(actor: Actor) -> QuerySet[Leaving]:
    """Return the leavings that the actor leads, and his own."""
    rule = Q(pk=None)
    for place in actor.places(*TOWN):
        rule |= Q(division_code__startswith=place_prefix(place))
    if actor.id is not None:
        rule |= Q(account=actor.id)
    return Leaving.objects.filter(rule)


def items_visible_to(actor: Actor) -> QuerySet[LeavingItem]:
    """Return the things of the leavings that the actor leads, his own, and those he is asked to take."""
    rule = Q(leaving__in=visible_to(actor))
    if actor.id is not None and actor.has(*RECEIVERS):
        rule |= Q(receiver__in=own_deputies(actor)) | Q(receiver_account=actor.id)
    return LeavingItem.objects.filter(rule)


def may(actor: Actor, act: str, leaving: Leaving) -> bool:
    """Say whether the actor may try `act` ("view" included) on a leaving."""
    leads = actor.has_in(leaving.division_code, *TOWN)
    if act == "view":
        return leads or (actor.id is not None and leaving.account_id == actor.id)
    return bool(LEAVING.acts[act].by) and leads


def may_item(actor: Actor, act: str, item: LeavingItem) -> bool:
    """Say whether the actor may try `act` ("view" included) on one thing."""
    if act == "view":
        return may(actor, "view", item.leaving) or is_receiver(actor, item)
    allowed = ITEM.acts[act].by
    if not allowed:
        return actor.kind is ActorKind.SYSTEM
    if allowed == frozenset(RECEIVERS):
        return is_receiver(actor, item)
    return actor.has_in(item.leaving.division_code, *TOWN)


def is_receiver(actor: Actor, item: LeavingItem) -> bool:
    """Say whether the actor is the one who is asked to take it over."""
    if actor.id is None or not actor.has(*RECEIVERS):
        return False
    if item.receiver_account_id is not None:
        return item.receiver_account_id == actor.id
    return item.receiver_id is not None and own_deputies(actor).filter(pk=item.receiver_id).exists()


def may_open(actor: Actor, place: str) -> bool:
    """Say whether the actor may begin a leaving of somebody in a place."""
    return actor.has_in(place, *TOWN)
