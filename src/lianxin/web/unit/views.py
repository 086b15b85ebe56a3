"""A handling unit's pages: the desk, one matter, the reply demand by demand with its check-up."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Conflict, Invalid, LianxinError, Refused
from lianxin.common.ids import uuid7
from lianxin.handling.actions import BOOK
from lianxin.handling.facts import class_scheme, reply_text
from lianxin.handling.models import Assignment, Deadline, Reply
from lianxin.handling.rules import reply_findings
from lianxin.handling.selectors import assignment_for, assignments_for, latest_reply, letters_of, light_of
from lianxin.handling.workflow import HANDLING, State
from lianxin.opinions.services import opinion_unit_act
from lianxin.people.selectors import organ_name, organs
from lianxin.suggestions.services import suggestion_unit_act
from lianxin.web.acts import WORDS, Sheet, Tried, sheet, typed_data
from lianxin.web.door import actor_of, for_roles

UNIT = (Role.UNIT_CLERK, Role.UNIT_HEAD)
TABS = (("open", "在办"), ("soon", "快到期"), ("late", "逾期"), ("returned", "退办"), ("done", "已答复"))
OWN_SCREEN = frozenset({"draft_reply"})


@for_roles(*UNIT, Role.OVERSIGHT)
@never_cache
@require_GET
def matter_list(request: HttpRequest) -> HttpResponse:
    """承办台: the unit's matters, the most urgent first."""
    tab = request.GET.get("tab", "open")
    rows = _tab(assignments_for(actor_of(request)), tab)[:80]
    page = {
        "rows": [(row, organ_name(row.unit_code), _light(row)) for row in rows],
        "tab": tab,
        "tabs": TABS,
        "at": "/unit/matters",
    }
    return render(request, "web/unit/matters.html", page)


def _tab(found: QuerySet[Assignment], tab: str) -> QuerySet[Assignment]:
    today = clock.today()
    if tab == "done":
        return found.filter(ended=True).order_by("-replied_on")
    if tab == "returned":
        return found.filter(state=State.RETURN_REQUESTED)
    opened = found.filter(ended=False)
    if tab == "late":
        return opened.filter(reply_due_on__lt=today)
    return opened.filter(reply_due_on__range=(today, today + timedelta(days=15))) if tab == "soon" else opened


def _light(row: Assignment) -> str:
    if row.ended or row.reply_due_on is None:
        return "met"
    return light_of(Deadline(due_on=row.reply_due_on), clock.today()).value


@for_roles(*UNIT, Role.OVERSIGHT)
@never_cache
@require_GET
def matter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one matter as the unit may see it: the outgoing copy, never who said it."""
    return _page(request, assignment_for(actor_of(request), pk))


def _page(request: HttpRequest, part: Assignment, tried: Tried | None = None) -> HttpResponse:
    actor = actor_of(request)
    today = clock.today()
    reply = latest_reply(part)
    page = {
        "part": part,
        "unit": organ_name(part.unit_code),
        "reply": reply,
        "answers": _pairs(part, reply),
        "at": "/unit/matters",
        "deadlines": [(one, light_of(one, today)) for one in part.deadlines.filter(replaced=False)],
        "sheets": _sheets(actor, part, tried),
        "may_reply": _may(actor, part, "draft_reply"),
        "letters": letters_of(part.matter_id),
        "findings": reply_findings(reply_text(reply), part.demands, class_scheme(part.home6))
        if reply and reply.state == "draft"
        else [],
        "assists": Assignment.objects.filter(
            matter_id=part.matter_id, round=part.round, mode="assist"
        ).exclude(pk=part.pk),
    }
    return render(request, "web/unit/matter.html", page, status=tried.refusal.status if tried else 200)


def _pairs(part: Assignment, reply: Reply | None) -> list[tuple[str, str]]:
    answers = list(reply.answers) if reply else []
    return [
        (demand, str(answers[place]) if place < len(answers) else "")
        for place, demand in enumerate(part.demands)
    ]


def _sheets(actor: Actor, part: Assignment, tried: Tried | None) -> list[Sheet]:
    options = {"proposed_unit": [(organ.code, organ.short_name) for organ in organs()]}
    found = [
        sheet(
            action,
            url=f"/unit/matters/{part.id}/acts/{action.act.name}",
            options=options,
            demands=part.demands,
            tried=tried,
        )
        for action in BOOK.open_for(actor, part)
        if action.act.name not in OWN_SCREEN
    ]
    for one in found[:1]:
        one.first = True
    return found


def _may(actor: Actor, part: Assignment, name: str) -> bool:
    return any(action.act.name == name and action.refusal is None for action in BOOK.open_for(actor, part))


@for_roles(*UNIT, Role.OVERSIGHT)
@require_POST
def matter_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Carry out one act; a refusal keeps what was typed."""
    actor = actor_of(request)
    part = assignment_for(actor, pk)
    try:
        _perform(request, actor, part, act)
    except (Invalid, Refused, Conflict) as refusal:
        return _page(request, assignment_for(actor, pk), Tried(act, request.POST, refusal))
    messages.success(request, _("已办：%(act)s") % {"act": HANDLING.acts[act].verb})
    return redirect("unit_matter", pk=pk)


def _perform(request: HttpRequest, actor: Actor, part: Assignment, act: str) -> None:
    form = BOOK.form(act, typed_data(BOOK.input(act), request.POST))
    service: Any = suggestion_unit_act if part.matter_kind == "suggestion" else opinion_unit_act
    service(actor=actor, assignment=part, act=act, form=form, request_id=request.POST.get("request_id"))


@for_roles(*UNIT)
@never_cache
@require_http_methods(["GET", "POST"])
def reply(request: HttpRequest, pk: UUID) -> HttpResponse:
    """答复函: one block for each demand, the class and what it asks for, then to the head."""
    actor = actor_of(request)
    part = assignment_for(actor, pk)
    problem: LianxinError | None = None
    if request.method == "POST":
        try:
            _perform(request, actor, part, "draft_reply")
            messages.success(request, _("已提交负责人签发，体检结果见下方。"))
            return redirect("unit_matter", pk=pk)
        except (Invalid, Refused, Conflict) as refusal:
            problem = refusal
    last = latest_reply(part)
    typed: Any = request.POST if request.method == "POST" else last
    answers = (
        request.POST.getlist("answers") if request.method == "POST" else (list(last.answers) if last else [])
    )
    page = {
        "part": part,
        "typed": typed,
        "problem": problem,
        "request_id": str(uuid7()),
        "at": "/unit/matters",
        "blocks": [
            (place, demand, answers[place - 1] if len(answers) >= place else "")
            for place, demand in enumerate(part.demands, 1)
        ],
        "classes": [(one, WORDS[one]) for one in class_scheme(part.home6)],
        "levels": [(one, WORDS[one]) for one in ("public", "on_request", "not_public")],
    }
    return render(request, "web/unit/reply.html", page, status=problem.status if problem else 200)
