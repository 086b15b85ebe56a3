"""大会会议: the sessions of a congress, one of them with its days, its roll and who has missed too many."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from lianxin.common import clock
from lianxin.common.actor import Role
from lianxin.common.errors import Denied, Invalid, LianxinError
from lianxin.congress import selectors, services
from lianxin.congress.models import CongressSession, PresenceLabel
from lianxin.congress.permissions import KEEPERS, may_session, sessions_visible_to
from lianxin.congress.rules import Presence
from lianxin.people.permissions import may_seat
from lianxin.regions.selectors import place_name
from lianxin.rulebook.selectors import parameter
from lianxin.web.answering import REFUSALS, shown
from lianxin.web.door import actor_of, for_roles
from lianxin.web.typed import typed_count, typed_day

MARK, MOST = "presence-", 60
"""What the name of a field of the roll begins with; how many sessions the list shows."""


@for_roles(*KEEPERS, Role.LEADER)
@never_cache
@require_http_methods(["GET", "POST"])
def session_list(request: HttpRequest) -> HttpResponse:
    """List the sessions of the actor's congresses; who keeps one enters the next."""
    actor, problem = actor_of(request), None
    if request.method == "POST":
        body, key = request.POST.get("body", ""), request.POST.get("request_id")
        if not may_seat(actor, body):
            raise Denied(services.NOT_YOURS)
        try:
            made = services.session_enter(actor=actor, body=body, new=_typed(request), request_id=key)
            messages.success(request, _("登记好了。会议期间代表可以选「大会期间提出」。"))
            return redirect("congress_session", pk=made.pk)
        except REFUSALS as refusal:
            problem = refusal
    rows = sessions_visible_to(actor).order_by("-opens_on", "division_code")[:MOST]
    own = [place for place in actor.places(*KEEPERS) if may_seat(actor, place)]
    page = {"rows": rows, "bodies": [(place, place_name(place)) for place in own], "today": clock.today()}
    return shown(request, "web/congress/sessions.html", page, problem)


@for_roles(*KEEPERS, Role.LEADER)
@never_cache
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a session with its roll; who keeps it mends its days."""
    actor = actor_of(request)
    row = selectors.session_for(actor, pk)
    if request.method == "GET":
        return _page(request, row)
    if not may_session(actor, "keep", row):
        raise Denied(services.NOT_YOURS)
    try:
        key = request.POST.get("request_id")
        services.session_change(actor=actor, session=row, new=_typed(request), request_id=key)
    except REFUSALS as refusal:
        return _page(request, selectors.session_for(actor, pk), refusal)
    messages.success(request, _("改好了。"))
    return redirect("congress_session", pk=pk)


@for_roles(*KEEPERS)
@require_POST
def attendance(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down who came; whoever is left open is present only if that was ticked."""
    actor = actor_of(request)
    row = selectors.session_for(actor, pk)
    try:
        key = request.POST.get("request_id")
        services.attendance_save(actor=actor, session=row, marks=_marks(request, row), request_id=key)
    except REFUSALS as refusal:
        return _page(request, row, refusal)
    messages.success(request, _("出席情况记下了，出席的已计入履职档案。"))
    return redirect("congress_session", pk=pk)


def _marks(request: HttpRequest, row: CongressSession) -> dict[UUID, str]:
    rest = Presence.PRESENT.value if request.POST.get("rest") else ""
    marks = {}
    for known in selectors.roll(row):
        typed = request.POST.get(f"{MARK}{known.deputy.pk}", "") or known.presence or rest
        if typed:
            marks[known.deputy.pk] = typed
    if not marks:
        words = _("还没有填。请逐位选，或者勾上「没有填的都记出席」。")
        raise Invalid(words, fields={"rest": words})
    return marks


def _typed(request: HttpRequest) -> services.NewSession:
    return services.NewSession(
        ordinal=typed_count(request, "ordinal"),
        opens_on=typed_day(request, "opens_on"),
        closes_on=typed_day(request, "closes_on"),
        papers_until=_until(request),
    )


def _until(request: HttpRequest) -> datetime | None:
    typed = request.POST.get("papers_until", "").strip()
    if not typed:
        return None
    try:
        return datetime.fromisoformat(typed).replace(tzinfo=clock.SHANGHAI)
    except ValueError:
        words = _("请选截止的日期和时间。")
        raise Invalid(words, fields={"papers_until": words}) from None


def _page(request: HttpRequest, row: CongressSession, refusal: LianxinError | None = None) -> HttpResponse:
    people = selectors.roll(row)
    typed = request.POST
    page: dict[str, Any] = {
        "row": row,
        "until": row.papers_until.astimezone(clock.SHANGHAI),
        "people": [(known, typed.get(f"{MARK}{known.deputy.pk}", known.presence)) for known in people],
        "counts": [
            (label, sum(known.presence == kind for known in people)) for kind, label in PresenceLabel.choices
        ],
        "often": [known.deputy for known in people if known.too_often],
        "kinds": PresenceLabel.choices,
        "keeps": may_session(actor_of(request), "keep", row),
        "begun": clock.today() >= row.opens_on,
        "papers": row.suggestions.count(),
        "rule": parameter("deputy.absence_alert", home6=row.home6),
    }
    return shown(request, "web/congress/session.html", page, refusal)
