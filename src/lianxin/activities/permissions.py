"""Who may see groups and activities and who may hold them: list rule and object rule side by side.

A leader sees his own group only; a town's presidium and keeper see their town's groups, the office and
members of the standing committee all of the city.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from lianxin.activities.models import Activity, Gathering
from lianxin.activities.workflow import ACTIVITY
from lianxin.common.actor import Actor, Role, covers, place_prefix
from lianxin.people.models import Deputy, DeputyGroup, GroupMember

STAFF = (Role.KEEPER, Role.PRESIDIUM, Role.OFFICE)
WATCHERS = (*STAFF, Role.LEADER)
MASTERS = (Role.PRESIDIUM, Role.OFFICE)
"""Who regroups deputies and appoints leaders."""


def groups_visible_to(actor: Actor) -> QuerySet[DeputyGroup]:
    """Return the groups that the actor may see: his own, or those of his place."""
    rule = Q(pk=None)
    for place in actor.places(*WATCHERS):
        rule |= Q(division_code__startswith=place_prefix(place))
    if actor.has(Role.DEPUTY):
        rule |= Q(pk__in=_own_groups(actor))
    return DeputyGroup.objects.filter(rule)


def visible_to(actor: Actor) -> QuerySet[Activity]:
    """Return the activities that the actor may see."""
    rule = Q(pk=None)
    for place in actor.places(*WATCHERS):
        rule |= Q(division_code__startswith=place_prefix(place))
    if actor.has(Role.DEPUTY):
        rule |= Q(group__in=_own_groups(actor)) | Q(group=None, division_code__in=_homes(actor))
    return Activity.objects.filter(rule)


def may(actor: Actor, act: str, activity: Activity) -> bool:
    """Say whether the actor may try `act` ("view" included) on this activity."""
    if act == "view":
        return visible_to(actor).filter(pk=activity.pk).exists()
    allowed = ACTIVITY.acts[act].by
    if actor.has_in(activity.division_code, *(allowed & set(STAFF))):
        return True
    return activity.group is not None and leads(actor, activity.group)


def leads(actor: Actor, group: DeputyGroup) -> bool:
    """Say whether the actor is the group's leader and still sits as a deputy."""
    return bool(actor.has(Role.DEPUTY) and actor.id and group.leader and group.leader.account_id == actor.id)


def may_host(actor: Actor, group: DeputyGroup) -> bool:
    """Say whether the actor may plan for a group: its leader, or the staff of its place."""
    return actor.has_in(group.division_code, *STAFF) or leads(actor, group)


def may_keep(actor: Actor, gathering: Gathering) -> bool:
    """Say whether the actor may show the code and tick people: staff of the place, or the one who leads."""
    if actor.has_in(gathering.division_code, *STAFF):
        return True
    leads_it = actor.id is not None and gathering.leader_account == actor.id
    return leads_it and actor.has(Role.DEPUTY)


def may_attend(deputy: Deputy, gathering: Gathering) -> bool:
    """Say whether a deputy belongs to a gathering: invited, a member of its group, or of its place."""
    if gathering.by_invitation:
        return gathering.guests.filter(deputy=deputy).exists()
    if gathering.group_id:
        return GroupMember.objects.filter(group_id=gathering.group_id, deputy=deputy, valid_to=None).exists()
    return covers(gathering.division_code, deputy.division_code)


def _own_groups(actor: Actor) -> QuerySet[GroupMember, Any]:
    mine = GroupMember.objects.filter(valid_to=None, deputy__account=actor.id)
    return mine.values("group_id")


def _homes(actor: Actor) -> set[str]:
    """Return the places whose common activities are a deputy's: those of his seats and where he lives."""
    places = set(actor.places(Role.DEPUTY))
    homes = Deputy.objects.filter(account=actor.id).values_list("division_code", flat=True)
    for home in homes:
        places |= {home, home[:9] + "000", home[:6] + "000000"}
    return places
