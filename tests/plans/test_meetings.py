"""推进工作会: receipts, signing in once, minutes in versions, decisions that become tasks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from lianxin.common import clock
from lianxin.common.errors import Conflict, Denied, Invalid, Refused
from lianxin.notifications.models import Notice
from lianxin.plans import selectors, services
from lianxin.plans.letters import minutes_pdf, plan_pdf
from lianxin.plans.models import MeetingDecision, MeetingSeat
from lianxin.plans.permissions import meetings_visible_to
from tests.factories import plans as make
from tests.factories.cast import CITY, TOWN, Cast

pytestmark = pytest.mark.django_db


def test_the_notice_goes_to_those_who_are_asked_and_to_nobody_else(cast: Cast) -> None:
    row = make.meeting(cast, make.issued(cast), noticed=False)
    assert not meetings_visible_to(cast.presidium).exists()
    services.meeting_notify(actor=cast.office, meeting=row)
    for who in (cast.presidium, cast.clerk):
        assert meetings_visible_to(who).get() == row
    for who in (cast.presidium_other, cast.clerk_power, cast.deputy_city):
        assert not meetings_visible_to(who).exists()
    told = set(Notice.objects.filter(subject__contains="会议通知").values_list("recipient_key", flat=True))
    assert told == {f"presidium@{TOWN}", "transport"}


def test_a_receipt_says_who_comes_or_why_not_and_who_instead(cast: Cast) -> None:
    row = make.meeting(cast, make.issued(cast))
    with pytest.raises(Invalid) as refusal:
        services.meeting_reply(actor=cast.presidium, meeting=row, answer="leave", who="")
    assert set(refusal.value.fields) == {"who", "why"}
    services.meeting_reply(
        actor=cast.presidium, meeting=row, answer="leave", who="李副主席", why="去省里培训"
    )
    services.meeting_reply(actor=cast.head, meeting=row, answer="coming", who="周局长")
    came = selectors.came_to(row)
    assert (came.asked, came.coming, came.leave, came.silent) == (2, 1, 1, 0)
    assert Notice.objects.filter(recipient_key=f"office@{CITY}", subject__contains="请假").exists()


def test_who_was_not_asked_neither_answers_nor_signs(cast: Cast) -> None:
    row = make.meeting(cast, make.issued(cast))
    for who in (cast.presidium_other, cast.clerk_power):
        with pytest.raises(Denied):
            services.meeting_reply(actor=who, meeting=row, answer="coming", who="张三丰")
        with pytest.raises(Denied):
            services.meeting_sign_in(actor=who, meeting=row, name="张三丰")


def test_signing_in_is_once_and_on_the_day(cast: Cast) -> None:
    row = make.meeting(cast, make.issued(cast))
    services.meeting_sign_in(actor=cast.presidium, meeting=row, name="陈主席")
    with pytest.raises(Conflict, match="已经签到"):
        services.meeting_sign_in(actor=cast.presidium, meeting=row, name="陈主席")
    assert selectors.came_to(row).present == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        MeetingSeat.objects.filter(meeting=row, owner=TOWN).update(signed_name="")
    later = make.meeting(cast, row.plan, hours=72)
    with pytest.raises(Refused, match="开会那天"):
        services.meeting_sign_in(actor=cast.presidium, meeting=later, name="陈主席")


def test_the_office_enters_a_signature_from_paper(cast: Cast) -> None:
    row = make.meeting(cast, make.issued(cast))
    services.meeting_mark_present(actor=cast.office, meeting=row, owner="transport", name="周局长")
    with pytest.raises(Conflict):
        services.meeting_sign_in(actor=cast.clerk, meeting=row, name="孙经办")
    with pytest.raises(Denied):
        services.meeting_mark_present(actor=cast.presidium, meeting=row, owner=TOWN, name="陈主席")


def test_minutes_are_versions_and_signed_by_the_leader(cast: Cast) -> None:
    row = make.meeting(cast, make.issued(cast))
    services.minutes_write(actor=cast.office, meeting=row, text="会议听取了各镇的进度。")
    services.minutes_write(actor=cast.office, meeting=row, text="会议听取了各镇的进度，提出要求。")
    assert [one.version for one in row.minutes.all()] == [2, 1]
    with pytest.raises(Refused, match="签到"):
        services.minutes_confirm(actor=cast.leader, meeting=row)
    services.meeting_mark_present(actor=cast.office, meeting=row, owner=TOWN, name="陈主席")
    with pytest.raises(Denied):
        services.minutes_confirm(actor=cast.office, meeting=row)
    services.minutes_confirm(actor=cast.leader, meeting=row)
    with pytest.raises(Conflict):
        services.minutes_write(actor=cast.office, meeting=row, text="签发以后再改的纪要。")


def test_minutes_wait_for_the_meeting(cast: Cast) -> None:
    row = make.meeting(cast, make.issued(cast), hours=72)
    with pytest.raises(Refused, match="还没有开"):
        services.minutes_write(actor=cast.office, meeting=row, text="会议听取了各镇的进度。")


def test_decisions_become_tasks_in_one_press_linked_both_ways(cast: Cast) -> None:
    plan = make.issued(cast)
    row = make.decided(cast, plan)
    services.decisions_to_tasks(actor=cast.office, meeting=row)
    made = list(row.decisions.select_related("task"))
    assert [(one.task.text, one.task.owner) for one in made if one.task] == [
        ("补齐编组名单", TOWN),
        ("联络站挂牌", "transport"),
    ]
    assert all(one.task and one.task.decision == one for one in made)
    assert plan.versions.first().approved_by == cast.leader.name, "who signed the minutes has approved it"
    assert plan.versions.count() == 2 and plan.versions.first().why.endswith("议定事项")
    with pytest.raises(Conflict):
        services.decisions_to_tasks(actor=cast.office, meeting=row)
    assert plan.tasks.count() == 6


def test_decisions_wait_while_the_plan_is_being_changed(cast: Cast) -> None:
    plan = make.issued(cast)
    row = make.decided(cast, plan)
    services.plan_amend(actor=cast.office, plan=plan, note="另有一处要改")
    row.plan.refresh_from_db()
    with pytest.raises(Conflict):
        services.decisions_to_tasks(actor=cast.office, meeting=row)
    row.refresh_from_db()
    assert row.state == "confirmed" and not MeetingDecision.objects.exclude(task=None).exists()


def test_without_decisions_there_is_nothing_to_bring_in(cast: Cast) -> None:
    row = make.meeting(cast, make.issued(cast))
    services.meeting_sign_in(actor=cast.presidium, meeting=row, name="陈主席")
    services.minutes_write(actor=cast.office, meeting=row, text="会议只通报了情况，没有议定事项。")
    services.minutes_confirm(actor=cast.leader, meeting=row)
    with pytest.raises(Refused, match="没有议定事项"):
        services.decisions_to_tasks(actor=cast.office, meeting=row)


def test_a_decision_without_owner_says_which_one(cast: Cast) -> None:
    row = make.meeting(cast, make.issued(cast))
    with pytest.raises(Invalid) as refusal:
        services.minutes_write(
            actor=cast.office, meeting=row, text="会议听取了各镇的进度。",
            decisions=[make.words(), make.words(owner="nobody")],
        )  # fmt: skip
    assert refusal.value.fields["decisions"].startswith("第 2 项")


def test_a_meeting_called_off_tells_those_who_were_asked(cast: Cast) -> None:
    row = make.meeting(cast, make.issued(cast))
    services.meeting_cancel(actor=cast.office, meeting=row, note="与市委会议冲突")
    assert Notice.objects.filter(subject__contains="会议取消").count() == 2
    with pytest.raises(Conflict):
        services.meeting_reply(actor=cast.presidium, meeting=row, answer="coming", who="陈主席")


def test_a_meeting_needs_somebody_and_a_day_ahead(cast: Cast) -> None:
    plan = make.issued(cast)
    called = services.Called("推进工作会", clock.now() - timedelta(days=2), "市人大", "一、通报进度")
    with pytest.raises(Invalid) as refusal:
        services.meeting_plan(actor=cast.office, plan=plan, called=called, owners=[])
    assert set(refusal.value.fields) == {"day", "owners"}
    with pytest.raises(Denied):
        services.meeting_plan(actor=cast.presidium, plan=plan, called=called, owners=[TOWN])


def test_papers_are_drawn_from_the_rows(cast: Cast) -> None:
    plan = make.issued(cast)
    row = make.decided(cast, plan)
    drawn = minutes_pdf(row, row.minutes.latest("version"), list(row.decisions.all()), selectors.came_to(row))
    assert drawn.startswith(b"%PDF")
    assert plan_pdf(plan.versions.select_related("plan").get()).startswith(b"%PDF")
