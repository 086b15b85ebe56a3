"""Reading pledges: a deputy's own, those that a body watches, those that the public sees."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import NotFound
from lianxin.duties.models import DutyPledge
from lianxin.duties.permissions import may_pledge, overseen_by, pledges_visible_to
from lianxin.duties.workflow import UNFULFILLED, PledgeState
from lianxin.people.models import Deputy

TABS = ("late", "proof", "open", "fulfilled", "")


def pledges_of(actor: Actor, deputy: Deputy, year: int) -> QuerySet[DutyPledge]:
    """Return a deputy's pledges of a year that the actor may see, by their day."""
    rows = pledges_visible_to(actor).filter(deputy=deputy, year=year)
    return rows.select_related("deputy").order_by("due_on", "id")


def pledge_for(actor: Actor, pk: UUID) -> DutyPledge:
    """Return a pledge that the actor may see."""
    row = DutyPledge.objects.select_related("deputy").filter(pk=pk).first()
    if row is None or not may_pledge(actor, "view", row):
        raise NotFound("没有找到这项承诺。")
    return row


def pledges_watched(actor: Actor, tab: str, year: int) -> QuerySet[DutyPledge]:
    """Return the pledges of the deputies for whom the actor answers, by what is to be done with them."""
    rows = DutyPledge.objects.filter(deputy__in=overseen_by(actor), year=year)
    rows = rows.exclude(state=PledgeState.DRAFT).select_related("deputy").order_by("due_on", "id")
    if tab == "late":
        return rows.filter(state__in=UNFULFILLED, due_on__lt=clock.today())
    if tab == "proof":
        return rows.filter(state=PledgeState.PROOF_GIVEN)
    if tab == "open":
        return rows.filter(state__in=UNFULFILLED)
    return rows.filter(state=PledgeState.FULFILLED) if tab == "fulfilled" else rows


def pledges_public(deputy_id: UUID) -> QuerySet[DutyPledge]:
    """Return what a deputy promised in public, the newest year first."""
    rows = DutyPledge.objects.filter(deputy_id=deputy_id).exclude(state=PledgeState.DRAFT)
    return rows.order_by("-year", "due_on", "id")
