"""The rules of plans, by Hypothesis: how far, what is due, what changed, what rests on what."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.common.errors import Refused
from lianxin.plans.content import Content, Goal, Line, changes, content_of
from lianxin.plans.rules import (
    TaskState,
    attendance,
    is_settled,
    makes_ring,
    overall,
    reminder,
    report_problem,
    task_state,
)
from lianxin.plans.workflow import (
    PETITION,
    PLAN,
    WORK_MEETING,
    MeetingFacts,
    PetitionFacts,
    PetitionState,
    PlanFacts,
    PlanState,
    Standing,
)

DAYS = st.dates(date(2021, 1, 1), date(2030, 1, 1))
TODAY = date(2026, 5, 6)
LINES = st.builds(
    Line, st.integers(1, 9), st.integers(1, 3), st.text(max_size=5), st.sampled_from(["a", "b"]), DAYS
)
CONTENTS = st.builds(
    Content,
    st.lists(st.builds(Goal, st.integers(1, 3), st.text(max_size=5)), unique_by=lambda one: one.number).map(
        tuple
    ),
    st.lists(LINES, unique_by=lambda one: one.number).map(tuple),
)


@given(st.sampled_from(Standing), st.integers(0, 100), DAYS, DAYS)
def test_a_task_is_late_exactly_when_it_is_under_way_past_its_day(
    standing: Standing, percent: int, due: date, today: date
) -> None:
    done = today if standing is Standing.DONE else None
    said = task_state(standing, percent, due, done, today)
    assert (said is TaskState.LATE) == (standing is Standing.LIVE and today > due)


@given(DAYS, DAYS)
def test_what_is_done_is_in_time_up_to_its_day(due: date, done: date) -> None:
    said = task_state(Standing.DONE, 100, due, done, date(2040, 1, 1))
    assert said is (TaskState.DONE if done <= due else TaskState.DONE_LATE)


@given(st.integers(-50, 150), st.integers(0, 100))
def test_a_percentage_lies_between_none_and_all_and_falls_only_with_a_word(percent: int, last: int) -> None:
    said = report_problem(percent, last, "")
    assert (said is None) == (last <= percent <= 100)
    explained = report_problem(percent, last, "上次把两个村都算成办完了，现在改正。")
    assert (explained is None) == (0 <= percent <= 100)


@given(st.lists(st.integers(0, 100), max_size=30))
def test_a_plan_is_whole_only_when_all_its_tasks_are(percents: list[int]) -> None:
    assert (overall(percents) == 100) == (bool(percents) and set(percents) == {100})


@given(st.integers(-40, 40))
def test_reminders_come_at_seven_and_one_day_and_when_late(left: int) -> None:
    said = reminder(TODAY + timedelta(days=left), TODAY, [7, 1])
    expected = "late" if left < 0 else "soon:1" if left <= 1 else "soon:7" if left <= 7 else ""
    assert said == expected


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=20))
def test_no_chain_of_documents_ever_closes_to_a_ring(asked: list[tuple[int, int]]) -> None:
    below: dict[str, list[str]] = {}
    for upper, lower in ((str(one), str(other)) for one, other in asked):
        if not makes_ring(below, lower, upper):
            below.setdefault(upper, []).append(lower)
    for start, first in below.items():
        seen, wait = set(), list(first)
        while wait:
            one = wait.pop()
            assert one != start
            if one not in seen:
                seen.add(one)
                wait += below.get(one, [])


@given(st.integers(0, 2), st.integers(0, 2), st.sampled_from(["", "  ", "存阅"]))
def test_a_document_waits_until_something_came_of_it(tasks: int, lowers: int, note: str) -> None:
    assert is_settled(tasks, lowers, note) == (tasks > 0 or lowers > 0 or note == "存阅")


@given(CONTENTS)
def test_a_version_is_kept_whole(content: Content) -> None:
    assert content_of(content.as_json()) == content
    assert changes(content, content) == []


@given(CONTENTS, CONTENTS)
def test_every_task_that_differs_is_in_the_diff(old: Content, new: Content) -> None:
    said = {one.number for one in changes(old, new) if one.kind != "goal"}
    before, after = ({one.number: one for one in side.lines} for side in (old, new))
    assert said == {n for n in before.keys() | after.keys() if before.get(n) != after.get(n)}


@given(CONTENTS, st.integers(1, 40))
def test_no_number_comes_back(content: Content, least: int) -> None:
    fields = {"goal": 1, "text": "新的", "owner": "a", "due_on": TODAY}
    added = content.with_line(fields, least=least).lines[-1].number
    assert added >= least
    assert added not in {one.number for one in content.lines}


def test_a_content_without_goal_or_task_is_not_complete() -> None:
    assert len(Content().problems()) == 2
    one = Content().with_goal("目标一")
    assert one.problems() == ("还没有任务。", "目标 1 下面还没有任务。")
    assert one.with_line({"goal": 1, "text": "任务", "owner": "a", "due_on": TODAY}).problems() == ()


@given(st.lists(st.tuples(st.sampled_from(["coming", "leave", ""]), st.booleans()), max_size=40))
def test_attendance_adds_up(seats: list[tuple[str, bool]]) -> None:
    said = attendance(seats)
    assert said.coming + said.leave + said.silent == said.asked == len(seats)
    assert 0 <= said.percent <= 100


@given(DAYS)
def test_the_chairpersons_decide_after_their_meeting_has_begun(agenda: date) -> None:
    facts = PetitionFacts(TODAY, agenda_on=agenda)
    for act in ("agree", "refuse"):
        said = PETITION.refusal(PetitionState.ON_AGENDA, act, facts)
        assert (said is None) == (agenda <= TODAY)


@given(DAYS, DAYS)
def test_the_committee_answers_after_it_was_asked_and_not_tomorrow(sent: date, answered: date) -> None:
    said = PETITION.refusal(PetitionState.SENT, "issue", PetitionFacts(TODAY, None, sent, answered))
    assert (said is None) == (sent <= answered <= TODAY)


@given(st.integers(0, 3), st.lists(st.just("缺目标"), max_size=1).map(tuple))
def test_a_change_is_sent_for_approval_when_it_is_one_and_complete(
    count: int, problems: tuple[str, ...]
) -> None:
    said = PLAN.refusal(PlanState.AMENDING, "resubmit", PlanFacts(problems, count))
    assert (said is None) == (count > 0 and not problems)


def test_a_plan_with_open_tasks_does_not_end() -> None:
    with pytest.raises(Refused, match="2 项"):
        PLAN.next_state(PlanState.ISSUED, "close", PlanFacts(open_tasks=2))
    assert PLAN.next_state(PlanState.ISSUED, "close", PlanFacts()) == PlanState.CLOSED


@given(DAYS)
def test_signing_in_is_for_the_day_itself(held: date) -> None:
    said = WORK_MEETING.refusal("noticed", "sign_in", MeetingFacts(TODAY, held))
    assert (said is None) == (held == TODAY)


def test_minutes_are_not_signed_while_nobody_has_come() -> None:
    facts = MeetingFacts(TODAY, TODAY, seats=3)
    assert WORK_MEETING.refusal("minuted", "confirm", facts)
    assert WORK_MEETING.refusal("minuted", "confirm", MeetingFacts(TODAY, TODAY, 3, 1)) is None
