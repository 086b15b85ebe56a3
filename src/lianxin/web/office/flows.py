"""约见 and 代表创优 at the office, the presidium and the organ that is asked."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from lianxin.common import clock
from lianxin.common.actor import Role
from lianxin.duties.assessment_workflow import BODY
from lianxin.duties.flows.actions import BIDS, MEETINGS
from lianxin.duties.flows.excellence import WAYS
from lianxin.duties.flows.meetings import GROUNDS
from lianxin.duties.flows.selectors import (
    bid_for,
    bids_page,
    honours_on_notice,
    meeting_for,
    meetings_page,
    promises_open,
)
from lianxin.duties.models import BidState, ExcellenceBid, MeetingRequest
from lianxin.people.selectors import organ_name
from lianxin.regions.selectors import place_name
from lianxin.web.deputy.flows import bid_page, meeting_page
from lianxin.web.door import actor_of, for_roles, public
from lianxin.web.duty_papers import meeting_pdf_answer
from lianxin.web.presses import Missed, back_to, press_done

TABS = (("open", "在办的"), ("over", "已结束"), ("", "全部"))
SEES_MEETINGS = (*BODY, Role.UNIT_HEAD)
SEES_BIDS = (*BODY, Role.KEEPER)


@for_roles(*SEES_MEETINGS)
@never_cache
@require_GET
def meeting_list(request: HttpRequest) -> HttpResponse:
    """List meeting requests and what was promised at meetings and is still open."""
    actor, tab = actor_of(request), request.GET.get("tab", "open")
    today = clock.today()
    page = {
        "rows": [(row, organ_name(row.organ), _next(row)) for row in meetings_page(actor, tab=tab)[:100]],
        "promises": [(one, (one.due_on - today).days) for one in promises_open(actor)[:50]],
        "tabs": TABS,
        "shown": tab,
        "at": "/office/meetings",
    }
    return render(request, "web/office/meetings.html", page)


def _next(row: MeetingRequest) -> int | None:
    """Return the days to the next open deadline."""
    dues = [one.due_on for one in row.deadlines.all() if one.met_on is None]
    return (min(dues) - clock.today()).days if dues and row.state not in {"closed", "rejected"} else None


@for_roles(*SEES_MEETINGS)
@never_cache
@require_GET
def meeting(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one request with what is to be done next."""
    return _meeting(request, meeting_for(actor_of(request), pk))


def _meeting(request: HttpRequest, row: MeetingRequest, missed: Missed | None = None) -> HttpResponse:
    page = meeting_page(request, row, f"/office/meetings/{row.id}", missed)
    page |= {"grounds": GROUNDS.items(), "at": "/office/meetings", "lines": range(3)}
    return render(request, "web/office/meeting.html", page, status=missed.refusal.status if missed else 200)


@for_roles(*SEES_MEETINGS)
@require_POST
def meeting_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Carry out one step; a refusal keeps what was typed."""
    actor = actor_of(request)
    row = meeting_for(actor, pk)
    missed = press_done(request, MEETINGS, actor, row, act)
    if missed is None:
        return back_to("meeting", pk=pk)
    row.refresh_from_db()
    return _meeting(request, row, missed)


@for_roles(*SEES_MEETINGS, Role.DEPUTY)
@never_cache
@require_GET
def meeting_letter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return the letter (约见函) as PDF to those who see the meeting."""
    return meeting_pdf_answer(meeting_for(actor_of(request), pk))


@for_roles(*SEES_BIDS)
@never_cache
@require_GET
def bid_list(request: HttpRequest) -> HttpResponse:
    """List bids for honours by where they stand."""
    tab = request.GET.get("tab", "")
    tab = tab if tab in BidState.values else ""
    rows = [(row, place_name(row.body_code)) for row in bids_page(actor_of(request), tab=tab)[:100]]
    page = {"rows": rows, "tabs": [("", "全部"), *BidState.choices], "shown": tab, "at": "/office/excellence"}
    return render(request, "web/office/excellence.html", page)


@for_roles(*SEES_BIDS)
@never_cache
@require_GET
def bid(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one bid with its notice and what is said against it."""
    return _bid(request, bid_for(actor_of(request), pk))


def _bid(request: HttpRequest, row: ExcellenceBid, missed: Missed | None = None) -> HttpResponse:
    sees_objections = actor_of(request).has_in(row.body_code, *BODY)
    page = bid_page(request, row, f"/office/excellence/{row.id}", missed)
    page |= {
        "place": place_name(row.body_code),
        "objections": list(row.objections.order_by("id")) if sees_objections else [],
        "ways": WAYS,
        "at": "/office/excellence",
    }
    return render(request, "web/office/bid.html", page, status=missed.refusal.status if missed else 200)


@for_roles(*SEES_BIDS)
@require_POST
def bid_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Carry out one step; a refusal keeps what was typed."""
    actor = actor_of(request)
    row = bid_for(actor, pk)
    missed = press_done(request, BIDS, actor, row, act)
    if missed is None:
        return back_to("bid", pk=pk)
    row.refresh_from_db()
    return _bid(request, row, missed)


@public
@never_cache
@require_GET
def honours(request: HttpRequest) -> HttpResponse:
    """Show everybody the honours on notice, and how to say something against one."""
    rows = [(row, place_name(row.body_code)) for row in honours_on_notice()[:100]]
    return render(request, "web/resident/honours.html", {"rows": rows})
