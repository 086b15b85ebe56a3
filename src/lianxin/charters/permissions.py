"""Who may see and move the texts of a village: the list rule and the object rule side by side.

The village drafts, its town checks and files, the city's office and the standing committee see all, a
deputy sees the villages of his body. What is published everybody reads; for that there are selectors.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from lianxin.charters.models import CharterText, RevisionRound
from lianxin.charters.workflow import BY_RESIDENT, CHARTERS
from lianxin.common.actor import Actor, ActorKind, Role, place_prefix
from lianxin.villages.permissions import READERS


def visible_to(actor: Actor) -> QuerySet[CharterText]:
    """Return the versions that the actor may see."""
    rule = Q(pk=None)
    for place in actor.places(*READERS):
        rule |= Q(division_code__startswith=place_prefix(place))
    return CharterText.objects.filter(rule)


def may(actor: Actor, act: str, text: CharterText) -> bool:
    """Say whether the actor may try `act` ("view" included) on this version."""
    if act == "view":
        return actor.has_in(text.division_code, *READERS)
    allowed = CHARTERS.acts[act].by
    if not allowed:
        return actor.kind is (ActorKind.RESIDENT if act in BY_RESIDENT else ActorKind.SYSTEM)
    return actor.has_in(text.division_code, *allowed)


def may_start(actor: Actor, village: str) -> bool:
    """Say whether the actor may begin a new version for a village."""
    return actor.has_in(village, Role.VILLAGE)


def rounds_visible_to(actor: Actor) -> QuerySet[RevisionRound]:
    """Return the rounds of the actor's region; their rows are shown as far as he sees villages."""
    regions = {place[:6] for place in actor.places(*READERS)}
    return RevisionRound.objects.filter(home6__in=regions)


def may_in_round(actor: Actor, act: str, row: RevisionRound) -> bool:
    """Say whether the actor may see ("view") or close a round."""
    if act == "view":
        return any(place[:6] == row.home6 for place in actor.places(*READERS))
    return may_open_round(actor) and (actor.id is None or actor.has_in(row.division_code, Role.OFFICE))


def may_open_round(actor: Actor) -> bool:
    """Say whether the actor may open a round for the whole region."""
    return actor.kind is ActorKind.SYSTEM or actor.has(Role.OFFICE)
