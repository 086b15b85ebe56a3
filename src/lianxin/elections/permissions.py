"""Who may see and move an election: the list rule and the object rule side by side.

The village records, the town files and investigates, the city's office words the template. The
village does not read complaints about its own election.
"""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from lianxin.common.actor import Actor, ActorKind, Role, place_prefix
from lianxin.elections.bodies import SupervisionMember
from lianxin.elections.models import ElectionComplaint, Recall, VillageElection
from lianxin.elections.workflow import ELECTION
from lianxin.villages.permissions import OVERSEERS, READERS

INVESTIGATORS = (Role.PRESIDIUM, Role.OFFICE)
T = TypeVar("T", bound=Model)
__all__ = ["INVESTIGATORS", "OVERSEERS", "READERS"]


def _within(actor: Actor, model: type[T], *roles: Role) -> QuerySet[T]:
    rule = Q(pk=None)
    for place in actor.places(*roles):
        rule |= Q(division_code__startswith=place_prefix(place))
    return model._default_manager.filter(rule)


def elections_visible_to(actor: Actor) -> QuerySet[VillageElection]:
    """Return the elections that the actor may see."""
    return _within(actor, VillageElection, *READERS)


def complaints_visible_to(actor: Actor) -> QuerySet[ElectionComplaint]:
    """Return the complaints that the actor may see: the town's and the city's investigators."""
    return _within(actor, ElectionComplaint, *INVESTIGATORS)


def recalls_visible_to(actor: Actor) -> QuerySet[Recall]:
    """Return the recalls that the actor may see."""
    return _within(actor, Recall, *READERS)


def supervision_visible_to(actor: Actor) -> QuerySet[SupervisionMember]:
    """Return the members of supervision committees that the actor may see."""
    return _within(actor, SupervisionMember, *READERS)


def may(actor: Actor, act: str, election: VillageElection) -> bool:
    """Say whether the actor may try `act` ("view" included) on this election."""
    if act == "view":
        return actor.has_in(election.division_code, *READERS)
    allowed = ELECTION.acts[act].by
    if not allowed:
        return actor.kind is ActorKind.SYSTEM
    return actor.has_in(election.division_code, *allowed)


def may_record(actor: Actor, village: str) -> bool:
    """Say whether the actor may begin an election or note a recall or a supervisor of a village."""
    return actor.has_in(village, Role.VILLAGE)


def may_word(actor: Actor) -> bool:
    """Say whether the actor may word the steps of elections."""
    return actor.has(Role.OFFICE)
