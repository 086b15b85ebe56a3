"""The roll of a meeting: who is there, who is on leave and why; a deputy's page, on which he asks leave."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lianxin.ballots import selectors, services
from lianxin.ballots.models import Ballot, Coming
from lianxin.ballots.permissions import may_hold
from lianxin.ballots.quorum import is_quorate, needed
from lianxin.ballots.workflow import BALLOT, HOST
from lianxin.common.actor import Role
from lianxin.common.errors import Conflict, Invalid, LianxinError, NotFound, Refused
from lianxin.common.ids import uuid7
from lianxin.people.actors import deputy_of
from lianxin.web.basis import said_basis
from lianxin.web.door import actor_of, for_roles

REFUSALS = (Invalid, Refused, Conflict)


@for_roles(*HOST)
@never_cache
@require_http_methods(["GET", "POST"])
def roll(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Call the roll: tick who is there, write why somebody is on leave."""
    actor = actor_of(request)
    row = selectors.ballot_for(actor, pk)
    if not may_hold(actor, row.division_code, row.level):
        raise NotFound(_("没有找到这次票决，或者不在您的范围内。"))
    if request.method == "GET":
        return _roll_page(request, row)
    typed = request.POST
    present = {one for one in map(_key, typed.getlist("present")) if one}
    reasons = {_key(name[6:]): str(words) for name, words in typed.items() if name.startswith("leave-")}
    leave = {key: words for key, words in reasons.items() if key and words.strip()}
    about: dict[str, Any] = {"actor": actor, "ballot": row, "request_id": typed.get("request_id")}
    try:
        done = services.roll_call(present=present, leave=leave, **about)
    except REFUSALS as refusal:
        row.refresh_from_db()
        return _roll_page(request, row, refusal)
    messages.success(request, _("到会 %(n)s 人，已经记下。") % {"n": done.present})
    return redirect("ballot", pk=pk)


def _key(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


def _roll_page(request: HttpRequest, row: Ballot, refusal: LianxinError | None = None) -> HttpResponse:
    typed = request.POST
    people = [
        {
            "row": one,
            "key": str(one.deputy.pk),
            "on": str(one.deputy.pk) in typed.getlist("present") if typed else one.coming == Coming.PRESENT,
            "reason": typed.get(f"leave-{one.deputy.pk}", "") if typed else one.reason,
        }
        for one in selectors.roll_of(row)
    ]
    page = {
        "row": row,
        "people": people,
        "need": needed(row),
        "quorate": is_quorate(row),
        "open": row.state in BALLOT.acts["sign_in"].sources,
        "basis": said_basis(BALLOT.acts["sign_in"].basis),
        **_form(refusal),
        "at": "/ballots",
    }
    return render(request, "web/ballots/roll.html", page, status=refusal.status if refusal else 200)


def _form(refusal: LianxinError | None) -> dict[str, Any]:
    errors = refusal.fields if refusal else {}
    return {"problem": refusal, "errors": errors, "request_id": str(uuid7())}


@for_roles(Role.DEPUTY)
@never_cache
@require_http_methods(["GET", "POST"])
def seat(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a deputy the vote that he is to take part in; he may ask leave before the roll is called."""
    actor, problem = actor_of(request), None
    row = selectors.seat_for(actor, pk)
    if request.method == "POST":
        try:
            services.leave_ask(
                actor=actor,
                ballot=row,
                reason=request.POST.get("reason", ""),
                request_id=request.POST.get("request_id"),
            )
            messages.success(request, _("请假记下了，会务看得到。"))
            return redirect("ballot_seat", pk=pk)
        except REFUSALS as refusal:
            problem = refusal
    page = {
        "row": row,
        "options": row.options.all(),
        "mine": row.attendance.filter(deputy=deputy_of(actor)).first(),
        "asks": row.state in BALLOT.acts["ask_leave"].sources,
        "basis": said_basis(BALLOT.acts["ask_leave"].basis),
        "typed": request.POST,
        **_form(problem),
        "tab": "more",
    }
    return render(request, "web/ballots/seat.html", page, status=problem.status if problem else 200)
