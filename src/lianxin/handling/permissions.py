"""Who may see and move a unit's part: the list rule and the object rule side by side."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from lianxin.common.actor import Actor, Role, place_prefix
from lianxin.handling.models import Assignment
from lianxin.handling.workflow import HANDLING, UNIT
from lianxin.people.actors import deputy_of

OWN_LEVEL = (Role.OFFICE, Role.OVERSIGHT, Role.PRESIDIUM)


def visible_to(actor: Actor) -> QuerySet[Assignment]:
    """Return the parts that the actor may see: own unit's, own level's, own station area's."""
    rule = Q(unit_code__in=actor.units(*UNIT)) | Q(division_code__in=actor.places(*OWN_LEVEL))
    for place in actor.places(Role.KEEPER, Role.PRESIDIUM, Role.OFFICE):
        rule |= Q(matter_kind="opinion", division_code__startswith=place_prefix(place))
    return Assignment.objects.filter(rule)


def may(actor: Actor, act: str, assignment: Assignment) -> bool:
    """Say whether the actor may try `act` ("view" included) on this part."""
    if act == "view":
        return _sees(actor, assignment)
    allowed = HANDLING.acts[act].by
    if not allowed:
        return False
    if allowed & set(UNIT):
        return assignment.unit_code in actor.units(*allowed)
    if Role.DEPUTY in allowed:
        return _is_its_deputy(actor, assignment)
    return _leads(actor, assignment)


def _sees(actor: Actor, assignment: Assignment) -> bool:
    return assignment.unit_code in actor.units(*UNIT) or _leads(actor, assignment)


def _leads(actor: Actor, assignment: Assignment) -> bool:
    """Say whether the actor speaks for the body that handed the matter over."""
    if assignment.division_code in actor.places(*OWN_LEVEL):
        return True
    in_area = actor.has_in(assignment.division_code, Role.KEEPER, Role.PRESIDIUM, Role.OFFICE)
    return assignment.matter_kind == "opinion" and in_area


def _is_its_deputy(actor: Actor, assignment: Assignment) -> bool:
    if not actor.has(Role.DEPUTY):
        return False
    deputy = deputy_of(actor)
    return deputy is not None and str(deputy.id) in assignment.deputies
