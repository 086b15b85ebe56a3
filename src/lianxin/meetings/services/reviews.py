"""述职评议 up to its test: the meeting is planned, reports are made public, the secret test is prepared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from lianxin.audit.services import record
from lianxin.ballots.models import Ballot
from lianxin.ballots.services import SATISFACTION, Method, NewOption, ballot_prepare
from lianxin.ballots.services.preparing import MOST_OPTIONS
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Denied, Invalid
from lianxin.common.writes import write
from lianxin.meetings.models import DutyReview, ReviewMeeting
from lianxin.meetings.permissions import may_plan_reviews, may_review_meeting
from lianxin.meetings.reviews_workflow import MEETING, MeetingFacts, State, report_due
from lianxin.meetings.services.review_step import (
    ABOUT,
    on_record,
    review_step,
    tell_deputy,
    test_of,
    words_of,
)
from lianxin.meetings.services.step import NOT_YOURS
from lianxin.people.models import Deputy
from lianxin.people.selectors import deputies_of_body
from lianxin.regions.selectors import place_name
from lianxin.rulebook.deadlines import due_for
from lianxin.rulebook.services import value

GRADES = Method("grades", 1, grades=SATISFACTION)
REPORT_LEAST, REPORT_MOST = 50, 8000
ALREADY = "这一天已经排了同名的评议会。"


@write
def review_meeting_plan(
    *,
    actor: Actor,
    division_code: str,
    title: str,
    held_on: date | None,
    place: str,
    deputies: Sequence[UUID],
    request_id: str | None = None,
) -> ReviewMeeting:
    """Plan a meeting of duty reports; each deputy on it is asked for a report with a day.

    A day that is left out is refused beside all else that is missing, in one answer.
    """
    if not may_plan_reviews(actor, division_code):
        raise Denied("市里的述职评议由人大代工委安排，镇里的由本镇主席团安排。")
    people = list(deputies_of_body(division_code).filter(pk__in=list(deputies)).distinct())
    held_on = _check(title, held_on, place, len(people), len(set(deputies)))
    if ReviewMeeting.objects.filter(
        home6=division_code[:6], division_code=division_code, title=title.strip()[:80], held_on=held_on
    ).exists():
        raise Conflict(ALREADY)
    meeting = _meeting(division_code, title, held_on, place)
    for deputy in sorted(people, key=lambda one: (one.pinyin, str(one.pk))):
        _ask(actor, meeting, deputy)
    record(
        actor=actor,
        tag="review_meeting.plan",
        kind="review_meeting",
        target=meeting.id,
        home6=meeting.home6,
        facts={"deputies": len(people)},
    )
    return meeting


def _check(title: str, held_on: date | None, place: str, found: int, asked: int) -> date:
    fields = {}
    if len(title.strip()) < 4:
        fields["title"] = "请写评议会的名称，至少 4 个字。"
    if held_on is None:
        fields["held_on"] = "请选哪天开。"
    elif held_on < clock.today():
        fields["held_on"] = "这一天已经过了，请改成今天以后。"
    if len(place.strip()) < 2:
        fields["place"] = "请写在哪里开。"
    if not asked:
        fields["deputies"] = "请选述职的代表，至少一位。"
    elif found != asked:
        fields["deputies"] = "有人不是本级在任代表，请重新选。"
    elif found > MOST_OPTIONS:
        fields["deputies"] = f"一张测评票最多列 {MOST_OPTIONS} 位，请分两次开。"
    if fields or held_on is None:
        raise Invalid("有几项还没填好。", fields=fields)
    return held_on


def _meeting(division_code: str, title: str, held_on: date, place: str) -> ReviewMeeting:
    home6 = division_code[:6]
    days = value("review.report_days", home6=home6)
    return ReviewMeeting.objects.create(
        home6=home6,
        division_code=division_code,
        title=title.strip()[:80],
        held_on=held_on,
        place=place.strip()[:80],
        report_due_on=report_due(held_on, clock.today(), days),
        feedback_due_on=due_for("review.feedback_workdays", held_on, home6=home6).on,
    )


def _ask(actor: Actor, meeting: ReviewMeeting, deputy: Deputy) -> None:
    before = value("review.report_days", home6=meeting.home6)
    usual = meeting.report_due_on == meeting.held_on - timedelta(days=before)
    trace = (
        f"评议会 {meeting.held_on}，会前 {before} 天公开报告（本地约定，可修改）：{meeting.report_due_on}。"
    )
    late = f"离评议会不到 {before} 天，今天就要公开：{meeting.report_due_on}。"
    review = DutyReview.objects.create(
        meeting=meeting,
        deputy=deputy,
        home6=meeting.home6,
        division_code=meeting.division_code,
        due_on=meeting.report_due_on,
        due_trace=[trace if usual else late],
    )
    on_record(actor, review, "plan", "")
    text = f"{meeting.held_on}，{meeting.place}。请在 {meeting.report_due_on} 前公开述职报告。"
    tell_deputy(review, f"请您述职：{meeting.title}", text, "plan")


@write
def review_publish(
    *, actor: Actor, review: DutyReview, report: str, request_id: str | None = None
) -> DutyReview:
    """Make one's own report public before the meeting."""
    said = words_of(actor, review, "publish", report, "report", "述职报告", (REPORT_LEAST, REPORT_MOST))
    return review_step(
        actor, review, "publish", report=said, published_on=clock.today(), due_on=None, due_trace=[]
    )


@write
def review_postpone(
    *, actor: Actor, review: DutyReview, note: str, request_id: str | None = None
) -> DutyReview:
    """Leave a deputy out of this meeting, with the reason; he may stand on a later one."""
    _one_at_a_time(review.meeting)
    said = words_of(actor, review, "postpone", note, "note", "缓评的原因", (4, 500))
    done = review_step(actor, review, "postpone", note=said, remark=said, due_on=None, due_trace=[])
    tell_deputy(review, f"这次缓评：{review.meeting.title}", said, "postpone")
    return done


@write
def review_test_prepare(*, actor: Actor, meeting: ReviewMeeting, request_id: str | None = None) -> Ballot:
    """Prepare the secret test: on the paper stand those whose report is public, and nobody else."""
    if not may_review_meeting(actor, "prepare_test", meeting):
        raise Denied(NOT_YOURS)
    _one_at_a_time(meeting)
    out = list(meeting.reviews.filter(state=State.REPORT_OUT).select_related("deputy"))
    facts = MeetingFacts(test=test_of(meeting)[0], reports=len(out))
    MEETING.next_state("open", "prepare_test", facts)
    return ballot_prepare(
        actor=actor,
        body=meeting.division_code,
        purpose="duty_review",
        subject=f"{meeting.held_on.year}年代表述职测评",
        session=meeting.title,
        held_on=meeting.held_on,
        options=options_of(out),
        method=GRADES,
        about_kind=ABOUT,
        about_id=meeting.id,
    )


def _one_at_a_time(meeting: ReviewMeeting) -> None:
    """Hold the meeting: nobody is put off while the paper on which he stands is made, and it is made once."""
    ReviewMeeting.objects.select_for_update().get(pk=meeting.pk)


def options_of(reviews: Sequence[DutyReview]) -> list[NewOption]:
    """Return the lines of the paper: the report's key and the deputy's name; of namesakes with the place."""
    ordered = sorted(reviews, key=lambda one: (one.deputy.pinyin, str(one.pk)))
    often = Counter(one.deputy.name for one in ordered)
    return [NewOption(str(one.pk), _label(one.deputy, often), owner=one.deputy_id) for one in ordered]


def _label(deputy: Deputy, often: Counter[str]) -> str:
    alike = often[deputy.name] > 1
    return f"{deputy.name}（{place_name(deputy.division_code)}）" if alike else deputy.name
