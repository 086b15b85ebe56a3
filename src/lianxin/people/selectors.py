"""Reading people: organs by code, deputies by place, who stands behind a role."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from lianxin.common import clock
from lianxin.common.actor import Role, place_prefix
from lianxin.people.actors import active_seats
from lianxin.people.models import Account, Deputy, Organ, RoleHeld


@functools.cache
def _organs() -> dict[str, Organ]:
    return {organ.code: organ for organ in Organ.objects.filter(is_active=True)}


def organ_of(code: str) -> Organ | None:
    """Return an active organ by its code."""
    if code not in _organs():
        _organs.cache_clear()
    return _organs().get(code)


def organ_name(code: str) -> str:
    """Return an organ's name, or its code where it is unknown."""
    organ = organ_of(code)
    return organ.name if organ else code


def organs(*, level: str = "", town_code: str = "") -> QuerySet[Organ]:
    """Return the organs that a level may hand matters to."""
    found = Organ.objects.filter(is_active=True).order_by("level", "code")
    if level == "town":
        return found.filter(Q(level="city") | Q(division_code=town_code))
    return found


def organ_has_head(code: str) -> bool:
    """Say whether somebody can sign for the organ today."""
    return _holding(Role.UNIT_HEAD).filter(unit=code).exists()


def organs_with_head() -> set[str]:
    """Return the organs for which somebody can sign today (one query, for lists of organs)."""
    return set(_holding(Role.UNIT_HEAD).exclude(unit="").values_list("unit", flat=True))


def accounts_with(role: Role, *, place: str = "", unit: str = "") -> list[UUID]:
    """Return the accounts that hold a role for exactly a place or a unit today."""
    held = _holding(role)
    held = held.filter(unit=unit) if unit else held.filter(place=place)
    return list(held.values_list("account_id", flat=True))


def keepers_of(division_code: str) -> list[UUID]:
    """Return the keepers whose area covers a place."""
    return list(
        _holding(Role.KEEPER)
        .filter(place__in={division_code, division_code[:9] + "000", division_code[:6] + "000000"})
        .values_list("account_id", flat=True)
    )


def deputies_in(place: str) -> QuerySet[Deputy]:
    """Return the deputies with an active seat whose home lies in a place."""
    seats = active_seats(clock.today())
    return Deputy.objects.filter(division_code__startswith=place_prefix(place), seats__in=seats).distinct()


def deputies_of_body(body_code: str) -> QuerySet[Deputy]:
    """Return the deputies who sit in one congress today."""
    return Deputy.objects.filter(seats__in=active_seats(clock.today()).filter(body_code=body_code)).order_by(
        "pinyin"
    )


def deputy_names(ids: Iterable[UUID | str]) -> dict[str, str]:
    """Return deputy id → name."""
    return {str(pk): name for pk, name in Deputy.objects.filter(pk__in=list(ids)).values_list("pk", "name")}


def account_emails(ids: Iterable[UUID]) -> list[str]:
    """Return the addresses of active accounts that have one."""
    return list(
        Account.objects.filter(pk__in=list(ids), is_active=True)
        .exclude(email="")
        .values_list("email", flat=True)
    )


def _holding(role: Role) -> QuerySet[RoleHeld]:
    day = clock.today()
    return RoleHeld.objects.filter(role=role, valid_from__lte=day, account__is_active=True).filter(
        Q(valid_to=None) | Q(valid_to__gte=day)
    )
