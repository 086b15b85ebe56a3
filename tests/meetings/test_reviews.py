"""述职评议 from its plan to its filing: a report in public, a secret test, and the end that was promised."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from lianxin.audit.models import AuditEntry
from lianxin.ballots import services as ballots
from lianxin.common import clock
from lianxin.common.errors import Conflict, Denied, Invalid, Refused
from lianxin.documents.letters import letter_pdf
from lianxin.documents.models import LetterVersion
from lianxin.meetings import services, waiting
from lianxin.meetings.models import DutyReview, ReviewMeeting
from lianxin.meetings.permissions import reviews_visible_to
from lianxin.meetings.review_selectors import public_reviews
from lianxin.meetings.reviews_workflow import (
    REVIEW,
    WAY,
    Facts,
    SecretTest,
    State,
    place_on_way,
    report_due,
    way_of,
)
from lianxin.notifications.models import Notice
from tests.factories import reviews as make
from tests.factories.cast import TOWN, Cast


def test_the_whole_way_from_the_plan_to_the_filing(cast: Cast) -> None:
    review = make.reported(cast)
    done = services.review_accept(actor=cast.presidium, review=review, remark="整改到位。")
    assert (done.state, done.closed_on) == ("closed", clock.today())
    assert dict(map(tuple, done.figures))["满意"] == 7
    acts = list(done.events.values_list("act", flat=True))
    assert acts == ["plan", "publish", "feed_back", "hand_in", "report_back", "accept"]
    trail = AuditEntry.objects.filter(target_kind="duty_review", target_id=str(done.pk))
    assert trail.count() == 6
    assert make.PLAN not in str(list(trail.values_list("facts", flat=True)))


def test_the_days_come_from_parameters_and_say_how(cast: Cast) -> None:
    meeting = make.planned(cast, days=14)
    assert meeting.report_due_on == clock.today() + timedelta(days=7)
    assert meeting.feedback_due_on > meeting.held_on
    review = make.review_of(cast)
    assert review.due_on == meeting.report_due_on and "会前 7 天" in review.due_trace[0]


def test_feedback_plan_and_report_have_their_days(cast: Cast) -> None:
    review = make.fed_back(cast)
    assert review.due_on and clock.today() + timedelta(days=30) <= review.due_on
    assert "本地设置" in review.due_trace[0]
    review = services.review_hand_in(actor=cast.deputy_town, review=review, plan=make.PLAN)
    assert review.due_on and review.due_on > clock.today() + timedelta(days=85)
    review = services.review_report_back(actor=cast.deputy_town, review=review, done=make.DONE)
    assert review.due_on is None


def test_the_written_feedback_is_a_letter_with_the_figures(cast: Cast) -> None:
    review = make.fed_back(cast)
    letter = LetterVersion.objects.get(pk=review.letter_id)
    text = "".join(letter.content["body"])
    assert "满意 7 票" in text and "不是罢免的法定依据" in text and make.FEEDBACK in text
    assert review.feedback_number.endswith("1号") and letter_pdf(letter)[:4] == b"%PDF"
    told = Notice.objects.filter(about_kind="duty_review", recipient_key=str(cast.deputy_town.id))
    assert told.filter(subject__contains="反馈书").count() == 1


def test_no_feedback_before_the_result_is_announced(cast: Cast) -> None:
    review = make.public(cast)
    with pytest.raises(Refused, match="还没有公布"):
        services.review_feed_back(actor=cast.presidium, review=review, feedback=make.FEEDBACK)
    services.review_test_prepare(actor=cast.presidium, meeting=review.meeting)
    with pytest.raises(Refused, match="还没有公布"):
        services.review_feed_back(actor=cast.presidium, review=review, feedback=make.FEEDBACK)


def test_only_public_reports_stand_on_the_paper_and_it_is_prepared_once(cast: Cast) -> None:
    meeting = make.planned(cast, people=("deputy_town", "deputy_town_2"))
    with pytest.raises(Refused, match="还没有代表公开"):
        services.review_test_prepare(actor=cast.presidium, meeting=meeting)
    services.review_publish(actor=cast.deputy_town, review=make.review_of(cast), report=make.REPORT)
    ballot = services.review_test_prepare(actor=cast.presidium, meeting=meeting)
    assert [one.owner_id for one in ballot.options.all()] == [cast.deputy_row("deputy_town").pk]
    with pytest.raises(Refused, match="已经筹备好了"):
        services.review_test_prepare(actor=cast.presidium, meeting=meeting)
    late = make.review_of(cast, "deputy_town_2")
    with pytest.raises(Refused, match="测评票已经定好"):
        services.review_publish(actor=cast.deputy_town_2, review=late, report=make.REPORT)
    left = services.review_postpone(actor=cast.presidium, review=late, note="产假，改在明年述职。")
    assert left.state == "postponed"
    with pytest.raises(Refused, match="不能缓评"):
        services.review_postpone(actor=cast.presidium, review=make.review_of(cast), note="改在明年述职。")


def test_a_void_test_is_none_and_may_be_prepared_anew(cast: Cast) -> None:
    meeting = make.public(cast).meeting
    first = services.review_test_prepare(actor=cast.presidium, meeting=meeting)
    type(first).objects.filter(pk=first.pk).update(state="void")
    assert services.review_test_prepare(actor=cast.presidium, meeting=meeting).pk != first.pk


def test_sent_back_once_and_not_twice(cast: Cast) -> None:
    review = services.review_send_back(
        actor=cast.presidium, review=make.reported(cast), note="水渠还没有验收。"
    )
    assert review.state == "planned" and review.due_on and review.due_on > clock.today()
    review = services.review_report_back(actor=cast.deputy_town, review=review, done=make.DONE)
    with pytest.raises(Refused, match="已经退回过一次"):
        services.review_send_back(actor=cast.presidium, review=review, note="再看一看水渠。")
    with pytest.raises(IntegrityError), transaction.atomic():
        review.events.create(actor_name="别处", act="send_back", home6=review.home6)


def test_the_database_keeps_one_report_of_a_deputy_at_a_meeting(cast: Cast) -> None:
    meeting = make.planned(cast)
    with pytest.raises(Conflict):
        make.planned(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        DutyReview.objects.create(
            meeting=meeting, deputy=cast.deputy_row("deputy_town"), home6=meeting.home6, division_code="x"
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        DutyReview.objects.filter(meeting=meeting).update(state="closed")


def test_a_second_press_is_refused_or_finds_the_first(cast: Cast) -> None:
    review = make.tested(cast)
    key = {"request_id": "one-press"}
    one = services.review_feed_back(actor=cast.presidium, review=review, feedback=make.FEEDBACK, **key)
    two = services.review_feed_back(actor=cast.presidium, review=review, feedback=make.FEEDBACK, **key)
    assert one.pk == two.pk and LetterVersion.objects.filter(matter_id=review.pk).count() == 1
    stale = make.review_of(cast)
    services.review_hand_in(actor=cast.deputy_town, review=make.review_of(cast), plan=make.PLAN)
    with pytest.raises(Conflict):
        services.review_hand_in(actor=cast.deputy_town, review=stale, plan=make.PLAN)


@pytest.mark.parametrize("who", ["presidium_other", "office", "keeper", "deputy_town", "leader"])
def test_only_the_own_presidium_holds_the_reports_of_a_town(cast: Cast, who: str) -> None:
    with pytest.raises(Denied):
        make.planned(cast, who=who)
    review = make.tested(cast)
    with pytest.raises(Denied):
        services.review_feed_back(actor=getattr(cast, who), review=review, feedback=make.FEEDBACK)


@pytest.mark.parametrize("who", ["deputy_town_2", "presidium", "keeper"])
def test_nobody_reports_for_another(cast: Cast, who: str) -> None:
    make.planned(cast)
    with pytest.raises(Denied):
        services.review_publish(actor=getattr(cast, who), review=make.review_of(cast), report=make.REPORT)


def test_who_sees_the_whole_of_it(cast: Cast) -> None:
    review = make.fed_back(cast)
    sees = {who for who in cast.names if reviews_visible_to(getattr(cast, who)).filter(pk=review.pk).exists()}
    assert sees == {"presidium", "presidium_second", "office", "office_second", "leader", "deputy_town"}


def test_everybody_reads_the_report_at_once_and_the_result_once_it_is_filed(cast: Cast) -> None:
    deputy = cast.deputy_row("deputy_town")
    make.planned(cast)
    assert public_reviews(deputy) == []
    services.review_publish(actor=cast.deputy_town, review=make.review_of(cast), report=make.REPORT)
    (one,) = public_reviews(deputy)
    assert one.report == make.REPORT and one.result is None
    make.announced(ReviewMeeting.objects.get())
    review = services.review_feed_back(
        actor=cast.presidium, review=make.review_of(cast), feedback=make.FEEDBACK
    )
    review = services.review_hand_in(actor=cast.deputy_town, review=review, plan=make.PLAN)
    review = services.review_report_back(actor=cast.deputy_town, review=review, done=make.DONE)
    assert make.FEEDBACK not in str(public_reviews(deputy))
    services.review_accept(actor=cast.presidium, review=review)
    (one,) = public_reviews(deputy)
    assert one.result and one.result.plan == make.PLAN and ("满意", 7) in one.result.figures


Step = Callable[[Cast], Any]
WAITS = [
    (make.planned, "deputy_town", waiting.reports_to_publish),
    (make.public, "presidium", waiting.tests_to_prepare),
    (make.tested, "presidium", waiting.feedback_to_write),
    (make.fed_back, "deputy_town", waiting.plans_to_hand_in),
    (make.under_way, "deputy_town", waiting.rectifying_to_report),
    (make.reported, "presidium", waiting.rectifying_to_judge),
]


@pytest.mark.parametrize(("made", "who", "rows"), WAITS, ids=[rows.__name__ for _m, _w, rows in WAITS])
def test_each_step_waits_for_one_person_and_for_nobody_else(
    cast: Cast, made: Step, who: str, rows: Callable[[Any], Any]
) -> None:
    made(cast)
    found = {name for name in cast.names if rows(getattr(cast, name)).exists()}
    assert found == ({"presidium", "presidium_second"} if who == "presidium" else {who})
    other = [one for _m, _w, one in WAITS if one is not rows]
    assert not any(one(getattr(cast, name)).exists() for one in other for name in ("presidium", who))


def test_what_is_missing_is_said_field_by_field(cast: Cast) -> None:
    with pytest.raises(Invalid) as caught:
        services.review_meeting_plan(
            actor=cast.presidium, division_code=TOWN, title="短",
            held_on=clock.today() - timedelta(days=1), place="", deputies=[],
        )  # fmt: skip
    assert set(caught.value.fields) == {"title", "held_on", "place", "deputies"}
    with pytest.raises(Invalid, match="几项"):
        make.planned(cast, people=("deputy_other",))
    make.planned(cast)
    with pytest.raises(Invalid) as short:
        services.review_publish(actor=cast.deputy_town, review=make.review_of(cast), report="太短。")
    assert "现在 3 个字" in short.value.fields["report"]


def test_a_paper_test_from_its_preparation_finds_its_deputies(cast: Cast) -> None:
    review = make.public(cast)
    ballot = services.review_test_prepare(actor=cast.presidium, meeting=review.meeting)
    found = ballots.outcome_about(kind="duty_review", pk=review.meeting.pk)
    assert found is not None and found.last == ballot.pk and ballot.purpose == "duty_review"


STATES, TESTS = st.sampled_from(list(State)), st.sampled_from(list(SecretTest))
FACTS = [
    Facts(test, on_paper, sent_back)
    for test, on_paper, sent_back in product(SecretTest, (True, False), (True, False))
]
MOVES = list(product(sorted(REVIEW.acts), FACTS))


@given(st.lists(st.sampled_from(MOVES), max_size=14))
def test_no_sequence_of_acts_files_a_report_without_feedback_plan_and_answer(
    tried: list[tuple[str, Facts]],
) -> None:
    state, done = str(State.SCHEDULED), []
    for act, facts in tried:
        if REVIEW.refusal(state, act, facts) is None:
            state = REVIEW.next_state(state, act, facts)
            done.append(act)
    if state == State.CLOSED:
        named = ["publish", "feed_back", "hand_in", "report_back", "accept"]
        assert [one for one in dict.fromkeys(done) if one in named] == named and done[-1] == "accept"
    if state == State.POSTPONED:
        assert "feed_back" not in done


@given(STATES, TESTS)
def test_the_line_of_steps_has_one_present_step_or_is_done(state: State, test: SecretTest) -> None:
    line = [stand for _words, stand in way_of(state, test)]
    assert len(line) == len(WAY) and line.count("now") == (0 if state is State.CLOSED else 1)
    assert line == sorted(line, key=["done", "now", "todo"].index)


@given(st.sampled_from(FACTS))
def test_the_line_never_runs_back_while_a_report_goes_on(facts: Facts) -> None:
    for act in REVIEW.acts.values():
        for source in act.sources:
            if act.name not in {"send_back", "postpone"} and REVIEW.refusal(source, act.name, facts) is None:
                new = REVIEW.next_state(source, act.name, facts)
                assert place_on_way(new, facts.test) >= place_on_way(source, facts.test)


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)), st.integers(0, 400), st.integers(1, 60))
def test_a_report_is_due_before_the_meeting_and_never_in_the_past(today: date, ahead: int, days: int) -> None:
    held_on = today + timedelta(days=ahead)
    due = report_due(held_on, today, days)
    assert today <= due <= held_on
    assert due == today or (held_on - due).days == days
