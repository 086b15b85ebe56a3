"""两说一商: the list of a station, a new one, its stages one after the other."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Invalid, LianxinError, NotFound
from lianxin.meetings import services
from lianxin.meetings.consults_workflow import CONSULT, HOSTS
from lianxin.meetings.models import Consult, ConsultResult
from lianxin.meetings.permissions import consults_visible_to, may_consult
from lianxin.meetings.selectors import short_name
from lianxin.meetings.workflow import UNIT
from lianxin.people.selectors import deputies_in, organs
from lianxin.regions.selectors import place_name
from lianxin.rulebook.services import value
from lianxin.web.answering import REFUSALS
from lianxin.web.basis import said_basis
from lianxin.web.door import actor_of, for_roles
from lianxin.web.forums.parts import shown
from lianxin.web.typed import typed_day, typed_day_or_none

READERS = (*HOSTS, Role.LEADER, Role.DEPUTY, *UNIT)
AT = "/forums/consults"
MOST = 80


@for_roles(*READERS)
@never_cache
@require_GET
def consult_list(request: HttpRequest) -> HttpResponse:
    """List what the actor may see, the latest first; a station sees its own."""
    actor = actor_of(request)
    found = consults_visible_to(actor).order_by("-held_on", "-id")
    towns = sorted(set(found.order_by().values_list("division_code", flat=True)))
    town = request.GET.get("town", "")
    found = found.filter(division_code=town) if town in towns else found
    page = {
        "rows": [(row, place_name(row.division_code), short_name(row.unit)) for row in found[:MOST]],
        "towns": [(code, place_name(code)) for code in towns] if len(towns) > 1 else [],
        "town": town,
        "hosts": actor.has(*HOSTS),
        "at": AT,
    }
    return shown(request, "web/forums/consults.html", page)


@for_roles(*HOSTS)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Plan one."""
    actor, problem = actor_of(request), None
    place = actor.places(*HOSTS)[0]
    if request.method == "POST":
        try:
            made = _planned(actor, place, request)
            return redirect("consult", pk=made.pk)
        except REFUSALS as refusal:
            problem = refusal
    level = "city" if place.endswith("000000") else "town"
    page = {
        "people": deputies_in(place).order_by("pinyin")[:300],
        "organs": organs(level=level, town_code=place),
        "stages": value("consult.stages", home6=place[:6]),
        "at": AT,
    }
    return shown(request, "web/forums/consult_new.html", page, problem)


def _planned(actor: Actor, place: str, request: HttpRequest) -> Consult:
    typed = request.POST
    return services.consult_plan(
        actor=actor,
        division_code=place,
        title=typed.get("title", ""),
        held_on=typed_day(request, "held_on"),
        place=typed.get("place", ""),
        deputy=_deputy(typed.get("deputy", "")),
        unit=typed.get("unit", ""),
        request_id=typed.get("request_id"),
    )


def _deputy(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        words = _("请选一位代表。")
        raise Invalid(words, fields={"deputy": words}) from None


@for_roles(*READERS)
@never_cache
@require_GET
def consult(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one with its stages."""
    return _page(request, _seen(request, pk))


def _seen(request: HttpRequest, pk: UUID) -> Consult:
    row = consults_visible_to(actor_of(request)).select_related("deputy").filter(pk=pk).first()
    if row is None:
        raise NotFound(_("没有找到这次两说一商，或者不在您的范围内。"))
    return row


def _page(request: HttpRequest, row: Consult, refusal: LianxinError | None = None) -> HttpResponse:
    page: dict[str, Any] = {
        "row": row,
        "place": place_name(row.division_code),
        "unit": short_name(row.unit),
        "writes": may_consult(actor_of(request), "settle", row.division_code),
        "results": ConsultResult.choices,
        "basis": said_basis(CONSULT.acts["settle"].basis),
        "at": AT,
    }
    return shown(request, "web/forums/consult.html", page, refusal)


@for_roles(*HOSTS)
@require_POST
def act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Write down one stage, the result, or how it was carried out."""
    row, typed = _seen(request, pk), request.POST
    about: dict[str, Any] = {
        "actor": actor_of(request),
        "consult": row,
        "request_id": typed.get("request_id"),
    }
    try:
        if act in {"say_first", "say_second"}:
            services.consult_say(act=act, words=typed.get("words", ""), **about)
        elif act == "settle":
            services.consult_settle(
                result=typed.get("result", ""),
                plan=typed.get("plan", ""),
                next_step=typed.get("next_step", ""),
                follow_on=typed_day_or_none(request, "follow_on"),
                **about,
            )
        elif act == "follow":
            services.consult_follow(words=typed.get("words", ""), **about)
        else:
            raise NotFound(_("没有这个操作，请刷新页面。"))
    except REFUSALS as refusal:
        row.refresh_from_db()
        return _page(request, row, refusal)
    messages.success(request, _("记好了。"))
    return redirect("consult", pk=pk)
