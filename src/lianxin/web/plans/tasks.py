"""Tasks: a unit's or town's own list on its phone, one task with its reports, what waits at the desk."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from lianxin.common import clock
from lianxin.common.errors import Denied, LianxinError
from lianxin.plans import selectors, services, waiting
from lianxin.plans.actions import task_book
from lianxin.plans.models import PlanTask
from lianxin.plans.owners import owner_name
from lianxin.plans.permissions import may_task
from lianxin.plans.rules import STATE_PLAIN
from lianxin.plans.services.progress import task_facts
from lianxin.plans.workflow import OWNERS, TASK, WATCHERS
from lianxin.web.basis import said_basis
from lianxin.web.door import actor_of, for_roles
from lianxin.web.forums.parts import shown
from lianxin.web.handing import handed_file
from lianxin.web.plans.parts import REFUSALS, said_once, sent_file
from lianxin.web.presses import Missed, back_to, press_done, presses
from lianxin.web.typed import typed_count

AT, AT_DESK = "/plans/tasks", "/plans"
EVERYBODY = (*OWNERS, *WATCHERS)


@for_roles(*OWNERS)
@never_cache
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """List the tasks of one's own unit or town, the nearest day first."""
    actor = actor_of(request)
    tab = "done" if request.GET.get("tab") == "done" else "open"
    rows = selectors.own_done(actor) if tab == "done" else selectors.own_tasks(actor)
    page = {
        "lines": selectors.task_lines(rows[: selectors.MOST]),
        "tab": tab,
        "plain": STATE_PLAIN,
        "at": AT,
    }
    return shown(request, "web/plans/tasks.html", page)


@for_roles(*WATCHERS)
@never_cache
@require_GET
def reports(request: HttpRequest) -> HttpResponse:
    """List the tasks whose report waits to be accepted."""
    rows = waiting.reports_open(actor_of(request))[: selectors.MOST]
    page = {"lines": selectors.task_lines(rows), "at": AT_DESK}
    return shown(request, "web/plans/reports.html", page)


@for_roles(*EVERYBODY)
@never_cache
@require_GET
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a task with what was reported on it."""
    return _page(request, selectors.task_for(actor_of(request), pk))


def _page(
    request: HttpRequest,
    row: PlanTask,
    missed: Missed | None = None,
    problem: LianxinError | None = None,
) -> HttpResponse:
    actor, facts = actor_of(request), None
    facts = task_facts(actor, row)
    offers = presses(
        task_book, actor, row, base=f"{AT}/{row.pk}", request=request, facts=facts, missed=missed
    )
    watches = actor.has(*WATCHERS)
    page = {
        "row": row,
        "owner": owner_name(row.owner),
        "stands": row.stands(clock.today()),
        "plain": STATE_PLAIN,
        "reports": list(row.reports.all()),
        "events": [(one, _verb(one.act)) for one in row.events.order_by("-at", "-id")],
        "decision": getattr(row, "decision", None),
        "acts": {name: press for name, press in offers.items() if name != "report"},
        "report": offers.get("report"),
        "basis": said_basis(TASK.acts["report"].basis),
        "watches": watches,
        **said_once(missed, offers, ["report"]),
        "at": AT_DESK if watches else AT,
    }
    refusal = problem or (missed.refusal if missed else None)
    return shown(request, "web/plans/task.html", page, refusal)


def _verb(act: str) -> str:
    return TASK.acts[act].verb if act in TASK.acts else "新版方案里没有这一项"


@for_roles(*OWNERS)
@require_POST
def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Report how far a task is: a percentage, a sentence, a picture."""
    actor = actor_of(request)
    row = selectors.task_for(actor, pk)
    if not may_task(actor, "report", row):
        raise Denied("只有责任单位自己可以报进展。")
    try:
        services.progress_report(
            actor=actor,
            task=row,
            percent=typed_count(request, "percent"),
            words_of=request.POST.get("words", ""),
            proof=sent_file(request, "proof"),
            request_id=request.POST.get("request_id"),
        )
    except REFUSALS as refusal:
        row.refresh_from_db()
        return _page(request, row, problem=refusal)
    messages.success(request, _("报上了，人大审过以后百分比才算数。"))
    return redirect("plan_task", pk=pk)


@for_roles(*EVERYBODY)
@require_POST
def act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Accept or return a report; park, resume or cancel a task."""
    actor = actor_of(request)
    row = selectors.task_for(actor, pk)
    missed = press_done(request, task_book, actor, row, act)
    if missed:
        row.refresh_from_db()
        return _page(request, row, missed)
    return back_to("plan_task", pk=pk)


@for_roles(*EVERYBODY)
@never_cache
@require_GET
def proof(request: HttpRequest, pk: UUID, file: UUID) -> HttpResponse:
    """Hand out the proof of a report."""
    row = selectors.task_for(actor_of(request), pk)
    return handed_file(selectors.file_of("plan_task", row.pk, file))
