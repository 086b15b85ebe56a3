"""Writing a plan: goals and tasks of the version that is not issued yet, one form for each."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianxin.common.errors import Conflict, LianxinError, NotFound
from lianxin.plans import selectors, services
from lianxin.plans.content import Line, content_of
from lianxin.plans.models import Plan, PlanVersion
from lianxin.plans.owners import owner_name, owners_in
from lianxin.plans.permissions import may_plan
from lianxin.plans.services import TaskWords
from lianxin.plans.workflow import EDITED, OFFICE
from lianxin.web.door import actor_of, for_roles
from lianxin.web.forums.parts import shown
from lianxin.web.plans.parts import REFUSALS, document_options
from lianxin.web.typed import typed_count, typed_day

AT = "/plans"


@for_roles(*OFFICE)
@never_cache
@require_GET
def write(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what is written so far, with a form for a goal and one for a task."""
    return _page(request, _written(request, pk))


def _written(request: HttpRequest, pk: UUID) -> Plan:
    row = selectors.plan_for(actor_of(request), pk)
    if not may_plan(actor_of(request), "edit", row):
        raise NotFound("没有找到这份方案，或者不归您写。")
    return row


def _version_of(row: Plan) -> PlanVersion:
    found = row.versions.filter(issued_on=None).first()
    if found is None or row.state not in EDITED:
        raise Conflict("方案已经锁定。要改，请在方案页点「开始修改」。")
    return found


def _page(
    request: HttpRequest, row: Plan, tried: str = "", problem: LianxinError | None = None
) -> HttpResponse:
    version = _version_of(row)
    content = content_of(version.content)
    page = {
        "row": row,
        "version": version,
        "goals": [
            (goal, [(one, owner_name(one.owner)) for one in content.lines if one.goal == goal.number])
            for goal in content.goals
        ],
        "gaps": content.problems(),
        **_choices(request, row),
        "tried": tried,
        "at": AT,
    }
    return shown(request, "web/plans/write.html", page, problem)


def _choices(request: HttpRequest, row: Plan) -> dict[str, object]:
    content = content_of(_version_of(row).content)
    return {
        "goal_options": [(one.number, one.text) for one in content.goals],
        "owners": owners_in(row.division_code),
        "documents": document_options(actor_of(request)),
    }


@for_roles(*OFFICE)
@require_POST
def goal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write one more goal."""
    row = _written(request, pk)
    try:
        services.goal_add(
            actor=actor_of(request),
            plan=row,
            text=request.POST.get("goal_text", ""),
            request_id=request.POST.get("request_id"),
        )
    except REFUSALS as refusal:
        return _page(request, row, "goal", refusal)
    return redirect("plan_write", pk=pk)


@for_roles(*OFFICE)
@require_POST
def line(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write one more task."""
    row = _written(request, pk)
    try:
        key = request.POST.get("request_id")
        services.line_add(actor=actor_of(request), plan=row, task=_task(request), request_id=key)
    except REFUSALS as refusal:
        return _page(request, row, "line", refusal)
    messages.success(request, _("写上了。"))
    return redirect("plan_write", pk=pk)


def _task(request: HttpRequest) -> TaskWords:
    typed = request.POST
    return TaskWords(
        goal=typed_count(request, "goal"),
        text=typed.get("text", ""),
        owner=typed.get("owner", ""),
        due_on=typed_day(request, "due_on"),
        document=typed.get("document", ""),
    )


@for_roles(*OFFICE)
@never_cache
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Change one task in the version that is being written."""
    row, problem = _written(request, pk), None
    if request.method == "POST":
        try:
            key = request.POST.get("request_id")
            services.line_change(
                actor=actor_of(request), plan=row, number=number, task=_task(request), request_id=key
            )
            messages.success(request, _("改好了。"))
            return redirect("plan_write", pk=pk)
        except REFUSALS as refusal:
            problem = refusal
    page = {"row": row, "line": _line(row, number), **_choices(request, row), "at": AT}
    return shown(request, "web/plans/line.html", page, problem)


def _line(row: Plan, number: int) -> Line:
    lines = content_of(_version_of(row).content).lines
    found = next((one for one in lines if one.number == number), None)
    if found is None:
        raise NotFound("没有这项任务，请刷新后再看。")
    return found


@for_roles(*OFFICE)
@require_POST
def remove(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Take a task out of the version that is being written."""
    row = _written(request, pk)
    try:
        key = request.POST.get("request_id")
        services.line_remove(actor=actor_of(request), plan=row, number=number, request_id=key)
    except REFUSALS as refusal:
        return _page(request, row, "remove", refusal)
    messages.success(request, _("去掉了。"))
    return redirect("plan_write", pk=pk)
