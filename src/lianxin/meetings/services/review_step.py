"""The one way in which a deputy's report moves, the test it rests on, and who is told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from lianxin.audit.moving import Trail, event_add, row_change
from lianxin.ballots.models import Ballot
from lianxin.ballots.workflow import State as Vote
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Denied, Invalid
from lianxin.meetings.models import DutyReview, ReviewMeeting
from lianxin.meetings.permissions import may_review
from lianxin.meetings.reviews_workflow import REVIEW, Facts, SecretTest
from lianxin.meetings.services.step import NOT_YOURS
from lianxin.notifications.services import Recipient, enqueue

ABOUT = "duty_review"
TRAIL = Trail("duty_review", "duty_review")
STANDS = {Vote.PREPARING: SecretTest.PREPARED, Vote.ANNOUNCED: SecretTest.ANNOUNCED}


def tests_of(meetings: Iterable[UUID]) -> dict[UUID, tuple[SecretTest, Ballot]]:
    """Return meeting → how far its test has come, and the vote; what is void is none (one query)."""
    rows = Ballot.objects.filter(about_kind=ABOUT, about_id__in=list(meetings)).exclude(state=Vote.VOID)
    found = {}
    for row in rows.order_by("round_number", "created_at"):
        assert row.about_id is not None
        found[row.about_id] = (STANDS.get(Vote(row.state), SecretTest.RUNNING), row)
    return found


def test_of(meeting: ReviewMeeting) -> tuple[SecretTest, Ballot | None]:
    """Return how far the test of one meeting has come, and the vote."""
    return tests_of([meeting.pk]).get(meeting.pk, (SecretTest.NONE, None))


def facts_of(review: DutyReview) -> Facts:
    """Return the plain facts that the guards look at."""
    test, ballot = test_of(review.meeting)
    return Facts(
        test=test,
        on_paper=ballot is not None and ballot.options.filter(key=str(review.pk)).exists(),
        sent_back=review.sent_back_on is not None,
    )


def allowed(actor: Actor, act: str, review: DutyReview) -> None:
    """Refuse who may not."""
    if not may_review(actor, act, review):
        raise Denied(NOT_YOURS)


def words_of(  # noqa: PLR0913 - who, what about, and how long the words have to be
    actor: Actor, review: DutyReview, act: str, typed: str, field: str, called: str, limits: tuple[int, int]
) -> str:
    """Return the words of an act; refuse who may not, when it is not the time, and what is too short."""
    allowed(actor, act, review)
    REVIEW.next_state(review.state, act, facts_of(review))
    said, (least, most) = typed.strip(), limits
    if not least <= len(said) <= most:
        raise Invalid(
            f"请写{called}。", fields={field: f"写 {least} 到 {most} 个字，现在 {len(said)} 个字。"}
        )
    return said


def review_step(
    actor: Actor,
    review: DutyReview,
    act: str,
    *,
    note: str = "",
    facts: dict[str, Any] | None = None,
    **changes: Any,
) -> DutyReview:
    """Move the report by `act` and set `changes`, on the record."""
    allowed(actor, act, review)
    old = review.state
    row_change(review, state=REVIEW.next_state(old, act, facts_of(review)), **changes)
    on_record(actor, review, act, old, note, facts)
    return review


def on_record(
    actor: Actor, review: DutyReview, act: str, old: str, note: str = "", facts: dict[str, Any] | None = None
) -> None:
    """Append the step to the report's history and to the trail."""
    event_add(review, actor=actor, act=act, old=old, trail=TRAIL, note=note, facts=facts, home6=review.home6)


def tell_deputy(review: DutyReview, subject: str, text: str, dedupe: str) -> None:
    """Tell the deputy who reports."""
    if review.deputy.account_id:
        _tell(review, Recipient.account(review.deputy.account_id), subject, text, dedupe)


def tell_host(review: DutyReview, subject: str, text: str, dedupe: str) -> None:
    """Tell the organ that holds the reports of this body."""
    role = Role.OFFICE if review.division_code.endswith("000000") else Role.PRESIDIUM
    _tell(review, Recipient.role(role, review.division_code), subject, text, dedupe)


def _tell(review: DutyReview, to: Recipient, subject: str, text: str, dedupe: str) -> None:
    enqueue(
        to=to,
        subject=subject[:120],
        text=text,
        link=f"/forums/reviews/{review.id}",
        about_kind="duty_review",
        about_id=review.id,
        home6=review.home6,
        dedupe=f"duty-review:{dedupe}:{review.id}",
    )
