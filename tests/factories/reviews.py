"""Duty reports of the tests: planned, public, tested, fed back, planned anew, reported."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from lianxin.ballots import services as ballots
from lianxin.ballots.models import Ballot
from lianxin.common import clock
from lianxin.common.actor import SYSTEM
from lianxin.meetings import services
from lianxin.meetings.models import DutyReview, ReviewMeeting
from lianxin.meetings.services.review_step import ABOUT
from lianxin.meetings.services.reviews import GRADES, options_of
from lianxin.regions.loading import HOME6
from tests.factories.cast import TOWN, Cast

REPORT = (
    "一年来走访十户群众四十次，接待选民六次，提出建议两件，办成实事一件。"
    "不足是到偏远小组去得少，回访不够及时，今后每月去一次。"
)
FEEDBACK = "到偏远的三组去得少，群众反映的水渠要盯到修好。"
PLAN = "每月到三组走访一次，六月前把水渠的事盯到办结。"
DONE = "三组已走访三次，水渠五月二十日修好，群众到场看过。"


def planned(
    cast: Cast,
    *,
    who: str = "presidium",
    place: str = TOWN,
    people: Sequence[str] = ("deputy_town",),
    days: int = 14,
) -> ReviewMeeting:
    """Return a meeting with deputies who are asked for their reports."""
    return services.review_meeting_plan(
        actor=getattr(cast, who),
        division_code=place,
        title="段家河镇代表述职评议会",
        held_on=clock.today() + timedelta(days=days),
        place="镇人大会议室",
        deputies=[cast.deputy_row(one).pk for one in people],
    )


def review_of(cast: Cast, who: str = "deputy_town") -> DutyReview:
    """Return a deputy's report as it stands in the database."""
    return DutyReview.objects.select_related("deputy", "meeting").get(deputy=cast.deputy_row(who))


def public(cast: Cast, *people: str) -> DutyReview:
    """Return a report that is public; with `people`, theirs are public too."""
    names = people or ("deputy_town",)
    planned(cast, people=names)
    for who in names:
        services.review_publish(actor=getattr(cast, who), review=review_of(cast, who), report=REPORT)
    return review_of(cast, names[0])


def tested(cast: Cast, *people: str) -> DutyReview:
    """Return a report whose meeting has an announced test of ten papers."""
    review = public(cast, *people)
    announced(review.meeting)
    return review_of(cast, people[0] if people else "deputy_town")


def announced(meeting: ReviewMeeting) -> Ballot:
    """Enter the test of a meeting as announced: 7 satisfied, 2 basically, 1 unknown."""
    options = options_of(list(meeting.reviews.filter(state="report_out").select_related("deputy")))
    votes = {"satisfied": 7, "basically_satisfied": 2, "dissatisfied": 0, "unknown": 1, "unmarked": 0}
    past = ballots.PastBallot(
        body=meeting.division_code, purpose="duty_review", subject="代表述职测评", session=meeting.title,
        held_on=clock.today(), options=options, method=GRADES, electorate=12, present=10, issued=10, returned=10,
        void=0, votes={one.key: votes for one in options}, about_kind=ABOUT, about_id=meeting.id,
    )  # fmt: skip
    return ballots.ballots_register(actor=SYSTEM, rows=[past], home6=HOME6)[0]


def fed_back(cast: Cast) -> DutyReview:
    """Return a report whose deputy has the result in writing."""
    return services.review_feed_back(actor=cast.presidium, review=tested(cast), feedback=FEEDBACK)


def under_way(cast: Cast) -> DutyReview:
    """Return a report whose plan is handed in."""
    return services.review_hand_in(actor=cast.deputy_town, review=fed_back(cast), plan=PLAN)


def reported(cast: Cast) -> DutyReview:
    """Return a report of what was put right, which waits for the presidium's word."""
    return services.review_report_back(actor=cast.deputy_town, review=under_way(cast), done=DONE)
