"""实施 to 测评: plan, supervisors, reports, lamps, changes by the right body, tests, what must be put right."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from lianxin.common import clock
from lianxin.common.actor import RESIDENT
from lianxin.common.errors import Conflict, Denied, Invalid, Refused
from lianxin.documents.models import StoredFile
from lianxin.duties.models import DutyRecord
from lianxin.notifications.models import Notice
from lianxin.projects import public, services
from lianxin.projects.models import Project
from lianxin.projects.services import Decision, News, PlannedStep
from tests.factories import projects as make
from tests.factories.cast import CITY, TOWN, Cast

pytestmark = pytest.mark.django_db
CAUSE = "汛期山体滑坡，水池改址，需要增加挡墙。"


def test_a_plan_is_published_only_with_steps_and_supervisors(cast: Cast) -> None:
    project = make.chosen(cast)
    with pytest.raises(Refused, match="目标和保障措施"):
        services.plan_publish(actor=cast.presidium, project=project)
    make.supervisors(cast, project)
    make.planned(cast, project)
    assert services.plan_publish(actor=cast.presidium, project=project).state == "underway"


def test_a_plan_without_supervisors_is_refused(cast: Cast) -> None:
    project = make.planned(cast)
    project.supervisors.all().delete()
    with pytest.raises(Refused, match="3 到 5 名"):
        services.plan_publish(actor=cast.presidium, project=project)


def test_a_plan_with_a_gap_is_refused(cast: Cast) -> None:
    project = make.planned(cast)
    steps = [PlannedStep("一步到位", clock.today() + timedelta(days=140))]
    services.plan_write(
        actor=cast.clerk_town, project=project, goals="年底完工。", safeguards="专人负责。", steps=steps
    )
    with pytest.raises(Refused, match="之间没有节点"):
        services.plan_publish(actor=cast.presidium, project=project)


def test_supervisors_are_three_to_five_deputies_of_the_same_congress(cast: Cast) -> None:
    project = make.chosen(cast)
    rows = [cast.deputy_row(name).pk for name in ("deputy_town", "deputy_town_2", "deputy_town_3")]
    for wrong in (rows[:2], [*rows[:2], cast.deputy_row("deputy_city").pk]):
        with pytest.raises(Invalid):
            services.supervisors_name(actor=cast.presidium, project=project, deputies=wrong)
    with pytest.raises(Denied):
        services.supervisors_name(actor=cast.office, project=project, deputies=rows)
    services.supervisors_name(actor=cast.presidium, project=project, deputies=rows)
    assert project.supervisors.count() == 3


def test_only_the_duty_unit_reports_with_photos_and_growing_money(cast: Cast) -> None:
    project = make.underway(cast)
    make.reported(cast, project, 100_000, photos=[make.photo()])
    assert StoredFile.objects.filter(owner_kind="milestone", visibility="public").count() == 1
    with pytest.raises(Invalid, match="不能少于"):
        make.reported(cast, project, 50_000)
    step = project.milestones.filter(done_on=None)[0]
    with pytest.raises(Denied):
        services.progress_report(
            actor=cast.clerk, project=project, milestone=step, told="别人的项目。", paid=200_000
        )


def test_a_milestone_is_reported_once(cast: Cast) -> None:
    project = make.underway(cast)
    step = project.milestones.all()[0]
    make.reported(cast, project)
    with pytest.raises(Conflict):
        services.progress_report(
            actor=cast.clerk_town, project=project, milestone=step, told="再报一次。", paid=100_000
        )


def test_a_supervising_deputy_speaks_and_it_counts_as_his_duty(cast: Cast) -> None:
    project = make.underway(cast)
    services.visit_note(actor=cast.deputy_town, project=project, text="到现场看过，护栏还差两处。")
    duty = DutyRecord.objects.get(source_room="projects")
    assert duty.deputy == cast.deputy_row("deputy_town") and duty.kind.slug == "inspection"
    for stranger in (cast.deputy_city, cast.deputy_other, cast.presidium):
        with pytest.raises(Denied):
            services.visit_note(actor=stranger, project=project, text="到现场看过，护栏还差两处。")


def test_the_clock_turns_the_lamp_red_tells_the_unit_and_back(cast: Cast) -> None:
    project = make.underway(cast)
    with clock.at(clock.now() + timedelta(days=60)):
        services.projects_tick()
        project.refresh_from_db()
        assert project.state == "underway"  # fifteen days late: yellow
        assert Notice.objects.filter(about_id=project.pk, subject__contains="黄灯").exists()
    with clock.at(clock.now() + timedelta(days=80)):
        for _ in range(2):
            services.projects_tick()
        project.refresh_from_db()
        assert project.state == "behind"
        told = Notice.objects.filter(about_id=project.pk, subject__contains="项目亮红灯")
        assert told.count() == 5  # body, unit and three deputies, once each
        make.reported(cast, project)
        services.projects_tick()
        project.refresh_from_db()
        assert project.state == "underway"


def test_only_the_head_reports_completion_and_only_with_all_steps(cast: Cast) -> None:
    project = make.underway(cast)
    with pytest.raises(Refused, match="3 个节点"):
        services.project_complete(actor=cast.head_town, project=project)
    for paid in (1, 2, 3):
        make.reported(cast, project, paid)
    with pytest.raises(Denied):
        services.project_complete(actor=cast.clerk_town, project=project)
    assert services.project_complete(actor=cast.head_town, project=project).state == "done"


def _decision(body: str, votes_for: int = 25, present: int = 32) -> Decision:
    return Decision(body, 45, present, votes_for, "人大发〔2027〕8 号", clock.today())


@pytest.mark.parametrize(
    ("place", "right", "wrong"),
    [(TOWN, "congress", "standing_committee"), (CITY, "standing_committee", "congress")],
)
def test_the_right_body_decides(cast: Cast, place: str, right: str, wrong: str) -> None:
    project, who = make.underway(cast, place), make.runner(cast, place)
    services.change_propose(actor=who, project=project, kind="suspend", cause=CAUSE)
    with pytest.raises(Invalid) as said:
        services.change_decide(actor=who, project=project, decision=_decision(wrong))
    assert "body" in said.value.fields
    assert services.change_decide(actor=who, project=project, decision=_decision(right)).state == "suspended"


def test_a_decision_without_majority_of_all_does_not_change_the_project(cast: Cast) -> None:
    project = make.underway(cast)
    services.change_propose(actor=cast.head_town, project=project, kind="terminate", cause=CAUSE)
    services.change_decide(actor=cast.presidium, project=project, decision=_decision("congress", 22))
    project.refresh_from_db()
    assert project.state == "underway" and project.changes.get().passed is False


def test_a_meeting_without_quorum_decides_nothing(cast: Cast) -> None:
    project = make.underway(cast)
    services.change_propose(actor=cast.presidium, project=project, kind="terminate", cause=CAUSE)
    with pytest.raises(Refused, match="三分之二"):
        services.change_decide(actor=cast.presidium, project=project, decision=_decision("congress", 25, 29))
    assert project.changes.get().decided_on is None


def test_a_small_change_of_money_is_reported_and_a_large_one_waits(cast: Cast) -> None:
    project = make.underway(cast)
    services.change_propose(
        actor=cast.head_town, project=project, kind="change", cause=CAUSE, news=News(amount=900_000)
    )
    project.refresh_from_db()
    assert project.amount == 900_000 and project.changes.get().body == "reported"
    services.change_propose(
        actor=cast.head_town, project=project, kind="change", cause=CAUSE, news=News(amount=1_500_000)
    )
    project.refresh_from_db()
    assert project.amount == 900_000
    with pytest.raises(Refused, match="等决定"):
        services.change_propose(actor=cast.head_town, project=project, kind="suspend", cause=CAUSE)


@pytest.mark.parametrize(("shift", "small"), [(30, True), (90, True), (-90, True), (91, False)])
def test_a_few_days_are_reported_and_a_quarter_is_decided(cast: Cast, shift: int, small: bool) -> None:
    project = make.underway(cast)
    voted = project.due_on
    assert voted
    due_on = voted + timedelta(days=shift)
    services.change_propose(
        actor=cast.head_town, project=project, kind="change", cause=CAUSE, news=News(due_on=due_on)
    )
    project.refresh_from_db()
    assert (project.due_on, project.changes.get().passed) == ((due_on, True) if small else (voted, None))
    assert project.amount == 860_000


@pytest.mark.parametrize("news", [News(place="段家河村"), News(goals="改为先修一组。", amount=870_000)])
def test_another_place_or_goal_waits_for_the_body(cast: Cast, news: News) -> None:
    project = make.underway(cast)
    kept = (project.place, project.goals, project.amount)
    services.change_propose(actor=cast.head_town, project=project, kind="change", cause=CAUSE, news=news)
    project.refresh_from_db()
    assert (project.place, project.goals, project.amount) == kept
    services.change_decide(actor=cast.presidium, project=project, decision=_decision("congress"))
    project.refresh_from_db()
    wanted = (news.place or kept[0], news.goals or kept[1], news.amount or kept[2])
    assert (project.place, project.goals, project.amount) == wanted


def test_many_small_changes_are_not_a_large_one_unseen(cast: Cast) -> None:
    project = make.underway(cast)
    voted = project.due_on
    assert voted

    def ask(**news: Any) -> bool:
        who: Any = {"actor": cast.head_town, "project": project}
        services.change_propose(**who, kind="change", cause=CAUSE, news=News(**news))
        return project.changes.filter(decided_on=None).exists()

    assert not ask(amount=1_000_000, due_on=voted + timedelta(days=80))
    assert not ask(amount=1_030_000)
    assert ask(amount=1_040_000)  # within a fifth of the last report, beyond a fifth of what was voted
    services.change_decide(actor=cast.presidium, project=project, decision=_decision("congress"))
    assert (project.amount, project.voted_amount) == (1_040_000, None)
    assert not ask(amount=1_240_000)  # what the body has decided is what counts from then on
    assert ask(due_on=voted + timedelta(days=100))


def test_a_change_says_what_becomes_new(cast: Cast) -> None:
    project = make.underway(cast)
    who: Any = {"actor": cast.head_town, "project": project, "kind": "change", "cause": CAUSE}
    for news, name in (
        (News(), "new_due_on"),
        (News(place="村"), "new_place"),
        (News(goals="改"), "new_goals"),
    ):
        with pytest.raises(Invalid) as said:
            services.change_propose(**who, news=news)
        assert name in said.value.fields
    assert not project.changes.exists()


def test_a_good_test_closes_the_project(cast: Cast) -> None:
    project = make.done(cast)
    make.hold_test(project.round)
    services.test_take(actor=cast.presidium, row=project.round)
    project.refresh_from_db()
    assert project.state == "evaluated" and project.year_test.grade == "satisfied"
    with pytest.raises(Refused):
        services.test_take(actor=cast.presidium, row=project.round)


def test_a_bad_test_puts_it_on_the_list_until_all_is_right_and_checked(cast: Cast) -> None:
    project = make.done(cast)
    make.hold_test(project.round, satisfied=10)
    services.test_take(actor=cast.presidium, row=project.round)
    project.refresh_from_db()
    assert project.state == "rectifying"
    with pytest.raises(Refused):
        services.rectification_check(actor=cast.presidium, project=project)
    services.rectification_list(actor=cast.presidium, project=project, items=["补做护栏和排水沟", ""])
    with pytest.raises(Refused, match="1 项整改"):
        services.rectification_check(actor=cast.presidium, project=project)
    item = project.rectifications.get()
    services.rectification_report(
        actor=cast.clerk_town, project=project, item=item, told="护栏和排水沟都补做了。"
    )
    with pytest.raises(Denied):
        services.rectification_check(actor=cast.clerk_town, project=project)
    assert services.rectification_check(actor=cast.presidium, project=project).state == "evaluated"


def test_a_test_does_not_end_what_is_not_finished(cast: Cast) -> None:
    project = make.underway(cast)
    make.hold_test(project.round)
    services.test_take(actor=cast.presidium, row=project.round)
    project.refresh_from_db()
    assert project.state == "underway" and project.year_test.grade == "satisfied"
    with pytest.raises(Refused, match="没有不满意"):
        services.rectification_list(actor=cast.presidium, project=project, items=["补做护栏和排水沟"])
    services.visit_note(actor=cast.deputy_town, project=project, text="到现场看过，护栏还差两处。")
    for paid in (1, 2, 3):
        make.reported(cast, project, paid)
    assert services.project_complete(actor=cast.head_town, project=project).state == "evaluated"


def test_a_project_behind_its_days_stays_so_and_puts_right_what_the_test_found(cast: Cast) -> None:
    project = make.underway(cast)
    with clock.at(clock.now() + timedelta(days=80)):
        services.projects_tick()
        make.hold_test(project.round, satisfied=10)
        services.test_take(actor=cast.presidium, row=project.round)
        project.refresh_from_db()
        assert project.state == "behind"
        assert Notice.objects.filter(about_id=project.pk, subject__contains="测评不满意").exists()
        services.rectification_list(actor=cast.presidium, project=project, items=["补做护栏和排水沟"])
        item = project.rectifications.get()
        services.rectification_report(
            actor=cast.clerk_town, project=project, item=item, told="护栏和排水沟都补做了。"
        )
        for paid in (1, 2, 3):
            make.reported(cast, project, paid)
        services.project_complete(actor=cast.head_town, project=project)
        assert project.state == "rectifying"
        assert services.rectification_check(actor=cast.presidium, project=project).state == "evaluated"


def test_the_test_is_prepared_in_the_ballots_room(cast: Cast) -> None:
    project = make.done(cast)
    row = services.test_open(
        actor=cast.presidium, row=project.round, session="第二次人民代表大会会议", held_on=clock.today()
    )
    assert row.test_id
    with pytest.raises(Refused, match="监票人"):
        services.test_take(actor=cast.presidium, row=row)


def test_residents_grade_apart_once_a_browser_and_few_show_no_share(cast: Cast) -> None:
    project = make.done(cast)
    for voice in range(4):
        services.poll_answer(actor=RESIDENT, project=project, grade="satisfied", browser_token=f"v{voice}")
    assert not public.poll_of(project).is_enough
    for grade in ("dissatisfied", "basically_satisfied"):
        services.poll_answer(actor=RESIDENT, project=project, grade=grade, browser_token="v4")
    poll = public.poll_of(project)
    assert poll.count == 5 and [share for _, share in poll.shares] == [80, 20, 0]


def test_nobody_grades_what_is_not_finished(cast: Cast) -> None:
    project = make.underway(cast)
    with pytest.raises(Conflict):
        services.poll_answer(actor=RESIDENT, project=project, grade="satisfied", browser_token="v")


def test_the_figures_equal_the_lists(cast: Cast) -> None:
    make.announced(cast, places=2)
    make.announced(cast, CITY)
    for row in public.years():
        assert row.chosen == public.voted_list(row.year).count() == 3
        assert row.candidates == public.voted_list(row.year, chosen_only=False).count() == 5
        assert sum(one.chosen for one in public.bodies(row.year)) == row.chosen
        for one in public.bodies(row.year):
            assert one.chosen == public.voted_list(row.year, one.code).count()
    assert Project.objects.filter(state="not_chosen").count() == 2
