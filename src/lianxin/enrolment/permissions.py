"""Who keeps the roll: the office for the city and above, a presidium for its own town's congress.

Accounts stay apart (三员分立): the system administrator makes them, the security administrator grants roles.
"""

from __future__ import annotations

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q, QuerySet

from lianxin.common.actor import Actor, ActorKind, Role, place_prefix
from lianxin.enrolment.models import EnrolmentSheet, SheetKind
from lianxin.people.models import Account, Deputy, Organ

KEEPERS = (Role.OFFICE, Role.PRESIDIUM)
MAKERS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)
BRINGS = {
    SheetKind.DEPUTIES: KEEPERS,
    SheetKind.UNITS: (Role.OFFICE,),
    SheetKind.STAFF: (Role.SYSTEM_ADMIN,),
}


def deputies_visible_to(actor: Actor) -> QuerySet[Deputy]:
    """Return the deputies whose roll the actor keeps: who lives in his place or sits in its congress."""
    rule = Q(pk=None)
    for place in actor.places(*KEEPERS):
        rule |= Q(division_code__startswith=place_prefix(place)) | Q(seats__body_code=place)
    return Deputy.objects.filter(rule).distinct()


def may_deputy(actor: Actor, act: str, deputy: Deputy) -> bool:
    """Say whether the actor may see ("view") a deputy of the roll, or correct what is written of him."""
    return act in {"view", "correct"} and deputies_visible_to(actor).filter(pk=deputy.pk).exists()


def units_visible_to(actor: Actor) -> QuerySet[Organ]:
    """Return the units of the actor's county: who keeps the roll, and who opens accounts for them."""
    homes = {place[:6] for place in actor.places(*KEEPERS, *MAKERS)}
    return Organ.objects.filter(home6__in=homes)


def sheets_visible_to(actor: Actor) -> QuerySet[EnrolmentSheet]:
    """Return the sheets of the actor's place: its keepers see deputies and units, administrators staff."""
    rule = Q(pk=None)
    for roles, kinds in ((KEEPERS, ("deputies", "units")), (MAKERS, ("staff",))):
        for place in actor.places(*roles):
            rule |= Q(kind__in=kinds, division_code__startswith=place_prefix(place))
    return EnrolmentSheet.objects.filter(rule)


def may_bring(actor: Actor, kind: SheetKind, place: str) -> bool:
    """Say whether the actor may bring in a sheet of this kind for a place."""
    return actor.kind is ActorKind.SYSTEM or actor.has_in(place, *BRINGS[kind])


def closed_accounts_visible_to(actor: Actor) -> QuerySet[Account]:
    """Return the accounts that nobody has ever opened, for the system administrator."""
    found = Account.objects.filter(is_active=True, password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return found if actor.has(Role.SYSTEM_ADMIN) else found.none()
