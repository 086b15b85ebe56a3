"""The net: who is placed where, roles in grids, rooms and gaps; a deputy's own grid."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lianxin.common.actor import Actor, Role, place_prefix
from lianxin.common.errors import Conflict, Denied, Invalid, LianxinError, NotFound, Refused
from lianxin.common.ids import uuid7
from lianxin.opinions.services import Said
from lianxin.people.actors import deputy_of
from lianxin.people.models import Deputy
from lianxin.regions.models import Grid, Station
from lianxin.regions.selectors import place_name
from lianxin.stations import selectors, services
from lianxin.stations.models import GridPost, GridRole
from lianxin.stations.workflow import DESK
from lianxin.web.door import actor_of, for_roles
from lianxin.web.station.rota import station_from, uuid_from

NOBODY = UUID(int=0)
ARRANGERS = (Role.PRESIDIUM, Role.OFFICE)


@for_roles(*DESK)
@never_cache
@require_http_methods(["GET", "POST"])
def network(request: HttpRequest) -> HttpResponse:
    """Members of the station, deputies who stand in none, roles in the grids of the town."""
    actor = actor_of(request)
    station, mine = station_from(request, actor)
    if station.level not in {"city", "town"} and station.parent:
        station = station.parent
    refusal = None
    if request.method == "POST":
        try:
            _carry(request, actor, station)
            return redirect(f"/station/network?station={station.code}")
        except (Invalid, Refused, Conflict, Denied) as said:
            refusal = said
    return _net_page(request, station, mine, refusal)


def _net_page(
    request: HttpRequest, station: Station, mine: list[Station], refusal: LianxinError | None
) -> HttpResponse:
    """Show the net; after a refusal what was chosen stays chosen."""
    actor = actor_of(request)
    inside = place_prefix(station.division_code)
    roles = GridRole.objects.filter(division_code__startswith=inside).select_related("grid", "deputy")
    page = {
        "station": station,
        "mine": [one for one in mine if one.level in {"city", "town"}],
        "members": selectors.members_of(station),
        "unplaced": list(selectors.unplaced().filter(division_code__startswith=inside)[:100]),
        "roles": [
            (row, place_name(row.division_code))
            for row in roles.filter(valid_to=None).order_by("division_code", "post")[:400]
        ],
        "past": roles.exclude(valid_to=None).order_by("-valid_to")[:50],
        "grids": [(one.id, f"{place_name(one.division_code)} {one.name}") for one in _grids(inside)],
        "without": [place_name(one.code) for one in selectors.villages_without_grid(station.division_code)],
        "makes_grids": actor.has(Role.OFFICE),
        "posts": GridPost.choices,
        "typed": request.POST,
        "problem": refusal.message if refusal else "",
        "errors": refusal.fields if refusal else {},
        "arranges": actor.has_in(station.division_code, *ARRANGERS),
        "at": "/station/network",
    }
    return render(request, "web/station/network.html", page, status=refusal.status if refusal else 200)


def _grids(inside: str) -> list[Grid]:
    return list(Grid.objects.filter(division_code__startswith=inside).order_by("division_code", "name")[:400])


def _carry(request: HttpRequest, actor: Actor, station: Any) -> None:
    what = request.POST.get("what", "")
    if what == "place":
        services.members_place(actor=actor, station=station)
        messages.success(request, _("都编入了。"))
    elif what == "end":
        role = get_object_or_404(
            GridRole.objects.select_related("grid"), pk=uuid_from(request.POST.get("role", "")) or NOBODY
        )
        services.grid_role_end(actor=actor, role=role)
        messages.success(request, _("免去了，历史里还能查到。"))
    elif what == "grids":
        villages = [one.code for one in selectors.villages_without_grid(station.division_code)]
        services.grids_make(actor=actor, home6=station.home6, villages=villages)
        messages.success(request, _("设好了，请接着安排网格长。"))
    elif what == "give":
        _give(request, actor)
        messages.success(request, _("安排好了。"))
    else:
        raise Invalid(_("没有这个操作，请刷新页面。"))


def _give(request: HttpRequest, actor: Actor) -> None:
    post = request.POST.get("post", "")
    if post not in GridPost.values:
        raise Invalid(_("请选网格长或网格员。"), fields={"post": _("请选一种。")})
    grid = Grid.objects.filter(pk=uuid_from(request.POST.get("grid", "")) or NOBODY).first()
    deputy = Deputy.objects.filter(pk=uuid_from(request.POST.get("deputy", "")) or NOBODY).first()
    if grid is None or deputy is None:
        raise Invalid(_("请选网格和代表。"), fields={"deputy": _("请从名单里选。")})
    services.grid_role_give(actor=actor, grid=grid, deputy=deputy, post=GridPost(post))


@for_roles(*DESK)
@never_cache
@require_http_methods(["GET", "POST"])
def coverage(request: HttpRequest) -> HttpResponse:
    """Rooms for every village and community, and the gaps; the office closes and reopens rooms."""
    actor = actor_of(request)
    home6 = selectors.home_of(actor)
    if request.method == "POST":
        room = selectors.stations_of(actor).filter(code=request.POST.get("code", "")).first()
        if room is None:
            raise NotFound(_("没有找到这个联络室，或者不在您的范围内。"))
        opens = request.POST.get("open") == "1"
        services.room_open(actor=actor, station=room, is_open=opens)
        messages.success(request, _("改好了。"))
        return redirect("coverage")
    covered, missing = selectors.gaps(home6)
    page = {
        "covered": covered,
        "whole": covered + len(missing),
        "missing": [(one, place_name(one.code)) for one in missing],
        "closed": selectors.stations_of(actor).filter(is_open=False).order_by("code"),
        "changes": actor.has(Role.OFFICE),
        "towns": selectors.coverage_by_town(home6),
        "at": "/station/coverage",
    }
    return render(request, "web/station/coverage.html", page)


@for_roles(Role.DEPUTY)
@never_cache
@require_http_methods(["GET", "POST"])
def my_grid(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Report from the own grid; the role gives this grid, no other."""
    actor = actor_of(request)
    deputy = deputy_of(actor)
    role = GridRole.objects.filter(grid=pk, deputy=deputy, valid_to=None).select_related("grid").first()
    if role is None:
        raise Denied(_("您不是这个网格的网格长或网格员。"))
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            said = Said(
                text=request.POST.get("text", ""),
                village=role.grid.division_code,
                spot=request.POST.get("spot", "").strip()[:80],
                insists_sealed="insists" in request.POST,
            )
            services.grid_report(
                actor=actor, grid=role.grid, said=said, request_id=request.POST.get("request_id")
            )
            messages.success(request, _("报上去了。"))
            return redirect("my_grid", pk=pk)
        except LianxinError as refusal:
            errors = refusal.fields or {"text": refusal.message}
    page = {
        "role": role,
        "place": place_name(role.grid.division_code),
        "errors": errors,
        "typed": request.POST,
        "request_id": str(uuid7()),
        "tab": "more",
    }
    return render(request, "web/station/my_grid.html", page, status=422 if errors else 200)
