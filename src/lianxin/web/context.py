"""What every page knows: look, demo mode, who is here."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

THEMES = ("light", "dark", "contrast")


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the context variables of every page."""
    theme = request.COOKIES.get("theme", "light")
    return {
        "theme": theme if theme in THEMES else "light",
        "elder": request.COOKIES.get("elder") == "1",
        "demo": settings.LIANXIN_DEMO,
        "actor": getattr(request, "actor", None),
        "here": request.get_full_path(),
    }
