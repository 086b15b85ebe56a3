"""Sheets of people: the empty one, bringing a filled one in, what became of it, granting what it asks for."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianxin.common.actor import Role
from lianxin.common.errors import Denied
from lianxin.documents.tables import MOST_ROWS
from lianxin.enrolment import selectors, services, sheets
from lianxin.enrolment.models import EnrolmentSheet, SheetKind
from lianxin.enrolment.permissions import BRINGS, KEEPERS, MAKERS, sheets_visible_to
from lianxin.enrolment.services.staff import roles_by_word
from lianxin.people.models import RoleLabel
from lianxin.regions.selectors import place_name
from lianxin.web.answering import REFUSALS, shown
from lianxin.web.door import actor_of, for_roles
from lianxin.web.enrolment.parts import HERE, kind_of, place_of
from lianxin.web.sheets import book, sent_sheet

ALL = (*KEEPERS, *MAKERS)
LATEST, MOST = 10, 20
SHOWN = {SheetKind.DEPUTIES: ("姓名", "代表证号", "住在哪里")}
"""Columns of a faulty row that the page shows; else the first three."""


@for_roles(*ALL)
@never_cache
@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest, kind: str) -> HttpResponse:
    """Take in a filled sheet; one that cannot be read says what to do and nothing is kept of it."""
    of, problem = _mine(request, kind), None
    actor = actor_of(request)
    if request.method == "POST":
        try:
            sent = sent_sheet(request)
            made = services.people_bring(
                actor=actor,
                kind=of,
                place=place_of(actor, of),
                file_name=str(sent.name),
                rows=sheets.read(of, sent.read()),
                request_id=request.POST.get("request_id"),
            )
            return redirect("enrolment_sheet", pk=made.pk)
        except REFUSALS as refusal:
            problem = refusal
    page = {
        "kind": of,
        "form": sheets.FORMS[of],
        "note": sheets.NOTES[of],
        "choices": list(roles_by_word()) if of is SheetKind.STAFF else [],
        "most": MOST_ROWS,
        "latest": sheets_visible_to(actor).filter(kind=of).order_by("-created_at")[:LATEST],
        "at": HERE[of],
    }
    return shown(request, "web/enrolment/bring.html", page, problem)


@for_roles(*ALL)
@require_GET
def empty_sheet(request: HttpRequest, kind: str) -> HttpResponse:
    """Return the empty sheet."""
    of = _mine(request, kind)
    choices = roles_by_word() if of is SheetKind.STAFF else ()
    return book(sheets.template(of, choices), f"{sheets.FORMS[of].title}空表")


@for_roles(*ALL)
@never_cache
@require_GET
def sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what became of a sheet: kept, repeated, to be mended; of staff, the roles it asks for."""
    return _page(request, selectors.sheet_for(actor_of(request), pk))


@for_roles(*ALL)
@never_cache
@require_GET
def faults(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return the faulty rows as a sheet that can be mended and brought in again."""
    row = selectors.sheet_for(actor_of(request), pk)
    return book(sheets.with_faults(SheetKind(row.kind), row.refused), "要改的行")


@for_roles(Role.SECURITY_ADMIN)
@require_POST
def grant(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Grant the roles that a sheet of staff asks for."""
    actor = actor_of(request)
    row = selectors.sheet_for(actor, pk)
    try:
        services.staff_grant(actor=actor, sheet=row, request_id=request.POST.get("request_id"))
    except REFUSALS as refusal:
        return _page(request, row, refusal)
    messages.success(request, _("角色授予好了。没有授予的，旁边写着为什么。"))
    return redirect("enrolment_sheet", pk=pk)


def _page(request: HttpRequest, row: EnrolmentSheet, refusal: Any = None) -> HttpResponse:
    kind = SheetKind(row.kind)
    words, columns = dict(RoleLabel.choices), SHOWN.get(kind, sheets.FORMS[kind].columns[:3])
    waits = kind is SheetKind.STAFF and not row.granted_at
    page = {
        "row": row,
        "kind": kind,
        "columns": columns,
        "refused": [
            ([one["cells"].get(name, "") for name in columns], one["faults"]) for one in row.refused[:MOST]
        ],
        "asked": [(one, words[one["role"]], place_name(one["place"])) for one in row.asked],
        "may_grant": waits and actor_of(request).has(Role.SECURITY_ADMIN),
        "at": HERE[kind],
    }
    return shown(request, "web/enrolment/sheet.html", page, refusal)


def _mine(request: HttpRequest, slug: str) -> SheetKind:
    kind = kind_of(slug)
    if not actor_of(request).has(*BRINGS[kind]):
        raise Denied(_("这种表不归您登记。"))
    return kind
