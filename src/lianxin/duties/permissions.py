"""Who may see and move a duty record or a pledge: list rule and object rule side by side.

What a deputy keeps to himself is for nobody else, the three administrators least of all. 「小组」 is for
the deputy's group; 「联络站」 also for the keeper, the presidium and the office of his place.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from lianxin.common.actor import Actor, Role, place_prefix
from lianxin.duties.models import DutyKind, DutyPledge, DutyRecord, Privacy
from lianxin.duties.workflow import BODIES, DUTY, JUDGES, PLEDGE, PledgeState, State
from lianxin.people.models import Deputy, DeputyGroup

READERS = (Role.KEEPER, *BODIES)
ORGANISERS = (Role.KEEPER, *BODIES)
FOR_GROUP = (Privacy.GROUP, Privacy.STATION, Privacy.PUBLIC)
FOR_STATION = (Privacy.STATION, Privacy.PUBLIC)


def visible_to(actor: Actor) -> QuerySet[DutyRecord]:
    """Return the records that the actor may read."""
    if actor.id is None or not actor.roles:
        return DutyRecord.objects.none()
    rule = Q(pk=None)
    if actor.has(Role.DEPUTY):
        rule |= Q(deputy__account_id=actor.id)
        mates = Q(deputy__in=_mates(actor)) & Q(privacy__in=FOR_GROUP)
        rule |= mates & ~Q(state=State.DRAFT)
    for place in actor.places(*READERS):
        here = Q(deputy__division_code__startswith=place_prefix(place))
        rule |= here & Q(privacy__in=FOR_STATION) & ~Q(state=State.DRAFT)
    return DutyRecord.objects.filter(rule)


def sees(actor: Actor, record: DutyRecord) -> bool:
    """Say whether the actor may read one record."""
    if is_own(actor, record.deputy):
        return True
    if record.privacy == Privacy.SELF or record.state == State.DRAFT:
        return False
    if record.privacy in FOR_STATION and actor.has_in(record.deputy.division_code, *READERS):
        return True
    return actor.has(Role.DEPUTY) and _mates(actor).filter(pk=record.deputy_id).exists()


def may(actor: Actor, act: str, record: DutyRecord) -> bool:
    """Say whether the actor may try `act` ("view" included) on this record."""
    if act == "view":
        return sees(actor, record)
    if DUTY.acts[act].by == frozenset({Role.DEPUTY}):
        return is_own(actor, record.deputy)
    if not sees(actor, record):
        return False
    bodies = record.privacy in FOR_STATION and actor.has_in(record.deputy.division_code, *BODIES)
    return bodies or leads(actor, record.deputy)


def pledges_visible_to(actor: Actor) -> QuerySet[DutyPledge]:
    """Return the pledges that the actor may see: published ones are everybody's, drafts their author's."""
    rule = ~Q(state=PledgeState.DRAFT)
    if actor.id is not None:
        rule |= Q(deputy__account_id=actor.id)
    return DutyPledge.objects.filter(rule)


def may_pledge(actor: Actor, act: str, pledge: DutyPledge) -> bool:
    """Say whether the actor may try `act` ("view" included) on this pledge."""
    if act == "view":
        return pledge.state != PledgeState.DRAFT or is_own(actor, pledge.deputy)
    allowed = PLEDGE.acts[act].by
    if allowed == frozenset({Role.DEPUTY}):
        return is_own(actor, pledge.deputy)
    if actor.has_in(pledge.deputy.division_code, *BODIES):
        return True
    return allowed == frozenset(JUDGES) and leads(actor, pledge.deputy)


def may_enter_for(actor: Actor, deputy: Deputy) -> bool:
    """Say whether the actor may enter later (补录) what a deputy did."""
    return actor.has_in(deputy.division_code, *ORGANISERS)


def may_oversee(actor: Actor, deputy: Deputy) -> bool:
    """Say whether the actor sees a deputy's duties and gaps as the one who answers for him."""
    return actor.has_in(deputy.division_code, *BODIES) or leads(actor, deputy)


def overseen_by(actor: Actor) -> QuerySet[Deputy]:
    """Return the deputies for whom the actor answers: of his group, his town, his city."""
    rule = Q(pk=None)
    for place in actor.places(*BODIES):
        rule |= Q(division_code__startswith=place_prefix(place))
    if actor.id is not None and actor.has(Role.DEPUTY):
        led = DeputyGroup.objects.filter(leader__account_id=actor.id)
        rule |= Q(memberships__group__in=led, memberships__valid_to=None)
    return Deputy.objects.filter(rule).distinct()


def kinds_visible_to(actor: Actor) -> QuerySet[DutyKind]:
    """Return the registry of kinds: open to everybody, as every institution is."""
    return DutyKind.objects.all()


def may_edit_kinds(actor: Actor) -> bool:
    """Say whether the actor may enter a kind.

    The system administrator enters rules of every sort (as with parameters), on a document that he has
    to name; what it says is decided by the congress, and the trail shows who entered it.
    """
    return actor.has(Role.SYSTEM_ADMIN)


def is_own(actor: Actor, deputy: Deputy) -> bool:
    """Say whether the actor is this deputy, with a seat in which he may act."""
    return actor.id is not None and deputy.account_id == actor.id and actor.has(Role.DEPUTY)


def leads(actor: Actor, deputy: Deputy) -> bool:
    """Say whether the actor leads the group of a deputy."""
    if actor.id is None or not actor.has(Role.DEPUTY):
        return False
    return DeputyGroup.objects.filter(
        leader__account_id=actor.id, members__deputy=deputy, members__valid_to=None
    ).exists()


def _mates(actor: Actor) -> QuerySet[Deputy]:
    if actor.id is None:
        return Deputy.objects.none()
    groups = DeputyGroup.objects.filter(members__deputy__account_id=actor.id, members__valid_to=None)
    return Deputy.objects.filter(memberships__group__in=groups, memberships__valid_to=None)
