"""What waits for somebody in this room: each list begins from what he may see and act on."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, OuterRef, QuerySet

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.plans.models import (
    MeetingSeat,
    Petition,
    Plan,
    PlanTask,
    ProgressReport,
    ReportState,
    SuperiorDocument,
    WorkMeeting,
)
from lianxin.plans.permissions import (
    documents_visible_to,
    meetings_visible_to,
    owners_of,
    petitions_visible_to,
    plans_visible_to,
    registers,
    tasks_visible_to,
)
from lianxin.plans.workflow import MeetingState, PetitionState, PlanState, Standing

SOON = timedelta(days=31)


def desks_of(actor: Actor) -> set[str]:
    """Return the places for which the actor registers: the cities of which he is the office."""
    return {held.place for held in actor.roles if registers(actor, held.place)}


def documents_open(actor: Actor) -> QuerySet[SuperiorDocument]:
    """Return documents of the office's desk of which nothing has come yet: the rule of `is_settled`."""
    rows = documents_visible_to(actor).filter(settled_on=None, tasks=None, lowers=None, plans=None)
    return rows.filter(division_code__in=desks_of(actor))


def petitions_late(actor: Actor) -> QuerySet[Petition]:
    """Return petitions whose answer is overdue."""
    return petitions_visible_to(actor).filter(state=PetitionState.SENT, due_on__lt=clock.today())


def petitions_to_decide(actor: Actor) -> QuerySet[Petition]:
    """Return petitions that lie before the chairpersons."""
    states = [PetitionState.PROPOSED, PetitionState.ON_AGENDA]
    return petitions_visible_to(actor).filter(state__in=states)


def plans_to_approve(actor: Actor) -> QuerySet[Plan]:
    """Return plans, first versions and changes, that wait for approval."""
    return plans_visible_to(actor).filter(state__in=[PlanState.REVIEW, PlanState.AMENDED])


def minutes_to_sign(actor: Actor) -> QuerySet[WorkMeeting]:
    """Return meetings whose minutes wait for a signature."""
    return meetings_visible_to(actor).filter(state=MeetingState.MINUTED)


def reports_open(actor: Actor) -> QuerySet[PlanTask]:
    """Return the tasks whose report waits to be accepted by the actor's desk."""
    rows = tasks_visible_to(actor).filter(_reported(), division_code__in=desks_of(actor))
    return rows.filter(state=Standing.LIVE).order_by("due_on", "number")


def tasks_due(actor: Actor) -> QuerySet[PlanTask]:
    """Return the tasks of the actor's unit or town that are late or due soon and not reported on."""
    rows = tasks_visible_to(actor).filter(~_reported(), owner__in=owners_of(actor), state=Standing.LIVE)
    return rows.filter(due_on__lte=clock.today() + SOON)


def notices_open(actor: Actor) -> QuerySet[MeetingSeat]:
    """Return the seats of the actor's unit or town whose notice has no receipt yet."""
    rows = MeetingSeat.objects.filter(owner__in=owners_of(actor), answer="", signed_at=None)
    return rows.filter(meeting__state=MeetingState.NOTICED, meeting__held_at__gte=clock.now())


def _reported() -> Exists:
    waiting = ProgressReport.objects.filter(task=OuterRef("pk"), state=ReportState.WAITING)
    return Exists(waiting)
