"""A room's first screen with its three tasks, policies, mediations, the one free block, 四好."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Invalid, LianxinError
from lianxin.common.ids import uuid7
from lianxin.regions.models import Station, StationLevel
from lianxin.stations import goods as goods_of
from lianxin.stations import selectors, services, tiles
from lianxin.stations.models import MediationEnd, StationPage
from lianxin.stations.services.goods import QUESTIONS
from lianxin.stations.services.outpost import BANDS
from lianxin.stations.workflow import DESK
from lianxin.web.door import actor_of, for_roles
from lianxin.web.station.rota import day_from, station_from

BAND_NAMES = {"river": "汉江青", "hill": "山林绿", "field": "稻麦黄", "earth": "黄土赭"}


@for_roles(*DESK)
@never_cache
@require_GET
def room(request: HttpRequest) -> HttpResponse:
    """「前哨站」: 收民情, 传政策, 解矛盾 as three buttons, and what has been done here."""
    actor = actor_of(request)
    station, mine = station_from(request, actor)
    page = {
        "station": station,
        "mine": mine,
        "next": selectors.next_day(station),
        "tiles": tiles.counts(station),
        "policies": selectors.policies_of(station).count(),
        "mediations": tiles.mediations(station).count(),
        "unconfirmed": selectors.unconfirmed_near(actor, 2)[:6],
        "at": "/station/room",
    }
    return render(request, "web/station/room.html", page)


@for_roles(*DESK)
@never_cache
@require_http_methods(["GET", "POST"])
def policies(request: HttpRequest) -> HttpResponse:
    """传政策: tell one in plain words; how many have opened each."""
    actor = actor_of(request)
    station, mine = station_from(request, actor)
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            services.policy_publish(
                actor=actor,
                station=station,
                title=request.POST.get("title", ""),
                text=request.POST.get("text", ""),
                request_id=request.POST.get("request_id"),
            )
            messages.success(request, _("发出去了，站点页面上能看到。"))
            return redirect(f"/station/policies?station={station.code}")
        except LianxinError as refusal:
            errors = refusal.fields or {"text": refusal.message}
    page = {
        "station": station,
        "mine": mine,
        "rows": selectors.policies_of(station).annotate(n=Count("reads"))[:50],
        "errors": errors,
        "typed": request.POST,
        "request_id": str(uuid7()),
        "at": "/station/room",
    }
    return render(request, "web/station/policies.html", page, status=422 if errors else 200)


@for_roles(*DESK)
@never_cache
@require_http_methods(["GET", "POST"])
def mediations(request: HttpRequest) -> HttpResponse:
    """解矛盾: what was talked over and how it ended; no names."""
    actor = actor_of(request)
    station, mine = station_from(request, actor)
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            services.mediation_record(actor=actor, station=station, **_mediation(request))
            messages.success(request, _("记下了。"))
            return redirect(f"/station/mediations?station={station.code}")
        except LianxinError as refusal:
            errors = refusal.fields or {"about": refusal.message}
    page = {
        "station": station,
        "mine": mine,
        "rows": tiles.mediations(station)[:50],
        "ends": MediationEnd.choices,
        "errors": errors,
        "typed": request.POST,
        "today": clock.today().isoformat(),
        "request_id": str(uuid7()),
        "at": "/station/room",
    }
    return render(request, "web/station/mediations.html", page, status=422 if errors else 200)


def _mediation(request: HttpRequest) -> dict[str, Any]:
    outcome = request.POST.get("outcome", "")
    if outcome not in MediationEnd.values:
        raise Invalid(_("还差一点。"), fields={"outcome": _("请选结果。")})
    return {
        "about": request.POST.get("about", ""),
        "outcome": MediationEnd(outcome),
        "words": request.POST.get("words", ""),
        "on": day_from(request.POST.get("on", ""), "on"),
        "request_id": request.POST.get("request_id"),
    }


@for_roles(*DESK)
@never_cache
@require_http_methods(["GET", "POST"])
def free_block(request: HttpRequest) -> HttpResponse:
    """The station's page: the common template is locked, 「镇特色」 is the town's own."""
    actor = actor_of(request)
    station, mine = station_from(request, actor)
    if station.level not in {StationLevel.CITY, StationLevel.TOWN} and station.parent:
        station = station.parent
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            _edit(request, actor, station)
            messages.success(request, _("改好了，站点页面上能看到。"))
            return redirect(f"/station/page?station={station.code}")
        except LianxinError as refusal:
            errors = refusal.fields or {"text": refusal.message}
    page = {
        "station": station,
        "mine": [one for one in mine if one.level == StationLevel.TOWN],
        "feature": StationPage.objects.filter(station=station).first(),
        "bands": [(key, _(BAND_NAMES[key])) for key in BANDS],
        "is_town": station.level == StationLevel.TOWN,
        "errors": errors,
        "typed": request.POST,
        "request_id": str(uuid7()),
        "at": "/station/page",
    }
    return render(request, "web/station/free_block.html", page, status=422 if errors else 200)


def _edit(request: HttpRequest, actor: Actor, station: Station) -> None:
    """Write how the station is reached, or the town's own block."""
    typed, key = request.POST, request.POST.get("request_id")
    if typed.get("act") == "contact":
        phone, address = typed.get("phone", ""), typed.get("address", "")
        services.station_contact_set(
            actor=actor, station=station, phone=phone, address=address, request_id=key
        )
        return
    photo = request.FILES.get("photo")
    services.free_block_edit(
        actor=actor,
        station=station,
        title=typed.get("title", ""),
        text=typed.get("text", ""),
        band=typed.get("band", ""),
        photo=photo.read() if isinstance(photo, UploadedFile) else b"",
        request_id=key,
    )


@for_roles(*DESK, Role.DEPUTY, Role.UNIT_CLERK, Role.UNIT_HEAD)
@never_cache
@require_http_methods(["GET", "POST"])
def goods(request: HttpRequest) -> HttpResponse:
    """四好: deputies and units answer for a station; its keepers read the results."""
    actor = actor_of(request)
    station = goods_station(request.GET.get("station", "") or request.POST.get("station", ""))
    errors: dict[str, str] = {}
    status = 200
    if request.method == "POST":
        try:
            answers = {name: request.POST.get(name, "") for name in QUESTIONS}
            services.goods_rate(actor=actor, station=station, answers=answers)
            messages.success(request, _("记下了，谢谢。一年里可以改。"))
            return redirect(f"/station/goods?station={station.code}")
        except LianxinError as refusal:
            errors, status = refusal.fields or {"bridge": refusal.message}, refusal.status
    year = int(request.GET.get("year", "") or 0) if request.GET.get("year", "").isdigit() else 0
    year = year if 2000 < year < 3000 else clock.today().year  # noqa: PLR2004 - years, not numbers of ours
    page = {
        "station": station,
        "choice": goods_choice(),
        "year": year,
        "last_year": year - 1,
        "results": goods_of.results(station, year),
        "asks": actor.has(Role.DEPUTY, Role.UNIT_CLERK, Role.UNIT_HEAD),
        "errors": errors,
        "typed": request.POST,
        "at": "/station/goods",
    }
    return render(request, "web/station/goods.html", page, status=status)


def goods_choice() -> list[Any]:
    """Return the stations that are evaluated: those of towns and the city."""
    return list(goods_of.evaluated().order_by("division_code"))


def goods_station(code: str) -> Any:
    """Return the station of a code, or the city's."""
    found = goods_of.evaluated()
    return found.filter(code=code).first() or found.order_by("division_code")[0]
