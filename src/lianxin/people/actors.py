"""From accounts to actors: the roles and seats that are valid today."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from lianxin.common import clock
from lianxin.common.actor import Actor, Role, RoleIn
from lianxin.people.models import Account, CongressLevel, Deputy, RoleHeld, Seat, SeatSuspension

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser

OWN_LEVELS = (CongressLevel.CITY, CongressLevel.TOWN)


def actor_of(account: AbstractBaseUser | AnonymousUser, on: date | None = None) -> Actor:
    """Return the actor for an account, with the rights of the day (two queries)."""
    day = on or clock.today()
    if getattr(account, "is_demo", False) and not settings.LIANXIN_DEMO:
        return Actor(id=account.pk, name="")  # outside demo mode demo accounts have no rights
    held = [
        RoleIn(Role(row.role), row.place, row.unit)
        for row in _valid(RoleHeld.objects.filter(account=account.pk), day)
    ]
    seats = active_seats(day).filter(deputy__account=account.pk, level__in=OWN_LEVELS)
    held += [RoleIn(Role.DEPUTY, code) for code in seats.values_list("body_code", flat=True)]
    return Actor(id=account.pk, name=str(getattr(account, "display_name", "")), roles=tuple(held))


def held_seats(day: date) -> QuerySet[Seat]:
    """Return the seats that are held on `day`, also those whose deputy may not act just now."""
    return Seat.objects.filter(Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gte=day)))


def active_seats(day: date) -> QuerySet[Seat]:
    """Return the seats in which a deputy may act on `day` (代表法 61、62: not suspended, not ended)."""
    now = Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day))
    return held_seats(day).exclude(Exists(SeatSuspension.objects.filter(now, seat=OuterRef("pk"))))


def deputy_of(actor: Actor) -> Deputy | None:
    """Return the deputy behind an actor, if he is one."""
    return Deputy.objects.filter(account_id=actor.id).first() if actor.id else None


def seats_of(actor: Actor, on: date | None = None) -> list[Seat]:
    """Return the seats that the actor holds on the day."""
    return list(active_seats(on or clock.today()).filter(deputy__account_id=actor.id)) if actor.id else []


def actor_for(account_id: UUID) -> Actor:
    """Return the actor for an account id (for commands and the demo city)."""
    return actor_of(Account.objects.get(pk=account_id))


def _valid(held: QuerySet[RoleHeld], day: date) -> QuerySet[RoleHeld]:
    return held.filter(Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gte=day)))
