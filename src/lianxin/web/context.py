"""What every page knows: look, demo mode, who is here."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext

from lianxin.web.menu_types import Group
from lianxin.web.menus import menu_of

TOUR: tuple[Group, ...] = (((), "今天要办", (("演示导览", "/tour", "route"),)),)
THEMES = ("light", "dark", "contrast")


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the context variables of every page."""
    theme = request.COOKIES.get("theme", "light")
    return {
        "theme": theme if theme in THEMES else "light",
        "elder": request.COOKIES.get("elder") == "1",
        "demo": settings.LIANXIN_DEMO,
        "phone": settings.LIANXIN_PHONE,
        "actor": getattr(request, "actor", None),
        "here": request.get_full_path(),
        "nav": _menu(request),
    }


def _menu(request: HttpRequest) -> list[dict[str, Any]]:
    actor = getattr(request, "actor", None)
    if actor is None or not actor.id:
        return []
    return [
        {
            "name": gettext(job.name),
            "folded": job.folded,
            "entries": [
                {"label": gettext(label), "link": link, "icon": icon} for label, link, icon in job.entries
            ],
        }
        for job in menu_of(actor, TOUR if settings.LIANXIN_DEMO else ())
    ]
