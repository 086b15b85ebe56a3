"""历史资料: the timeline since 2012, one record with its scans, the sheet that brings them in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from lianxin.archives import selectors, services, sheets
from lianxin.archives.models import Kind
from lianxin.archives.permissions import KEEPERS, READERS, may
from lianxin.archives.rules import COLUMNS, KINDS
from lianxin.common.errors import Denied, Invalid, LianxinError, Refused
from lianxin.documents.services import file_read
from lianxin.regions.selectors import place_name
from lianxin.web.answering import shown
from lianxin.web.door import actor_of, for_roles
from lianxin.web.sheets import book, sent_sheet

REFUSALS = (Invalid, Refused)


@for_roles(*READERS)
@never_cache
@require_GET
def timeline(request: HttpRequest) -> HttpResponse:
    """Show the years and the records of one of them."""
    actor, kind = actor_of(request), request.GET.get("kind", "")
    years = selectors.timeline(actor, kind)
    year = _number(request.GET.get("year", "")) or next(
        (one.year for one in years if one.count), years[0].year
    )
    start = selectors.PAGE * _number(request.GET.get("page", ""))
    rows = selectors.records(actor, kind=kind, year=year)[start : start + selectors.PAGE + 1]
    page = {
        "years": years,
        "year": year,
        "kind": kind if kind in Kind.values else "",
        "kinds": Kind.choices,
        "rows": [(row, place_name(row.division_code)) for row in rows[: selectors.PAGE]],
        "next": start // selectors.PAGE + 1 if len(rows) > selectors.PAGE else 0,
        "may_import": actor.has(*KEEPERS),
        "at": "/archive",
    }
    return render(request, "web/archive/timeline.html", page)


@for_roles(*KEEPERS)
@never_cache
@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Take in a filled sheet; a sheet that cannot be read says what to do and nothing is kept of it."""
    actor, problem = actor_of(request), None
    if request.method == "POST":
        try:
            sent = sent_sheet(request)
            made = services.records_import(
                actor=actor,
                place=actor.places(*KEEPERS)[0],
                file_name=str(sent.name),
                rows=sheets.read(sent.read()),
                request_id=request.POST.get("request_id"),
            )
            return redirect("archive_batch", pk=made.pk)
        except REFUSALS as refusal:
            problem = refusal
    page = {
        "columns": COLUMNS,
        "kinds": list(KINDS),
        "most": sheets.MOST_ROWS,
        "latest": selectors.batches(actor)[:10],
        "at": "/archive",
    }
    return shown(request, "web/archive/import.html", page, problem)


@for_roles(*KEEPERS)
@require_GET
def empty_sheet(request: HttpRequest) -> HttpResponse:
    """Return the empty sheet."""
    return book(sheets.template(), "历史资料空表")


@for_roles(*KEEPERS)
@never_cache
@require_GET
def batch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what became of a sheet: kept, repeated, to be mended."""
    row = selectors.batch_for(actor_of(request), pk)
    page = {"batch": row, "refused": row.refused[:20], "columns": COLUMNS, "at": "/archive"}
    return render(request, "web/archive/batch.html", page)


@for_roles(*KEEPERS)
@never_cache
@require_GET
def faults(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return the faulty rows as a sheet that can be mended and brought in again."""
    row = selectors.batch_for(actor_of(request), pk)
    return book(sheets.with_faults(row.refused), "要改的行")


@for_roles(*READERS)
@never_cache
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a record with its scans; who keeps it adds one."""
    actor, problem = actor_of(request), None
    row = selectors.record_for(actor, pk)
    if request.method == "POST":
        if not may(actor, "scan", row):
            raise Denied(_("您只能给本级和下级的历史资料添加扫描件。"))
        try:
            sent = request.FILES.get("scan")
            if sent is None:
                raise Invalid(_("请先选一份扫描件。"), fields={"scan": _("请先选一份扫描件。")})
            key = request.POST.get("request_id")
            services.scan_add(actor=actor, earlier=row, data=sent.read(), request_id=key)
            messages.success(request, _("扫描件收到了。"))
            return redirect("archive_record", pk=pk)
        except REFUSALS as refusal:
            problem = refusal
    return _record(request, row, problem)


def _record(request: HttpRequest, row: Any, problem: LianxinError | None) -> HttpResponse:
    page = {
        "row": row,
        "place": place_name(row.division_code),
        "scans": selectors.scans_of(row),
        "may_add": may(actor_of(request), "scan", row),
        "at": "/archive",
    }
    return shown(request, "web/archive/record.html", page, problem)


@for_roles(*READERS)
@never_cache
@require_GET
def scan(request: HttpRequest, pk: UUID, file: UUID) -> HttpResponse:
    """Hand out a scan of a record that the reader may see."""
    found = get_object_or_404(selectors.scans_of(selectors.record_for(actor_of(request), pk)), pk=file)
    return HttpResponse(file_read(found), content_type=found.mime)


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else 0
