"""述职评议 as one flow: S42. From the plan to the filing; residents read what is public, and no more."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from lianxin.ballots.services import PastBallot, ballots_register
from lianxin.common import clock
from lianxin.common.actor import SYSTEM
from lianxin.meetings.models import DutyReview, ReviewMeeting
from lianxin.meetings.services.review_step import ABOUT
from lianxin.meetings.services.reviews import GRADES, options_of
from lianxin.people.models import Account, Deputy
from tests.acceptance.conftest import TOWN, Doors

REPORT = "这一年走访结对户二十户次，接待选民四次，提出建议一件，办成一件。不足是到偏远小组去得少，今后每季度至少去两次，当面说清办到哪一步。"
FEEDBACK = "到偏远的三组去得少，群众反映的水渠要盯到修好。"
PLAN = "每月到三组走访一次，六月前把水渠的事盯到办结。"
DONE = "三组已走访三次，水渠五月二十日修好，群众到场看过。"


def _scheduled(doors: Doors) -> DutyReview:
    """Plan a meeting of today through the presidium's page for the tour's deputy."""
    deputy = Deputy.objects.get(account=Account.objects.get(username="deputy_town"))
    form = {
        "title": f"段家河镇第{uuid4().hex[:6]}次评议会",
        "held_on": str(clock.today()),
        "place": "镇人大会议室",
        "deputies": [str(deputy.pk)],
    }
    assert doors.page("presidium").post("/forums/reviews/new", form).status_code == 302
    return DutyReview.objects.get(meeting__title=form["title"])


def _act(page: Client, review: DutyReview, name: str, **typed: str) -> int:
    return int(page.post(f"/forums/reviews/{review.pk}/acts/{name}", typed).status_code)


def _tested(meeting: ReviewMeeting) -> None:
    """Enter the announced paper test (the count itself is proven in test_ballots)."""
    options = options_of(list(meeting.reviews.select_related("deputy")))
    votes = {"satisfied": 30, "basically_satisfied": 5, "dissatisfied": 2, "unknown": 3, "unmarked": 0}
    past = PastBallot(
        body=TOWN, purpose="duty_review", subject="代表述职测评", session=meeting.title, held_on=clock.today(),
        options=options, method=GRADES, electorate=45, present=40, issued=40, returned=40, void=0,
        votes={one.key: votes for one in options}, about_kind=ABOUT, about_id=meeting.id,
    )  # fmt: skip
    ballots_register(actor=SYSTEM, rows=[past], home6=TOWN[:6])


@pytest.mark.acceptance("S42")
def test_the_flow_goes_from_the_plan_to_the_public_filing(doors: Doors) -> None:
    review, host, own = _scheduled(doors), doors.page("presidium"), doors.page("deputy_town")
    assert _act(own, review, "publish", report=REPORT) == 302
    assert REPORT in doors.page().get(f"/deputies/{review.deputy_id}/reviews").content.decode()
    assert _act(host, review, "feed_back", feedback=FEEDBACK) == 409
    _tested(review.meeting)
    assert _act(host, review, "feed_back", feedback=FEEDBACK) == 302
    assert _act(own, review, "hand_in", plan=PLAN) == 302
    assert _act(own, review, "report_back", done=DONE) == 302
    assert _act(host, review, "send_back", note="水渠还没有验收。") == 302
    assert _act(own, review, "report_back", done=DONE) == 302
    assert _act(host, review, "send_back", note="再看一次水渠。") == 409
    assert PLAN not in doors.page().get(f"/deputies/{review.deputy_id}/reviews").content.decode()
    assert _act(host, review, "accept") == 302
    page = doors.page().get(f"/deputies/{review.deputy_id}/reviews").content.decode()
    assert PLAN in page and DONE in page and "30 票" in page


@pytest.mark.acceptance("S42")
def test_finished_and_waiting_flows_stand_in_the_town_and_wait_on_the_right_screens(doors: Doors) -> None:
    states = list(DutyReview.objects.filter(division_code=TOWN).values_list("state", flat=True))
    assert states.count("closed") >= 4 and {"fed_back", "reported", "report_out"} <= set(states)
    for row in DutyReview.objects.filter(division_code=TOWN, state="closed"):
        figures = dict(row.figures)
        assert sum(figures.values()) > 0 and row.feedback and row.plan and row.done
    assert "反馈书等您交整改方案" in doors.page("deputy_town").get("/deputy").content.decode()
    assert "整改回告等您审核" in doors.page("presidium").get("/desk").content.decode()


@pytest.mark.acceptance("S42")
def test_nobody_else_reads_or_moves_a_deputys_report(doors: Doors) -> None:
    review = _scheduled(doors)
    for who in ("keeper", "clerk", "deputy_city"):
        page = doors.page(who)
        assert page.get(f"/forums/reviews/{review.pk}").status_code in {403, 404}
        assert _act(page, review, "publish", report=REPORT) in {403, 404}
    assert _act(doors.page("presidium"), review, "publish", report=REPORT) == 403
