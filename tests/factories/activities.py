"""Gatherings and activities for tests, made by the services of those who would make them."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from lianxin.activities import services
from lianxin.activities.models import Activity, Gathering
from lianxin.activities.selectors import gathering_of_activity
from lianxin.common import clock
from lianxin.people.models import DeputyGroup
from lianxin.regions.loading import HOME6
from tests.factories.cast import GROUP, TOWN, Cast


def group(name: str = GROUP) -> DeputyGroup:
    """Return a group of the cast by its name."""
    return DeputyGroup.objects.select_related("leader").get(name=name)


def gathering(cast: Cast, *, of_group: bool = True, kind: str = "activity") -> Gathering:
    """Open a gathering that runs now, of the cast's group in town 113 or of the whole town."""
    here = group() if of_group else None
    return services.gathering_open(
        actor=cast.group_leader,
        kind=kind,
        source_id=uuid4(),
        title="小组学习",
        home6=HOME6,
        division_code=TOWN,
        opens_at=clock.now() - timedelta(minutes=30),
        closes_at=clock.now() + timedelta(hours=3),
        group=here,
        leader_account=cast.group_leader.id if here else None,
    )


def code_shown(cast: Cast, event: Gathering) -> str:
    """Return the code on the keeper's screen."""
    return services.code_now(actor=cast.keeper, event=event)[0]


def planned(*, days: int = 3, kind: str = "group_activity", title: str = "走访水毁道路") -> services.Planned:
    """Return what an activity in some days would be."""
    starts = clock.now() + timedelta(days=days)
    return services.Planned(
        kind=kind,
        title=title,
        place="李家庄村党群服务中心",
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        notice="请带笔记本。",
    )


def activity(cast: Cast, **more: int | str) -> Activity:
    """Return an activity that the cast's group leader has prepared."""
    return services.activity_plan(actor=cast.group_leader, group=group(), planned=planned(**more))  # type: ignore[arg-type] # days is the only number


def running(cast: Cast) -> Activity:
    """Return an activity at which people may sign in now."""
    row = services.activity_notify(actor=cast.group_leader, activity=activity(cast, days=1))
    with clock.at(row.starts_at):
        return services.activity_begin(actor=cast.group_leader, activity=row)


def ended(cast: Cast, *who: str) -> Activity:
    """Return an activity that is over, with those who were there from beginning to end."""
    row = running(cast)
    event = gathering_of_activity(row)
    assert event
    with clock.at(row.starts_at):
        for name in who or ("deputy_town",):
            services.presence_tick(actor=cast.group_leader, event=event, deputy=cast.deputy_row(name))
    with clock.at(row.ends_at):
        return services.activity_end(actor=cast.group_leader, activity=row)
