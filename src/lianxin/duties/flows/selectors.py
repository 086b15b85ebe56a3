"""Reading meeting requests, honours and their notices."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from lianxin.common.actor import Actor
from lianxin.common.errors import NotFound
from lianxin.duties.flows.permissions import bids_visible_to, meetings_visible_to
from lianxin.duties.flows_workflow import Excellence, Meeting
from lianxin.duties.models import ExcellenceBid, MeetingPromise, MeetingRequest

OVER = (Meeting.CLOSED, Meeting.REJECTED)


def meetings_page(actor: Actor, *, tab: str = "") -> QuerySet[MeetingRequest]:
    """Return meeting requests, the newest first; `tab` is "", open or over."""
    rows = meetings_visible_to(actor).select_related("deputy").prefetch_related("deadlines")
    if tab == "open":
        rows = rows.exclude(state__in=OVER)
    elif tab == "over":
        rows = rows.filter(state__in=OVER)
    return rows.order_by("-asked_on", "-id")


def meeting_for(actor: Actor, pk: UUID) -> MeetingRequest:
    """Return one request, if the actor may see it."""
    row = meetings_visible_to(actor).select_related("deputy").filter(pk=pk).first()
    if row is None:
        raise NotFound("没有找到这件约见，或您不在它的范围内。")
    return row


def promises_open(actor: Actor) -> QuerySet[MeetingPromise]:
    """Return what was promised at meetings and has not come true yet."""
    seen = meetings_visible_to(actor)
    rows = MeetingPromise.objects.filter(request__in=seen.values("pk"), kept_on=None)
    return rows.select_related("request__deputy").order_by("due_on")


def bids_page(actor: Actor, *, tab: str = "") -> QuerySet[ExcellenceBid]:
    """Return bids, the newest first; `tab` is a state or ""."""
    rows = bids_visible_to(actor).select_related("deputy")
    return (rows.filter(state=tab) if tab else rows).order_by("-asked_on", "-id")


def bid_for(actor: Actor, pk: UUID) -> ExcellenceBid:
    """Return one bid, if the actor may see it."""
    row = bids_visible_to(actor).select_related("deputy").filter(pk=pk).first()
    if row is None:
        raise NotFound("没有找到这件申报，或您不在它的范围内。")
    return row


def honours_on_notice() -> QuerySet[ExcellenceBid]:
    """Return what everybody may read: honours on notice, the nearest end first."""
    rows = ExcellenceBid.objects.filter(state=Excellence.NOTICED)
    return rows.select_related("deputy").order_by("notice_to", "id")
