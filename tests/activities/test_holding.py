"""An activity from preparing to minutes; attendance becomes a record of duty once."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from lianxin.activities import services
from lianxin.activities.actions import BOOK
from lianxin.activities.models import Activity, ActivityEvent, Presence
from lianxin.activities.permissions import may, visible_to
from lianxin.activities.selectors import gathering_of_activity
from lianxin.activities.services.attendance import attendance_post
from lianxin.activities.workflow import ACTIVITY
from lianxin.common import clock
from lianxin.common.actor import RESIDENT
from lianxin.common.errors import Conflict, Denied, Invalid, LianxinError, Refused
from lianxin.duties.models import DutyRecord
from lianxin.notifications.models import Notice
from tests.factories import activities as make
from tests.factories.cast import OTHER_TOWN, TOWN, Cast

pytestmark = pytest.mark.django_db


def test_the_whole_way_leaves_a_history_and_duties(cast: Cast) -> None:
    row = make.ended(cast, "deputy_town", "deputy_city")
    done = services.minutes_write(
        actor=cast.group_leader, activity=row, minutes="看了三处水毁路段，请李代表联系交通局。"
    )
    assert done.state == "done"
    acts = ActivityEvent.objects.filter(activity=row).values_list("act", flat=True)
    assert sorted(acts) == sorted(["plan", "notify", "begin", "end", "write_minutes"])
    duties = DutyRecord.objects.filter(source_room="activities")
    assert {one.deputy.name for one in duties} == {"测试deputy_town", "测试deputy_city"}
    assert {(one.kind.slug, one.hours) for one in duties} == {("group_activity", 2.0)}


def test_attendance_posted_again_doubles_nothing(cast: Cast) -> None:
    row = make.ended(cast)
    event = gathering_of_activity(row)
    assert event
    attendance_post(actor=cast.group_leader, activity=row, gathering=event)
    assert DutyRecord.objects.filter(source_room="activities").count() == 1


def test_who_came_twice_has_one_duty_with_all_hours(cast: Cast) -> None:
    row, deputy = make.running(cast), cast.deputy_row("deputy_town")
    event = gathering_of_activity(row)
    assert event
    for start in (0, 60):
        with clock.at(row.starts_at + timedelta(minutes=start)):
            services.presence_tick(actor=cast.keeper, event=event, deputy=deputy)
        with clock.at(row.starts_at + timedelta(minutes=start + 30)):
            services.presence_sign_out(actor=cast.keeper, event=event, deputy=deputy)
    with clock.at(row.ends_at):
        services.activity_end(actor=cast.keeper, activity=row)
    assert DutyRecord.objects.get(source_room="activities").hours == 1.0


def test_learning_counts_as_training(cast: Cast) -> None:
    row = make.activity(cast, kind="learning", days=1)
    services.activity_notify(actor=cast.group_leader, activity=row)
    with clock.at(row.starts_at):
        services.activity_begin(actor=cast.group_leader, activity=row)
        event = gathering_of_activity(row)
        assert event
        code = make.code_shown(cast, event)
        services.presence_sign_in(actor=cast.deputy_town, event=event, code=code)
    with clock.at(row.ends_at):
        services.activity_end(actor=cast.group_leader, activity=row)
    assert DutyRecord.objects.get(source_room="activities").kind.slug == "training"


def test_members_are_told_when_where_and_of_a_change(cast: Cast) -> None:
    row = services.activity_notify(actor=cast.group_leader, activity=make.activity(cast))
    told = Notice.objects.filter(about_id=row.pk, recipient_key=str(cast.deputy_town.id))
    assert row.place in told[0].text
    services.activity_change(
        actor=cast.group_leader,
        activity=row,
        place="镇政府三楼",
        starts_at=row.starts_at + timedelta(days=1),
        ends_at=row.ends_at + timedelta(days=1),
    )
    assert told.count() == 2
    assert not Notice.objects.filter(about_id=row.pk, recipient_key=str(cast.deputy_other.id)).exists()


def test_a_cancelled_activity_says_why(cast: Cast) -> None:
    row = services.activity_notify(actor=cast.group_leader, activity=make.activity(cast))
    with pytest.raises(Invalid):
        services.activity_cancel(actor=cast.group_leader, activity=row, reason=" ")
    services.activity_cancel(actor=cast.group_leader, activity=row, reason="暴雨预警，改期")
    assert Notice.objects.filter(about_id=row.pk, text="暴雨预警，改期").exists()


def test_signing_in_does_not_begin_the_day_before(cast: Cast) -> None:
    row = services.activity_notify(actor=cast.group_leader, activity=make.activity(cast))
    with pytest.raises(Refused, match="一小时"):
        services.activity_begin(actor=cast.group_leader, activity=row)


def test_nobody_came_is_not_an_activity(cast: Cast) -> None:
    row = make.running(cast)
    with pytest.raises(Refused, match="还没有人签到"):
        services.activity_end(actor=cast.group_leader, activity=row)
    assert (
        services.activity_cancel(actor=cast.group_leader, activity=row, reason="没有人来").state
        == "cancelled"
    )


def test_a_notice_for_yesterday_is_refused(cast: Cast) -> None:
    row = make.activity(cast, days=-1)
    with pytest.raises(Refused, match="改时间"):
        services.activity_notify(actor=cast.group_leader, activity=row)


def test_minutes_once_and_only_after_the_end(cast: Cast) -> None:
    row = make.activity(cast)
    words = "大家看了现场，定了三条。"
    with pytest.raises(Conflict):
        services.minutes_write(actor=cast.group_leader, activity=row, minutes=words)
    done = make.ended(cast)
    with pytest.raises(Invalid, match="纪要"):
        services.minutes_write(actor=cast.group_leader, activity=done, minutes="好")
    services.minutes_write(actor=cast.group_leader, activity=done, minutes=words)
    with pytest.raises(Conflict):
        services.minutes_write(actor=cast.group_leader, activity=done, minutes=words)


def test_the_end_lets_everybody_out(cast: Cast) -> None:
    row = make.ended(cast, "deputy_town", "group_leader")
    assert not Presence.objects.filter(gathering__source_id=row.pk, left_at=None).exists()


@pytest.mark.parametrize(
    "who", ["deputy_town", "deputy_other", "keeper_other", "presidium_other", "leader", "clerk"]
)
def test_others_hold_no_activity_of_the_group(cast: Cast, who: str) -> None:
    actor = getattr(cast, who)
    with pytest.raises(Denied):
        services.activity_plan(actor=actor, group=make.group(), planned=make.planned())
    row = make.activity(cast)
    with pytest.raises(Denied):
        services.activity_notify(actor=actor, activity=row)


def test_a_common_activity_is_for_the_staff_of_the_place(cast: Cast) -> None:
    made = services.activity_plan(
        actor=cast.presidium, group=None, planned=make.planned(kind="training"), place_code=TOWN
    )
    assert visible_to(cast.deputy_town_2).filter(pk=made.pk).exists()
    assert not visible_to(cast.deputy_other).filter(pk=made.pk).exists()
    for who in ("group_leader", "presidium_other"):
        with pytest.raises(Denied):
            services.activity_plan(
                actor=getattr(cast, who), group=None, planned=make.planned(), place_code=TOWN
            )


def test_what_cannot_be_held_is_refused_field_by_field(cast: Cast) -> None:
    good = make.planned()
    bad = services.Planned("dancing", "一", " ", good.ends_at, good.starts_at)
    with pytest.raises(Invalid) as caught:
        services.activity_plan(actor=cast.group_leader, group=make.group(), planned=bad)
    assert set(caught.value.fields) == {"kind", "title", "place", "ends_at"}


def test_the_same_request_makes_one_activity(cast: Cast) -> None:
    key = uuid4().hex
    for _ in range(2):
        services.activity_plan(
            actor=cast.group_leader, group=make.group(), planned=make.planned(), request_id=key
        )
    assert Activity.objects.count() == 1


def test_minutes_overdue_are_asked_for_once(cast: Cast) -> None:
    row = make.ended(cast)
    with clock.at(row.ends_at + timedelta(days=5)):
        assert services.minutes_remind() == 0
    for _ in range(2):
        with clock.at(row.ends_at + timedelta(days=9)):
            assert services.minutes_remind() == 1
    assert Notice.objects.filter(dedupe__startswith=f"minutes:{row.pk}").count() == 1


def test_every_act_is_bound_and_open_only_to_its_roles(cast: Cast) -> None:
    assert BOOK.unbound() == set()
    rows = [make.activity(cast), make.running(cast), make.ended(cast)]
    rows.append(
        services.activity_plan(
            actor=cast.presidium_other, group=None, planned=make.planned(), place_code=OTHER_TOWN
        )
    )
    open_somewhere = set()
    for actor in (RESIDENT, *(getattr(cast, name) for name in cast.names)):
        listed = set(visible_to(actor).values_list("pk", flat=True))
        assert {row.pk for row in rows if may(actor, "view", row)} == listed, actor.name
        for row in rows:
            for act in ACTIVITY.acts.values():
                if may(actor, act.name, row):
                    open_somewhere.add(act.name)
                    assert actor.has(*act.by), (actor.name, act.name)
    assert open_somewhere == set(ACTIVITY.acts)


def test_a_bulk_register_follows_the_rules_of_the_single_acts(cast: Cast) -> None:
    good = make.planned(days=-9)
    deputy = cast.deputy_row("deputy_town")
    came = [(deputy, good.starts_at, good.ends_at, True)]
    held = services.Held(make.group(), good, "看了现场，定了三条。", came)
    rows = services.activities_register(actor=cast.group_leader, rows=[held])
    assert [(row.state, row.events.count()) for row in rows] == [("done", 5)]
    assert DutyRecord.objects.get(source_room="activities").deputy == deputy
    for actor, wrong in (
        (cast.deputy_other, held),
        (cast.group_leader, services.Held(make.group(), make.planned(), "还没有办。", came)),
        (cast.group_leader, services.Held(make.group(), good, "没有人来。", [])),
    ):
        with pytest.raises(LianxinError):
            services.activities_register(actor=actor, rows=[wrong])
