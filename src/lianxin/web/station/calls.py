"""Telephone tasks: whom to call about what, and how it went."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from lianxin.common import clock
from lianxin.common.errors import Conflict, Denied, LianxinError, NotFound
from lianxin.common.ids import uuid7
from lianxin.notifications.models import CallTask
from lianxin.notifications.selectors import call_tasks_for
from lianxin.notifications.services import call_task_done
from lianxin.web.door import actor_of, for_roles, start_of
from lianxin.web.station.entry import stations_of
from lianxin.web.station.views import STAFF

SHOWN = 50


@for_roles(*STAFF)
@never_cache
@require_http_methods(["GET", "POST"])
def calls(request: HttpRequest) -> HttpResponse:
    """List open calls and note their outcome; a refusal keeps what was written."""
    if request.method == "GET":
        return _list(request)
    task = _task(request.POST.get("task", ""))
    try:
        _note(request, task)
    except (Conflict, Denied) as refusal:
        return _list(request, refusal)
    messages.success(request, _("记下了。"))
    return redirect("calls")


def _note(request: HttpRequest, task: CallTask) -> None:
    reached = request.POST.get("reached") == "1"
    words = request.POST.get("result", "").strip()[:200]
    call_task_done(
        actor=actor_of(request),
        task=task,
        reached=reached,
        result=words or (_("接通") if reached else _("没接通")),
        request_id=request.POST.get("request_id"),
    )


def _list(request: HttpRequest, refusal: LianxinError | None = None) -> HttpResponse:
    today, start = clock.today(), start_of(request)
    rows = list(call_tasks_for(actor_of(request))[start : start + SHOWN + 1])
    typed = request.POST if refusal else {}
    page = {
        "tasks": [(task, _tone((task.due_on - today).days), uuid7()) for task in rows[:SHOWN]],
        "next": start + SHOWN if len(rows) > SHOWN else 0,
        "before": max(start - SHOWN, 0) if start else None,
        "problem": refusal.message if refusal else "",
        "typed": typed,
        "at": "/station/calls",
    }
    return render(request, "web/station/calls.html", page, status=refusal.status if refusal else 200)


def _task(typed: str) -> CallTask:
    """Return the call that a form names; refuse what names none."""
    try:
        found = CallTask.objects.filter(pk=UUID(typed)).first()
    except ValueError:
        found = None
    if found is None:
        raise NotFound(_("没有找到这个电话，请回到列表再选。"))
    return found


def _tone(days: int) -> tuple[str, str]:
    if days < 0:
        return "late", _("逾期 %(n)s 天") % {"n": -days}
    if days == 0:
        return "late", _("今天到期")
    return ("warn" if days <= 2 else "plain"), _("还剩 %(n)s 天") % {"n": days}


@for_roles(*STAFF)
@require_GET
def prints(request: HttpRequest) -> HttpResponse:
    """Offer posters and paper forms of the actor's stations."""
    page = {"stations": stations_of(actor_of(request)), "at": "/station/prints"}
    return render(request, "web/station/prints.html", page)
