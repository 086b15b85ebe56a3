"""Sheets of 结对: the answers of many households, and the walking times between villages."""

from __future__ import annotations

import csv
import io
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from lianxin.common.actor import Role
from lianxin.common.errors import Invalid, LianxinError, Refused
from lianxin.common.ids import uuid7
from lianxin.contacts import selectors, services, sheets
from lianxin.contacts.legs import COLUMNS as LEG_COLUMNS
from lianxin.contacts.replies import ANSWERS, COLUMNS, WAYS
from lianxin.documents.tables import MOST_ROWS, XLSX
from lianxin.regions.selectors import place_name, towns
from lianxin.web.door import actor_of, for_roles
from lianxin.web.office.pairing import town_of

STAFF = (Role.KEEPER, Role.PRESIDIUM, Role.OFFICE)
REFUSALS = (Invalid, Refused)
MOST_BYTES = 2 * 1024 * 1024


@for_roles(*STAFF)
@never_cache
@require_http_methods(["GET", "POST"])
def replies(request: HttpRequest) -> HttpResponse:
    """Ask many households in three steps: print slips, fill the list, bring it in."""
    town, problem = town_of(request, STAFF), None
    if request.method == "POST":
        try:
            return redirect("pairing_reply_sheet", pk=_bring(request, town).pk)
        except REFUSALS as refusal:
            problem = refusal
    page = {
        **_errors(problem),
        "town": town,
        "place": place_name(town),
        "unasked": selectors.asked_figures(town)["unasked"],
        "columns": COLUMNS,
        "answers": list(ANSWERS),
        "ways": list(WAYS),
        "most": MOST_ROWS,
        "latest": selectors.reply_sheets(actor_of(request)).filter(division_code=town)[:10],
        "request_id": str(uuid7()),
        "at": "/office/pairing/consents",
    }
    return render(request, "web/office/pairing_replies.html", page, status=problem.status if problem else 200)


def _bring(request: HttpRequest, town: str) -> Any:
    name, data = _sent(request)
    return services.replies_import(
        actor=actor_of(request),
        town=town,
        file_name=name,
        rows=sheets.read(data),
        request_id=request.POST.get("request_id"),
    )


def _sent(request: HttpRequest) -> tuple[str, bytes]:
    sent = request.FILES.get("sheet")
    if sent is None:
        raise Invalid(_("请先选一个填好的表。"), fields={"sheet": _("请先选一个填好的表。")})
    return str(sent.name), sent.read()


def _errors(problem: LianxinError | None) -> dict[str, Any]:
    return {"problem": problem.message if problem else "", "errors": problem.fields if problem else {}}


@for_roles(*STAFF)
@never_cache
@require_GET
def replies_list(request: HttpRequest) -> HttpResponse:
    """Return the households of a town that have not answered, as a sheet to fill."""
    town = town_of(request, STAFF)
    homes = selectors.unasked(actor_of(request)).filter(division_code__startswith=town[:9])
    return _file(
        sheets.list_of(homes.order_by("number")[:MOST_ROWS]), XLSX, f"征求意见{place_name(town)}.xlsx"
    )


@for_roles(*STAFF)
@never_cache
@require_GET
def reply_sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what became of a sheet."""
    row = selectors.reply_sheet_for(actor_of(request), pk)
    page = {"sheet": row, "refused": row.refused[:20], "at": "/office/pairing/consents"}
    return render(request, "web/office/pairing_reply_sheet.html", page)


@for_roles(*STAFF)
@never_cache
@require_GET
def reply_faults(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return the faulty rows to be mended and brought in again."""
    row = selectors.reply_sheet_for(actor_of(request), pk)
    return _file(sheets.with_faults(row.refused), XLSX, "要改的行.xlsx")


@for_roles(Role.OFFICE)
@never_cache
@require_http_methods(["GET", "POST"])
def roads(request: HttpRequest) -> HttpResponse:
    """Walking times between villages: how many are registered, the formula of the others, a table to fill."""
    town, problem = town_of(request, (Role.OFFICE,)), None
    if request.method == "POST":
        try:
            _name, data = _sent(request)
            count = services.travel_times_register(
                actor=actor_of(request), home6=town[:6], rows=_csv_rows(data)
            )
            messages.success(request, _("登记了 %(n)s 段路，下次计算就用它。") % {"n": count})
            return redirect(f"/office/pairing/roads?town={town}")
        except REFUSALS as refusal:
            problem = refusal
    page = {
        **_errors(problem),
        "town": town,
        "place": place_name(town),
        "towns": towns(),
        "known": selectors.walks_of(town),
        "pace": services.pace_of(town[:6]),
        "columns": LEG_COLUMNS,
        "at": "/office/pairing",
    }
    return render(request, "web/office/pairing_roads.html", page, status=problem.status if problem else 200)


@for_roles(Role.OFFICE)
@never_cache
@require_GET
def roads_table(request: HttpRequest) -> HttpResponse:
    """Return a town's walks as a table: registered ones, and the others as estimates to overwrite."""
    town = town_of(request, (Role.OFFICE,))
    kept = io.StringIO()
    table = csv.writer(kept)
    table.writerow(LEG_COLUMNS)
    table.writerows(selectors.walk_rows(town, services.roads_of(town[:6])))
    return _file(
        kept.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", f"步行时间{place_name(town)}.csv"
    )


def _csv_rows(data: bytes) -> list[dict[str, str]]:
    """Return the rows of a table saved as CSV, in UTF-8 or as Excel saves it in China (GB 18030)."""
    if len(data) > MOST_BYTES:
        raise Invalid(_("这个文件太大了。"), fields={"sheet": _("请分镇上传，每份不超过 2 兆。")})
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", errors="replace")
    rows = list(csv.DictReader(io.StringIO(text)))
    if not rows or any(name not in rows[0] for name in LEG_COLUMNS):
        words = _("第一行要有这些列：%(names)s。") % {"names": "、".join(LEG_COLUMNS)}
        raise Invalid(words, fields={"sheet": words})
    return [{name: row.get(name) or "" for name in LEG_COLUMNS} for row in rows]


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer
