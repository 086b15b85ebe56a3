"""Scenes of the big screen, one page each; they turn by themselves and hold no personal data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from lianxin.common import clock
from lianxin.common.actor import Role
from lianxin.common.errors import NotFound
from lianxin.insight.screen.duties import duties_scene
from lianxin.insight.screen.grid import grid_scene
from lianxin.insight.screen.loop import loop_scene
from lianxin.insight.screen.villages import villages_scene
from lianxin.web.door import for_roles, public
from lianxin.web.screen.links import home6_of, key_for

SCENES: tuple[tuple[str, str, Callable[[str], Any]], ...] = (
    ("网格总览", "grid", grid_scene),
    ("办理闭环", "loop", loop_scene),
    ("代表履职", "duties", duties_scene),
    ("村民自治与民生实事", "villages", villages_scene),
)
SECONDS = 30


@for_roles(Role.OFFICE, Role.PRESIDIUM)
@never_cache
@require_GET
def address(request: HttpRequest) -> HttpResponse:
    """Show the address to open on the hall's screen."""
    link = reverse("screen", args=[key_for(settings.LIANXIN_HOME6), 1])
    return render(request, "web/screen/address.html", {"link": link, "site": settings.LIANXIN_SITE_URL})


@public
@never_cache
@require_GET
def scene(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Show one scene; whoever has the address may watch, for it names nobody."""
    home6 = home6_of(key)
    if not 1 <= number <= len(SCENES):
        raise NotFound("没有这一屏。")
    name, template, of = SCENES[number - 1]
    page = {
        "scene": of(home6),
        "name": name,
        "number": number,
        "names": [
            (place, one[0], reverse("screen", args=[key, place])) for place, one in enumerate(SCENES, 1)
        ],
        "next": reverse("screen", args=[key, number % len(SCENES) + 1]),
        "seconds": SECONDS,
        "now": clock.now(),
    }
    return render(request, f"web/screen/{template}.html", page)
