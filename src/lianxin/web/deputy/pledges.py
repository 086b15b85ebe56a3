"""承诺书: what a deputy promises for the year, in public; and what the beneficiary of a deed is asked."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import LianxinError
from lianxin.common.ids import uuid7
from lianxin.duties import services
from lianxin.duties.actions import pledge_book
from lianxin.duties.models import DutyPledge
from lianxin.duties.pledging import pledge_for, pledges_of
from lianxin.web.acts import Sheet, Tried, sheet, typed_data
from lianxin.web.deputy.duties import REFUSALS, own_deputy, year_of, years
from lianxin.web.door import actor_of, for_roles
from lianxin.web.duty_forms import day_typed

PLEDGES = "/deputy/pledges"


@for_roles(Role.DEPUTY)
@never_cache
@require_http_methods(["GET", "POST"])
def pledge_list(request: HttpRequest) -> HttpResponse:
    """List the year's pledges with what may be done with each, and take a new one."""
    problem: LianxinError | None = None
    if request.method == "POST":
        try:
            _make(request)
            messages.success(request, _("已存为草稿，看过没问题再公开。"))
            return redirect("pledges")
        except REFUSALS as refusal:
            problem = refusal
    return _page(request, problem=problem)


def _make(request: HttpRequest) -> DutyPledge:
    return services.pledge_make(
        actor=actor_of(request),
        item=request.POST.get("item", ""),
        due_on=day_typed(request.POST.get("due_on", "")),
        request_id=request.POST.get("request_id") or None,
    )


def _page(
    request: HttpRequest, *, problem: LianxinError | None = None, tried: Tried | None = None
) -> HttpResponse:
    actor, year, today = actor_of(request), year_of(request), clock.today()
    deputy = own_deputy(actor)
    rows = [
        (
            row,
            row.overdue(today),
            services.explain_until(row),
            pledge_acts(actor, row, "/deputy/pledges", tried),
        )
        for row in pledges_of(actor, deputy, year)
    ]
    page = {
        "rows": rows,
        "deputy": deputy,
        "problem": problem,
        "typed": request.POST if problem else {},
        "year": year,
        "years": years(),
        "today": today,
        "request_id": str(uuid7()),
        "tab": "more",
    }
    refused = problem or (tried.refusal if tried else None)
    return render(request, "web/deputy/pledges.html", page, status=refused.status if refused else 200)


def pledge_acts(actor: Actor, row: DutyPledge, base: str, tried: Tried | None) -> list[Sheet]:
    """Return the acts on a pledge that are open to the actor, with keys apart for each pledge."""
    mine = tried if tried and tried.typed.get("assignment") == str(row.id) else None
    return [
        sheet(one, url=f"{base}/{row.id}/acts/{one.act.name}", options={}, target=row.id, tried=mine)
        for one in pledge_book.open_for(actor, row)
    ]


@for_roles(Role.DEPUTY)
@require_POST
def pledge_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Carry out one act on a pledge; a refusal keeps what was typed."""
    row = pledge_for(actor_of(request), pk)
    tried = try_pledge(request, row, act)
    if tried:
        return _page(request, tried=tried)
    messages.success(request, _("已办好。"))
    return redirect("pledges")


def try_pledge(request: HttpRequest, row: DutyPledge, act: str) -> Tried | None:
    """Carry an act out; return what was refused, or None."""
    try:
        data = typed_data(pledge_book.input(act), request.POST)
        key = request.POST.get("request_id")
        pledge_book.perform(actor=actor_of(request), obj=row, name=act, data=data, request_id=key)
    except REFUSALS as refusal:
        return Tried(f"{act}-{row.id}", request.POST, refusal)
    return None
