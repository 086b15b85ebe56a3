"""接待日排班: the month, the automatic plan, its publication, and each deputy's own turns."""

from __future__ import annotations

import calendar as months
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Denied, Invalid, LianxinError, NotFound
from lianxin.common.ids import uuid7
from lianxin.regions.models import Station
from lianxin.rulebook.services import value
from lianxin.stations import selectors, services
from lianxin.stations.models import Rota
from lianxin.stations.workflow import DESK
from lianxin.web.door import actor_of, for_roles
from lianxin.web.station.entry import stations_of


def station_from(request: HttpRequest, actor: Actor) -> tuple[Station, list[Station]]:
    """Return the station that is worked at (the actor's own unless another is chosen) and the choice."""
    mine = stations_of(actor)
    wanted = request.GET.get("station", "") or request.POST.get("station", "")
    found = next((one for one in mine if one.code == wanted), None)
    if found is None and wanted:
        found = selectors.stations_of(actor).select_related("parent").filter(code=wanted).first()
    if found is None and wanted:
        raise NotFound(_("这个联络站不在您的职责范围内。"))
    if found is None and not mine:
        raise Denied(_("您还没有负责的联络站。"))
    return found or mine[0], mine


@for_roles(*DESK)
@never_cache
@require_http_methods(["GET", "POST"])
def rota(request: HttpRequest) -> HttpResponse:
    """Show a month of a station; 「自动排班」 draws up the month or the year."""
    actor = actor_of(request)
    station, mine = station_from(request, actor)
    errors: dict[str, str] = {}
    month = _month(request.GET.get("month", ""))
    if request.method == "POST":
        try:
            made = _make(request, actor, station)
            messages.success(request, _("排好了，请看一看再发布。"))
            return redirect(f"/station/rota?station={station.code}&month={made.first:%Y-%m}")
        except LianxinError as refusal:
            errors = refusal.fields or {"first": refusal.message}
    page = {**_month_page(actor, station, month), "mine": mine, "errors": errors, "typed": request.POST}
    return render(request, "web/station/rota.html", page, status=422 if errors else 200)


def _make(request: HttpRequest, actor: Actor, station: Station) -> Rota:
    return services.rota_make(
        actor=actor,
        station=station,
        first=day_from(request.POST.get("first", ""), "first"),
        last=day_from(request.POST.get("last", ""), "last"),
        weekdays=[int(one) for one in request.POST.getlist("weekday") if one in set("0123456")],
        request_id=request.POST.get("request_id"),
    )


def day_from(typed: str, name: str) -> date:
    """Return a date from a field, or say which field is not right."""
    try:
        day = parse_date(typed)
    except ValueError:
        day = None
    if day is None:
        raise Invalid(_("日期没有填好。"), fields={name: _("请选一天。")})
    return day


def _month(typed: str) -> date:
    day = parse_date(f"{typed}-01") if len(typed) == 7 else None
    return day or clock.today().replace(day=1)


def _month_page(actor: Actor, station: Station, month: date) -> dict[str, Any]:
    last = month.replace(day=months.monthrange(month.year, month.month)[1])
    days = {day.on: day for day in selectors.days_for(actor, station, since=month, until=last)}
    weeks = months.Calendar().monthdatescalendar(month.year, month.month)
    drafts = [day for day in days.values() if day.published_at is None]
    notice = value("reception.notice_days", home6=station.home6)
    soonest = clock.today() + timedelta(days=notice)
    return {
        "station": station,
        "month": month,
        "before": (month - timedelta(days=1)).strftime("%Y-%m"),
        "after": (last + timedelta(days=1)).strftime("%Y-%m"),
        "weeks": [[(day, day.month == month.month, days.get(day)) for day in week] for week in weeks],
        "days": list(days.values()),
        "rotas": Rota.objects.filter(pk__in={day.rota_id for day in drafts if day.rota_id}),
        "weekdays": value("reception.weekdays", home6=station.home6, place=station.division_code),
        "names": "一二三四五六日",
        "today": clock.today(),
        "soonest": soonest,
        "first": max(month, soonest),
        "last": last if last >= soonest else soonest + timedelta(days=30),
        "notice": notice,
        "request_id": str(uuid7()),
        "at": "/station/rota",
    }


@for_roles(*DESK)
@require_POST
def publish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Publish a plan; the deputies are told and the public calendar shows it."""
    actor = actor_of(request)
    own = selectors.stations_of(actor).values("pk")
    plan = get_object_or_404(Rota.objects.filter(station__in=own).select_related("station__parent"), pk=pk)
    try:
        services.rota_publish(actor=actor, rota=plan, request_id=request.POST.get("request_id"))
        messages.success(request, _("发布了，代表已经收到消息，公众日历上也能看到。"))
    except LianxinError as refusal:
        messages.warning(request, refusal.message)
    return redirect(f"/station/rota?station={plan.station.code}&month={plan.first:%Y-%m}")


def uuid_from(typed: str) -> UUID | None:
    """Return the id in a field, None where nothing was chosen."""
    try:
        return UUID(typed) if typed else None
    except ValueError:
        raise Invalid(_("请从名单里选。"), fields={"deputy": _("请从名单里选。")}) from None
