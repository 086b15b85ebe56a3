"""Who may change people. Three administrators keep apart (三员分立): one makes, one grants, one watches."""

from __future__ import annotations

from django.db.models import QuerySet

from lianxin.common.actor import Actor, ActorKind, Role
from lianxin.common.errors import Denied
from lianxin.people.models import CongressTerm

APART = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR})


def only(actor: Actor, role: Role) -> None:
    """Let the system itself and holders of `role` pass; refuse everybody else."""
    if actor.kind is not ActorKind.SYSTEM and not actor.has(role):
        raise Denied("您没有办理这一步的权限。")


TERM_READERS = (Role.OFFICE, Role.PRESIDIUM, Role.LEADER)


def terms_visible_to(actor: Actor) -> QuerySet[CongressTerm]:
    """Return the terms of the city's congress where the actor reads figures, the first one first."""
    codes = {f"{place[:6]}000000" for place in actor.places(*TERM_READERS)}
    return CongressTerm.objects.filter(division_code__in=codes).order_by("starts_on")


def may_term(actor: Actor, act: str, row: CongressTerm) -> bool:
    """Say whether the actor may see a term ("view"); one that stands is not changed."""
    places = {place[:6] for place in actor.places(*TERM_READERS)}
    return act == "view" and row.division_code[:6] in places


def may_begin(actor: Actor, body: str) -> bool:
    """Say whether the actor may begin a new term of a congress."""
    return actor.kind is ActorKind.SYSTEM or body in actor.places(Role.OFFICE)


def may_seat(actor: Actor, body: str) -> bool:
    """Say whether the actor enters and ends seats of a congress: the office all, a presidium its town's."""
    if actor.kind is ActorKind.SYSTEM:
        return True
    homes = {place[:6] for place in actor.places(Role.OFFICE)}
    above = any(body == home[:width].ljust(12, "0") for home in homes for width in (2, 4))
    return body[:6] in homes or above or body in actor.places(Role.PRESIDIUM)
