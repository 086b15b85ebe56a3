"""Who may see and change what at a station: list rules and object rules side by side."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from lianxin.common.actor import Actor, ActorKind, Role, place_prefix
from lianxin.common.errors import Denied
from lianxin.regions.models import Station
from lianxin.stations.models import CheckKind, DutyTurn, ReceptionDay, RoomCheck
from lianxin.stations.workflow import CHECK, DESK, TURN

DENIED = "您没有办理这一步的权限。"


def in_places(actor: Actor, field: str, *roles: Role) -> Q:
    """Return the rule "lies in a place where the actor holds one of `roles`"."""
    rule = Q(pk=None)
    for place in actor.places(*roles):
        rule |= Q(**{f"{field}__startswith": place_prefix(place)})
    return rule


def stations_of(actor: Actor) -> QuerySet[Station]:
    """Return the stations that the actor keeps."""
    return Station.objects.filter(in_places(actor, "division_code", *DESK))


def keeps(actor: Actor, station: Station, *roles: Role) -> bool:
    """Say whether the actor keeps the station (in one of `roles`)."""
    return actor.has_in(station.division_code, *(roles or DESK))


def must_keep(actor: Actor, station: Station, *roles: Role) -> None:
    """Refuse whoever does not keep the station; the system itself may."""
    if actor.kind is not ActorKind.SYSTEM and not keeps(actor, station, *roles):
        raise Denied(DENIED)


def days_visible_to(actor: Actor) -> QuerySet[ReceptionDay]:
    """Return the reception days at the stations that the actor keeps, and those on which he sits."""
    rule = in_places(actor, "division_code", *DESK)
    if actor.has(Role.DEPUTY):
        rule |= Q(turns__deputy__account=actor.id, published_at__isnull=False)
    return ReceptionDay.objects.filter(rule).distinct()


def turns_visible_to(actor: Actor) -> QuerySet[DutyTurn]:
    """Return the turns at the actor's stations, and his own."""
    rule = in_places(actor, "division_code", *DESK)
    if actor.has(Role.DEPUTY):
        rule |= Q(deputy__account=actor.id, day__published_at__isnull=False)
    return DutyTurn.objects.filter(rule)


def turn_may(actor: Actor, act: str, turn: DutyTurn) -> bool:
    """Say whether the actor may try `act` ("view" included) on this turn."""
    own = actor.id is not None and turn.deputy.account_id == actor.id and actor.has(Role.DEPUTY)
    if act == "view":
        return actor.has_in(turn.division_code, *DESK) or (own and turn.day.published_at is not None)
    allowed = TURN.acts[act].by
    if not allowed:
        return actor.kind is ActorKind.SYSTEM
    if Role.DEPUTY in allowed:
        return own
    return actor.has_in(turn.division_code, *allowed)


def checks_visible_to(actor: Actor) -> QuerySet[RoomCheck]:
    """Return the checks of the actor's rooms."""
    return RoomCheck.objects.filter(in_places(actor, "division_code", *DESK))


def check_may(actor: Actor, act: str, check: RoomCheck) -> bool:
    """Say whether the actor may try `act`; the city alone accepts a town's station (规范化验收)."""
    if act == "view":
        return actor.has_in(check.division_code, *DESK)
    allowed: Any = CHECK.acts[act].by
    if check.kind == CheckKind.ACCEPTANCE:
        allowed = allowed & {Role.OFFICE}
    return actor.has_in(check.division_code, *allowed)


def receives_at(actor: Actor, day: ReceptionDay) -> bool:
    """Say whether the actor may work at the table of this day: its keeper, or a deputy who sits there.

    A day that is still a draft is nobody's but the keeper's, as in `days_visible_to`.
    """
    if actor.has_in(day.division_code, *DESK):
        return True
    sits = actor.has(Role.DEPUTY) and day.published_at is not None
    return sits and day.turns.filter(deputy__account=actor.id).exists()


def must_receive(actor: Actor, day: ReceptionDay) -> None:
    """Refuse whoever does not work at the table of this day."""
    if actor.kind is not ActorKind.SYSTEM and not receives_at(actor, day):
        raise Denied("只有本站联络员和当天值班的代表可以登记。")
