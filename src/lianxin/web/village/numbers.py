"""村的人数: what quorums are counted from, registered by the town or the office; one by one or by a sheet."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from lianxin.common.actor import Actor
from lianxin.common.errors import Invalid, LianxinError, NotFound
from lianxin.regions.models import Division, DivisionKind
from lianxin.regions.selectors import division_names, place_name
from lianxin.villages import selectors, services, sheets
from lianxin.villages.models import VillageProfile
from lianxin.villages.numbers import CODE, FIELDS, PLACE
from lianxin.villages.permissions import NUMBERERS, divisions_numbered_by
from lianxin.web.answering import REFUSALS, shown
from lianxin.web.door import actor_of, for_roles
from lianxin.web.sheets import book, sent_sheet
from lianxin.web.typed import typed_count

AT = "/village/board"
SHOWN = 50


@for_roles(*NUMBERERS)
@never_cache
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Show the numbers of all villages of the actor."""
    rows = _rows(actor_of(request))
    missing = sum(profile is None for _one, _town, profile in rows)
    return render(request, "web/village/numbers.html", {"rows": rows, "missing": missing, "at": AT})


def _rows(actor: Actor) -> list[tuple[Division, str, VillageProfile | None]]:
    names = division_names()
    return [(one, names.get(one.parent_code, ""), profile) for one, profile in selectors.numbers_rows(actor)]


@for_roles(*NUMBERERS)
@never_cache
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, code: str) -> HttpResponse:
    """Register or change one village's numbers."""
    division, problem = _division(request, code), None
    if request.method == "POST":
        try:
            services.village_numbers_set(
                actor=actor_of(request),
                village=code,
                many_dealings=bool(request.POST.get("many_dealings")),
                request_id=request.POST.get("request_id"),
                **_typed(request),
            )
            messages.success(request, _("人数登记好了。"))
            return redirect("village_numbers")
        except REFUSALS as refusal:
            problem = refusal
    return _form(request, division, problem)


def _division(request: HttpRequest, code: str) -> Division:
    found = divisions_numbered_by(actor_of(request)).filter(code=code).first()
    if found is None:
        raise NotFound("没有找到这个村，或者不在您的范围内。")
    return found


def _typed(request: HttpRequest) -> dict[str, int]:
    """Return the numbers that were typed; all that are none are told at once."""
    found: dict[str, int] = {}
    wrong: dict[str, str] = {}
    for name in FIELDS:
        try:
            found[name] = typed_count(request, name)
        except Invalid as refusal:
            wrong |= refusal.fields
    if wrong:
        raise Invalid(_("有几项还没填好。"), fields=wrong)
    return found


def _form(request: HttpRequest, division: Division, problem: LianxinError | None) -> HttpResponse:
    profile = VillageProfile.objects.filter(division_code=division.code).first()
    page: dict[str, Any] = {
        "place": place_name(division.code),
        "is_community": division.kind == DivisionKind.COMMUNITY,
        "at": AT,
    }
    if problem is None and profile is not None:
        page["typed"] = {name: getattr(profile, name) for name in (*FIELDS, "many_dealings")}
    return shown(request, "web/village/numbers_one.html", page, problem)


@for_roles(*NUMBERERS)
@never_cache
@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest) -> HttpResponse:
    """Take in a filled sheet; a sheet that cannot be read says what to do and nothing is kept of it."""
    actor, problem = actor_of(request), None
    if request.method == "POST":
        try:
            sent = sent_sheet(request)
            made = services.numbers_import(
                actor=actor,
                place=actor.places(*NUMBERERS)[0],
                file_name=str(sent.name),
                rows=sheets.read(sent.read()),
                request_id=request.POST.get("request_id"),
            )
            return redirect("village_numbers_result", pk=made.pk)
        except REFUSALS as refusal:
            problem = refusal
    return shown(request, "web/village/numbers_sheet.html", {"at": AT}, problem)


@for_roles(*NUMBERERS)
@never_cache
@require_GET
def now(request: HttpRequest) -> HttpResponse:
    """Return the sheet with every village of the actor and what is registered of it."""
    rows = _rows(actor_of(request))
    return book(sheets.out((one.code, town, one.name, row) for one, town, row in rows), "村的人数")


@for_roles(*NUMBERERS)
@never_cache
@require_GET
def result(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what became of a sheet: changed, unchanged, to be mended."""
    row = selectors.sheet_for(actor_of(request), pk)
    refused = [
        (one["cells"].get(PLACE) or one["cells"].get(CODE, ""), " ".join(one["faults"]))
        for one in row.refused[:SHOWN]
    ]
    page = {"sheet": row, "refused": refused, "at": AT}
    return render(request, "web/village/numbers_result.html", page)


@for_roles(*NUMBERERS)
@never_cache
@require_GET
def faults(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return the faulty rows as a sheet that can be mended and brought in again."""
    row = selectors.sheet_for(actor_of(request), pk)
    return book(sheets.with_faults(row.refused), "要改的行")
