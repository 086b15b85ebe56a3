"""推进工作会: the list, a new one, one meeting as the desk and as a participant see it, its minutes."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianxin.common.errors import Invalid, LianxinError, NotFound
from lianxin.plans import selectors, services
from lianxin.plans.actions import meeting_book
from lianxin.plans.letters import minutes_pdf
from lianxin.plans.models import WorkMeeting
from lianxin.plans.owners import owner_name, owners_in
from lianxin.plans.permissions import may_meeting, owners_of
from lianxin.plans.services import Called, TaskWords
from lianxin.plans.services.issuing import in_force
from lianxin.plans.services.meetings import meeting_facts
from lianxin.plans.workflow import OFFICE, OWNERS, WATCHERS, WORK_MEETING, MeetingState
from lianxin.web.basis import said_basis
from lianxin.web.door import actor_of, for_roles
from lianxin.web.forums.parts import shown
from lianxin.web.handing import handed
from lianxin.web.plans.parts import REFUSALS, said_once, typed_uuid
from lianxin.web.presses import Missed, back_to, press_done, presses
from lianxin.web.typed import typed_instant

AT = "/plans/meetings"
EVERYBODY = (*OWNERS, *WATCHERS)
ROWS = 3
"""How many empty lines for decisions the minutes' form offers."""


@for_roles(*EVERYBODY)
@never_cache
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List meetings with receipts and attendance."""
    actor = actor_of(request)
    page = {"rows": selectors.meetings_page(actor), "writes": actor.has(*OFFICE), "at": AT}
    return shown(request, "web/plans/meetings.html", page)


@for_roles(*OFFICE)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Prepare a meeting."""
    actor, typed, problem = actor_of(request), request.POST, None
    plans = [(str(one.pk), one.title) for one, _tasks, _done in selectors.plans_page(actor)]
    if request.method == "POST":
        try:
            made = services.meeting_plan(
                actor=actor,
                plan=selectors.plan_for(actor, typed_uuid(typed.get("plan", ""), "plan")),
                called=Called(
                    title=typed.get("title", ""),
                    held_at=typed_instant(request),
                    place=typed.get("place", ""),
                    agenda=typed.get("agenda", ""),
                ),
                owners=typed.getlist("owners"),
                request_id=typed.get("request_id"),
            )
            return redirect("work_meeting", pk=made.pk)
        except REFUSALS as refusal:
            problem = refusal
    place = actor.places(*OFFICE)[0]
    page = {
        "plans": plans,
        "chosen": typed.get("plan") or request.GET.get("plan", ""),
        "owners": owners_in(place),
        "picked": typed.getlist("owners"),
        "at": AT,
    }
    return shown(request, "web/plans/meeting_new.html", page, problem)


@for_roles(*EVERYBODY)
@never_cache
@require_GET
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a meeting."""
    return _page(request, selectors.meeting_for(actor_of(request), pk))


def _page(
    request: HttpRequest,
    row: WorkMeeting,
    missed: Missed | None = None,
    problem: LianxinError | None = None,
) -> HttpResponse:
    actor, minutes = actor_of(request), list(row.minutes.all())
    offers = presses(
        meeting_book,
        actor,
        row,
        base=f"{AT}/{row.pk}",
        request=request,
        facts=meeting_facts(row),
        missed=missed,
    )
    watches, mine = actor.has(*WATCHERS), owners_of(actor)
    seats = [(one, owner_name(one.owner)) for one in row.seats.all() if watches or one.owner in mine]
    if not watches and row.state == MeetingState.MINUTED:
        minutes = []
    own = next((one for one, _name in seats if one.owner in mine), None)
    signed = ["reply", "sign_in"] if own is not None and own.signed_at else []
    page: dict[str, Any] = {
        "row": row,
        "seats": seats,
        "own": own,
        "came": selectors.came_to(row) if watches else None,
        "minutes": minutes[0] if minutes else None,
        "older": minutes[1:],
        "decisions": [(one, owner_name(one.owner)) for one in row.decisions.select_related("task")],
        "acts": offers,
        **_writing(request, row),
        "watches": watches,
        **said_once(missed, offers, signed),
        "at": AT,
    }
    return shown(request, "web/plans/meeting.html", page, problem or (missed.refusal if missed else None))


def _writing(request: HttpRequest, row: WorkMeeting) -> dict[str, Any]:
    """Return what the form of the minutes needs, for who writes them and while they are written."""
    may = may_meeting(actor_of(request), "write_minutes", row)
    act = WORK_MEETING.acts["write_minutes"]
    if not may or row.state not in act.sources:
        return {"writes": False}
    last = row.minutes.first()
    typed = _typed_rows(request) if request.method == "POST" else (last.decisions if last else [])
    return {
        "writes": True,
        "not_yet": WORK_MEETING.refusal(row.state, "write_minutes", meeting_facts(row)) or "",
        "basis": said_basis(act.basis),
        "text": request.POST.get("text") or (last.text if last else ""),
        "lines": [*typed, *({} for _row in range(ROWS))],
        "goals": [(one.number, one.text) for one in in_force(row.plan).goals],
        "owners": owners_in(row.division_code),
    }


def _typed_rows(request: HttpRequest) -> list[dict[str, str]]:
    """Return the decisions as they were typed; lines without a word are left out."""
    names = ("text", "owner", "due_on", "goal")
    columns = [request.POST.getlist(f"decision_{name}") for name in names]
    rows = [dict(zip(names, one, strict=True)) for one in zip(*columns, strict=False)]
    return [one for one in rows if one["text"].strip()]


@for_roles(*OFFICE)
@require_POST
def minutes(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write the next version of the minutes."""
    actor = actor_of(request)
    row = selectors.meeting_for(actor, pk)
    try:
        services.minutes_write(
            actor=actor,
            meeting=row,
            text=request.POST.get("text", ""),
            decisions=_decisions(_typed_rows(request)),
            request_id=request.POST.get("request_id"),
        )
    except REFUSALS as refusal:
        row.refresh_from_db()
        return _page(request, row, problem=refusal)
    messages.success(request, _("纪要存好了，等领导签发。"))
    return redirect("work_meeting", pk=pk)


def _decisions(rows: list[dict[str, str]]) -> list[TaskWords]:
    found = []
    for place, one in enumerate(rows, 1):
        try:
            day = date.fromisoformat(one["due_on"])
            goal = int(one["goal"])
        except ValueError:
            words = _("第 %(n)s 项议定事项：请选目标和完成日期。") % {"n": place}
            raise Invalid(words, fields={"decisions": words}) from None
        found.append(TaskWords(goal=goal, text=one["text"], owner=one["owner"], due_on=day))
    return found


@for_roles(*EVERYBODY)
@require_POST
def act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Send the notice, answer it, sign in, sign the minutes, bring decisions into the plan."""
    actor = actor_of(request)
    row = selectors.meeting_for(actor, pk)
    missed = press_done(request, meeting_book, actor, row, act)
    if missed:
        row.refresh_from_db()
        return _page(request, row, missed)
    return back_to("work_meeting", pk=pk)


@for_roles(*EVERYBODY)
@never_cache
@require_GET
def paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand out the minutes as PDF; who only took part gets them once they are signed."""
    actor = actor_of(request)
    row = selectors.meeting_for(actor, pk)
    last, signed = row.minutes.first(), list(row.decisions.all())
    if last is None or (row.state == MeetingState.MINUTED and not actor.has(*WATCHERS)):
        raise NotFound("纪要还没有签发。")
    return handed(minutes_pdf(row, last, signed, selectors.came_to(row)), "minutes.pdf")
