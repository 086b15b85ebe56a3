"""批量开户 and 首次密码: what the administrators do with sheets of staff and with closed accounts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from lianxin.common.actor import Role
from lianxin.common.errors import Refused
from lianxin.enrolment import selectors, services
from lianxin.enrolment.models import SheetKind
from lianxin.enrolment.permissions import MAKERS, sheets_visible_to
from lianxin.enrolment.services.opening import AT_ONCE
from lianxin.regions.selectors import place_name
from lianxin.web.answering import shown
from lianxin.web.door import actor_of, for_roles
from lianxin.web.enrolment.parts import AT_STAFF

AT = "/enrolment/passwords"
LATEST = 30


@for_roles(*MAKERS)
@never_cache
@require_GET
def staff(request: HttpRequest) -> HttpResponse:
    """List the sheets of staff: which wait for their roles, which have them."""
    actor = actor_of(request)
    found = sheets_visible_to(actor).filter(kind=SheetKind.STAFF).order_by("-created_at")
    page = {"rows": found[:LATEST], "brings": actor.has(Role.SYSTEM_ADMIN), "at": AT_STAFF}
    return shown(request, "web/enrolment/staff.html", page)


@for_roles(Role.SYSTEM_ADMIN)
@never_cache
@require_http_methods(["GET", "POST"])
def passwords(request: HttpRequest) -> HttpResponse:
    """Show where accounts wait for a first password; give them, once, as slips to be cut apart."""
    actor, problem = actor_of(request), None
    if request.method == "POST":
        place = request.POST.get("place", "")[:12]
        try:
            given = services.passwords_give(actor=actor, place=place)
        except Refused as refusal:
            problem = refusal
        else:
            return render(
                request,
                "web/enrolment/slips.html",
                {"given": given, "place": place, "name": place_name(place) or _("本级"), "at": AT},
            )
    page = {"places": selectors.waiting_places(actor), "most": AT_ONCE, "at": AT}
    return shown(request, "web/enrolment/passwords.html", page, problem)
