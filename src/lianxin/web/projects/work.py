"""The work on chosen projects: the board with lamps, one project, a deputy's own, a unit's own."""

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
from lianxin.common.actor import Role
from lianxin.common.errors import Invalid, LianxinError, NotFound
from lianxin.people.selectors import deputies_of_body, organ_name
from lianxin.projects import public, selectors, services
from lianxin.projects.actions import PROJECTS
from lianxin.projects.lines import by_lamp, lines
from lianxin.projects.models import ChangeKind, Project, WishChannel
from lianxin.projects.permissions import READERS, UNITS, wishes_visible_to
from lianxin.projects.services.changes import right_body
from lianxin.projects.services.wishes import code_of
from lianxin.regions.selectors import place_name
from lianxin.web.answering import shown
from lianxin.web.basis import said_basis
from lianxin.web.door import actor_of, for_roles
from lianxin.web.projects.forms import REFUSALS, typed_fields, typed_wish

OVERSEERS = (Role.OFFICE, Role.PRESIDIUM, Role.LEADER, Role.OVERSIGHT)
ENTERERS = (Role.KEEPER, Role.DEPUTY, Role.OFFICE, Role.PRESIDIUM)
BODIES = (("standing_committee", "市人大常委会"), ("congress", "镇人民代表大会"))
SAID = {
    "name_supervisors": "监督代表定了，已经告诉他们。",
    "write_plan": "实施计划存好了。",
    "publish_plan": "实施计划公布了，请责任单位每月报进度。",
    "report": "进度报上了，群众看得到。",
    "visit": "监督意见写上了，群众看得到。",
    "propose_change": "调整提出了，等法定机关决定。",
    "decide_change": "决定录入了。",
    "complete": "报完工了。",
    "list_rectification": "整改清单列好了，已经告诉责任单位。",
    "report_rectification": "整改结果报上了。",
    "check_again": "复查通过。",
}


@for_roles(*OVERSEERS)
@never_cache
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Show all chosen projects of a year with their lamps, the red ones first."""
    actor = actor_of(request)
    typed = request.GET.get("year", "")
    year = int(typed) if typed.isdecimal() else selectors.board_year(actor)
    found = selectors.board(actor, year=year, code=request.GET.get("code", "")[:12])
    wanted = request.GET.get("lamp", "")
    page = {
        "year": year,
        "rows": [
            (line, place_name(line.project.division_code))
            for line in found
            if not wanted or line.lamp == wanted
        ],
        "counts": by_lamp(found),
        "whole": len(found),
        "wanted": wanted,
        "at": "/projects/board",
    }
    return render(request, "web/projects/board.html", page)


@for_roles(*READERS, *UNITS)
@never_cache
@require_GET
def work(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one project at work, with the acts open to the actor."""
    return _page(request, selectors.project_for(actor_of(request), pk))


@for_roles(*READERS, *UNITS)
@require_POST
def act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Carry out an act on a project; a refusal keeps what was typed."""
    row = selectors.project_for(actor_of(request), pk)
    if act not in SAID:
        raise NotFound("没有这个操作，请刷新页面。")
    try:
        data = typed_fields(request, PROJECTS.input(act))
        key = request.POST.get("request_id")
        PROJECTS.perform(actor=actor_of(request), obj=row, name=act, data=data, request_id=key)
    except REFUSALS as refusal:
        return _page(request, selectors.project_for(actor_of(request), pk), act, refusal)
    messages.success(request, _(SAID[act]))
    return redirect("project_work", pk=pk)


def _page(
    request: HttpRequest, row: Project, tried: str = "", problem: LianxinError | None = None
) -> HttpResponse:
    actor = actor_of(request)
    photos = public.photos_of(row)
    acts = {found.act.name: found for found in PROJECTS.open_for(actor, row)}
    page: dict[str, Any] = {
        "row": row,
        "line": lines(Project.objects.filter(pk=row.pk))[0],
        "place": place_name(row.division_code),
        "unit": organ_name(row.unit_code),
        "acts": acts,
        "basis": {name: said_basis(found.act.basis) for name, found in acts.items()},
        "steps": [(step, photos.get(step.pk, [])) for step in row.milestones.all()],
        "waiting": row.milestones.filter(done_on=None).first(),
        "supervisors": row.supervisors.select_related("deputy"),
        "visits": row.visits.select_related("deputy"),
        "changes": row.changes.order_by("proposed_on"),
        "rectifications": row.rectifications.order_by("due_on", "id"),
        "test": getattr(row, "year_test", None),
        "poll": public.poll_of(row),
        "plan_text": _plan_text(row),
        "today": clock.today(),
        "tried": tried,
        "at": _at(request),
        **_choices(row, acts),
    }
    return shown(request, "web/projects/work.html", page, problem)


def _choices(row: Project, acts: dict[str, Any]) -> dict[str, Any]:
    """Return what the open forms let choose from; what no form needs is not read."""
    found: dict[str, Any] = {}
    if "name_supervisors" in acts:
        found["deputies"] = deputies_of_body(row.division_code)
        found["named"] = set(row.supervisors.values_list("deputy_id", flat=True))
    if "propose_change" in acts or "decide_change" in acts:
        found["change_kinds"] = ChangeKind.choices
        found["body"] = right_body(row)
        found["bodies"] = BODIES
    return found


def _plan_text(row: Project) -> str:
    """Return the plan's milestones as they are typed."""
    return "\n".join(f"{step.due_on} {step.what}" for step in row.milestones.all())


def _at(request: HttpRequest) -> str:
    actor = actor_of(request)
    if actor.has(*OVERSEERS):
        return "/projects/board"
    return "/projects/unit" if actor.has(*UNITS) else "/projects/mine"


@for_roles(Role.DEPUTY)
@never_cache
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Show a deputy the papers before the vote and the projects he watches over."""
    actor = actor_of(request)
    page = {
        "papers": [(row, place_name(row.division_code)) for row in selectors.papers_for(actor)],
        "lines": selectors.supervised(actor),
        "tab": "more",
        "at": "/projects/mine",
    }
    return render(request, "web/projects/mine.html", page)


@for_roles(*UNITS)
@never_cache
@require_GET
def unit(request: HttpRequest) -> HttpResponse:
    """Show a unit its projects, those that hurry first, each with its next milestone."""
    found = selectors.unit_lines(actor_of(request))
    page = {
        "rows": [(line, _next(line.project)) for line in found],
        "counts": by_lamp(found),
        "at": "/projects/unit",
    }
    return render(request, "web/projects/unit.html", page)


def _next(project: Project) -> Any:
    """Return the next open milestone; the list has read them all."""
    return next((step for step in project.milestones.all() if step.done_on is None), None)


@for_roles(*ENTERERS)
@never_cache
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Enter a wish from paper, or one that a deputy has heard; the code goes to who wished."""
    actor, problem, code = actor_of(request), None, ""
    rounds = [row for row in public.collecting() if actor.has_in(row.division_code, *ENTERERS)]
    if request.method == "POST":
        try:
            code = _entered(request)
            messages.success(request, _("意愿收下了，请把查询码写给说的人。"))
        except REFUSALS as refusal:
            problem = refusal
    page = {
        "rounds": [(row, place_name(row.division_code)) for row in rounds],
        "code": code,
        "unread": wishes_visible_to(actor).filter(shown_on=None, state="wished").order_by("-id")[:20],
        "typed": request.POST if problem else {},
        "at": "/projects/enter",
    }
    return shown(request, "web/projects/enter.html", page, problem)


def _entered(request: HttpRequest) -> str:
    actor = actor_of(request)
    try:
        row = public.collecting_round(UUID(request.POST.get("round", "")))
    except ValueError:
        raise Invalid("请选想在哪里办。", fields={"round": "请从列出的地方里选一个。"}) from None
    made = services.wish_add(
        actor=actor,
        row=row,
        wished=typed_wish(request),
        channel=WishChannel.DEPUTY if actor.has(Role.DEPUTY) else WishChannel.PAPER,
        request_id=request.POST.get("request_id"),
    )
    return code_of(made)
