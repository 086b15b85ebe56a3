"""Who may see and move a yearly file: list rule and object rule side by side.

Nothing is public here. A file is for the deputy himself, the leader of his group while the group's view
is asked, the presidium of the town congress or the office of the city congress in which he sits.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from lianxin.common.actor import Actor, ActorKind, Role, place_prefix
from lianxin.duties.assessment_workflow import ASSESSMENT, BODY, State
from lianxin.duties.models import YearlyFile
from lianxin.duties.permissions import is_own, leads
from lianxin.people.models import DeputyGroup

ASKED = (State.GROUP_VIEW, State.DECIDING)
"""States in which the leader of the group sees the file."""


def visible_to(actor: Actor) -> QuerySet[YearlyFile]:
    """Return the yearly files that the actor may see."""
    rule = Q(pk=None)
    for place in actor.places(*BODY):
        rule |= Q(body_code__startswith=place_prefix(place))
    if actor.id is not None and actor.has(Role.DEPUTY):
        rule |= Q(deputy__account_id=actor.id)
        led = DeputyGroup.objects.filter(leader__account_id=actor.id)
        members = Q(deputy__memberships__group__in=led, deputy__memberships__valid_to=None)
        asked = YearlyFile.objects.filter(members, state__in=ASKED)
        rule |= Q(pk__in=asked.values("pk"))
    return YearlyFile.objects.filter(rule)


def may(actor: Actor, act: str, file: YearlyFile) -> bool:
    """Say whether the actor may try `act` ("view" included) on this file."""
    if act == "view":
        return _sees(actor, file)
    allowed = ASSESSMENT.acts[act].by
    if not allowed:
        return actor.kind is ActorKind.SYSTEM
    if allowed & set(BODY) and actor.has_in(file.body_code, *(allowed & set(BODY))):
        return True
    if act == "comment":
        return leads(actor, file.deputy)
    return Role.DEPUTY in allowed and is_own(actor, file.deputy)


def _sees(actor: Actor, file: YearlyFile) -> bool:
    if actor.has_in(file.body_code, *BODY) or is_own(actor, file.deputy):
        return True
    return file.state in ASKED and leads(actor, file.deputy)
