"""The keeper's desk: take in, sort, compare, check the outgoing copy, enter for others, print."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Invalid, LianxinError, Refused
from lianxin.common.ids import uuid7
from lianxin.common.masking import mask
from lianxin.handling.selectors import assignments_of
from lianxin.notifications.models import CallTask
from lianxin.notifications.selectors import call_tasks_for
from lianxin.notifications.services import call_task_done
from lianxin.opinions import selectors, services
from lianxin.opinions.actions import BOOK
from lianxin.opinions.models import STAFF_CHANNELS, Channel, Contact, Opinion
from lianxin.opinions.services import Said
from lianxin.opinions.services.contacts import PURPOSES
from lianxin.people.selectors import organ_name, organs
from lianxin.regions.models import Station
from lianxin.regions.selectors import place_name, station_by_code, stations, villages_of
from lianxin.rulebook.services import value
from lianxin.web.acts import Option, Sheet, Tried, sheet, typed_data
from lianxin.web.door import actor_of, for_roles

STAFF = (Role.KEEPER, Role.PRESIDIUM, Role.OFFICE, Role.GRID_WORKER)
TABS = (("todo", "待办"), ("going", "办理中"), ("done", "已完成"), ("", "全部"))


@for_roles(*STAFF)
@never_cache
@require_GET
def opinion_list(request: HttpRequest) -> HttpResponse:
    """List opinions of the actor's area; on a wide screen the first stands beside the list."""
    tab = request.GET.get("tab", "todo")
    return render(request, "web/station/opinions.html", _list(request, tab))


def _list(request: HttpRequest, tab: str) -> dict[str, Any]:
    after = request.GET.get("after", "")
    rows = selectors.opinions_page(actor_of(request), tab=tab, after=UUID(after) if after else None, limit=50)
    return {
        "rows": [(row, place_name(row.division_code)) for row in rows],
        "tab": tab,
        "tabs": TABS,
        "at": "/station/opinions",
        "next": rows[-1].id if len(rows) == 50 else "",
    }


@for_roles(*STAFF)
@never_cache
@require_GET
def opinion(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one opinion: words, like ones, who handles it, what may be done."""
    return _opinion_page(request, selectors.opinion_for(actor_of(request), pk))


def _opinion_page(request: HttpRequest, row: Opinion, tried: Tried | None = None) -> HttpResponse:
    actor = actor_of(request)
    like = selectors.similar_for(actor, row.outgoing_text, exclude=(row.id,)) if not row.is_sealed else []
    page = {
        **_list(request, "todo"),
        "row": row,
        "place": place_name(row.division_code),
        "words": selectors.text_for(actor, row),
        "like": like,
        "steps": selectors.public_steps(row),
        "sheets": _sheets(actor, row, like, tried),
        "parts": [(part, organ_name(part.unit_code)) for part in assignments_of("opinion", row.id)],
        "masked": mask(row.text).spans,
        "purposes": PURPOSES,
        "has_contact": Contact.objects.filter(opinion=row, erased_at=None).exists(),
        "members": row.cluster.members.filter(left_at=None).select_related("opinion")
        if hasattr(row, "cluster")
        else [],
        "looks": selectors.who_looked(row),
    }
    return render(request, "web/station/opinion.html", page, status=tried.refusal.status if tried else 200)


def _sheets(actor: Actor, row: Opinion, like: list[Any], tried: Tried | None) -> list[Sheet]:
    options: dict[str, list[Option]] = {
        "units": [(organ.code, organ.short_name) for organ in organs()],
        "lead": [(str(match.object_id), f"{match.number} {match.title}") for match in like],
        "to": [(room.code, room.name) for room in stations().filter(parent=row.station)],
    }
    start = {"text": row.outgoing_text if row.outgoing_checked_at is None else ""}
    answer = {"text": row.answer}
    found = [
        sheet(
            action,
            url=f"/station/opinions/{row.id}/acts/{action.act.name}",
            options=options,
            tried=tried,
            start=start
            if action.act.name == "check_outgoing"
            else answer
            if action.act.name == "feed_back"
            else None,
        )
        for action in BOOK.open_for(actor, row)
    ]
    for one in found[:1]:
        one.first = True
    return found


@for_roles(*STAFF)
@require_POST
def opinion_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Carry out one act; a refusal keeps what was typed."""
    actor = actor_of(request)
    row = selectors.opinion_for(actor, pk)
    try:
        data = typed_data(BOOK.input(act), request.POST)
        BOOK.perform(actor=actor, obj=row, name=act, data=data, request_id=request.POST.get("request_id"))
    except (Invalid, Refused) as refusal:
        row.refresh_from_db()
        return _opinion_page(request, row, Tried(act, request.POST, refusal))
    messages.success(request, _("已办：%(act)s") % {"act": BOOK.workflow.acts[act].verb})
    return redirect("opinion", pk=pk)


@for_roles(*STAFF)
@never_cache
@require_POST
def contact(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open one contact for a stated purpose; the look is logged and shown to the person."""
    actor = actor_of(request)
    row = selectors.opinion_for(actor, pk)
    person = services.contact_open(actor=actor, opinion=row, purpose=request.POST.get("purpose", ""))
    return render(
        request, "web/station/contact.html", {"row": row, "person": person, "at": "/station/opinions"}
    )


@for_roles(*STAFF, Role.DEPUTY)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Enter what somebody said at the counter, by telephone, on paper; like ones are shown before saving."""
    actor = actor_of(request)
    mine = _stations_of(actor)
    errors: dict[str, str] = {}
    done = None
    if request.method == "POST" and "look" not in request.POST:
        try:
            done = _enter(request, actor)
        except LianxinError as refusal:
            errors = refusal.fields or {"text": refusal.message}
    typed = {} if done else request.POST
    text = request.POST.get("text", "")
    page = {
        "stations": mine,
        "channels": [pair for pair in Channel.choices if pair[0] in STAFF_CHANNELS],
        "errors": errors,
        "typed": typed,
        "categories": value("opinion.categories"),
        "done": done,
        "request_id": str(uuid7()),
        "villages": villages_of(mine[0].town_code or mine[0].division_code) if mine else [],
        "at": "/station/new",
        "like": selectors.similar_for(actor, text) if text and not done else [],
    }
    return render(request, "web/station/new.html", page, status=422 if errors else 200)


def _enter(request: HttpRequest, actor: Actor) -> services.Submitted:
    typed = request.POST
    said = Said(
        text=typed.get("text", ""),
        village=typed.get("village", ""),
        spot=typed.get("spot", ""),
        category=typed.get("category", ""),
        name=typed.get("name", ""),
        phone=typed.get("phone", ""),
        call_back="call_back" in typed,
        may_publish="may_publish" in typed,
        confidential="confidential" in typed,
    )
    wanted = typed.get("channel", "")
    channel = Channel(wanted) if wanted in STAFF_CHANNELS else Channel.ON_BEHALF
    return services.opinion_submit(
        actor=actor,
        station=station_by_code(typed.get("station", "")),
        said=said,
        channel=channel,
        request_id=typed.get("request_id"),
    )


def _stations_of(actor: Actor) -> list[Station]:
    places = actor.places(*STAFF, Role.DEPUTY)
    own = list(Station.objects.filter(division_code__in=places).order_by("code")[:6])
    rooms = list(
        stations().filter(town_code__in=[place for place in places if not place.endswith("000000")])[:60]
    )
    return own + [room for room in rooms if room not in own]


@for_roles(*STAFF)
@never_cache
@require_http_methods(["GET", "POST"])
def calls(request: HttpRequest) -> HttpResponse:
    """List open calls and note their outcome."""
    actor = actor_of(request)
    if request.method == "POST":
        task = get_object_or_404(CallTask, pk=request.POST.get("task") or None)
        reached = request.POST.get("reached") == "1"
        call_task_done(
            actor=actor,
            task=task,
            reached=reached,
            result="接通" if reached else "没接通",
            request_id=request.POST.get("request_id"),
        )
        return redirect("calls")
    return render(
        request, "web/station/calls.html", {"tasks": call_tasks_for(actor)[:50], "at": "/station/calls"}
    )


@for_roles(*STAFF)
@require_GET
def prints(request: HttpRequest) -> HttpResponse:
    """Offer posters and paper forms of the actor's stations."""
    return render(
        request,
        "web/station/prints.html",
        {"stations": _stations_of(actor_of(request)), "at": "/station/prints"},
    )
