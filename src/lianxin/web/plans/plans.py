"""实施方案: the list, the board of one plan, its versions and their PDF."""

from __future__ import annotations

from itertools import groupby
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianxin.common.errors import NotFound
from lianxin.plans import selectors, services, waiting
from lianxin.plans.actions import plan_book
from lianxin.plans.content import Change, Content, changes, content_of
from lianxin.plans.letters import plan_pdf
from lianxin.plans.models import Plan, PlanVersion
from lianxin.plans.owners import owner_name
from lianxin.plans.rules import STATE_PLAIN, TaskState
from lianxin.plans.services.issuing import plan_facts
from lianxin.plans.workflow import EDITED, OFFICE, WATCHERS
from lianxin.web.door import actor_of, for_roles
from lianxin.web.forums.parts import shown
from lianxin.web.handing import handed
from lianxin.web.plans.parts import REFUSALS, desk_of, document_options, said_once, typed_uuid
from lianxin.web.presses import Missed, back_to, press_done, presses

AT = "/plans"
FIELDS = {"text": "任务", "owner": "责任单位", "due_on": "完成时限", "goal": "目标"}
TABS = {
    "all": ("全部", frozenset(TaskState)),
    "late": ("逾期", frozenset({TaskState.LATE})),
    "open": (
        "推进中",
        frozenset({TaskState.NOT_STARTED, TaskState.ON_TIME, TaskState.LATE, TaskState.PARKED}),
    ),
    "done": ("办完", frozenset({TaskState.DONE, TaskState.DONE_LATE})),
}


@for_roles(*WATCHERS)
@never_cache
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List plans with how many tasks are done."""
    actor = actor_of(request)
    page = {
        "rows": selectors.plans_page(actor),
        "reports": waiting.reports_open(actor).count(),
        "writes": actor.has(*OFFICE),
        "at": AT,
    }
    return shown(request, "web/plans/plans.html", page)


@for_roles(*OFFICE)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a plan."""
    actor, typed, problem = actor_of(request), request.POST, None
    if request.method == "POST":
        try:
            given = typed.get("document", "")
            basis = selectors.document_for(actor, typed_uuid(given, "document")) if given else None
            made = services.plan_open(
                actor=actor,
                place=desk_of(actor),
                title=typed.get("title", ""),
                document=basis,
                request_id=typed.get("request_id"),
            )
            return redirect("plan_write", pk=made.pk)
        except REFUSALS as refusal:
            problem = refusal
    page = {"documents": document_options(actor), "chosen": request.GET.get("document", ""), "at": AT}
    return shown(request, "web/plans/plan_new.html", page, problem)


@for_roles(*WATCHERS)
@never_cache
@require_GET
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a plan's tasks by goal, with figures counted from the very same lines."""
    return _page(request, selectors.plan_for(actor_of(request), pk))


def _page(request: HttpRequest, row: Plan, missed: Missed | None = None) -> HttpResponse:
    actor, facts = actor_of(request), plan_facts(row)
    lines = selectors.task_lines(row.tasks.select_related("decision").order_by("goal", "number"))
    tab = request.GET.get("tab", "all")
    wanted = TABS.get(tab, TABS["all"])[1]
    offers = presses(
        plan_book, actor, row, base=f"{AT}/{row.pk}", request=request, facts=facts, missed=missed
    )
    page: dict[str, Any] = {
        "row": row,
        "figures": selectors.plan_figures(lines),
        "goals": _by_goal([one for one in lines if one.stands in wanted]),
        "tabs": [
            (key, words, sum(one.stands in states for one in lines)) for key, (words, states) in TABS.items()
        ],
        "tab": tab if tab in TABS else "all",
        "versions": list(row.versions.all()),
        "meetings": list(row.meetings.order_by("-held_at")),
        "acts": offers,
        **said_once(missed, offers),
        "writes": actor.has(*OFFICE) and row.state in EDITED,
        "plain": STATE_PLAIN,
        "at": AT,
    }
    return shown(request, "web/plans/plan.html", page, missed.refusal if missed else None)


def _by_goal(lines: list[selectors.TaskLine]) -> list[tuple[str, list[selectors.TaskLine]]]:
    parts = groupby(lines, key=lambda one: (one.task.goal, one.task.goal_text))
    return [(text, list(group)) for (_number, text), group in parts]


@for_roles(*WATCHERS)
@require_POST
def act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Submit, approve, send back, begin or give up a change, end the plan."""
    actor = actor_of(request)
    row = selectors.plan_for(actor, pk)
    missed = press_done(request, plan_book, actor, row, act)
    if missed:
        row.refresh_from_db()
        return _page(request, row, missed)
    return back_to("plan_write" if act == "amend" else "plan", pk=pk)


@for_roles(*WATCHERS)
@never_cache
@require_GET
def version(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Show a version with what differs from the one before it."""
    found = _version(request, pk, number)
    before = found.plan.versions.filter(number__lt=number).order_by("-number").first()
    content = content_of(found.content)
    old = content_of(before.content) if before else Content()
    page = {
        "row": found.plan,
        "version": found,
        "before": before,
        "diff": [_said(one) for one in changes(old, content)] if before else [],
        "goals": [
            (goal, [(one, owner_name(one.owner)) for one in content.lines if one.goal == goal.number])
            for goal in content.goals
        ],
        "at": AT,
    }
    return shown(request, "web/plans/version.html", page)


def _said(one: Change) -> dict[str, Any]:
    """Return a difference in words: an owner by its name, a field by what it is called."""
    by_name = one.field == "owner"
    return {
        "number": one.number,
        "kind": one.kind,
        "field": FIELDS.get(one.field, ""),
        "before": owner_name(one.before) if by_name else one.before,
        "after": owner_name(one.after) if by_name else one.after,
    }


@for_roles(*WATCHERS)
@never_cache
@require_GET
def paper(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Hand out a version as PDF."""
    return handed(plan_pdf(_version(request, pk, number)), f"plan-v{number}.pdf")


def _version(request: HttpRequest, pk: UUID, number: int) -> PlanVersion:
    plan = selectors.plan_for(actor_of(request), pk)
    found = plan.versions.select_related("plan").filter(number=number).first()
    if found is None:
        raise NotFound("没有这一版。")
    return found
