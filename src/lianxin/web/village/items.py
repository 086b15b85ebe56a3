"""村务公开 as the village and its supervisors work on it: calendar, one item, its acts."""

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
from lianxin.common.errors import LianxinError, NotFound
from lianxin.regions.selectors import place_name
from lianxin.villages import selectors, services
from lianxin.villages.actions import BOOK
from lianxin.villages.models import DisclosureItem
from lianxin.villages.permissions import READERS, WRITERS
from lianxin.web.answering import REFUSALS, shown
from lianxin.web.basis import said_basis
from lianxin.web.door import actor_of, for_roles
from lianxin.web.typed import typed_day
from lianxin.web.village.forms import TABLE_STARTS, own_village, table_text, typed_fields

SAID = {
    "submit": "已送监督委员会审核。",
    "correct": "更正已送审核，旧版在新版公开以前仍然看得到。",
    "approve": "审核通过，村委会可以公开了。",
    "send_back": "已退回，村委会会看到您的意见。",
    "publish": "已经公开，人人都能看到。",
    "post_board": "公示栏照片收到了。",
}


@for_roles(*WRITERS)
@never_cache
@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """Show the village's calendar: what is due first, questions, and what is published."""
    actor, village = actor_of(request), own_village(actor_of(request))
    tab = "done" if request.GET.get("tab") == "done" else "todo"
    page = {
        "rows": selectors.with_lights(selectors.items_page(actor, village=village, tab=tab)),
        "questions": selectors.questions_open(actor)[:20],
        "tab": tab,
        "village": village,
        "place": place_name(village),
        "writes": actor.has_in(village, Role.VILLAGE),
        "at": "/village",
    }
    return render(request, "web/village/calendar.html", page)


@for_roles(Role.VILLAGE)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Put a major matter on the calendar."""
    problem: LianxinError | None = None
    if request.method == "POST":
        try:
            made = services.major_open(
                actor=actor_of(request),
                village=own_village(actor_of(request)),
                what=request.POST.get("what", ""),
                happened_on=typed_day(request, "happened_on"),
                request_id=request.POST.get("request_id"),
            )
            return redirect("village_item", pk=made.pk)
        except REFUSALS as refusal:
            problem = refusal
    page = {
        "today": clock.today(),
        "at": "/village",
    }
    return shown(request, "web/village/new_item.html", page, problem)


@for_roles(*READERS)
@never_cache
@require_GET
def item(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show an item with its versions, questions, history, and the acts open to the actor."""
    return _page(request, selectors.item_for(actor_of(request), pk))


@for_roles(*WRITERS)
@require_POST
def act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Carry out an act on an item; a refusal keeps what was typed."""
    actor = actor_of(request)
    row = selectors.item_for(actor, pk)
    if act not in SAID:
        raise NotFound("没有这个操作，请刷新页面。")
    try:
        data = typed_fields(request, BOOK.input(act))
        key = request.POST.get("request_id")
        BOOK.perform(actor=actor, obj=row, name=act, data=data, request_id=key)
    except REFUSALS as refusal:
        row.refresh_from_db()
        return _page(request, row, act, refusal)
    messages.success(request, _(SAID[act]))
    return redirect("village_item", pk=pk)


@for_roles(Role.VILLAGE)
@require_POST
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answer a resident's question."""
    question = selectors.question_for(actor_of(request), pk)
    try:
        services.question_answer(
            actor=actor_of(request),
            question=question,
            answer=request.POST.get("answer", ""),
            request_id=request.POST.get("request_id"),
        )
    except REFUSALS as refusal:
        return _page(request, question.item, f"answer-{pk}", refusal)
    messages.success(request, _("答复已公开，问的人凭查询码看得到。"))
    return redirect("village_item", pk=question.item_id)


def _page(
    request: HttpRequest, row: DisclosureItem, tried: str = "", refusal: LianxinError | None = None
) -> HttpResponse:
    actor = actor_of(request)
    versions = list(row.versions.order_by("-number"))
    acts = {one.act.name: one for one in BOOK.open_for(actor, row)}
    page: dict[str, Any] = {
        "row": row,
        "place": place_name(row.division_code),
        "light": selectors.with_lights([row])[0][1],
        "version": versions[0] if versions else None,
        "older": versions[1:],
        "acts": acts,
        "basis": {name: said_basis(one.act.basis) for name, one in acts.items()},
        "questions": row.questions.order_by("answered_on", "created_at"),
        "events": _events(row),
        "photo": selectors.board_photo(row),
        "answers": actor.has_in(row.division_code, Role.VILLAGE),
        "start_table": table_text(versions[0].table) if versions else TABLE_STARTS[row.kind],
        "start_text": versions[0].text if versions else "",
        "tried": tried,
        "at": "/village",
    }
    return shown(request, "web/village/item.html", page, refusal)


def _events(row: DisclosureItem) -> list[tuple[Any, str]]:
    """Return the item's history with the verb of each step; what came from older books is entered later."""
    acts = BOOK.workflow.acts
    found = row.events.order_by("-at")[:30]
    return [(event, acts[event.act].verb if event.act in acts else "补录") for event in found]
