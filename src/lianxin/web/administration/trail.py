"""The auditor's pages: the trail, the check of the chain, who looked at whose data. Ids and codes only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from lianxin.audit.checking import chain_check
from lianxin.audit.models import AuditEntry, ChainCheck, DailyRoot, PersonalRead
from lianxin.common import clock
from lianxin.common.actor import Role
from lianxin.people.models import Account
from lianxin.web.administration.parts import PAGE, show
from lianxin.web.door import actor_of, for_roles


@for_roles(Role.AUDITOR)
@never_cache
@require_http_methods(["GET", "POST"])
def audit(request: HttpRequest) -> HttpResponse:
    """Show acts by what, who and when; the button walks the whole chain."""
    if request.method == "POST":
        check = chain_check(actor=actor_of(request))
        said = check.problem or _("审计链完整，共 %(n)s 条。") % {"n": check.entries}
        (messages.error if check.problem else messages.success)(request, said)
        return redirect("audit")
    asked = {
        name: request.GET.get(name, "").strip()[:60] for name in ("tag", "who", "since", "until", "before")
    }
    rows = list(_found(asked)[: PAGE + 1])
    page = {
        "rows": _with_names(rows[:PAGE]),
        "next": rows[PAGE - 1].id if len(rows) > PAGE else "",
        "asked": asked,
        "check": ChainCheck.objects.order_by("-at").first(),
        "roots": DailyRoot.objects.order_by("-day")[:14],
    }
    return show(request, "audit", "/administration/audit", page)


def _found(asked: dict[str, str]) -> QuerySet[AuditEntry]:
    found = AuditEntry.objects.order_by("-id")
    if asked["tag"]:
        found = found.filter(tag__startswith=asked["tag"])
    if asked["who"]:
        people = Account.objects.filter(username=asked["who"])
        found = found.filter(actor_id__in=people.values_list("pk", flat=True))
    if since := _day(asked["since"]):
        found = found.filter(at__gte=clock.day_start(since))
    if until := _day(asked["until"]):
        found = found.filter(at__lt=clock.day_start(until + timedelta(days=1)))
    if before := _uuid(asked["before"]):
        found = found.filter(id__lt=before)
    return found


@for_roles(Role.AUDITOR)
@never_cache
@require_GET
def reads(request: HttpRequest) -> HttpResponse:
    """Show who looked at personal data, in which role, what for and who approved it."""
    found = PersonalRead.objects.order_by("-id")
    if before := _uuid(request.GET.get("before", "")):
        found = found.filter(id__lt=before)
    rows = list(found[: PAGE + 1])
    page = {"rows": _with_names(rows[:PAGE]), "next": rows[PAGE - 1].id if len(rows) > PAGE else ""}
    return show(request, "reads", "/administration/reads", page)


def _with_names(rows: Iterable[Any]) -> list[tuple[Any, str]]:
    rows = list(rows)
    ids = {row.actor_id for row in rows if row.actor_id}
    names = dict(Account.objects.filter(pk__in=ids).values_list("pk", "display_name"))
    return [(row, names.get(row.actor_id, "")) for row in rows]


def _day(typed: str) -> Any:
    try:
        return parse_date(typed)
    except ValueError:
        return None


def _uuid(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None
