"""The first page, what has been done for others, plain pages, and the look of all pages."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from lianxin.common import clock
from lianxin.common.actor import RESIDENT
from lianxin.opinions import selectors, services
from lianxin.opinions.models import Opinion
from lianxin.opinions.rules import about
from lianxin.regions.selectors import place_name, station_by_code, towns
from lianxin.rulebook.services import value
from lianxin.suggestions.selectors import suggestions_page, units_of
from lianxin.web.door import keep_token, public, with_token

LOOKS = (("theme", {"light", "dark", "contrast"}), ("elder", {"0", "1"}))
KINDS = (("", "全部"), ("opinions", "群众说的事"), ("suggestions", "代表建议"))


@public
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the four doors of the first page."""
    rows = _published("")[:3]
    return render(request, "web/resident/home.html", {"opinions": rows, "towns": towns()})


def _published(category: str) -> list[tuple[Opinion, str, str]]:
    """Return published opinions with place and the estimate of 「我也一样」."""
    found = selectors.published(settings.LIANXIN_HOME6)
    rows = list((found.filter(category=category) if category else found)[:30])
    pressed = selectors.supports_counted(rows)
    return [
        (row, place_name(row.division_code), about(row.registered_support + pressed.get(row.pk, 0)))
        for row in rows
    ]


@public
@never_cache
@require_GET
def results(request: HttpRequest) -> HttpResponse:
    """Show what is published: residents' matters and deputies' suggestions, with their results."""
    kind, category = request.GET.get("kind", ""), request.GET.get("category", "")
    rows = suggestions_page(RESIDENT, limit=30) if kind in {"", "suggestions"} else []
    parts = units_of(rows)
    page = {
        "kinds": KINDS,
        "kind": kind,
        "categories": value("opinion.categories"),
        "category": category,
        "opinions": _published(category) if kind in {"", "opinions"} else [],
        "rows": [(row, parts.get(row.id, [])) for row in rows if not category or row.category == category],
    }
    with_token(request)
    return keep_token(request, render(request, "web/resident/results.html", page))


@public
@require_POST
def same(request: HttpRequest, pk: UUID) -> HttpResponse:
    """「我也一样」 on a published matter: counted once for each browser, shown as an estimate."""
    row = get_object_or_404(selectors.published(settings.LIANXIN_HOME6), pk=pk)
    services.opinion_support(opinion=row, browser_token=with_token(request))
    messages.success(request, _("记下了：您也一样。人数只作参考，写「约 n 人次」。"))
    return keep_token(request, redirect("results"))


@public
@require_GET
def help_me(request: HttpRequest) -> HttpResponse:
    """帮我办: a person to call or to go to, for whoever does not get on with the page."""
    return render(request, "web/resident/help.html", {"station": station_by_code("1"), "towns": towns()})


@public
@require_GET
def text_page(request: HttpRequest, name: str) -> HttpResponse:
    """Show one of the plain pages."""
    page = {
        "keep_days": value("retention.contact_days"),
        "voice_days": value("retention.voice_days"),
        "photo_days": value("retention.photo_days"),
        "today": clock.today(),
        "steps": _sample(),
        "ahead": [_("有答复了"), _("您来评价")],
        "sample_errors": {"demo": _("再多说几个字，办理的人才看得懂。")},
        "figure": {"value": 7, "label": _("件待受理"), "link": "/components"},
    }
    return render(request, f"web/resident/{name}.html", page)


def _sample() -> list[selectors.PublicStep]:
    """Return a timeline for the page that shows the design system."""
    now = clock.now()
    said = selectors.PublicStep(now, _("收到了"), _("联络站收到了您的话。"))
    return [said, selectors.PublicStep(now, _("交给有关单位在办"), _("交给了有关单位。"), is_last=True)]


@public
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Keep the chosen look in a cookie and go back."""
    back = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    answer = redirect(back if safe else "/")
    for name, allowed in LOOKS:
        chosen = request.POST.get(name)
        if chosen in allowed:
            answer.set_cookie(name, chosen, max_age=365 * 24 * 3600, samesite="Lax", httponly=True)
    return answer
