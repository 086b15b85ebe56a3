"""The one way in which meeting requests and bids move: permission, rule, row, event, audit."""

from __future__ import annotations

from datetime import date
from typing import Any

from lianxin.audit.moving import Trail, move
from lianxin.common import clock
from lianxin.common.actor import Actor, ActorKind
from lianxin.common.errors import Denied
from lianxin.duties.flows.permissions import may_bid, may_meeting
from lianxin.duties.flows_workflow import BODY, EXCELLENCE, MEETING, ExcellenceFacts, MeetingFacts
from lianxin.duties.models import (
    ExcellenceBid,
    MeetingDeadline,
    MeetingRequest,
    ReviewAvoidance,
)
from lianxin.notifications.services import Recipient, enqueue
from lianxin.rulebook.calendar import Due
from lianxin.rulebook.deadlines import due_for

OFFICIAL_MEETING = Trail("official_meeting", "official_meeting")
BID = Trail("excellence", "excellence")


def meeting_facts(row: MeetingRequest, actor: Actor | None = None) -> MeetingFacts:
    """Return the plain facts that the guards of a meeting look at."""
    own = actor is not None and actor.id is not None and row.deputy.account_id == actor.id
    return MeetingFacts(clock.today(), row.meet_on, own, row.postponed)


def bid_facts(row: ExcellenceBid, actor: Actor | None = None) -> ExcellenceFacts:
    """Return the plain facts that the guards of an honour look at."""
    mine = actor.id if actor else None
    return ExcellenceFacts(
        today=clock.today(),
        notice_to=row.notice_to,
        open_objections=row.objections.filter(settled_on=None).count(),
        is_self=mine is not None and row.deputy.account_id == mine,
        avoided=mine is not None
        and ReviewAvoidance.objects.filter(account_id=mine, deputy_id=row.deputy_id).exists(),
    )


def meeting_step(
    *, actor: Actor, row: MeetingRequest, act: str, facts: dict[str, Any] | None = None, **changes: Any
) -> MeetingRequest:
    """Move a meeting request by `act` and set `changes`, on the record."""
    allowed = may_meeting(actor, act, row) if MEETING.acts[act].by else actor.kind is ActorKind.SYSTEM
    if not allowed:
        raise Denied("您没有办理这一步的权限。")
    to = MEETING.next_state(row.state, act, meeting_facts(row, actor))
    return move(row, actor=actor, act=act, to=to, trail=OFFICIAL_MEETING, facts=facts, **changes)


def bid_step(
    *, actor: Actor, row: ExcellenceBid, act: str, facts: dict[str, Any] | None = None, **changes: Any
) -> ExcellenceBid:
    """Move a bid by `act` and set `changes`, on the record."""
    if not may_bid(actor, act, row):
        raise Denied("您没有办理这一步的权限。")
    to = EXCELLENCE.next_state(row.state, act, bid_facts(row, actor))
    return move(row, actor=actor, act=act, to=to, trail=BID, facts=facts, **changes)


def due_set(row: MeetingRequest, what: str, rule: str, start: date) -> Due:
    """Store the day by which a step is due, with its trace."""
    due = due_for(rule, start, home6=row.home6)
    MeetingDeadline.objects.update_or_create(
        request=row, what=what, defaults={"due_on": due.on, "trace": due.trace, "met_on": None}
    )
    return due


def due_met(row: MeetingRequest, what: str) -> None:
    """Note the day on which a step was done."""
    MeetingDeadline.objects.filter(request=row, what=what, met_on=None).update(met_on=clock.today())


def tell(
    row: MeetingRequest | ExcellenceBid, to: Recipient, subject: str, text: str, link: str, key: str
) -> None:
    """Tell somebody about a meeting request or a bid."""
    kind = "official_meeting" if isinstance(row, MeetingRequest) else "excellence"
    enqueue(
        to=to,
        subject=subject,
        text=text,
        link=link,
        about_kind=kind,
        about_id=row.id,
        home6=row.home6,
        dedupe=f"{key}:{row.id}",
    )


def tell_deputy(row: MeetingRequest | ExcellenceBid, subject: str, text: str, *, key: str) -> None:
    """Tell the deputy whose request or bid it is."""
    if row.deputy.account_id is not None:
        page = "meetings" if isinstance(row, MeetingRequest) else "excellence"
        tell(row, Recipient.account(row.deputy.account_id), subject, text, f"/deputy/{page}/{row.id}", key)


def tell_body(row: MeetingRequest | ExcellenceBid, subject: str, text: str, *, key: str) -> None:
    """Tell the body of the congress."""
    page = "meetings" if isinstance(row, MeetingRequest) else "excellence"
    for role in BODY:
        tell(row, Recipient.role(role, row.body_code), subject, text, f"/office/{page}/{row.id}", key)
