"""Who may see and move a village's items and meetings: the list rule and the object rule side by side.

The village prepares, its supervision committee approves, the town sees its villages, the city's
office and members of the standing committee see all. A deputy sees the villages of his body. What
is published everybody reads; for that there are selectors of their own.
"""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from lianxin.common.actor import Actor, ActorKind, Role, place_prefix
from lianxin.regions.models import Division, DivisionKind
from lianxin.villages.models import DisclosureItem, FourTwo, NumbersSheet, VillageMeeting, VillageProfile
from lianxin.villages.workflow import BY_RESIDENT, DISCLOSURE, MEETING

READERS = (
    Role.VILLAGE, Role.VILLAGE_SUPERVISOR, Role.PRESIDIUM, Role.OFFICE, Role.LEADER, Role.DEPUTY,
)  # fmt: skip
WRITERS = (Role.VILLAGE, Role.VILLAGE_SUPERVISOR)
OVERSEERS = (Role.PRESIDIUM, Role.OFFICE, Role.LEADER, Role.DEPUTY)
NUMBERERS = (Role.PRESIDIUM, Role.OFFICE)
T = TypeVar("T", bound=Model)


def _within(actor: Actor, model: type[T]) -> QuerySet[T]:
    rule = Q(pk=None)
    for place in actor.places(*READERS):
        rule |= Q(division_code__startswith=place_prefix(place))
    return model._default_manager.filter(rule)


def items_visible_to(actor: Actor) -> QuerySet[DisclosureItem]:
    """Return the items of disclosure that the actor may see."""
    return _within(actor, DisclosureItem)


def meetings_visible_to(actor: Actor) -> QuerySet[VillageMeeting]:
    """Return the meetings that the actor may see."""
    return _within(actor, VillageMeeting)


def villages_visible_to(actor: Actor) -> QuerySet[VillageProfile]:
    """Return the villages that the actor may see."""
    return _within(actor, VillageProfile)


def four_two_visible_to(actor: Actor) -> QuerySet[FourTwo]:
    """Return the matters of 四议两公开 that the actor may see."""
    return _within(actor, FourTwo)


def _numbered_in(actor: Actor, column: str) -> Q:
    rule = Q(pk=None)
    for place in actor.places(*NUMBERERS):
        rule |= Q(**{f"{column}__startswith": place_prefix(place)})
    return rule


def divisions_numbered_by(actor: Actor) -> QuerySet[Division]:
    """Return the villages and communities, registered or not, whose numbers the actor registers."""
    kinds = (DivisionKind.VILLAGE, DivisionKind.COMMUNITY)
    return Division.objects.filter(_numbered_in(actor, "code"), kind__in=kinds)


def sheets_visible_to(actor: Actor) -> QuerySet[NumbersSheet]:
    """Return the sheets of numbers that were brought in for the actor's places."""
    return NumbersSheet.objects.filter(_numbered_in(actor, "division_code"))


def may_number(actor: Actor, place: str) -> bool:
    """Say whether the actor may register the numbers of a village, or bring in a sheet for a place."""
    return actor.has_in(place, *NUMBERERS)


def may(actor: Actor, act: str, item: DisclosureItem) -> bool:
    """Say whether the actor may try `act` ("view" included) on this item."""
    if act == "view":
        return actor.has_in(item.division_code, *READERS)
    allowed = DISCLOSURE.acts[act].by
    if not allowed:
        return actor.kind is (ActorKind.RESIDENT if act in BY_RESIDENT else ActorKind.SYSTEM)
    return actor.has_in(item.division_code, *allowed)


def may_open(actor: Actor, village: str) -> bool:
    """Say whether the actor may add a major matter or prepare a meeting for a village."""
    return actor.has_in(village, Role.VILLAGE)


def may_meet(actor: Actor, act: str, meeting: VillageMeeting) -> bool:
    """Say whether the actor may try `act` ("view" included) on this meeting."""
    if act == "view":
        return actor.has_in(meeting.division_code, *READERS)
    allowed = MEETING.acts[act].by
    if not allowed:
        return actor.kind is ActorKind.SYSTEM
    return actor.has_in(meeting.division_code, *allowed)
