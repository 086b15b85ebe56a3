"""Who may see and move an opinion: the list rule and the object rule side by side.

Handling units and the three administrators see none: a unit gets the outgoing copy through
`handling`.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from lianxin.common.actor import Actor, ActorKind, Role, covers, place_prefix
from lianxin.opinions.models import Consulted, Opinion
from lianxin.opinions.workflow import OPINION, STAFF, State

SHOWN_TO_DEPUTIES = frozenset(set(State) - {State.NEW, State.NEED_MORE, State.INVALID, State.WITHDRAWN})


def visible_to(actor: Actor) -> QuerySet[Opinion]:
    """Return the opinions that the actor may see."""
    rule = Q(pk=None)
    for place in actor.places(*STAFF):
        prefix = place_prefix(place)
        rule |= Q(station__division_code__startswith=prefix) | Q(received_place__startswith=prefix)
        asked = Consulted.objects.filter(station__division_code__startswith=prefix)
        rule |= Q(pk__in=asked.values("opinion_id"), is_sealed=False)
    for place in actor.places(Role.GRID_WORKER):
        rule |= Q(division_code__startswith=place_prefix(place), recorder_id=actor.id, is_sealed=False)
    for place in actor.places(Role.DEPUTY):
        rule |= Q(division_code__startswith=place_prefix(place), state__in=SHOWN_TO_DEPUTIES, is_sealed=False)
    return Opinion.objects.filter(rule)


def may(actor: Actor, act: str, opinion: Opinion) -> bool:
    """Say whether the actor may try `act` ("view" included) on this opinion."""
    if act == "view":
        return _sees(actor, opinion)
    if act == "give_view":
        return _is_asked(actor, opinion)
    allowed = OPINION.acts[act].by
    if actor.kind is ActorKind.SYSTEM and not allowed:
        return True
    if allowed & set(STAFF) and _keeps(actor, opinion, *(allowed & set(STAFF))):
        return True
    return Role.GRID_WORKER in allowed and actor.has(Role.GRID_WORKER) and _sees(actor, opinion)


def _is_asked(actor: Actor, opinion: Opinion) -> bool:
    stations = Consulted.objects.filter(opinion=opinion).values_list("station__division_code", flat=True)
    return any(actor.has_in(code, *STAFF) for code in stations)


def _keeps(actor: Actor, opinion: Opinion, *roles: Role) -> bool:
    return actor.has_in(opinion.station.division_code, *roles)


def _sees(actor: Actor, opinion: Opinion) -> bool:
    if _keeps(actor, opinion, *STAFF):
        return True
    if opinion.received_place and actor.has_in(opinion.received_place, *STAFF):
        return True
    if opinion.is_sealed:
        return False
    if actor.has(*STAFF) and _is_asked(actor, opinion):
        return True
    if opinion.recorder_id == actor.id and actor.has_in(opinion.division_code, Role.GRID_WORKER):
        return True
    deputy_here = any(
        held.role is Role.DEPUTY and covers(held.place, opinion.division_code) for held in actor.roles
    )
    return deputy_here and opinion.state in SHOWN_TO_DEPUTIES
