"""结对方案: the city at a glance, one town's plan from asking to approval."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Denied, LianxinError, NotFound
from lianxin.common.ids import uuid7
from lianxin.contacts import figures, selectors, services
from lianxin.contacts.models import Kind, Mode, Pairing, Plan, PlanState
from lianxin.contacts.rules import Why, reason_sentence
from lianxin.contacts.workflow import State
from lianxin.people.selectors import deputy_names
from lianxin.regions.models import Division
from lianxin.regions.selectors import place_name, towns
from lianxin.rulebook.services import value
from lianxin.web.door import actor_of, for_roles

TOWN_ROLES = (Role.PRESIDIUM, Role.OFFICE)
LOOKERS = (*TOWN_ROLES, Role.LEADER)
KINDS = ((Kind.DEPUTY_HOUSEHOLD, "代表联系群众"), (Kind.MEMBER_HOUSEHOLD, "主席团成员联系群众"))
MODES = (
    (Mode.NEAR, "近", "总的路最短"),
    (Mode.BALANCED, "均衡", "谁也不跑太远，户数差不多"),
    (Mode.STABLE, "少变动", "尽量不换人"),
)
SHOWN = 50
WIDE, HIGH, GAP, IN_ROW = 88, 56, 8, 4


@for_roles(*LOOKERS)
@never_cache
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Show how many are paired, town by town, and where contact has broken."""
    actor = actor_of(request)
    lines = figures.towns_lines(codes_of(actor))
    page = {
        "lines": lines,
        "tiles": _tiles(lines),
        "height": -(-len(lines) // IN_ROW) * (HIGH + GAP),
        "households": sum(line.households for line in lines),
        "recent": sum(line.recent for line in lines),
        "deputies": sum(figures.deputies_paired(code) for code in places_of(actor)),
        "alarms": selectors.open_alarms(actor).count(),
        "queued": Plan.objects.filter(state=PlanState.QUEUED).count() if actor.has(Role.OFFICE) else 0,
        "may_plan": actor.has(*TOWN_ROLES),
        "modes": MODES,
        "days": value("contact.visit_days"),
        "request_id": uuid7(),
        "at": "/office/pairing",
    }
    return render(request, "web/office/pairing.html", page)


@for_roles(*TOWN_ROLES)
@never_cache
@require_GET
def plan(request: HttpRequest) -> HttpResponse:
    """Show one town: who was asked, the last plan, its figures and what waits for approval."""
    return _plan_page(request, town_of(request, TOWN_ROLES))


@for_roles(*TOWN_ROLES)
@never_cache
@require_POST
def compute(request: HttpRequest) -> HttpResponse:
    """Compute a town's plan."""
    town, typed = town_of(request, TOWN_ROLES), request.POST
    try:
        services.plan_compute(
            actor=actor_of(request),
            town=town,
            kind=typed.get("kind", Kind.DEPUTY_HOUSEHOLD),
            mode=typed.get("mode", Mode.NEAR),
            quota=_number(typed.get("quota", "")),
            request_id=typed.get("request_id"),
        )
    except LianxinError as refusal:
        return _plan_page(request, town, refusal)
    messages.success(request, _("算好了。请看一看，有不合适的改派，再批准发布。"))
    return redirect(f"/office/pairing/plan?town={town}&kind={typed.get('kind', '')}")


@for_roles(Role.OFFICE)
@never_cache
@require_POST
def compute_city(request: HttpRequest) -> HttpResponse:
    """Queue the plans of all towns; the worker computes them one after the other."""
    count = services.city_queue(actor=actor_of(request), mode=request.POST.get("mode", Mode.NEAR))
    messages.success(request, _("已排队计算 %(n)s 个镇，刷新可以看进度。") % {"n": count})
    return redirect("pairing")


@for_roles(*TOWN_ROLES)
@never_cache
@require_POST
def approve(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Approve and publish a plan."""
    row = plan_for(actor_of(request), pk)
    try:
        services.plan_approve(actor=actor_of(request), plan=row, request_id=request.POST.get("request_id"))
    except LianxinError as refusal:
        return _plan_page(request, row.division_code, refusal)
    messages.success(request, _("已批准发布：代表收到名单，联络员收到电话任务，连心卡可以打印了。"))
    return redirect(f"/office/pairing/plan?town={row.division_code}&kind={row.kind}")


def plan_for(actor: Actor, pk: UUID) -> Plan:
    """Return a plan of a town that the actor answers for."""
    row = Plan.objects.filter(pk=pk).first()
    if row is None or not actor.has_in(row.division_code, *TOWN_ROLES):
        raise NotFound("没有找到这个方案，或者不是您镇里的。")
    return row


def places_of(actor: Actor) -> list[str]:
    """Return the places whose contacts the actor looks after."""
    return list(actor.places(*LOOKERS))


def codes_of(actor: Actor) -> list[str] | None:
    """Return the towns that the actor may see, or None for all."""
    places = places_of(actor)
    return None if any(place.endswith("000000") for place in places) else places


def town_of(request: HttpRequest, roles: tuple[Role, ...]) -> str:
    """Return the town that is asked for, or the actor's own; another's is refused."""
    actor = actor_of(request)
    asked = request.POST.get("town") or request.GET.get("town", "")
    own = [place for place in actor.places(*roles) if not place.endswith("000000")]
    first = towns().values_list("code", flat=True).first() or ""
    town = asked or (own[0] if own else first)
    if not actor.has_in(town, *roles) or not Division.objects.filter(code=town, kind="town").exists():
        raise Denied("只能看本镇的结对。")
    return town


def _plan_page(request: HttpRequest, town: str, refusal: LianxinError | None = None) -> HttpResponse:
    kind = request.POST.get("kind") or request.GET.get("kind") or Kind.DEPUTY_HOUSEHOLD
    kind = kind if kind in dict(KINDS) else Kind.DEPUTY_HOUSEHOLD
    last = Plan.objects.filter(division_code=town, kind=kind).exclude(state=PlanState.DROPPED)
    row = last.order_by("-id").first()
    start = request.GET.get("from", "")
    first = int(start) if start.isdigit() else 0
    rows = list(_proposed(row)[first : first + SHOWN + 1]) if row else []
    asked = selectors.asked_figures(town)
    villages = figures.village_lines(row) if row else []
    page = {
        "town": town,
        "place": place_name(town),
        "towns": [one for one in towns() if actor_of(request).has_in(one.code, *TOWN_ROLES)],
        "kind": kind,
        "kinds": KINDS,
        "modes": MODES,
        "mode": request.POST.get("mode") or (row.mode if row else Mode.NEAR),
        "quota": request.POST.get("quota")
        or (row.quota if row else value("contact.deputy" if kind == KINDS[0][0] else "contact.member")),
        "asked": asked,
        "makes_roads": actor_of(request).has(Role.OFFICE),
        "plan": row,
        "may_approve": _may_approve(row),
        "rows": [(one, why_of(one)) for one in rows[:SHOWN]],
        "first": first,
        "next": first + SHOWN if len(rows) > SHOWN else 0,
        "compare": _compare(row),
        "tiles": _village_tiles(villages),
        "height": -(-len(villages) // IN_ROW) * (HIGH + GAP),
        "short": _short(row),
        "problem": refusal.message if refusal else "",
        "errors": refusal.fields if refusal else {},
        "request_id": uuid7(),
        "at": "/office/pairing",
    }
    return render(request, "web/office/pairing_plan.html", page, status=refusal.status if refusal else 200)


def _may_approve(row: Plan | None) -> bool:
    """Say whether a pair of the plan waits for the presidium, on whatever page of the list it stands."""
    if row is None or row.state != PlanState.COMPUTED:
        return False
    return bool(row.pairings.filter(state=State.WAITING).exists())


def _proposed(row: Plan) -> Any:
    return (
        row.pairings.exclude(state=State.ENDED)
        .select_related("household", "deputy")
        .order_by("division_code", "target")
    )


def why_of(row: Pairing) -> str:
    """Return why this household has this contact person."""
    return reason_sentence(Why(row.minutes, row.same_area, False, row.by_hand, not row.is_measured))


def _compare(row: Plan | None) -> list[tuple[str, Any, Any]]:
    """Return each figure of a plan beside that of a list worked off by hand."""
    if row is None or "clerk" not in row.figures:
        return []
    names = (
        ("平均步行（分钟）", "mean"),
        ("最远步行（分钟）", "longest"),
        ("没有着落的户", "unassigned"),
        ("要换人的户", "changed"),
        ("不在同一选区的户", "away"),
    )
    return [(words, row.figures[key], row.figures["clerk"][key]) for words, key in names]


def _short(row: Plan | None) -> list[tuple[str, int]]:
    return [
        (place_name(code), count) for code, count in (row.figures.get("short", {}) if row else {}).items()
    ]


def _tiles(lines: list[figures.TownLine]) -> list[dict[str, Any]]:
    """Lay the towns out as tiles, shaded by how many households were contacted lately."""
    shares = [3 if line.share >= 85 else 2 if line.share >= 60 else 1 if line.share else 0 for line in lines]
    return [{"line": line, **_spot(place), "shade": shares[place]} for place, line in enumerate(lines)]


def _village_tiles(lines: list[figures.VillageLine]) -> list[dict[str, Any]]:
    """Lay a town's villages out as tiles: those where one walks farther than elsewhere are darker."""
    walked = [line.mean for line in lines if line.households]
    usual = sum(walked) / len(walked) if walked else 0
    far = [3 if line.mean > usual * 1.25 else 2 if line.mean > usual else 1 for line in lines]
    return [{"line": line, **_spot(place), "shade": far[place]} for place, line in enumerate(lines)]


def _spot(place: int) -> dict[str, int]:
    x, y = (place % IN_ROW) * (WIDE + GAP), (place // IN_ROW) * (HIGH + GAP)
    return {"x": x, "y": y, "cx": x + WIDE // 2, "name_y": y + 24, "count_y": y + 44}


def _number(typed: str) -> int | None:
    return int(typed) if typed.isdigit() and 1 <= int(typed) <= 60 else None


def names_of_deputies(ids: list[Any]) -> dict[str, str]:
    """Return deputy id → name, for lists."""
    return deputy_names(ids)
