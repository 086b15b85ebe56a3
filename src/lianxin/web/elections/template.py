"""The office words the steps of elections; elections that run keep the steps they began with."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lianxin.common.actor import Role
from lianxin.common.errors import LianxinError
from lianxin.common.ids import uuid7
from lianxin.elections import services
from lianxin.elections.models import StepTemplate
from lianxin.elections.services.templates import template_now
from lianxin.elections.steps import CORE, Step
from lianxin.web.answering import REFUSALS, shown
from lianxin.web.door import actor_of, for_roles


@for_roles(Role.OFFICE)
@never_cache
@require_http_methods(["GET", "POST"])
def template(request: HttpRequest) -> HttpResponse:
    """Show the steps in force and take a new version."""
    home6 = settings.LIANXIN_HOME6
    number, steps = template_now(home6)
    problem: LianxinError | None = None
    if request.method == "POST":
        steps = _typed(request, steps)
        try:
            services.template_change(
                actor=actor_of(request),
                home6=home6,
                steps=steps,
                reason=request.POST.get("reason", ""),
                request_id=request.POST.get("request_id"),
            )
            messages.success(request, _("流程改好了：以后发起的选举用新流程，正在办的不变。"))
            return redirect("election_template")
        except REFUSALS as refusal:
            problem = refusal
    page = {
        "number": number,
        "steps": [(step, step["key"] not in CORE) for step in steps],
        "versions": StepTemplate.objects.filter(home6=home6).order_by("-number")[:10],
        "at": "/elections",
    }
    return shown(request, "web/elections/template.html", page, problem)


def _typed(request: HttpRequest, steps: list[Step]) -> list[Step]:
    """Return the steps as worded on the page: own ones may go, one may be put after a named step."""
    found: list[Step] = []
    added = request.POST.get("new_title", "").strip()
    for step in steps:
        key = step["key"]
        if key in CORE or request.POST.get(f"drop-{key}") != "1":
            words = {name: request.POST.get(f"{name}-{key}", step[name]) for name in ("title", "words")}
            found.append({**step, **words})
        if added and request.POST.get("new_after") == key:
            words = {"title": added, "words": request.POST.get("new_words", "")}
            found.append({"key": f"own-{uuid7().hex[-8:]}", "basis": "", **words})
    return found
