"""收发文: notices and papers to the towns, reports to the city, with who has read and answered."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianxin.colleagues import selectors, services
from lianxin.colleagues.models import Circular, CircularKind, Receipt, Wants
from lianxin.colleagues.permissions import desks_of
from lianxin.colleagues.workflow import MET
from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Conflict, Invalid, LianxinError, NotFound, Refused
from lianxin.common.ids import uuid7
from lianxin.regions.selectors import place_name, towns
from lianxin.web.door import actor_of, for_roles
from lianxin.web.typed import typed_day_or_none

DESKS = (Role.OFFICE, Role.PRESIDIUM, Role.KEEPER)
REFUSALS = (Invalid, Refused, Conflict)
TABS = (("open", "要办的"), ("unread", "未读"), ("all", "收到的全部"), ("sent", "发出的"))


@for_roles(*DESKS)
@never_cache
@require_GET
def circular_list(request: HttpRequest) -> HttpResponse:
    """List what has arrived and what was sent; unread first in sight."""
    actor = actor_of(request)
    shown = request.GET.get("tab", "open")
    figures = selectors.inbox_figures(actor)
    sent = shown == "sent"
    page = {
        "rows": [] if sent else [(row, place_name(row.circular.division_code), _left(row.circular))
                                 for row in selectors.inbox(actor, tab=shown)],
        "sent": [(row, _left(row)) for row in selectors.outbox(actor)] if sent else [],
        "tabs": [(key, words, figures.get(key)) for key, words in TABS],
        "shown": shown,
        "at": "/office/circulars",
    }  # fmt: skip
    return render(request, "web/office/circulars.html", page)


def _left(circular: Circular) -> int | None:
    """Return how many days are left until the day, negative when it is over."""
    return (circular.due_on - clock.today()).days if circular.due_on else None


@for_roles(*DESKS)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write a notice or a paper to towns, or a report to the city."""
    actor = actor_of(request)
    problem: LianxinError | None = None
    if request.method == "POST":
        try:
            row = _send(request, actor)
            messages.success(request, _("已发出。谁看过、谁回了，在这一页能看到。"))
            return redirect("circular", pk=row.pk)
        except REFUSALS as refusal:
            problem = refusal
    senders = sorted(desks_of(actor))
    page = {
        "senders": [(code, place_name(code)) for code in senders],
        "is_city": any(code.endswith("000000") for code in senders),
        "towns": list(towns()),
        "kinds": [one for one in CircularKind.choices if one[0] != "report"],
        "wants": Wants.choices,
        "typed": request.POST,
        "picked": request.POST.getlist("receivers"),
        "problem": problem,
        "request_id": str(uuid7()),
        "at": "/office/circulars",
    }
    return render(request, "web/office/circular_new.html", page, status=problem.status if problem else 200)


def _send(request: HttpRequest, actor: Actor) -> Circular:
    typed = request.POST
    sender = typed.get("sender", "")
    is_city = sender.endswith("000000")
    return services.circular_send(
        actor=actor,
        sender=sender,
        receivers=typed.getlist("receivers") if is_city else [sender[:6] + "000000"],
        paper=services.Paper(
            kind=typed.get("kind", "") if is_city else "report",
            title=typed.get("title", ""),
            text=typed.get("text", ""),
            wants=typed.get("wants", "read"),
            due_on=typed_day_or_none(request, "due_on"),
        ),
        request_id=typed.get("request_id"),
    )


@for_roles(*DESKS)
@never_cache
@require_GET
def circular(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a circular; opening it as a receiver is having read it."""
    actor = actor_of(request)
    row = selectors.circular_for(actor, pk)
    receipt = _own(actor, row)
    if receipt is not None and row.state == "sent":
        services.receipt_read(actor=actor, receipt=receipt)
    return _page(request, row)


def _page(request: HttpRequest, row: Circular, problem: LianxinError | None = None) -> HttpResponse:
    actor = actor_of(request)
    receipts = selectors.receipts_for(actor, row)
    met = MET[row.wants]
    page = {
        "row": row,
        "sender": place_name(row.division_code),
        "left": _left(row),
        "own": _own(actor, row),
        "is_sender": row.division_code in desks_of(actor),
        "receipts": [(one, place_name(one.division_code), one.state == met) for one in receipts],
        "unread": [place_name(one.division_code) for one in receipts if one.state == "unread"],
        "missing": sum(one.state != met for one in receipts),
        "typed": request.POST,
        "problem": problem,
        "request_id": str(uuid7()),
        "at": "/office/circulars",
    }
    return render(request, "web/office/circular.html", page, status=problem.status if problem else 200)


def _own(actor: Actor, row: Circular) -> Receipt | None:
    return next(
        (
            one
            for one in selectors.receipts_for(actor, row)
            if one.division_code in desks_of(actor) and one.division_code != row.division_code
        ),
        None,
    )


@for_roles(*DESKS)
@require_POST
def circular_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Answer a circular as a receiver; urge or withdraw it as the sender."""
    actor = actor_of(request)
    row = selectors.circular_for(actor, pk)
    try:
        _perform(request, actor, row, act)
    except REFUSALS as refusal:
        return _page(request, row, refusal)
    messages.success(request, _("已办好。"))
    return redirect("circular", pk=pk)


def _perform(request: HttpRequest, actor: Actor, row: Circular, act: str) -> None:
    key, own = request.POST.get("request_id"), _own(actor, row)
    if act == "urge":
        services.circular_urge(actor=actor, circular=row, request_id=key)
    elif act == "withdraw":
        reason = request.POST.get("reason", "")
        services.circular_withdraw(actor=actor, circular=row, reason=reason, request_id=key)
    elif own is None:
        raise NotFound("这份文件不用您这里回。")
    elif act == "finish":
        services.receipt_finish(actor=actor, receipt=own, request_id=key)
    elif act == "reply":
        text = request.POST.get("text", "")
        services.receipt_reply(actor=actor, receipt=own, text=text, request_id=key)
    else:
        raise NotFound("没有这个操作，请刷新页面。")
