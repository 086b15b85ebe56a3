"""Administrators and auditors: figures of running, parameters with their basis, the trail. No business text."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from lianxin.audit.models import AuditEntry, DailyRoot
from lianxin.common import clock
from lianxin.common.actor import Role
from lianxin.common.errors import Invalid, LianxinError, Refused
from lianxin.notifications.models import Outbox
from lianxin.people.models import Account, RoleHeld
from lianxin.rulebook.models import Parameter
from lianxin.rulebook.services import parameter_change
from lianxin.web.door import actor_of, for_roles

ADMINS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR)


@for_roles(*ADMINS)
@never_cache
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Show accounts, outbox and trail in figures."""
    states = {state: Outbox.objects.filter(state=state).count() for state in ("queued", "held", "given_up")}
    page = {
        "accounts": Account.objects.filter(is_active=True).count(),
        "roles": RoleHeld.objects.count(),
        "outbox": states,
        "entries": AuditEntry.objects.count(),
        "at": "/administration",
    }
    return render(request, "web/administration/overview.html", page)


@for_roles(*ADMINS)
@never_cache
@require_http_methods(["GET", "POST"])
def parameters(request: HttpRequest) -> HttpResponse:
    """List parameters with value, 依据 and mark; the system administrator changes them from a day on."""
    problem: LianxinError | None = None
    if request.method == "POST":
        try:
            parameter_change(
                actor=actor_of(request),
                name=request.POST.get("name", ""),
                value=_value(request.POST.get("value", "")),
                basis=request.POST.get("basis", ""),
                valid_from=clock.today(),
                home6=settings.LIANXIN_HOME6,
            )
            messages.success(request, _("已修改，从今天起生效。"))
            return redirect("parameters")
        except (Invalid, Refused) as refusal:
            problem = refusal
    rows = Parameter.objects.filter(valid_to=None).order_by("name", "home6")
    page = {
        "rows": rows,
        "problem": problem,
        "may_edit": actor_of(request).has(Role.SYSTEM_ADMIN),
        "at": "/administration/parameters",
    }
    return render(
        request, "web/administration/parameters.html", page, status=problem.status if problem else 200
    )


def _value(typed: str) -> Any:
    try:
        return json.loads(typed)
    except ValueError:
        return typed


@for_roles(Role.AUDITOR)
@never_cache
@require_GET
def audit(request: HttpRequest) -> HttpResponse:
    """Show the newest acts and daily roots; ids and codes only."""
    page = {
        "rows": AuditEntry.objects.order_by("-seq")[:100],
        "roots": DailyRoot.objects.order_by("-day")[:14],
        "at": "/administration/audit",
    }
    return render(request, "web/administration/audit.html", page)
