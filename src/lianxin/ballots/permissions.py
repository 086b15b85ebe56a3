"""Who may see and move a vote: the list rule and the object rule side by side.

The body's own organ holds the vote: the office for the city, the presidium for its town. Tellers are the
people appointed for this one vote. Deputies and members of the standing committee see what is announced.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from lianxin.ballots.models import Ballot, BallotOfficer, OfficerKind
from lianxin.ballots.workflow import BALLOT, BY_TELLER, HOST, TELLER, State
from lianxin.common import clock
from lianxin.common.actor import Actor, ActorKind, Role, place_prefix
from lianxin.people.actors import active_seats
from lianxin.people.models import CongressLevel
from lianxin.people.selectors import deputies_of_body

READERS = (Role.DEPUTY, Role.LEADER)
PEOPLE = tuple(dict.fromkeys((*HOST, *READERS, *TELLER)))


def holder_of(level: str) -> Role:
    """Return the role that holds the votes of a body of this level."""
    return Role.OFFICE if level == CongressLevel.CITY else Role.PRESIDIUM


def visible_to(actor: Actor) -> QuerySet[Ballot]:
    """Return the votes that the actor may see."""
    rule = Q(pk=None)
    for place in actor.places(*HOST):
        rule |= Q(division_code__startswith=place_prefix(place))
    for place in actor.places(*READERS):
        rule |= Q(division_code__startswith=place_prefix(place), state=State.ANNOUNCED)
    if actor.id:
        mine = BallotOfficer.objects.filter(
            ballot=OuterRef("pk"), account_id=actor.id, kind=OfficerKind.TELLER
        )
        rule |= Q(Exists(mine))
    return Ballot.objects.filter(rule)


def may_hold(actor: Actor, body: str, level: str) -> bool:
    """Say whether the actor prepares and holds the votes of a body."""
    return actor.has_in(body, holder_of(level))


def may(actor: Actor, act: str, ballot: Ballot) -> bool:
    """Say whether the actor may try `act` ("view" included) on this vote."""
    if act == "view":
        return visible_to(actor).filter(pk=ballot.pk).exists()
    if act in BY_TELLER:
        return slot_of(actor, ballot) is not None
    if act == "ask_leave":
        return sits_in(actor, ballot)
    if not BALLOT.acts[act].by:
        return actor.kind is ActorKind.SYSTEM
    return may_hold(actor, ballot.division_code, ballot.level)


def sits_in(actor: Actor, ballot: Ballot) -> bool:
    """Say whether the actor is a deputy of the body that votes."""
    return actor.has(Role.DEPUTY) and _own_body(actor, ballot.division_code)


def _own_body(actor: Actor, body: str) -> bool:
    return actor.id is not None and deputies_of_body(body).filter(account=actor.id).exists()


def votes_of_seats(actor: Actor) -> QuerySet[Ballot]:
    """Return the votes that the actor takes part in as a deputy: of his own congresses, open ones too."""
    if actor.id is None or not actor.has(Role.DEPUTY):
        return Ballot.objects.none()
    seats = active_seats(clock.today()).filter(deputy__account=actor.id)
    return Ballot.objects.filter(division_code__in=seats.values("body_code"))


def slot_of(actor: Actor, ballot: Ballot) -> int | None:
    """Return which of the two tellers of this vote the actor is."""
    if actor.id is None:
        return None
    mine = ballot.officers.filter(kind=OfficerKind.TELLER, account_id=actor.id)
    return mine.values_list("slot", flat=True).first()
