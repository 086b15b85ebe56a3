"""Who keeps the sessions of a congress: the office the county's, a presidium its own town's."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from lianxin.common.actor import Actor, Role
from lianxin.congress.models import CongressSession
from lianxin.people.permissions import may_seat

KEEPERS = (Role.OFFICE, Role.PRESIDIUM)


def sessions_visible_to(actor: Actor) -> QuerySet[CongressSession]:
    """Return the sessions of the congresses that the actor keeps, leads or sits in."""
    rule = Q(division_code__in=actor.places(Role.PRESIDIUM, Role.DEPUTY))
    rule |= Q(home6__in={place[:6] for place in actor.places(Role.OFFICE, Role.LEADER)})
    return CongressSession.objects.filter(rule)


def may_session(actor: Actor, act: str, session: CongressSession) -> bool:
    """Say whether the actor may read a session ("view"), or change it and its attendance ("keep")."""
    if act == "keep":
        return may_seat(actor, session.division_code)
    return act == "view" and sessions_visible_to(actor).filter(pk=session.pk).exists()
