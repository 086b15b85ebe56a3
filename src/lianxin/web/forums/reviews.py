"""述职评议: the list, a new meeting, the meeting with its test, one deputy's report from plan to filing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import LianxinError, NotFound
from lianxin.meetings import services
from lianxin.meetings.actions import review_book
from lianxin.meetings.models import DutyReview, ReviewMeeting
from lianxin.meetings.permissions import (
    may_plan_reviews,
    may_review_meeting,
    review_meetings_visible_to,
    reviews_visible_to,
)
from lianxin.meetings.review_selectors import review_for
from lianxin.meetings.reviews_workflow import HOSTS, MEETING, MeetingFacts, State
from lianxin.meetings.services.review_step import test_of
from lianxin.people.selectors import deputies_of_body
from lianxin.regions.selectors import place_name
from lianxin.web.answering import REFUSALS
from lianxin.web.basis import said_basis
from lianxin.web.door import actor_of, for_roles
from lianxin.web.forums.parts import shown, uuid_of
from lianxin.web.forums.review_parts import SAID, Tried, base_for, review_page, typed_of
from lianxin.web.typed import typed_day_or_none

READERS = (*HOSTS, Role.LEADER, Role.DEPUTY)
AT = "/forums/reviews"
MOST = 40


@for_roles(*READERS)
@never_cache
@require_GET
def review_list(request: HttpRequest) -> HttpResponse:
    """List meetings with the deputies who report there; a deputy sees his own reports."""
    actor = actor_of(request)
    meetings = list(review_meetings_visible_to(actor).order_by("-held_on", "-id")[:MOST])
    found = reviews_visible_to(actor).filter(meeting__in=meetings).select_related("deputy")
    under: dict[UUID, list[DutyReview]] = {}
    for row in found.order_by("deputy__pinyin", "id"):
        under.setdefault(row.meeting_id, []).append(row)
    page = {
        "rows": [(one, place_name(one.division_code), under.get(one.pk, [])) for one in meetings],
        "plans": any(may_plan_reviews(actor, place) for place in actor.places(*HOSTS)),
        "watches": actor.has(*HOSTS, Role.LEADER),
        "today": clock.today(),
        "base": base_for(actor),
        "tab": "more",
        "at": AT,
    }
    return shown(request, "web/forums/reviews.html", page)


@for_roles(*HOSTS)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Plan a meeting."""
    actor, problem = actor_of(request), None
    place = actor.places(*HOSTS)[0]
    if request.method == "POST":
        try:
            return redirect("review_meeting", pk=_planned(actor, place, request).pk)
        except REFUSALS as refusal:
            problem = refusal
    page = {
        "people": deputies_of_body(place).distinct().order_by("pinyin", "id"),
        "chosen": request.POST.getlist("deputies"),
        "basis": said_basis("参数 review.report_days、review.feedback_workdays"),
        "at": AT,
    }
    return shown(request, "web/forums/review_new.html", page, problem)


def _planned(actor: Actor, place: str, request: HttpRequest) -> ReviewMeeting:
    typed = request.POST
    return services.review_meeting_plan(
        actor=actor,
        division_code=place,
        title=typed.get("title", ""),
        held_on=typed_day_or_none(request, "held_on"),
        place=typed.get("place", ""),
        deputies=[uuid_of(one) for one in typed.getlist("deputies")],
        request_id=typed.get("request_id"),
    )


@for_roles(*HOSTS, Role.LEADER)
@never_cache
@require_GET
def meeting(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a meeting: whose report is public, how far the test has come."""
    return _meeting_page(request, _meeting(request, pk))


def _meeting(request: HttpRequest, pk: UUID) -> ReviewMeeting:
    row = review_meetings_visible_to(actor_of(request)).filter(pk=pk).first()
    if row is None:
        raise NotFound(_("没有找到这次评议会，或者不在您的范围内。"))
    return row


def _meeting_page(
    request: HttpRequest, row: ReviewMeeting, refusal: LianxinError | None = None
) -> HttpResponse:
    test, ballot = test_of(row)
    reviews = list(row.reviews.select_related("deputy").order_by("deputy__pinyin", "id"))
    facts = MeetingFacts(test, sum(one.state == State.REPORT_OUT for one in reviews))
    act = MEETING.acts["prepare_test"]
    page: dict[str, Any] = {
        "row": row,
        "place": place_name(row.division_code),
        "reviews": reviews,
        "today": clock.today(),
        "ballot": ballot,
        "prepares": ballot is None and may_review_meeting(actor_of(request), "prepare_test", row),
        "refusal": MEETING.refusal("open", "prepare_test", facts),
        "confirm": act.confirm,
        "basis": said_basis(act.basis),
        "at": AT,
    }
    return shown(request, "web/forums/review_meeting.html", page, refusal)


@for_roles(*HOSTS)
@require_POST
def prepare_test(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Prepare the secret test of a meeting and go on at the vote's own page."""
    row = _meeting(request, pk)
    try:
        ballot = services.review_test_prepare(
            actor=actor_of(request), meeting=row, request_id=request.POST.get("request_id")
        )
    except REFUSALS as refusal:
        return _meeting_page(request, row, refusal)
    messages.success(request, _("测评票筹备好了，请接着定计票人和监票人。"))
    return redirect("ballot", pk=ballot.pk)


@for_roles(*READERS)
@never_cache
@require_GET
def review(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one deputy's report on its way."""
    return _page(request, review_for(actor_of(request), pk))


def _page(
    request: HttpRequest, row: DutyReview, tried: str = "", refusal: LianxinError | None = None
) -> HttpResponse:
    known = Tried(tried, typed_of(tried, request.POST), refusal.fields) if refusal else None
    page = {**review_page(actor_of(request), row, known), "at": AT}
    return shown(request, "web/forums/review.html", page, refusal)


@for_roles(*HOSTS, Role.DEPUTY)
@require_POST
def act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Publish, postpone, feed back, hand in, report back, send back, accept."""
    actor = actor_of(request)
    row = review_for(actor, pk)
    if act not in SAID:
        raise NotFound(_("没有这个操作，请刷新页面。"))
    sent, key = typed_of(act, request.POST), request.POST.get("request_id")
    try:
        review_book.perform(actor=actor, obj=row, name=act, data=sent, request_id=key)
    except REFUSALS as refusal:
        return _page(request, review_for(actor, pk), act, refusal)
    messages.success(request, str(SAID[act]))
    return redirect("review", pk=pk)
