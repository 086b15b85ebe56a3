"""四议两公开: a matter's six steps in their order; a later one is locked until the one before is done."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianxin.common import clock
from lianxin.common.actor import Role
from lianxin.common.errors import LianxinError, NotFound
from lianxin.regions.selectors import place_name
from lianxin.rulebook.selectors import value
from lianxin.villages import selectors, services
from lianxin.villages.four_two import ORDER, PLAIN_STEP, following
from lianxin.villages.models import FourTwo, MeetingTopic
from lianxin.villages.permissions import READERS, four_two_visible_to, may_open
from lianxin.web.answering import REFUSALS, shown
from lianxin.web.door import actor_of, for_roles
from lianxin.web.typed import typed_count, typed_day
from lianxin.web.village.forms import own_village


@for_roles(*READERS)
@never_cache
@require_GET
def matters(request: HttpRequest) -> HttpResponse:
    """List the matters, those that are under way first."""
    actor = actor_of(request)
    rows = four_two_visible_to(actor).order_by("finished_on", "-created_at").prefetch_related("records")[:60]
    page = {
        "rows": [(row, place_name(row.division_code), len(row.records.all())) for row in rows],
        "writes": actor.has(Role.VILLAGE),
        "at": "/village/four-two",
    }
    return render(request, "web/village/four_two_list.html", page)


@for_roles(Role.VILLAGE)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a matter."""
    problem: LianxinError | None = None
    if request.method == "POST":
        try:
            made = services.four_two_open(
                actor=actor_of(request),
                village=own_village(actor_of(request)),
                title=request.POST.get("title", ""),
                request_id=request.POST.get("request_id"),
            )
            return redirect("village_four_two", pk=made.pk)
        except REFUSALS as refusal:
            problem = refusal
    page = {
        "at": "/village/four-two",
    }
    return shown(request, "web/village/four_two_new.html", page, problem)


@for_roles(*READERS)
@never_cache
@require_GET
def matter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a matter with its steps."""
    return _page(request, _row(request, pk))


def _row(request: HttpRequest, pk: UUID) -> FourTwo:
    found = four_two_visible_to(actor_of(request)).filter(pk=pk).first()
    if found is None:
        raise NotFound("没有找到这件事，或者不在您的范围内。")
    return found


@for_roles(Role.VILLAGE)
@require_POST
def note(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note the step that is open."""
    row = _row(request, pk)
    try:
        services.four_two_note(
            actor=actor_of(request),
            matter=row,
            step=request.POST.get("step", ""),
            held_on=typed_day(request, "held_on"),
            text=request.POST.get("text", ""),
            members=typed_count(request, "members"),
            present=typed_count(request, "present"),
            in_favour=typed_count(request, "in_favour"),
            topic=_topic(row, request.POST.get("topic", "")),
            request_id=request.POST.get("request_id"),
        )
    except REFUSALS as refusal:
        return _page(request, row, refusal)
    messages.success(request, _("这一步记下了。"))
    return redirect("village_four_two", pk=pk)


def _topic(row: FourTwo, typed: str) -> MeetingTopic | None:
    decided = selectors.decisions_of(row.division_code, limit=60)
    return next((one for one in decided if str(one.pk) == typed), None)


def _page(request: HttpRequest, row: FourTwo, refusal: LianxinError | None = None) -> HttpResponse:
    done = {record.step: record for record in row.records.select_related("topic__meeting")}
    now = following(done)
    page = {
        "row": row,
        "place": place_name(row.division_code),
        "steps": [(step.value, PLAIN_STEP[step], done.get(step)) for step in ORDER],
        "now": now.value if now and may_open(actor_of(request), row.division_code) else "",
        "decisions": selectors.decisions_of(row.division_code, limit=60) if now == "decide" else [],
        "notice_days": value("village.four_two_notice_days", home6=row.home6),
        "today": clock.today(),
        "at": "/village/four-two",
    }
    return shown(request, "web/village/four_two.html", page, refusal)
