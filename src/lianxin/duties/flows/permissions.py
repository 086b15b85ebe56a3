"""Who may see and move meeting requests and bids for an honour: list rule and object rule side by side."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from lianxin.common.actor import Actor, ActorKind, Role, place_prefix
from lianxin.duties.flows_workflow import BODY, EXCELLENCE, MEETING, Excellence, Meeting
from lianxin.duties.models import ExcellenceBid, MeetingRequest
from lianxin.duties.permissions import is_own, leads
from lianxin.people.models import DeputyGroup

UNIT_SEES = tuple(
    state for state in Meeting if state not in {Meeting.REQUESTED, Meeting.SCREENED, Meeting.REJECTED}
)
PUBLIC = (Excellence.NOTICED, Excellence.HONOURED)
"""An honour is open to everybody while it is on notice and once it is given."""


def meetings_visible_to(actor: Actor) -> QuerySet[MeetingRequest]:
    """Return the meeting requests that the actor may see: his own, his body's, those of his organ."""
    rule = Q(pk=None)
    for place in actor.places(*BODY):
        rule |= Q(body_code__startswith=place_prefix(place))
    if actor.id is not None and actor.has(Role.DEPUTY):
        joint = MeetingRequest.objects.filter(joint__account_id=actor.id)
        rule |= Q(deputy__account_id=actor.id) | Q(pk__in=joint.values("pk"))
    units = actor.units(Role.UNIT_HEAD)
    if units:
        rule |= Q(organ__in=units, state__in=UNIT_SEES)
    return MeetingRequest.objects.filter(rule)


def may_meeting(actor: Actor, act: str, row: MeetingRequest) -> bool:
    """Say whether the actor may try `act` ("view" included) on this request."""
    if act == "view":
        return _sees(actor, row)
    allowed = MEETING.acts[act].by
    if not allowed:
        return actor.kind is ActorKind.SYSTEM
    if allowed & set(BODY) and actor.has_in(row.body_code, *BODY):
        return True
    if Role.UNIT_HEAD in allowed and row.organ in actor.units(Role.UNIT_HEAD):
        return True
    return Role.DEPUTY in allowed and is_own(actor, row.deputy)


def _sees(actor: Actor, row: MeetingRequest) -> bool:
    if actor.has_in(row.body_code, *BODY) or is_own(actor, row.deputy):
        return True
    if row.organ in actor.units(Role.UNIT_HEAD) and row.state in UNIT_SEES:
        return True
    if actor.id is None or not actor.has(Role.DEPUTY):
        return False
    return row.joint.filter(account_id=actor.id).exists()


def bids_visible_to(actor: Actor) -> QuerySet[ExcellenceBid]:
    """Return the bids that the actor may see; what is on notice or honoured is for everybody."""
    rule = Q(state__in=PUBLIC)
    for place in actor.places(*BODY):
        rule |= Q(body_code__startswith=place_prefix(place))
    if actor.id is not None and actor.has(Role.DEPUTY):
        led = DeputyGroup.objects.filter(leader__account_id=actor.id)
        members = Q(deputy__memberships__group__in=led, deputy__memberships__valid_to=None)
        rule |= Q(deputy__account_id=actor.id) | Q(pk__in=ExcellenceBid.objects.filter(members).values("pk"))
    return ExcellenceBid.objects.filter(rule)


def may_bid(actor: Actor, act: str, row: ExcellenceBid) -> bool:
    """Say whether the actor may try `act` ("view" included) on this bid."""
    if act == "view":
        in_sight = row.state in PUBLIC or actor.has_in(row.body_code, *BODY) or is_own(actor, row.deputy)
        return in_sight or leads(actor, row.deputy)
    allowed = EXCELLENCE.acts[act].by
    if allowed & set(BODY) and actor.has_in(row.body_code, *BODY):
        return True
    if act == "recommend":
        return leads(actor, row.deputy)
    if act == "object":
        return actor.has(*allowed)
    return Role.DEPUTY in allowed and is_own(actor, row.deputy)
