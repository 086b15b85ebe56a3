"""概况: is everything running? Figures of operation only, no business text."""

from __future__ import annotations

import shutil
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from lianxin.audit.models import ChainCheck
from lianxin.audit.selectors import entries_count
from lianxin.common import clock
from lianxin.notifications.models import Outbox, OutboxState
from lianxin.people.models import Account, RoleHeld
from lianxin.rulebook.selectors import calendar_for
from lianxin.web.administration.parts import ADMINS, show
from lianxin.web.door import for_roles

SOON_DAYS = 30
QUIET_SECONDS = 120
GIGABYTE = 1024**3


@for_roles(*ADMINS)
@never_cache
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Show accounts, outbox, trail, worker, disk and calendar."""
    today = clock.today()
    states = dict(Outbox.objects.values_list("state").annotate(Count("id")))
    page = {
        "accounts": Account.objects.filter(is_active=True).count(),
        "expiring": _expiring()[:20],
        "queued": states.get(OutboxState.QUEUED, 0),
        "stuck": states.get(OutboxState.HELD, 0) + states.get(OutboxState.GIVEN_UP, 0),
        "entries": entries_count(),
        "check": ChainCheck.objects.order_by("-at").first(),
        "machine": _machine(),
        "next_year": today.year + 1,
        "next_year_known": today.year + 1 in calendar_for(settings.LIANXIN_HOME6).complete_years,
    }
    return show(request, "overview", "/administration", page)


def _expiring() -> list[RoleHeld]:
    """Return the roles that end within a month."""
    today = clock.today()
    soon = RoleHeld.objects.filter(valid_to__gte=today, valid_to__lte=today + timedelta(days=SOON_DAYS))
    return list(soon.select_related("account").order_by("valid_to"))


def _machine() -> dict[str, Any]:
    disk = shutil.disk_usage(settings.LIANXIN_DATA)
    alive = settings.LIANXIN_DATA / "worker_alive"
    now = clock.now().timestamp()
    quiet = now - alive.stat().st_mtime if alive.exists() else None
    return {
        "database": "PostgreSQL" if connection.vendor == "postgresql" else "SQLite",
        "free": f"{disk.free / GIGABYTE:.1f}",
        "total": f"{disk.total / GIGABYTE:.1f}",
        "low": disk.free < disk.total // 10,
        "worker": quiet is not None and quiet < QUIET_SECONDS,
    }
