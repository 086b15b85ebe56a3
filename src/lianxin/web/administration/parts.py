"""What the administrators' pages share: who may come, the tabs, messages of a refusal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from lianxin.common.actor import Role
from lianxin.common.errors import LianxinError
from lianxin.web.door import actor_of
from lianxin.web.typed import typed_day, typed_day_or_none

ADMINS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR)
PAGE = 50


def tabs(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the pages (address, name) that the actor may open."""
    found = [
        ("/administration", _("概况")),
        ("/administration/accounts", _("账号与角色")),
        ("/administration/parameters", _("制度参数")),
        ("/administration/calendar", _("工作日历")),
        ("/administration/duties", _("履职制度")),
    ]
    if actor_of(request).has(Role.SYSTEM_ADMIN):
        found.append(("/administration/outbox", _("消息发送")))
    if actor_of(request).has(Role.AUDITOR):
        found += [("/administration/audit", _("审计")), ("/administration/reads", _("查看记录"))]
    return found


def show(
    request: HttpRequest, name: str, at: str, page: dict[str, Any], problem: LianxinError | None = None
) -> HttpResponse:
    """Show one of the pages, with the refusal of what was tried."""
    shared = {"at": at, "tabs": tabs(request), "problem": problem, "typed": request.POST}
    status = problem.status if problem else 200
    return render(request, f"web/administration/{name}.html", {**shared, **page}, status=status)


def attempt(request: HttpRequest, act: Callable[[], object], done: str) -> LianxinError | None:
    """Carry an act out; return its refusal, or None after noting the success."""
    try:
        act()
    except LianxinError as refusal:
        return refusal
    messages.success(request, done)
    return None


def typed_date(request: HttpRequest, name: str, *, empty: date | None = None) -> date:
    """Return a date that was typed, or `empty`; refuse what is no date."""
    return typed_day(request, name) if empty is None else typed_day_or_none(request, name) or empty
