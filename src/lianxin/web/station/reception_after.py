"""After the table: paper forms of a day without power, and the summary of the day."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lianxin.common.errors import Denied, Invalid, LianxinError
from lianxin.common.ids import uuid7
from lianxin.stations import selectors, services
from lianxin.stations.models import Confirmed, Outcome, ReceptionDay
from lianxin.stations.permissions import keeps
from lianxin.stations.workflow import DESK, Turn
from lianxin.web.door import actor_of, for_roles
from lianxin.web.station.reception import appointment_from, choices, said_from
from lianxin.web.station.rota import uuid_from

PAPERS = 8
"""Paper forms on one page."""


@for_roles(*DESK)
@never_cache
@require_http_methods(["GET", "POST"])
def papers(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter the paper forms of a day on which power or network was out; the day's own date is kept."""
    actor = actor_of(request)
    day = selectors.day_for(actor, pk)
    if not keeps(actor, day.station):
        raise Denied(_("纸表由本站联络员录入。"))
    errors: dict[str, str] = {}
    done: list[services.Received] = []
    if request.method == "POST":
        try:
            visits = _papers(request.POST, day)
            key = request.POST.get("request_id")
            done = services.paper_visits(actor=actor, day=day, visits=visits, request_id=key)
        except LianxinError as refusal:
            errors = refusal.fields or {"text1": refusal.message}
    page = {
        **choices(day),
        "day": day,
        "done": done,
        "errors": errors,
        "rows": [_typed_row(request.POST, n) for n in range(1, PAPERS + 1)],
        "request_id": request.POST.get("request_id") or str(uuid7()),
        "at": "/station/rota",
    }
    return render(request, "web/station/papers.html", page, status=422 if errors else 200)


def _typed_row(typed: QueryDict, n: int) -> dict[str, Any]:
    names = ("text", "village", "category", "name", "deputy", "outcome", "words", "appointment_on")
    return {"n": n, **{name: typed.get(f"{name}{n}", "") for name in names}}


def _papers(typed: QueryDict, day: ReceptionDay) -> list[services.Visit]:
    filled = [n for n in range(1, PAPERS + 1) if typed.get(f"text{n}", "").strip()]
    if not filled:
        raise Invalid(_("还没有写内容。"), fields={"text1": _("至少录一张表。")})
    return [_paper(typed, n, day) for n in filled]


def _paper(typed: QueryDict, n: int, day: ReceptionDay) -> services.Visit:
    deputy = uuid_from(typed.get(f"deputy{n}", ""))
    outcome = typed.get(f"outcome{n}", "")
    if deputy is None or outcome not in Outcome.values:
        raise Invalid(_("还差一点，写的内容都在。"), fields={f"text{n}": _("请选代表和怎么处理的。")})
    return services.Visit(
        said=said_from(typed, str(n), day),
        deputy=deputy,
        outcome=Outcome(outcome),
        confirmed=Confirmed.PAPER,
        words=typed.get(f"words{n}", "").strip()[:500],
        appointment_on=appointment_from(typed.get(f"appointment_on{n}", "")),
        online=False,
    )


@for_roles(*DESK)
@never_cache
@require_http_methods(["GET", "POST"])
def summary(request: HttpRequest, pk: UUID) -> HttpResponse:
    """接待小结: filled in from the day's records, mended by the keeper, submitted once."""
    actor = actor_of(request)
    day = selectors.day_for(actor, pk)
    errors: dict[str, str] = {}
    text = request.POST.get("text", "") or day.summary or services.summary_draft(day)
    if request.method == "POST":
        try:
            services.summary_submit(
                actor=actor, day=day, text=text, request_id=request.POST.get("request_id")
            )
            messages.success(request, _("小结提交了。"))
            return redirect("reception_summary", pk=pk)
        except LianxinError as refusal:
            errors = refusal.fields or {"text": refusal.message}
    page = {
        "day": day,
        "text": text,
        "errors": errors,
        "absent": [turn for turn in day.turns.all() if turn.state == Turn.ABSENT],
        "request_id": str(uuid7()),
        "at": "/station/rota",
    }
    return render(request, "web/station/summary.html", page, status=422 if errors else 200)
