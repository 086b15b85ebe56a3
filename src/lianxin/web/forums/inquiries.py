"""执法检查 and 专题调研: the host's pages, and a department's page of one finding."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianxin.common import clock
from lianxin.common.actor import Role
from lianxin.common.errors import LianxinError, NotFound
from lianxin.meetings import services
from lianxin.meetings.inquiries_workflow import HOSTS, INQUIRY, UNIT
from lianxin.meetings.models import Finding, Inquiry, InquiryKind
from lianxin.meetings.permissions import (
    findings_visible_to,
    inquiries_visible_to,
    may_find,
    may_inquire,
)
from lianxin.meetings.selectors import short_name
from lianxin.meetings.services.inquiries import inquiry_facts
from lianxin.people.selectors import deputies_of_body, organs
from lianxin.web.answering import REFUSALS
from lianxin.web.basis import said_basis
from lianxin.web.door import actor_of, for_roles
from lianxin.web.forums.parts import shown, uuid_of
from lianxin.web.typed import typed_day

READERS = (*HOSTS, Role.LEADER, Role.DEPUTY)
AT, AT_UNIT = "/forums/inquiries", "/forums/findings"
MOST = 100


@for_roles(*READERS)
@never_cache
@require_GET
def inquiry_list(request: HttpRequest) -> HttpResponse:
    """List inspections and researches with their findings' progress."""
    actor = actor_of(request)
    found = inquiries_visible_to(actor).prefetch_related("findings").order_by("-begins_on", "-id")
    rows = [
        (row, sum(one.state == "passed" for one in row.findings.all()), len(row.findings.all()))
        for row in found[:MOST]
    ]
    return shown(request, "web/forums/inquiries.html", {"rows": rows, "hosts": actor.has(*HOSTS), "at": AT})


@for_roles(*HOSTS)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Plan one."""
    actor, problem = actor_of(request), None
    place = actor.places(*HOSTS)[0]
    if request.method == "POST":
        typed = request.POST
        try:
            made = services.inquiry_plan(
                actor=actor,
                division_code=place,
                begins_on=typed_day(request, "begins_on"),
                team=[uuid_of(one) for one in typed.getlist("team")],
                request_id=typed.get("request_id"),
                **{name: typed.get(name, "") for name in ("kind", "title", "subject", "plan")},
            )
            return redirect("inquiry", pk=made.pk)
        except REFUSALS as refusal:
            problem = refusal
    page = {
        "kinds": InquiryKind.choices,
        "people": deputies_of_body(place).distinct(),
        "today": clock.today(),
        "chosen": request.POST.getlist("team"),
        "at": AT,
    }
    return shown(request, "web/forums/inquiry_new.html", page, problem)


@for_roles(*READERS)
@never_cache
@require_GET
def inquiry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one with its list and findings."""
    return _page(request, _seen(request, pk))


def _seen(request: HttpRequest, pk: UUID) -> Inquiry:
    row = inquiries_visible_to(actor_of(request)).filter(pk=pk).first()
    if row is None:
        raise NotFound(_("没有找到这次检查或调研，或者不在您的范围内。"))
    return row


def _page(
    request: HttpRequest, row: Inquiry, tried: str = "", refusal: LianxinError | None = None
) -> HttpResponse:
    facts = inquiry_facts(row)
    level = "city" if row.division_code.endswith("000000") else "town"
    page: dict[str, Any] = {
        "row": row,
        "members": [one.deputy.name for one in row.members.select_related("deputy")],
        "checks": list(row.checks.all()),
        "findings": [(one, short_name(one.unit)) for one in row.findings.all()],
        "writes": may_inquire(actor_of(request), "report", row.division_code),
        "organs": organs(level=level, town_code=row.division_code),
        "refusals": {
            name: INQUIRY.refusal(row.state, name, facts) for name in ("start", "hand_over", "close")
        },
        "basis": {name: said_basis(one.basis) for name, one in INQUIRY.acts.items()},
        "tried": tried,
        "at": AT,
    }
    return shown(request, "web/forums/inquiry.html", page, refusal)


@for_roles(*HOSTS)
@require_POST
def act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Write the list, what was seen, a finding, the report; move on."""
    row, typed = _seen(request, pk), request.POST
    about: dict[str, Any] = {
        "actor": actor_of(request),
        "inquiry": row,
        "request_id": typed.get("request_id"),
    }
    try:
        _done(act, request, about)
    except REFUSALS as refusal:
        row.refresh_from_db()
        return _page(request, row, act, refusal)
    messages.success(request, _("记好了。"))
    return redirect("inquiry", pk=pk)


def _done(act: str, request: HttpRequest, about: dict[str, Any]) -> None:
    typed = request.POST
    if act == "add_check":
        services.check_add(article=typed.get("article", ""), text=typed.get("text", ""), **about)
    elif act == "check":
        services.check_note(check=uuid_of(typed.get("check", "")), seen=typed.get("seen", ""), **about)
    elif act == "add_finding":
        services.finding_add(
            text=typed.get("text", ""),
            unit=typed.get("unit", ""),
            due_on=typed_day(request, "due_on"),
            article=typed.get("article", ""),
            **about,
        )
    elif act == "report":
        services.inquiry_report(report=typed.get("report", ""), **about)
    else:
        services.inquiry_move(act=act, **about)


@for_roles(*UNIT)
@never_cache
@require_GET
def finding_list(request: HttpRequest) -> HttpResponse:
    """List what a department has to put right, the nearest day first."""
    actor = actor_of(request)
    found = findings_visible_to(actor).select_related("inquiry").filter(unit__in=actor.units(*UNIT))
    rows = found.order_by("state", "due_on")[:MOST]
    page = {"rows": rows, "today": clock.today(), "at": AT_UNIT}
    return shown(request, "web/forums/findings.html", page)


@for_roles(*UNIT, *READERS)
@never_cache
@require_GET
def finding(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one finding: the department reports, the host rechecks."""
    return _finding_page(request, _found(request, pk))


def _found(request: HttpRequest, pk: UUID) -> Finding:
    row = findings_visible_to(actor_of(request)).select_related("inquiry").filter(pk=pk).first()
    if row is None:
        raise NotFound(_("没有找到这一件，或者不归您的单位办理。"))
    return row


def _finding_page(request: HttpRequest, row: Finding, refusal: LianxinError | None = None) -> HttpResponse:
    actor = actor_of(request)
    page = {
        "row": row,
        "unit": short_name(row.unit),
        "reports": row.state == "handed_over" and may_find(actor, "report", row),
        "rechecks": row.state == "reported" and may_find(actor, "pass", row),
        "is_late": row.state in {"open", "handed_over"} and row.due_on < clock.today(),
        "at": AT_UNIT if actor.units(*UNIT) else AT,
    }
    return shown(request, "web/forums/finding.html", page, refusal)


@for_roles(*UNIT, *HOSTS)
@require_POST
def finding_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Report, pass, or send back."""
    row, typed = _found(request, pk), request.POST
    about: dict[str, Any] = {
        "actor": actor_of(request),
        "finding": row,
        "request_id": typed.get("request_id"),
    }
    try:
        if act == "report":
            services.finding_report(report=typed.get("report", ""), **about)
        elif act in {"pass", "send_back"}:
            services.finding_recheck(passed=act == "pass", note=typed.get("note", ""), **about)
        else:
            raise NotFound(_("没有这个操作，请刷新页面。"))
    except REFUSALS as refusal:
        row.refresh_from_db()
        return _finding_page(request, row, refusal)
    messages.success(request, _("记好了。"))
    return redirect("finding", pk=pk)
