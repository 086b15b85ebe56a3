"""约见 and 代表创优 for a deputy: ask, follow, rate; offer oneself, recommend."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianxin.common import clock
from lianxin.common.actions import parse
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import LianxinError
from lianxin.common.ids import uuid7
from lianxin.duties.flows.actions import BIDS, MEETINGS, NominateForm, RequestForm
from lianxin.duties.flows.excellence import excellence_nominate
from lianxin.duties.flows.meetings import meeting_request
from lianxin.duties.flows.selectors import bid_for, bids_page, meeting_for, meetings_page
from lianxin.duties.flows.step import bid_facts, meeting_facts
from lianxin.duties.models import ExcellenceBid, MeetingRequest
from lianxin.people.actors import deputy_of
from lianxin.people.models import Deputy, GroupMember
from lianxin.people.selectors import organ_name, organs
from lianxin.web.door import actor_of, for_roles
from lianxin.web.presses import REFUSALS, Missed, back_to, press_done, presses, typed_in


@for_roles(Role.DEPUTY)
@never_cache
@require_GET
def meeting_list(request: HttpRequest) -> HttpResponse:
    """List the deputy's own and joint meeting requests."""
    rows = [(row, organ_name(row.organ)) for row in meetings_page(actor_of(request))[:60]]
    return render(request, "web/deputy/meetings.html", {"rows": rows, "tab": "more"})


@for_roles(Role.DEPUTY)
@never_cache
@require_http_methods(["GET", "POST"])
def meeting_new(request: HttpRequest) -> HttpResponse:
    """Write a request: whom, what, which question, together with whom."""
    actor = actor_of(request)
    problem: LianxinError | None = None
    if request.method == "POST":
        try:
            form = parse(RequestForm, typed_in(RequestForm, request.POST))
            row = meeting_request(
                actor=actor, request_id=request.POST.get("request_id") or None, **form.model_dump()
            )
            messages.success(request, _("申请交上去了，审核结果会发消息告诉您。"))
            return redirect("deputy_meeting", pk=row.pk)
        except REFUSALS as refusal:
            problem = refusal
    page = {
        "organs": [(organ.code, organ.short_name) for organ in organs()],
        "mates": _mates(actor),
        "typed": request.POST,
        "joint": request.POST.getlist("joint"),
        "problem": problem,
        "request_id": str(uuid7()),
        "tab": "more",
    }
    return render(request, "web/deputy/meeting_new.html", page, status=problem.status if problem else 200)


def _mates(actor: Actor) -> list[tuple[str, str]]:
    """Return the deputies of one's group."""
    me = deputy_of(actor)
    if me is None:
        return []
    groups = GroupMember.objects.filter(deputy=me, valid_to=None).values("group")
    mates = Deputy.objects.filter(memberships__group__in=groups, memberships__valid_to=None)
    return [(str(one.pk), one.name) for one in mates.exclude(pk=me.pk).order_by("pinyin")]


@for_roles(Role.DEPUTY)
@never_cache
@require_GET
def meeting(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one request: where it is, day and place, minutes, what was promised, the answer."""
    return _meeting(request, meeting_for(actor_of(request), pk))


def _meeting(request: HttpRequest, row: MeetingRequest, missed: Missed | None = None) -> HttpResponse:
    page = meeting_page(request, row, f"/deputy/meetings/{row.id}", missed) | {"tab": "more"}
    return render(request, "web/deputy/meeting.html", page, status=missed.refusal.status if missed else 200)


def meeting_page(
    request: HttpRequest, row: MeetingRequest, base: str, missed: Missed | None
) -> dict[str, Any]:
    """Return what the deputy's and the office's page of a request share."""
    return {
        "row": row,
        "organ": organ_name(row.organ),
        "joint": list(row.joint.order_by("pinyin").values_list("name", flat=True)),
        "deadlines": list(row.deadlines.order_by("due_on")),
        "promises": list(row.promises.order_by("due_on")),
        "events": list(row.events.all()),
        "today": clock.today(),
        "acts": presses(
            MEETINGS,
            actor_of(request),
            row,
            facts=meeting_facts(row, actor_of(request)),
            base=base,
            request=request,
            missed=missed,
        ),
    }


@for_roles(Role.DEPUTY)
@require_POST
def meeting_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Rate the answer; a refusal keeps what was typed."""
    actor = actor_of(request)
    row = meeting_for(actor, pk)
    missed = press_done(request, MEETINGS, actor, row, act)
    if missed is None:
        return back_to("deputy_meeting", pk=pk)
    row.refresh_from_db()
    return _meeting(request, row, missed)


@for_roles(Role.DEPUTY)
@never_cache
@require_http_methods(["GET", "POST"])
def bid_list(request: HttpRequest) -> HttpResponse:
    """创优: offer oneself, see one's own bids, what waits for the group and what is on notice."""
    actor = actor_of(request)
    problem: LianxinError | None = None
    if request.method == "POST":
        try:
            form = parse(NominateForm, typed_in(NominateForm, request.POST))
            row = excellence_nominate(
                actor=actor, request_id=request.POST.get("request_id") or None, **form.model_dump()
            )
            messages.success(request, _("申报交上去了，先由小组推荐。"))
            return redirect("deputy_bid", pk=row.pk)
        except REFUSALS as refusal:
            problem = refusal
    deputy = deputy_of(actor)
    rows = list(bids_page(actor)[:100])
    page = {
        "mine": [row for row in rows if deputy and row.deputy_id == deputy.pk],
        "waiting": [
            row for row in rows if row.state == "nominated" and deputy and row.deputy_id != deputy.pk
        ],
        "noticed": [row for row in rows if row.state == "noticed"],
        "typed": request.POST,
        "problem": problem,
        "request_id": str(uuid7()),
        "tab": "more",
    }
    return render(request, "web/deputy/excellence.html", page, status=problem.status if problem else 200)


@for_roles(Role.DEPUTY)
@never_cache
@require_GET
def bid(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one bid."""
    return _bid(request, bid_for(actor_of(request), pk))


def _bid(request: HttpRequest, row: ExcellenceBid, missed: Missed | None = None) -> HttpResponse:
    page = bid_page(request, row, f"/deputy/excellence/{row.id}", missed)
    page |= {"own": row.deputy.account_id == actor_of(request).id, "tab": "more"}
    return render(request, "web/deputy/bid.html", page, status=missed.refusal.status if missed else 200)


def bid_page(request: HttpRequest, row: ExcellenceBid, base: str, missed: Missed | None) -> dict[str, Any]:
    """Return what the deputy's and the office's page of a bid share."""
    actor = actor_of(request)
    facts = bid_facts(row, actor)
    acts = presses(BIDS, actor, row, facts=facts, base=base, request=request, missed=missed)
    return {"row": row, "events": list(row.events.all()), "acts": acts}


@for_roles(Role.DEPUTY)
@require_POST
def bid_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Recommend, object or withdraw; a refusal keeps what was typed."""
    actor = actor_of(request)
    row = bid_for(actor, pk)
    missed = press_done(request, BIDS, actor, row, act)
    if missed is None:
        return back_to("deputy_bids")
    row.refresh_from_db()
    return _bid(request, row, missed)
