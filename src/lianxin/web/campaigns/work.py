"""村民自治监督: the bench of the city and of a town, the key tasks since 2012, one task town by town."""

from __future__ import annotations

from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianxin.campaigns import selectors, services
from lianxin.campaigns.key_tasks import KeyTask, KeyTaskPart
from lianxin.campaigns.models import Campaign
from lianxin.campaigns.permissions import (
    BODIES,
    campaigns_visible_to,
    key_tasks_visible_to,
    may_part,
    parts_visible_to,
)
from lianxin.campaigns.services.key_tasks import STEPS
from lianxin.campaigns.workflow import KEY_TASK
from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Denied, Invalid, LianxinError, NotFound
from lianxin.insight.bench import bench, reviewed
from lianxin.people.terms import spans
from lianxin.regions.selectors import division_names, towns
from lianxin.web.answering import REFUSALS, shown
from lianxin.web.campaigns.themes import GONE
from lianxin.web.door import actor_of, for_roles
from lianxin.web.typed import typed_day

SAID = {"report": "进展报上了。", "finish": "报上了：办完了。", "reopen": "退回了，镇里会看到。"}
AT = "/campaigns/work"


@for_roles(*BODIES)
@never_cache
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show the bench and the key tasks year by year."""
    actor = actor_of(request)
    lines = selectors.key_tasks(actor)
    page = {
        "bench": bench(actor),
        "years": [(year, list(own)) for year, own in groupby(lines, key=lambda line: line.task.year)],
        "city": actor.has(Role.OFFICE, Role.LEADER),
        "opens": actor.has(Role.OFFICE),
        "at": AT,
    }
    return render(request, "web/campaigns/work.html", page)


@for_roles(*BODIES)
@never_cache
@require_GET
def reviews(request: HttpRequest) -> HttpResponse:
    """List the villages that held last year's review, or those that did not."""
    actor, names = actor_of(request), division_names()
    tab = "done" if request.GET.get("tab") == "done" else "missing"
    found = {name: reviewed(actor, done=name == "done") for name in ("done", "missing")}
    codes = found[tab].values_list("division_code", flat=True)
    page = {
        "rows": [(code, names.get(code, ""), names.get(f"{code[:9]}000", "")) for code in codes],
        "counts": {name: rows.count() for name, rows in found.items()},
        "tab": tab,
        "year": clock.today().year - 1,
        "at": AT,
    }
    return render(request, "web/campaigns/work_reviews.html", page)


@for_roles(Role.OFFICE)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Set a key task for some or all towns."""
    actor, refusal = actor_of(request), None
    body = actor.places(Role.OFFICE)[0]
    known = list(towns())
    if request.method == "POST":
        try:
            made = services.key_task_open(
                actor=actor,
                home6=body[:6],
                due_on=typed_day(request, "due_on"),
                towns=[one.code for one in known if one.code in request.POST.getlist("towns")],
                campaign=_campaign(actor, request.POST.get("campaign", "")),
                request_id=request.POST.get("request_id"),
                **{name: request.POST.get(name, "") for name in ("title", "basis", "aim")},
            )
            messages.success(request, _("下达了，各镇会收到消息。"))
            return redirect("key_task", pk=made.pk)
        except REFUSALS as caught:
            refusal = caught
    page = {
        "towns": known,
        "chosen": request.POST.getlist("towns") if request.method == "POST" else [one.code for one in known],
        "campaigns": campaigns_visible_to(actor).filter(closed_on=None),
        "at": AT,
    }
    return shown(request, "web/campaigns/work_new.html", page, refusal)


def _campaign(actor: Actor, typed: str) -> Campaign | None:
    found = next((row for row in campaigns_visible_to(actor) if str(row.pk) == typed), None)
    if typed and found is None:
        raise Invalid("没有这个主题年。", fields={"campaign": "请从列出的主题年里选。"})
    return found


@for_roles(*BODIES)
@never_cache
@require_GET
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a key task with the progress of each town that the reader may see."""
    rows = key_tasks_visible_to(actor_of(request)).select_related("campaign")
    return _page(request, selectors.one_of(rows, pk, GONE))


@for_roles(Role.PRESIDIUM, Role.OFFICE)
@require_POST
def act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Report how far a town is, say that it is done, or send it back."""
    actor = actor_of(request)
    row = selectors.one_of(parts_visible_to(actor).select_related("task"), pk, GONE)
    if act not in STEPS:
        raise NotFound("没有这个操作，请刷新页面。")
    if not may_part(actor, act, row):
        raise Denied("进展由本镇报，退回由市人大代工委办。")
    try:
        key = request.POST.get("request_id")
        STEPS[act](actor=actor, row=row, note=request.POST.get("note", ""), request_id=key)
    except REFUSALS as refusal:
        return _page(request, row.task, refusal, f"{act}-{pk}")
    messages.success(request, _(SAID[act]))
    return redirect("key_task", pk=row.task_id)


def _page(
    request: HttpRequest, task: KeyTask, refusal: LianxinError | None = None, tried: str = ""
) -> HttpResponse:
    actor, names = actor_of(request), division_names()
    parts = selectors.parts_of(actor, task)
    term = next((one for one in spans(task.division_code) if one.holds(task.due_on)), None)
    ended = term is not None and term.ends_on is not None
    page = {
        "task": task,
        "term": term,
        "ended": ended,
        "rows": [_line(actor, part, names, ended=ended) for part in parts],
        "done": sum(part.state == "done" for part in parts),
        "total": len(parts),
        "tried": tried,
        "today": clock.today(),
        "at": AT,
    }
    return shown(request, "web/campaigns/work_one.html", page, refusal)


def _line(actor: Actor, part: KeyTaskPart, names: dict[str, str], *, ended: bool) -> dict[str, Any]:
    """Return a town's part with the buttons that its reader may press; an ended term has none."""
    acts = [
        (f"{one.name}-{part.pk}", one)
        for one in KEY_TASK.open_from(part.state)
        if may_part(actor, one.name, part)
    ]
    return {
        "part": part,
        "town": names.get(part.division_code, ""),
        "acts": [] if ended else acts,
        "events": [one for one in part.events.all() if one.act != "register"],
    }
