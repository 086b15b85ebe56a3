"""实施方案: versions that lock, tasks that are reported on, reminders; each rule with its refused twin."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from lianxin.common import clock
from lianxin.common.errors import Conflict, Denied, Invalid, NotFound, Refused
from lianxin.notifications.models import Notice, Outbox
from lianxin.plans import selectors, services
from lianxin.plans.content import content_of
from lianxin.plans.models import Plan, PlanTask, PlanVersion, ProgressReport
from lianxin.plans.permissions import tasks_visible_to
from lianxin.plans.services.drafting import _kept, version_in_writing
from tests.factories import plans as make
from tests.factories.cast import CITY, OTHER_TOWN, TOWN, Cast

pytestmark = pytest.mark.django_db


def test_tasks_come_into_force_when_the_plan_is_approved(cast: Cast) -> None:
    plan = make.drafted(cast)
    assert not plan.tasks.exists()
    services.plan_submit(actor=cast.office, plan=plan)
    services.plan_approve(actor=cast.leader, plan=plan)
    assert plan.tasks.count() == 4
    version = plan.versions.get()
    assert version.issued_on == clock.today() and version.approved_by and version.sha256
    told = set(Notice.objects.filter(subject__contains="任务有变化").values_list("recipient_key", flat=True))
    assert told == {f"presidium@{TOWN}", f"presidium@{OTHER_TOWN}", "transport", "power"}


def test_an_incomplete_plan_is_not_sent_for_approval(cast: Cast) -> None:
    plan = services.plan_open(actor=cast.office, place=CITY, title="一份空的实施方案")
    with pytest.raises(Refused, match="还没有写目标"):
        services.plan_submit(actor=cast.office, plan=plan)


def test_the_office_does_not_approve_its_own_plan(cast: Cast) -> None:
    plan = make.drafted(cast)
    services.plan_submit(actor=cast.office, plan=plan)
    with pytest.raises(Denied):
        services.plan_approve(actor=cast.office, plan=plan)
    services.plan_return(actor=cast.leader, plan=plan, note="请补充村级任务")
    assert plan.state == "draft"


def test_an_issued_version_is_locked(cast: Cast) -> None:
    plan = make.issued(cast)
    with pytest.raises(Conflict):
        services.line_add(actor=cast.office, plan=plan, task=make.words())
    with pytest.raises(IntegrityError), transaction.atomic():
        for number in (2, 3):
            PlanVersion.objects.create(home6=plan.home6, division_code=CITY, plan=plan, number=number)


def test_a_change_is_a_new_version_and_the_old_one_stays(cast: Cast) -> None:
    plan = make.issued(cast)
    old = make.task(plan, "transport")
    services.plan_amend(actor=cast.office, plan=plan, note="市委要求提前完成")
    services.line_change(
        actor=cast.office,
        plan=plan,
        number=old.number,
        task=make.words("改造站前道路和停车位", "transport", 20),
    )
    services.line_remove(actor=cast.office, plan=plan, number=make.task(plan, "power").number)
    services.line_add(actor=cast.office, plan=plan, task=make.words("新建两个村级联络点", TOWN))
    old.refresh_from_db()
    assert old.text == "改造联络站门前道路", "the version in force stands while the next is written"
    services.plan_submit(actor=cast.office, plan=plan)
    services.plan_approve(actor=cast.leader, plan=plan)
    old.refresh_from_db()
    assert (old.text, old.due_on) == ("改造站前道路和停车位", make.day(20))
    assert make.task(plan, "power").state == "cancelled"
    assert make.task(plan, "power").events.get().act == "removed"
    assert [one.number for one in plan.versions.all()] == [2, 1]
    assert len(content_of(plan.versions.get(number=1).content).lines) == 4


def test_a_number_that_was_cancelled_never_comes_back(cast: Cast) -> None:
    plan = make.issued(cast)
    last = plan.tasks.latest("number")
    services.plan_amend(actor=cast.office, plan=plan, note="这项任务不做了")
    services.line_remove(actor=cast.office, plan=plan, number=last.number)
    version = services.line_add(actor=cast.office, plan=plan, task=make.words("替换的新任务"))
    assert content_of(version.content).lines[-1].number == last.number + 1


def test_a_change_that_changes_nothing_is_not_sent(cast: Cast) -> None:
    plan = make.issued(cast)
    services.plan_amend(actor=cast.office, plan=plan, note="看看要不要改")
    with pytest.raises(Refused, match="和上一版一样"):
        services.plan_submit(actor=cast.office, plan=plan)
    services.plan_drop_change(actor=cast.office, plan=plan)
    assert plan.state == "issued" and plan.versions.count() == 1


def test_two_who_write_at_once_do_not_overwrite_each_other(cast: Cast) -> None:
    plan = make.drafted(cast)
    version = version_in_writing(plan)
    stale = content_of(version.content)
    services.goal_add(actor=cast.office, plan=plan, text="办好民生实事")
    with pytest.raises(Conflict, match="刚刚有人改过"):
        _kept(cast.office, plan, version, stale, stale.with_goal("另一个目标"))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": "短"}, "text"),
        ({"owner": "nobody"}, "owner"),
        ({"goal": 9}, "goal"),
        ({"days": -1}, "due_on"),
    ],
)
def test_a_task_without_owner_day_or_goal_is_refused(
    cast: Cast, change: dict[str, object], field: str
) -> None:
    plan = make.drafted(cast)
    with pytest.raises(Invalid) as refusal:
        services.line_add(actor=cast.office, plan=plan, task=make.words(**change))  # type: ignore[arg-type] # one of them is wrong
    assert set(refusal.value.fields) == {field}


def test_the_percentage_is_that_of_the_last_accepted_report(cast: Cast) -> None:
    row = make.task(make.issued(cast))
    make.reported(cast, row, 40)
    row.refresh_from_db()
    assert row.percent == 0
    services.report_accept(actor=cast.office, task=row)
    row.refresh_from_db()
    assert (row.percent, row.stands(clock.today()).value) == (40, "on_time")
    make.reported(cast, row, 80)
    services.report_return(actor=cast.office, task=row, note="名单缺两个村，请补")
    row.refresh_from_db()
    assert row.percent == 40
    assert [one.state for one in row.reports.all()] == ["returned", "accepted"]


def test_one_report_waits_at_a_time(cast: Cast) -> None:
    row = make.reported(cast, make.task(make.issued(cast)))
    with pytest.raises(Refused, match="等人大审"):
        make.reported(cast, row, 60)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgressReport.objects.create(
            home6=row.home6, division_code=CITY, task=row, number=9, percent=9, words="再报一次",
            by_name="x", on=clock.today(),
        )  # fmt: skip


def test_whole_is_done_and_done_is_whole(cast: Cast) -> None:
    row = make.reported(cast, make.task(make.issued(cast)), 100)
    services.report_accept(actor=cast.leader, task=row)
    row.refresh_from_db()
    assert (row.state, row.done_on, row.stands(clock.today()).value) == ("done", clock.today(), "done")
    with pytest.raises(Conflict):
        make.reported(cast, row, 100)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanTask.objects.filter(pk=row.pk).update(percent=50)


def test_a_lower_percentage_needs_a_word(cast: Cast) -> None:
    row = make.reported(cast, make.task(make.issued(cast)), 60)
    services.report_accept(actor=cast.office, task=row)
    with pytest.raises(Invalid) as refusal:
        services.progress_report(actor=cast.presidium, task=row, percent=30, words_of="减少了些")
    assert "60%" in refusal.value.fields["percent"]
    assert row.reports.count() == 1


def test_nobody_accepts_his_own_report(cast: Cast) -> None:
    plan = make.drafted(cast)
    services.line_add(actor=cast.office, plan=plan, task=make.words("印发工作手册", CITY))
    services.plan_submit(actor=cast.office, plan=plan)
    services.plan_approve(actor=cast.leader, plan=plan)
    row = make.reported(cast, make.task(plan, CITY), 50, who="office")
    with pytest.raises(Refused, match="自己报的"):
        services.report_accept(actor=cast.office, task=row)
    services.report_accept(actor=cast.office_second, task=row)
    assert row.percent == 50


def test_units_and_towns_see_and_report_their_own_tasks_only(cast: Cast) -> None:
    plan = make.issued(cast)
    for who, owner in (("presidium", TOWN), ("clerk", "transport"), ("head_power", "power")):
        assert {one.owner for one in tasks_visible_to(getattr(cast, who))} == {owner}
    other = make.task(plan, "power")
    for who in ("presidium", "clerk", "leader", "office"):
        with pytest.raises(Denied):
            make.reported(cast, other, who=who)
    with pytest.raises(NotFound):
        selectors.task_for(cast.clerk, other.pk)
    assert not tasks_visible_to(cast.deputy_city).exists()


def test_a_report_sent_twice_is_one(cast: Cast) -> None:
    row = make.task(make.issued(cast))
    for _ in range(2):
        services.progress_report(
            actor=cast.presidium, task=row, percent=10, words_of="已经开始登记", request_id="a-report"
        )
    assert row.reports.count() == 1


def test_a_proof_is_kept_and_what_is_no_picture_is_refused(cast: Cast) -> None:
    row = make.task(make.issued(cast))
    with pytest.raises(Invalid):
        services.progress_report(
            actor=cast.presidium, task=row, percent=10, words_of="已经开始登记", proof=b"no picture"
        )
    done = services.progress_report(
        actor=cast.presidium, task=row, percent=10, words_of="已经开始登记", proof=make.PDF
    )
    assert done.proof and selectors.file_of("plan_task", row.pk, done.proof).mime == "application/pdf"
    with pytest.raises(NotFound):
        selectors.file_of("plan_task", make.task(row.plan, "power").pk, done.proof)


def test_parking_resuming_and_cancelling_need_a_reason(cast: Cast) -> None:
    row = make.task(make.issued(cast))
    with pytest.raises(Invalid):
        services.task_park(actor=cast.office, task=row, act="park", note="")
    services.task_park(actor=cast.office, task=row, act="park", note="等省里的标准")
    with pytest.raises(Conflict):
        make.reported(cast, row)
    services.task_park(actor=cast.office, task=row, act="resume", note="标准已经下发")
    services.task_park(actor=cast.office, task=row, act="cancel", note="并入另一项任务")
    assert [one.act for one in row.events.all()] == ["park", "resume", "cancel"]
    with pytest.raises(Denied):
        services.task_park(actor=cast.presidium, task=row, act="resume", note="我们想接着做")


def test_a_plan_ends_when_nothing_is_open(cast: Cast) -> None:
    plan = make.issued(cast)
    with pytest.raises(Refused, match="4 项"):
        services.plan_close(actor=cast.office, plan=plan)
    for row in plan.tasks.all():
        services.task_park(actor=cast.office, task=row, act="cancel", note="方案提前结束")
    services.plan_close(actor=cast.office, plan=plan)
    assert plan.state == "closed"


def test_reminders_go_out_seven_days_and_one_day_ahead_and_when_late_each_once(cast: Cast) -> None:
    row = make.task(make.issued(cast))
    told = Notice.objects.filter(recipient_key=f"presidium@{TOWN}", about_id=row.pk)
    for left, count in ((8, 0), (7, 1), (6, 1), (1, 2), (0, 2), (-1, 3), (-2, 3)):
        services.plans_tick(row.due_on - make.timedelta(days=left))
        assert told.count() == count, left
    assert Outbox.objects.filter(about_id=row.pk, recipient_key=f"presidium@{TOWN}").count() == 3
    assert Notice.objects.filter(recipient_key=f"office@{CITY}", about_id=row.pk).count() == 1


def test_what_is_parked_or_done_reminds_nobody(cast: Cast) -> None:
    row = make.task(make.issued(cast))
    services.task_park(actor=cast.office, task=row, act="park", note="等省里的标准")
    services.plans_tick(row.due_on + make.timedelta(days=1))
    assert not Notice.objects.filter(about_id=row.pk, subject__contains="逾期").exists()


def test_figures_are_counted_from_the_lines_shown(cast: Cast) -> None:
    plan = make.issued(cast)
    row = make.reported(cast, make.task(plan), 100)
    services.report_accept(actor=cast.office, task=row)
    services.task_park(actor=cast.office, task=make.task(plan, "power"), act="cancel", note="不再需要了")
    said = selectors.plan_figures(selectors.task_lines(plan.tasks.all()))
    assert (said.total, said.done, said.late, said.percent) == (3, 1, 0, 33)
    assert selectors.plans_page(cast.office) == [(Plan.objects.get(pk=plan.pk), 3, 1)]
