"""年度档案与考核: the files of a year by where they stand, one file with its objections and decision."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from lianxin.common import clock
from lianxin.duties.assessing.actions import BOOK
from lianxin.duties.assessing.deciding import avoidance_declare, leave_enter
from lianxin.duties.assessing.files import files_generate
from lianxin.duties.assessing.permissions import visible_to
from lianxin.duties.assessing.scoring import good_of, kept_score
from lianxin.duties.assessing.selectors import file_for, files_page, years_of
from lianxin.duties.assessing.step import avoids, facts_of
from lianxin.duties.assessment_workflow import BODY, NEGATIVE
from lianxin.duties.models import DutyLeave, FileState, Ground, LeaveKind, Result, YearlyFile
from lianxin.regions.selectors import place_name
from lianxin.web.door import actor_of, for_roles
from lianxin.web.duty_papers import file_pdf_answer
from lianxin.web.duty_parts import bars_of, lines_of, parts_of
from lianxin.web.presses import REFUSALS, Missed, back_to, press_done, presses
from lianxin.web.typed import typed_day

MOST = 100


@for_roles(*BODY)
@never_cache
@require_GET
def file_list(request: HttpRequest) -> HttpResponse:
    """List the files of a year by state, with the counts of each state."""
    return _list_page(request)


def _list_page(request: HttpRequest, problem: str = "") -> HttpResponse:
    actor, year = actor_of(request), _year(request)
    tab, query = request.GET.get("tab", ""), request.GET.get("q", "").strip()
    counts = dict(
        visible_to(actor).filter(year=year).values_list("state").annotate(n=Count("id")).order_by("state")
    )
    page = {
        "year": year,
        "years": sorted({*years_of(actor), clock.today().year}, reverse=True),
        "rows": files_page(actor, year=year, tab=tab, query=query)[:MOST],
        "shown": tab,
        "q": query,
        "tabs": [(key, label, counts.get(key, 0)) for key, label in FileState.choices],
        "total": sum(counts.values()),
        "bodies": [(code, place_name(code)) for code in actor.places(*BODY)],
        "problem": problem,
        "at": "/office/assessment",
    }
    return render(request, "web/office/assessment.html", page, status=409 if problem else 200)


def _year(request: HttpRequest) -> int:
    typed = request.GET.get("year", "") or request.POST.get("year", "")
    this = clock.today().year
    return int(typed) if typed.isascii() and typed.isdigit() and 2010 <= int(typed) <= this else this


@for_roles(*BODY)
@require_POST
def generate(request: HttpRequest) -> HttpResponse:
    """Generate the files of a congress for a year, once."""
    body = request.POST.get("body", "")
    try:
        done = files_generate(actor=actor_of(request), year=_year(request), body_code=body)
    except REFUSALS as refusal:
        return _list_page(request, refusal.message)
    messages.success(request, _("已生成 %(n)s 份，代表都收到了核对通知。") % {"n": done})
    return redirect("assessment")


@for_roles(*BODY)
@never_cache
@require_GET
def file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one file with what is to be done next."""
    return _page(request, file_for(actor_of(request), pk))


def _page(
    request: HttpRequest, row: YearlyFile, missed: Missed | None = None, errors: dict[str, str] | None = None
) -> HttpResponse:
    actor = actor_of(request)
    found = kept_score(row)
    status = missed.refusal.status if missed else 422 if errors else 200
    page: dict[str, Any] = {
        "row": row,
        "place": place_name(row.division_code),
        "bars": bars_of(found, row.home6),
        "lines": [(bar, lines_of(actor, bar)) for bar in found.bars] if request.GET.get("all") else [],
        "parts": parts_of(actor, row),
        "goods": good_of(row),
        "asked_goods": [one for one in good_of(row, {}) if any(part.met is None for part in one.conditions)],
        "objections": list(row.objections.order_by("id")),
        "labels": {rule["item"]: rule["label"] for rule in row.rules},
        "events": list(row.events.all()),
        "results": Result.choices,
        "negative": NEGATIVE,
        "grounds": Ground.choices,
        "leaves": DutyLeave.objects.filter(deputy=row.deputy, is_cancelled=False).order_by("begins_on"),
        "leave_kinds": LeaveKind.choices,
        "avoided": avoids(actor, row),
        "errors": errors or {},
        "acts": presses(
            BOOK,
            actor,
            row,
            facts=facts_of(row, actor),
            base=f"/office/assessment/{row.id}",
            request=request,
            missed=missed,
        ),
        "at": "/office/assessment",
    }
    return render(request, "web/office/yearly_file.html", page, status=status)


@for_roles(*BODY)
@require_POST
def file_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Answer an objection, write the view, decide, archive or reopen; a refusal keeps what was typed."""
    actor = actor_of(request)
    row = file_for(actor, pk)
    missed = press_done(request, BOOK, actor, row, act)
    if missed is None:
        return back_to("assessment_file", pk=pk)
    row.refresh_from_db()
    return _page(request, row, missed)


@for_roles(*BODY)
@require_POST
def leave(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter the deputy's leave; his targets fall in proportion."""
    row = file_for(actor_of(request), pk)
    try:
        leave_enter(
            actor=actor_of(request),
            deputy=row.deputy,
            kind=request.POST.get("kind", ""),
            begins_on=typed_day(request, "begins_on"),
            ends_on=typed_day(request, "ends_on"),
            request_id=request.POST.get("request_id") or None,
        )
    except REFUSALS as refusal:
        return _page(request, row, errors=refusal.fields or {"kind": refusal.message})
    messages.success(request, _("请假已登记，目标按比例减少，得分已重新计算。"))
    return back_to("assessment_file", pk=pk)


@for_roles(*BODY)
@require_POST
def avoid(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stand aside from this deputy; no reason is asked."""
    row = file_for(actor_of(request), pk)
    avoidance_declare(actor=actor_of(request), deputy=row.deputy)
    messages.success(request, _("已登记回避，这份档案请别的同志办理。"))
    return back_to("assessment_file", pk=pk)


@for_roles(*BODY)
@never_cache
@require_GET
def file_pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return the yearly file as a paper."""
    return file_pdf_answer(actor_of(request), file_for(actor_of(request), pk))
