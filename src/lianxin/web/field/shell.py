"""The page that lives on the telephone, its worker, its manifest, and a fresh token for sending.

The page is the same for every deputy: no name, no token, no contact stands in it, so that it may be kept.
"""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lianxin.campaigns.rules import LINK_PLAIN, Check, Link, checklist
from lianxin.common.actor import Role
from lianxin.web.door import actor_of, for_roles, public
from lianxin.web.field.answers import in_json

SCRIPTS = (
    *("base", "store", "keys", "vault", "queue", "photos", "net", "sync"),
    *("forms", "lists", "conflict", "unlock", "screens"),
)
"""In the order in which they build on each other."""


@for_roles(Role.DEPUTY)
@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show 「下乡」; everything on it is filled in on the telephone."""
    return render(request, "web/field/page.html", {"scripts": _scripts(), "sheet": _sheet()})


def _sheet() -> list[tuple[str, list[Check]]]:
    """Return the lines of the quarterly sheet by link."""
    return [(LINK_PLAIN[link], [one for one in checklist() if one.link == link]) for link in Link]


@in_json
@for_roles()
@require_safe
def token(request: HttpRequest) -> HttpResponse:
    """Give a fresh token: the one in a kept page may be old. Says whose session it is, and since when."""
    actor = actor_of(request)
    may = actor.has(Role.DEPUTY)
    return JsonResponse({"token": get_token(request), "account": str(actor.id), "deputy": may})


@public
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Serve the worker from the root, with the list of what it keeps."""
    kept = [static("web/css/desk.css"), static("web/sprite.svg"), static("web/icon.svg"), *_scripts()]
    kept += [static("web/js/desk.js"), static("web/js/aloud.js")]
    version = hashlib.sha256("".join(kept).encode()).hexdigest()[:12]
    script = render_to_string("web/field/worker.js", {"version": version, "kept": kept})
    answer = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


@public
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """Describe the app, so that it can be put on the telephone's first screen."""
    icon = {"src": static("web/icon.svg"), "sizes": "any", "type": "image/svg+xml"}
    about = {
        "name": _("连心 · 下乡"),
        "short_name": _("下乡"),
        "start_url": "/deputy/field",
        "scope": "/",
        "display": "standalone",
        "lang": "zh-CN",
        "background_color": "#f7f5f1",
        "theme_color": "#17616b",
        "icons": [icon],
    }
    return JsonResponse(about, content_type="application/manifest+json")


def _scripts() -> list[str]:
    return [static(f"web/js/field/{name}.js") for name in (*SCRIPTS, "bar")]
