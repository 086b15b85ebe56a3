"""Who may see and move what guides villages: list rules and object rules side by side.

Whoever reads a village reads its tasks, sheets and findings. A village's own supervising deputy fills its
sheet and looks again at what was found; his town may do so too.
"""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from lianxin.campaigns.key_tasks import KeyTask, KeyTaskPart
from lianxin.campaigns.models import (
    Campaign,
    CampaignTask,
    Contest,
    Finding,
    Inspection,
    MoralMeeting,
    Nomination,
)
from lianxin.campaigns.workflow import BY_RESIDENT, CONTEST, FINDING, KEY_TASK
from lianxin.common.actor import Actor, ActorKind, Role, place_prefix
from lianxin.villages.models import VillageProfile
from lianxin.villages.permissions import READERS as VILLAGE_READERS

READERS = (*VILLAGE_READERS, Role.KEEPER)
BODIES = (Role.PRESIDIUM, Role.OFFICE, Role.LEADER)
"""Who works at the bench of 村民自治监督: the city for all towns, a town for itself."""
T = TypeVar("T", bound=Model)


def _within(actor: Actor, model: type[T], roles: tuple[Role, ...]) -> QuerySet[T]:
    rule = Q(pk=None)
    for place in actor.places(*roles):
        rule |= Q(division_code__startswith=place_prefix(place))
    return model._default_manager.filter(rule)


def _in_region(actor: Actor, model: type[T]) -> QuerySet[T]:
    return model._default_manager.filter(home6__in={place[:6] for place in actor.places(*READERS)})


def _reads_region(actor: Actor, home6: str) -> bool:
    return any(place[:6] == home6 for place in actor.places(*READERS))


def campaigns_visible_to(actor: Actor) -> QuerySet[Campaign]:
    """Return the themed years of the actor's region."""
    return _in_region(actor, Campaign)


def may_lead(actor: Actor, act: str, row: Campaign) -> bool:
    """Say whether the actor may see ("view") or close a themed year."""
    return _reads_region(actor, row.home6) if act == "view" else may_open(actor)


def tasks_visible_to(actor: Actor) -> QuerySet[CampaignTask]:
    """Return the villages' parts of themed years that the actor may see."""
    return _within(actor, CampaignTask, VILLAGE_READERS)


def may_task(actor: Actor, act: str, row: CampaignTask) -> bool:
    """Say whether the actor may see ("view") or finish ("finish") a village's part."""
    return actor.has_in(row.division_code, *(VILLAGE_READERS if act == "view" else (Role.VILLAGE,)))


def contests_visible_to(actor: Actor) -> QuerySet[Contest]:
    """Return the contests of the actor's region."""
    return _in_region(actor, Contest)


def may(actor: Actor, act: str, row: Contest) -> bool:
    """Say whether the actor may try `act` ("view" included) on a contest."""
    if act == "view":
        return _reads_region(actor, row.home6)
    allowed = CONTEST.acts[act].by
    if not allowed:
        return actor.kind is (ActorKind.RESIDENT if act in BY_RESIDENT else ActorKind.SYSTEM)
    return actor.has_in(row.division_code, *allowed)


def nominations_visible_to(actor: Actor) -> QuerySet[Nomination]:
    """Return the nominations of the actor's villages."""
    return _within(actor, Nomination, READERS)


def may_nominate(actor: Actor, act: str, row: Nomination) -> bool:
    """Say whether the actor may see ("view"), review as the town, or count paper votes as a station."""
    if act == "count":
        return any(place[:6] == row.home6 for place in actor.places(Role.KEEPER))
    return actor.has_in(row.division_code, *(READERS if act == "view" else (Role.PRESIDIUM,)))


def moral_visible_to(actor: Actor) -> QuerySet[MoralMeeting]:
    """Return the moral review meetings that the actor may see."""
    return _within(actor, MoralMeeting, VILLAGE_READERS)


def may_review(actor: Actor, act: str, row: MoralMeeting) -> bool:
    """Say whether the actor may see a moral review meeting; a record is not changed."""
    return act == "view" and actor.has_in(row.division_code, *VILLAGE_READERS)


def inspections_visible_to(actor: Actor) -> QuerySet[Inspection]:
    """Return the inspection sheets that the actor may see."""
    return _within(actor, Inspection, VILLAGE_READERS)


def may_inspection(actor: Actor, act: str, row: Inspection) -> bool:
    """Say whether the actor may see an inspection sheet; a sheet is not changed."""
    return act == "view" and actor.has_in(row.division_code, *VILLAGE_READERS)


def findings_visible_to(actor: Actor) -> QuerySet[Finding]:
    """Return the findings that the actor may see."""
    return _within(actor, Finding, VILLAGE_READERS)


def may_find(actor: Actor, act: str, row: Finding) -> bool:
    """Say whether the actor may try `act` ("view" included) on a finding; a deputy in his own villages."""
    if act == "view":
        return actor.has_in(row.division_code, *VILLAGE_READERS)
    allowed = FINDING.acts[act].by
    by_office = actor.has_in(row.division_code, *(role for role in allowed if role is not Role.DEPUTY))
    return by_office or (Role.DEPUTY in allowed and supervises(actor, row.division_code))


def supervises(actor: Actor, village: str) -> bool:
    """Say whether the actor is the village's supervising deputy, in office."""
    if actor.id is None or not actor.has_in(village, Role.DEPUTY):
        return False
    mine = VillageProfile.objects.filter(division_code=village, supervising_deputy__account=actor.id)
    return mine.exists()


def may_inspect(actor: Actor, village: str) -> bool:
    """Say whether the actor may fill the sheet of a village: its supervising deputy, or its town."""
    return actor.has_in(village, Role.PRESIDIUM) or supervises(actor, village)


def may_open(actor: Actor) -> bool:
    """Say whether the actor may open themed years and contests for the whole region."""
    return actor.kind is ActorKind.SYSTEM or actor.has(Role.OFFICE)


def may_assign(actor: Actor, village: str) -> bool:
    """Say whether the actor may name the supervising deputy of a village."""
    return actor.kind is ActorKind.SYSTEM or actor.has_in(village, Role.OFFICE, Role.PRESIDIUM)


def parts_visible_to(actor: Actor) -> QuerySet[KeyTaskPart]:
    """Return the towns' parts of key tasks that the actor may see: a town sees its own."""
    return _within(actor, KeyTaskPart, BODIES)


def may_part(actor: Actor, act: str, row: KeyTaskPart) -> bool:
    """Say whether the actor may see ("view") a town's part, or try `act` on it."""
    return actor.has_in(row.division_code, *(BODIES if act == "view" else KEY_TASK.acts[act].by))


def key_tasks_visible_to(actor: Actor) -> QuerySet[KeyTask]:
    """Return the key tasks of which the actor may see a part."""
    return KeyTask.objects.filter(pk__in=parts_visible_to(actor).values("task"))


def may_key_task(actor: Actor, act: str, row: KeyTask) -> bool:
    """Say whether the actor may see a key task; its progress is moved part by part."""
    return act == "view" and key_tasks_visible_to(actor).filter(pk=row.pk).exists()
