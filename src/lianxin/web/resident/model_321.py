"""「321」说明: what the three lines, two ways and one platform are, with live figures."""

from __future__ import annotations

from itertools import groupby

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lianxin.insight.model_321 import groups_public, model_321
from lianxin.regions.selectors import place_name
from lianxin.web.door import actor_of, public


@public
@require_GET
def model(request: HttpRequest) -> HttpResponse:
    """Show the model with its figures; below them the towns from which they are summed."""
    page = {
        "model": model_321(settings.LIANXIN_HOME6),
        "six": SIX,
        "inside": actor_of(request).id is not None,
    }
    return render(request, "web/resident/model_321.html", page)


@public
@require_GET
def group_list(request: HttpRequest) -> HttpResponse:
    """List the groups of deputies by town."""
    rows = groups_public(settings.LIANXIN_HOME6)
    towns = [(place_name(code), list(found)) for code, found in groupby(rows, key=lambda row: row.town)]
    page = {"towns": towns, "count": len(rows), "people": sum(row.size for row in rows)}
    return render(request, "web/resident/groups_321.html", page)


SIX = (
    "村级党组织",
    "村民代表会议",
    "村民委员会",
    "村务监督委员会",
    "集体经济组织",
    "社会组织",
)
"""The six bodies of the village platform (村级治理平台)."""
