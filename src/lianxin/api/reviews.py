"""Operations on duty reports (述职评议): the list, one report, the acts open on it, one way to do any."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Body, Router, Schema
from pydantic import Field

from lianxin.api.doors import PAGE, actor_of, cursor, next_of, request_key
from lianxin.api.opinions import action_out
from lianxin.api.schemas import Actions, Done
from lianxin.common.writes import done_before
from lianxin.meetings.actions import review_book
from lianxin.meetings.models import DutyReview
from lianxin.meetings.permissions import reviews_visible_to
from lianxin.meetings.review_selectors import review_for

router = Router(tags=["述职评议"])


class ReviewOut(Schema):
    """One deputy's report at one meeting; `due_on` is the day of the step that is open now."""

    id: UUID
    meeting: UUID
    meeting_title: str
    held_on: date
    division_code: str
    deputy: UUID
    deputy_name: str
    state: str
    due_on: date | None


class Reviews(Schema):
    """A page of reports."""

    items: list[ReviewOut]
    next: str | None


class ReviewDetail(ReviewOut):
    """One report with its texts; `figures` is the deputy's own line of the announced secret test."""

    report: str
    published_on: date | None
    feedback: str
    feedback_number: str
    figures: dict[str, int] = Field(description="测评的各档票数；没有书面反馈以前为空")
    plan: str
    done: str
    sent_back_note: str
    remark: str
    closed_on: date | None


@router.get("/duty-reviews", response=Reviews, summary="述职评议")
def reviews(request: HttpRequest, state: str = "", after: str = "") -> dict[str, Any]:
    """List the reports that the actor may see, the newest first; a deputy sees his own."""
    rows = reviews_visible_to(actor_of(request)).select_related("meeting", "deputy").order_by("-id")
    rows = rows.filter(state=state) if state else rows
    if mark := cursor(after):
        rows = rows.filter(id__lt=mark)
    found = list(rows[:PAGE])
    return {"items": [_out(row) for row in found], "next": next_of(found)}


@router.get("/duty-reviews/{pk}", response=ReviewDetail, summary="一位代表的述职")
def review(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    """Return one report from plan to filing."""
    row = review_for(actor_of(request), pk)
    own = set(ReviewDetail.model_fields) - set(ReviewOut.model_fields) - {"figures"}
    texts = {name: getattr(row, name) for name in own}
    return {**_out(row), **texts, "figures": dict(row.figures)}


@router.get("/duty-reviews/{pk}/actions", response=Actions, summary="可以办的事")
def review_actions(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    """List the acts open to the actor: the deputy reports and puts right, the host feeds back and files."""
    actor = actor_of(request)
    offers = review_book.open_for(actor, review_for(actor, pk))
    return {"items": [action_out(one.act, one.schema, one.refusal) for one in offers]}


@router.post("/duty-reviews/{pk}/actions/{action}", response=Done, summary="办一步")
def review_act(request: HttpRequest, pk: UUID, action: str, data: Body[dict[str, Any]]) -> dict[str, Any]:
    """Perform one act on a report."""
    actor, key = actor_of(request), request_key(request)
    row = review_for(actor, pk)
    if not done_before(actor, key):
        review_book.perform(actor=actor, obj=row, name=action, data=data, request_id=key)
    row.refresh_from_db()
    return {"id": row.id, "state": row.state}


def _out(row: DutyReview) -> dict[str, Any]:
    plain = ("id", "division_code", "state", "due_on")
    return {
        **{name: getattr(row, name) for name in plain},
        "meeting": row.meeting_id,
        "meeting_title": row.meeting.title,
        "held_on": row.meeting.held_on,
        "deputy": row.deputy_id,
        "deputy_name": row.deputy.name,
    }
