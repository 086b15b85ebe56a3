"""A deputy's turns: his own list, the code on the door, and every act on one turn.

A refused act shows the page it was pressed on, with what was typed and why, beside the form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Conflict, Denied, Invalid, LianxinError, NotFound, Refused
from lianxin.people.actors import deputy_of
from lianxin.stations import selectors, services
from lianxin.stations.models import Absence, DutyTurn
from lianxin.stations.workflow import DESK
from lianxin.web.door import actor_of, for_roles
from lianxin.web.station.rota import day_from, uuid_from

Carry = Callable[[Actor, DutyTurn, HttpRequest], Any]
REFUSALS = (Invalid, Refused, Conflict)


@dataclass(frozen=True)
class TurnLine:
    """A turn as a page shows it: what is open to the actor, and what was typed if an act was refused."""

    turn: DutyTurn
    offers: frozenset[str]
    act: str = ""
    problem: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class MissedTurn:
    """An act on a turn that was refused."""

    pk: UUID
    act: str
    refusal: LianxinError
    typed: Mapping[str, str]


def turn_lines(actor: Actor, turns: list[DutyTurn], missed: MissedTurn | None = None) -> list[TurnLine]:
    """Return each turn with its open acts; the refused one keeps what was typed."""
    return [_line(turn, services.turn_offers(actor, turn), missed) for turn in turns]


def _line(turn: DutyTurn, offers: frozenset[str], missed: MissedTurn | None) -> TurnLine:
    if missed is None or missed.pk != turn.pk:
        return TurnLine(turn, offers)
    said = missed.refusal
    return TurnLine(turn, offers, missed.act, said.message, said.fields, missed.typed)


def _leave(actor: Actor, turn: DutyTurn, request: HttpRequest) -> Any:
    return services.turn_leave(
        actor=actor,
        turn=turn,
        swap=uuid_from(request.POST.get("swap", "")),
        by_keeper="keeper" in request.POST,
    )


def _change(actor: Actor, turn: DutyTurn, request: HttpRequest) -> Any:
    person = uuid_from(request.POST.get("deputy", ""))
    if person is None:
        raise Invalid(_("请选一位代表。"), fields={"deputy": _("请从名单里选。")})
    return services.turn_change(actor=actor, turn=turn, deputy=person)


CARRY: dict[str, Carry] = {
    "confirm": lambda actor, turn, request: services.turn_confirm(actor=actor, turn=turn),
    "leave": _leave,
    "sign_in": lambda actor, turn, request: services.turn_sign_in(
        actor=actor, turn=turn, code=request.POST.get("code", "")
    ),
    "sign_out": lambda actor, turn, request: services.turn_sign_out(actor=actor, turn=turn),
    "explain": lambda actor, turn, request: services.turn_explain(
        actor=actor, turn=turn, text=request.POST.get("text", "")
    ),
    "tick": lambda actor, turn, request: services.turn_tick(actor=actor, turn=turn),
    "tick_out": lambda actor, turn, request: services.turn_sign_out(actor=actor, turn=turn, by_keeper=True),
    "correct": lambda actor, turn, request: services.turn_correct(actor=actor, turn=turn),
    "change": _change,
}
DONE = {
    "confirm": "确认了，谢谢。",
    "leave": "记下了请假。",
    "sign_in": "签到了。",
    "sign_out": "签退了，辛苦了。",
    "explain": "说明记下了。",
    "tick": "签到了。",
    "tick_out": "签退了。",
    "correct": "按纸质签到表补上了。",
    "change": "换好了。",
}


@for_roles(*DESK, Role.DEPUTY)
@require_POST
def turn_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Carry out one act on a turn and go back to where it was pressed."""
    actor = actor_of(request)
    turn = selectors.turn_for(actor, pk)
    if act not in CARRY:
        raise NotFound(_("没有这个操作，请刷新页面。"))
    at_table = request.POST.get("back") == "day"
    try:
        CARRY[act](actor, turn, request)
    except REFUSALS as refusal:
        missed = MissedTurn(turn.pk, act, refusal, request.POST)
        return _table(request, turn.day_id, missed) if at_table else _mine(request, missed=missed)
    messages.success(request, _(DONE[act]))
    return redirect(f"/station/days/{turn.day_id}" if at_table else "/station/my-days")


@for_roles(*DESK, Role.DEPUTY)
@never_cache
@require_GET
def today(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the table of one day: deputies, queue, what was registered."""
    return _table(request, pk)


def _table(request: HttpRequest, pk: UUID, missed: MissedTurn | None = None) -> HttpResponse:
    actor = actor_of(request)
    day = selectors.day_for(actor, pk)
    tickets = list(day.tickets.order_by("number"))
    keeper = bool(actor.has_in(day.division_code, *DESK))
    page = {
        "day": day,
        "keeper": keeper,
        "turns": turn_lines(actor, list(day.turns.all()), missed),
        "waiting": [one for one in tickets if one.state == "waiting"],
        "called": [one for one in tickets if one.state == "called"],
        "rows": list(day.receptions.select_related("deputy", "opinion", "ticket").order_by("-created_at")),
        "is_today": day.on == clock.today(),
        "is_past": day.on < clock.today(),
        "members": selectors.members_of(day.station) if keeper else [],
        "at": "/station/rota",
    }
    status = missed.refusal.status if missed else 200
    return render(request, "web/station/today.html", page, status=status)


@for_roles(Role.DEPUTY)
@never_cache
@require_http_methods(["GET", "POST"])
def my_days(request: HttpRequest) -> HttpResponse:
    """The deputy's reception days: confirm, give back with who comes instead, sign in and out, explain."""
    if request.method == "POST":
        try:
            _absent(request, actor_of(request))
            messages.success(request, _("记下了，这几天不会排您。"))
            return redirect("my_days")
        except LianxinError as refusal:
            return _mine(request, errors=refusal.fields or {"last": refusal.message})
    return _mine(request)


def _mine(
    request: HttpRequest, *, errors: Mapping[str, str] | None = None, missed: MissedTurn | None = None
) -> HttpResponse:
    actor = actor_of(request)
    deputy, today = deputy_of(actor), clock.today()
    turns = selectors.turns_of(actor, since=today - timedelta(days=60))
    lines = turn_lines(actor, turns, missed)
    page = {
        "ahead": [line for line in lines if line.turn.day.on >= today],
        "past": [line for line in reversed(lines) if line.turn.day.on < today],
        "today": today,
        "others": _others(turns, actor),
        "absences": Absence.objects.filter(deputy=deputy, last__gte=today).order_by("first"),
        "errors": errors or {},
        "typed": request.POST,
        "code": request.GET.get("code", "")[:6],
        "grid_roles": selectors.grid_roles_of(deputy) if deputy else [],
        "tab": "more",
    }
    status = missed.refusal.status if missed else 422 if errors else 200
    return render(request, "web/station/my_days.html", page, status=status)


def _absent(request: HttpRequest, actor: Actor) -> None:
    deputy = deputy_of(actor)
    if deputy is None:
        raise Denied(_("这个页面只给人大代表用。"))
    services.absence_declare(
        actor=actor,
        deputy=deputy,
        first=day_from(request.POST.get("first", ""), "first"),
        last=day_from(request.POST.get("last", ""), "last"),
        request_id=request.POST.get("request_id"),
    )


def _others(turns: list[DutyTurn], actor: Actor) -> list[tuple[str, str]]:
    """Return who of the same station may come instead."""
    if not turns:
        return []
    members = selectors.members_of(turns[0].day.station)
    return [(str(one.deputy_id), one.deputy.name) for one in members if one.deputy.account_id != actor.id]


@for_roles(Role.DEPUTY)
@never_cache
@require_GET
def scanned(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where the code on the door leads: one button, the six digits filled in."""
    turns = selectors.turns_of(actor_of(request), since=clock.today())
    turn = next((one for one in turns if one.day_id == pk), None)
    if turn is None:
        raise NotFound(_("今天这里没有排您的班；要替别人，请找联络员。"))
    page = {"turn": turn, "code": request.GET.get("code", "")[:6], "tab": "more"}
    return render(request, "web/station/scanned.html", page)
