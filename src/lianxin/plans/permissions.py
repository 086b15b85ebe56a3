"""Who may see and move what: list rules and object rules side by side.

The office and the standing committee see the whole of their region. A unit and a town see their own tasks and
the meetings to which they are asked; plans, documents and petitions are the desk's.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from lianxin.common.actor import Actor, Role
from lianxin.plans.models import Petition, Plan, PlanTask, SuperiorDocument, WorkMeeting
from lianxin.plans.workflow import OWNERS, PETITION, PLAN, TASK, WATCHERS, WORK_MEETING, MeetingState

UNIT = (Role.UNIT_CLERK, Role.UNIT_HEAD)
PLACES = (Role.PRESIDIUM, Role.OFFICE)


def owners_of(actor: Actor) -> set[str]:
    """Return the owners for which the actor speaks: his units, his town, the city's own office."""
    return set(actor.units(*UNIT)) | set(actor.places(*PLACES))


def regions_of(actor: Actor) -> set[str]:
    """Return the regions whose plans the actor watches."""
    return {place[:6] for place in actor.places(*WATCHERS) if place.endswith("000000")}


def registers(actor: Actor, place: str) -> bool:
    """Say whether the actor writes documents, petitions, plans and meetings of a place."""
    return actor.has_in(place, Role.OFFICE)


def documents_visible_to(actor: Actor) -> QuerySet[SuperiorDocument]:
    """Return the documents of the actor's region."""
    return SuperiorDocument.objects.filter(home6__in=regions_of(actor))


def may_document(actor: Actor, act: str, row: SuperiorDocument) -> bool:
    """Say whether the actor may see ("view") or change a document's links, files and note."""
    if act == "view":
        return row.home6 in regions_of(actor)
    return registers(actor, row.division_code)


def petitions_visible_to(actor: Actor) -> QuerySet[Petition]:
    """Return the petitions of the actor's region."""
    return Petition.objects.filter(home6__in=regions_of(actor))


def may_petition(actor: Actor, act: str, row: Petition) -> bool:
    """Say whether the actor may try `act` ("view" included) on a petition."""
    if act == "view":
        return row.home6 in regions_of(actor)
    return actor.has_in(row.division_code, *PETITION.acts[act].by)


def plans_visible_to(actor: Actor) -> QuerySet[Plan]:
    """Return the plans of the actor's region."""
    return Plan.objects.filter(home6__in=regions_of(actor))


def may_plan(actor: Actor, act: str, row: Plan) -> bool:
    """Say whether the actor may try `act` ("view" included) on a plan."""
    if act == "view":
        return row.home6 in regions_of(actor)
    return actor.has_in(row.division_code, *PLAN.acts[act].by)


def tasks_visible_to(actor: Actor) -> QuerySet[PlanTask]:
    """Return the tasks of the actor's region for its watchers, else those of his own unit or town."""
    return PlanTask.objects.filter(Q(home6__in=regions_of(actor)) | Q(owner__in=owners_of(actor)))


def may_task(actor: Actor, act: str, row: PlanTask) -> bool:
    """Say whether the actor may try `act` ("view" included) on a task: its owner reports, the desk judges."""
    own = row.owner in owners_of(actor)
    if act == "view":
        return own or row.home6 in regions_of(actor)
    by = TASK.acts[act].by
    return own and actor.has(*by) if act == "report" else actor.has_in(row.division_code, *by)


def meetings_visible_to(actor: Actor) -> QuerySet[WorkMeeting]:
    """Return the meetings of the actor's region for its watchers, else those to which he was asked."""
    asked = WorkMeeting.objects.filter(seats__owner__in=owners_of(actor)).exclude(state=MeetingState.PLANNED)
    return WorkMeeting.objects.filter(Q(home6__in=regions_of(actor)) | Q(pk__in=asked.values("pk")))


def may_meeting(actor: Actor, act: str, row: WorkMeeting) -> bool:
    """Say whether the actor may try `act` ("view" included) on a meeting; only who is asked answers."""
    if act == "view":
        return meetings_visible_to(actor).filter(pk=row.pk).exists()
    by = WORK_MEETING.acts[act].by
    if act in {"reply", "sign_in"}:
        return actor.has(*OWNERS) and row.seats.filter(owner__in=owners_of(actor)).exists()
    return actor.has_in(row.division_code, *by)
