"""补录: an organiser enters later what a deputy did and what stands on paper."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from lianxin.common import clock
from lianxin.common.actor import Role
from lianxin.common.errors import Denied, LianxinError
from lianxin.duties import selectors
from lianxin.duties.models import Privacy
from lianxin.duties.permissions import ORGANISERS, may_enter_for
from lianxin.people.models import Deputy
from lianxin.people.selectors import deputies_in
from lianxin.web.deputy.duties import REFUSALS, form_page
from lianxin.web.door import actor_of, for_roles
from lianxin.web.duty_forms import record_typed

ORGANISING = (Role.KEEPER, Role.PRESIDIUM, Role.OFFICE)
SHOWN = 60


@for_roles(*ORGANISING)
@never_cache
@require_GET
def enter(request: HttpRequest) -> HttpResponse:
    """Choose the deputy and the kind of what is to be entered."""
    words = request.GET.get("q", "").strip()[:20]
    actor = actor_of(request)
    found = [one for place in actor.places(*ORGANISERS) for one in _found(place, words)]
    home6 = found[0].home6 if found else ""
    kinds = [kind for kind in selectors.kinds_in_force(home6) if kind.counting.get("needs_proof") is not True]
    page = {"deputies": found[:SHOWN], "kinds": kinds, "q": words, "at": "/office/duties/enter"}
    return render(request, "web/office/duty_enter.html", page)


def _found(place: str, words: str) -> list[Deputy]:
    rows = deputies_in(place).order_by("pinyin", "id")
    return list(rows.filter(name__contains=words)[:SHOWN] if words else rows[:SHOWN])


@for_roles(*ORGANISING)
@never_cache
@require_http_methods(["GET", "POST"])
def enter_for(request: HttpRequest, pk: UUID, slug: str) -> HttpResponse:
    """Enter one record for a deputy; it is marked as entered later and says by whom."""
    actor = actor_of(request)
    deputy = get_object_or_404(Deputy, pk=pk)
    if not may_enter_for(actor, deputy):
        raise Denied("这位代表不在您的镇或市。")
    kind = selectors.kind_in_force(slug, deputy.home6, clock.today())
    problem: LianxinError | None = None
    if request.method == "POST":
        try:
            record_typed(request, actor, kind, deputy_id=deputy.id)
            messages.success(request, _("已补录。"))
            return redirect("duty_enter")
        except REFUSALS as refusal:
            problem = refusal
    form = form_page(request, kind, deputy, problem)
    others = [one for one in form["privacies"] if one[0] != Privacy.SELF]
    page = {**form, "deputy": deputy, "at": "/office/duties/enter", "privacies": others}
    return render(request, "web/office/duty_enter_for.html", page, status=problem.status if problem else 200)
