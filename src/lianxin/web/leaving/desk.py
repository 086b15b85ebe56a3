"""离任移交 at the desk: the list, beginning one, naming receivers, finishing."""

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
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Invalid, LianxinError, NotFound
from lianxin.leaving import selectors, services
from lianxin.leaving.models import Leaving, LeavingEvent, Why
from lianxin.leaving.permissions import may
from lianxin.leaving.services.step import facts_of
from lianxin.leaving.workflow import LEAVING, TOWN, State
from lianxin.people.models import Account, Deputy
from lianxin.regions.selectors import place_name
from lianxin.web.answering import REFUSALS, shown
from lianxin.web.basis import said_basis
from lianxin.web.door import actor_of, for_roles
from lianxin.web.leaving.people import leavers_in, picked, towns_of
from lianxin.web.typed import typed_day

VERBS = {
    "open": "开始移交",
    "refresh": "重新清点",
    "finish": "办结移交",
    "cancel": "不移交了",
    "name_receiver": "请他接手",
    "keep_with_body": "由本机关接着办",
    "cover": "请人临时联系",
    "accept": "答应接手",
    "decline": "不能接手",
    "follow_finish": "已移交",
    "follow_over": "已了结",
}
SAID = {
    "refresh": "清点过了，新增的排在各栏里。",
    "finish": "移交办结了，双方和结对的户都会收到告知。",
    "cancel": "已停下，各项还在原来的人名下。",
}


@for_roles(*TOWN)
@never_cache
@require_GET
def leaving_list(request: HttpRequest) -> HttpResponse:
    """List who is leaving, or who has left, with what still has no receiver."""
    tab = "done" if request.GET.get("tab") == "done" else "open"
    rows = selectors.leavings_page(actor_of(request), tab=tab)[:100]
    page = {
        "rows": [(row, place_name(row.division_code)) for row in rows],
        "tab": tab,
        "today": clock.today(),
        "at": "/leaving",
    }
    return render(request, "web/leaving/list.html", page)


@for_roles(*TOWN)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a leaving: who, why, when. Everything in his hands is listed at once."""
    actor = actor_of(request)
    town = request.POST.get("town", "") or request.GET.get("town", "") or _own_town(actor)
    problem: LianxinError | None = None
    if request.method == "POST":
        try:
            made = _begun(request, actor, town)
            messages.success(request, _("清单列好了。给每一项定一位接手人。"))
            return redirect("leaving", pk=made.pk)
        except REFUSALS as refusal:
            problem = refusal
    page = {
        "town": town,
        "towns": towns_of(actor),
        "people": leavers_in(actor, town) if town else [],
        "whys": Why.choices,
        "today": clock.today(),
        "at": "/leaving",
    }
    return shown(request, "web/leaving/new.html", page, problem)


def _own_town(actor: Actor) -> str:
    return next((place for place in actor.places(Role.PRESIDIUM)), "")


def _begun(request: HttpRequest, actor: Actor, town: str) -> Leaving:
    who, role = picked(request.POST.get("who", ""), {key for key, _words in leavers_in(actor, town)})
    fields: dict[str, Any] = {
        "actor": actor,
        "why": request.POST.get("why", ""),
        "leaves_on": typed_day(request, "leaves_on"),
        "request_id": request.POST.get("request_id"),
    }
    if isinstance(who, Deputy):
        return services.leaving_open(deputy=who, **fields)
    return services.leaving_open_post(account=who, role=Role(role), **fields)


@for_roles(*TOWN)
@never_cache
@require_GET
def leaving(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one leaving: what is in hand, by kind, and who takes it over."""
    return _page(request, _led(request, pk))


@for_roles(*TOWN)
@require_POST
def receiver(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask somebody to take over what was ticked."""
    row = _led(request, pk)
    kind, given = request.POST.get("receiver", "").partition(":")[::2]
    try:
        services.receiver_name(
            actor=actor_of(request),
            leaving=row,
            items=_uuids(request.POST.getlist("items")),
            deputy=Deputy.objects.filter(pk__in=_uuids([given])).first() if kind == "deputy" else None,
            account=Account.objects.filter(pk__in=_uuids([given])).first() if kind == "account" else None,
            request_id=request.POST.get("request_id"),
        )
    except REFUSALS as refusal:
        return _page(request, row, request.POST.get("section", ""), refusal)
    messages.success(request, _("已请他接手，等他本人确认。"))
    return redirect("leaving", pk=pk)


@for_roles(*TOWN)
@require_POST
def item_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Let the body go on with one thing, or ask somebody to stand in for a contact."""
    item = selectors.item_for(actor_of(request), pk)
    try:
        _item_done(request, item, act)
    except REFUSALS as refusal:
        return _page(request, _led(request, item.leaving_id), item.kind, refusal)
    messages.success(request, _("已办好。"))
    return redirect("leaving", pk=item.leaving_id)


def _item_done(request: HttpRequest, item: Any, act: str) -> None:
    common: dict[str, Any] = {
        "actor": actor_of(request),
        "item": item,
        "request_id": request.POST.get("request_id"),
    }
    if act == "keep":
        services.item_keep(**common)
    elif act == "cover":
        given = request.POST.get("cover", "").removeprefix("deputy:")
        deputy = Deputy.objects.filter(pk__in=_uuids([given])).first()
        if deputy is None:
            raise Invalid(_("请选请谁临时联系。"), fields={"cover": _("请从名单里选一位。")})
        services.item_cover(deputy=deputy, **common)
    else:
        raise NotFound("没有这个操作，请刷新页面。")


@for_roles(*TOWN)
@require_POST
def act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """List anew, finish, or give the leaving up."""
    row = _led(request, pk)
    common: dict[str, Any] = {
        "actor": actor_of(request),
        "leaving": row,
        "request_id": request.POST.get("request_id"),
    }
    try:
        if act == "refresh":
            services.leaving_refresh(**common)
        elif act == "finish":
            services.leaving_finish(**common)
        elif act == "cancel":
            services.leaving_cancel(reason=request.POST.get("reason", ""), **common)
        else:
            raise NotFound("没有这个操作，请刷新页面。")
    except REFUSALS as refusal:
        row.refresh_from_db()
        return _page(request, row, act, refusal)
    messages.success(request, _(SAID[act]))
    return redirect("leaving", pk=pk)


def _led(request: HttpRequest, pk: UUID) -> Leaving:
    actor = actor_of(request)
    row = selectors.leaving_for(actor, pk)
    if not may(actor, "refresh", row):
        raise NotFound("没有找到这次移交，或者不在您的范围内。")
    return row


def _uuids(typed: list[str]) -> list[UUID]:
    found = []
    for one in typed:
        try:
            found.append(UUID(one))
        except ValueError:
            continue
    return found


def _page(
    request: HttpRequest, row: Leaving, tried: str = "", refusal: LianxinError | None = None
) -> HttpResponse:
    facts = facts_of(row)
    sections = selectors.sections(row)
    page = {
        "row": row,
        "place": place_name(row.division_code),
        "sections": sections,
        "total": sum(len(section.items) for section in sections),
        "facts": facts,
        "is_open": row.state == State.OPEN,
        "not_yet": LEAVING.refusal(row.state, "finish", facts) if row.state == State.OPEN else "",
        "basis": said_basis(LEAVING.acts["finish"].basis),
        "events": _events(row),
        "tried": tried,
        "at": "/leaving",
    }
    return shown(request, "web/leaving/leaving.html", page, refusal)


def _events(row: Leaving) -> list[tuple[LeavingEvent, str]]:
    """Return the history with the verb of each step."""
    found = row.events.select_related("item").order_by("-at", "-id")[:60]
    return [(one, VERBS.get(one.act, one.act)) for one in found]
