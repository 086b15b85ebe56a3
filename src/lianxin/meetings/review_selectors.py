"""Reading duty reports: one for who may see it whole, and the public part as plain facts.

What is not public is not handed to the public page at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from lianxin.common.actor import Actor
from lianxin.common.errors import NotFound
from lianxin.meetings.models import DutyReview
from lianxin.meetings.permissions import reviews_visible_to
from lianxin.meetings.reviews_workflow import IN_PUBLIC, SecretTest, result_is_public, way_of
from lianxin.meetings.services.review_step import tests_of
from lianxin.people.models import Deputy
from lianxin.regions.selectors import place_name

MOST = 12


@dataclass(frozen=True, slots=True)
class Result:
    """What is public once a report is filed."""

    figures: list[tuple[str, int]]
    feedback: str
    plan: str
    done: str
    closed_on: date


@dataclass(frozen=True, slots=True)
class PublicReview:
    """One duty report as everybody may read it."""

    title: str
    place: str
    held_on: date
    published_on: date
    report: str
    way: list[tuple[str, str]]
    result: Result | None


def review_for(actor: Actor, pk: UUID) -> DutyReview:
    """Return one deputy's report that the actor may see whole."""
    row = reviews_visible_to(actor).select_related("deputy", "meeting").filter(pk=pk).first()
    if row is None:
        raise NotFound(_("没有找到这次述职，或者不在您的范围内。"))
    return row


def public_reviews(deputy: Deputy) -> list[PublicReview]:
    """Return a deputy's public reports, the latest first (two queries)."""
    found = DutyReview.objects.filter(deputy=deputy, state__in=IN_PUBLIC).select_related("meeting")
    rows = list(found.order_by("-meeting__held_on", "-id")[:MOST])
    tests = tests_of([row.meeting_id for row in rows])
    return [
        _public(row, tests[row.meeting_id][0] if row.meeting_id in tests else SecretTest.NONE) for row in rows
    ]


def _public(row: DutyReview, test: SecretTest) -> PublicReview:
    assert row.published_on is not None
    return PublicReview(
        title=row.meeting.title,
        place=place_name(row.division_code),
        held_on=row.meeting.held_on,
        published_on=row.published_on,
        report=row.report,
        way=way_of(row.state, test),
        result=_result(row) if result_is_public(row.state) else None,
    )


def _result(row: DutyReview) -> Result:
    assert row.closed_on is not None
    figures = [(words, papers) for words, papers in row.figures]
    return Result(figures, row.feedback, row.plan, row.done, row.closed_on)
