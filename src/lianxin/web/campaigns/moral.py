"""道德评议: what the village's meetings talked about and what came of it; nobody is named."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from lianxin.campaigns import services
from lianxin.campaigns.models import MoralOutcome, MoralTopic
from lianxin.campaigns.permissions import moral_visible_to
from lianxin.common import clock
from lianxin.common.actor import Role
from lianxin.common.errors import LianxinError
from lianxin.regions.selectors import place_name
from lianxin.villages.permissions import READERS
from lianxin.web.answering import REFUSALS, shown
from lianxin.web.campaigns.themes import typed_number
from lianxin.web.door import actor_of, for_roles
from lianxin.web.typed import typed_day
from lianxin.web.village.forms import own_village


@for_roles(*READERS)
@never_cache
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the meetings that the actor may see."""
    actor = actor_of(request)
    rows = moral_visible_to(actor).order_by("-held_on", "-id")[:60]
    page = {
        "rows": [(row, place_name(row.division_code)) for row in rows],
        "writes": actor.has(Role.VILLAGE),
        "at": "/campaigns/moral",
    }
    return render(request, "web/campaigns/moral.html", page)


@for_roles(Role.VILLAGE)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Note a meeting."""
    refusal: LianxinError | None = None
    if request.method == "POST":
        try:
            services.moral_record(
                actor=actor_of(request),
                village=own_village(actor_of(request)),
                held_on=typed_day(request, "held_on"),
                reviewers=typed_number(request.POST.get("reviewers", "")),
                request_id=request.POST.get("request_id"),
                **{name: request.POST.get(name, "") for name in ("topic", "outcome", "words")},
            )
            messages.success(request, _("记上了。"))
            return redirect("moral")
        except REFUSALS as caught:
            refusal = caught
    page = {
        "topics": MoralTopic.choices,
        "outcomes": MoralOutcome.choices,
        "today": clock.today(),
        "at": "/campaigns/moral",
    }
    return shown(request, "web/campaigns/moral_new.html", page, refusal)
