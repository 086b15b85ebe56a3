"""承办单位名册: the list, entering one, its name and its end."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lianxin.common.actor import Role
from lianxin.enrolment import selectors, services
from lianxin.enrolment.models import SheetKind
from lianxin.enrolment.permissions import units_visible_to
from lianxin.enrolment.rules import UNIT_COLUMNS, UNIT_LEVELS
from lianxin.people.selectors import organs_with_head
from lianxin.regions.selectors import place_name
from lianxin.web.answering import REFUSALS, shown
from lianxin.web.door import actor_of, for_roles
from lianxin.web.enrolment.parts import AT_UNITS, by_field, cells_of, place_of


@for_roles(Role.OFFICE)
@never_cache
@require_http_methods(["GET", "POST"])
def unit_list(request: HttpRequest) -> HttpResponse:
    """List the units and enter one; where nobody can sign for a unit, matters cannot be handed to it."""
    actor, problem = actor_of(request), None
    if request.method == "POST":
        try:
            services.person_enter(
                actor=actor,
                kind=SheetKind.UNITS,
                place=place_of(actor, SheetKind.UNITS),
                cells=cells_of(request, UNIT_COLUMNS),
                request_id=request.POST.get("request_id"),
            )
            messages.success(request, _("单位登记好了。请系统管理员给经办人和负责人开账号。"))
            return redirect("units")
        except REFUSALS as refusal:
            problem = by_field(refusal)
    signed = organs_with_head()
    found = units_visible_to(actor).order_by("-is_active", "level", "name")
    page = {
        "rows": [(one, place_name(one.division_code), one.code in signed) for one in found],
        "levels": list(UNIT_LEVELS),
        "at": AT_UNITS,
    }
    return shown(request, "web/enrolment/units.html", page, problem)


@for_roles(Role.OFFICE)
@never_cache
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Rename a unit after a reform, or take it off the list."""
    actor, problem = actor_of(request), None
    unit = selectors.unit_for(actor, pk)
    typed, key = request.POST, request.POST.get("request_id")
    if request.method == "POST":
        try:
            if typed.get("act") == "close":
                services.unit_close(actor=actor, unit=unit, request_id=key)
            else:
                name, short = typed.get("name", ""), typed.get("short_name", "")
                services.unit_rename(actor=actor, unit=unit, name=name, short_name=short, request_id=key)
            messages.success(request, _("改好了。"))
            return redirect("units")
        except REFUSALS as refusal:
            problem = refusal
            unit = selectors.unit_for(actor, pk)
    page = {"row": unit, "place": place_name(unit.division_code), "at": AT_UNITS}
    return shown(request, "web/enrolment/unit.html", page, problem)
