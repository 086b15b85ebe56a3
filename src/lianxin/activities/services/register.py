"""Registering past plans and activities in bulk (imports, the demo city), by the rules of the single acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from lianxin.activities.models import (
    Activity,
    ActivityEvent,
    Gathering,
    GroupPlan,
    LeaderTerm,
    PlanItem,
    Presence,
    Way,
)
from lianxin.activities.permissions import may_host
from lianxin.activities.services.attendance import DUTIES
from lianxin.activities.services.holding import EARLY, LATE, Planned, check
from lianxin.activities.services.step import GATHERING
from lianxin.activities.workflow import State
from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Denied, Invalid
from lianxin.duties.services.posting import NewDuty, duties_register
from lianxin.people.models import Deputy, DeputyGroup

BATCH = 500


@dataclass(frozen=True)
class Held:
    """A past activity: of which group, what, its minutes, who came and when."""

    group: DeputyGroup
    planned: Planned
    minutes: str
    came: Sequence[tuple[Deputy, datetime, datetime, bool]]
    item: PlanItem | None = None


@dataclass(frozen=True)
class NewItem:
    """A line of a group's plan."""

    group: DeputyGroup
    year: int
    month: int
    kind: str
    title: str
    person: Deputy | None = None


def activities_register(*, actor: Actor, rows: Sequence[Held]) -> list[Activity]:
    """Register activities that are over, with presence and minutes; attendance goes to the duties."""
    for row in rows:
        if not may_host(actor, row.group):
            raise Denied("小组活动由组长、本地联络员或主席团组织。")
        check(row.planned)
        if not row.came or row.planned.ends_at > clock.now():
            raise Invalid("补录的活动要已经结束，并且有人到场。")
    made = [_activity(actor, row) for row in rows]
    Activity.objects.bulk_create(made, batch_size=BATCH)
    events = [one for activity in made for one in _history(actor, activity)]
    ActivityEvent.objects.bulk_create(events, batch_size=BATCH)
    _presences(actor, rows, made)
    if made:
        home6 = made[0].home6
        record(
            actor=actor,
            tag="activities.register",
            kind="activity",
            target=home6,
            home6=home6,
            facts={"count": len(made)},
        )
    return made


def _activity(actor: Actor, row: Held) -> Activity:
    return Activity(
        home6=row.group.home6,
        division_code=row.group.division_code,
        group=row.group,
        plan_item=row.item,
        organiser_id=actor.id,
        minutes=row.minutes,
        state=State.DONE,
        finished_on=clock.local_date(row.planned.ends_at),
        **vars(row.planned),
    )


def _history(actor: Actor, row: Activity) -> list[ActivityEvent]:
    path = (
        ("plan", "", State.PLANNED, row.starts_at - timedelta(days=6)),
        ("notify", State.PLANNED, State.NOTIFIED, row.starts_at - timedelta(days=5)),
        ("begin", State.NOTIFIED, State.RUNNING, row.starts_at - timedelta(minutes=20)),
        ("end", State.RUNNING, State.MINUTES_DUE, row.ends_at),
        ("write_minutes", State.MINUTES_DUE, State.DONE, row.ends_at + timedelta(hours=3)),
    )
    return [
        ActivityEvent(
            activity=row,
            at=at,
            actor_id=actor.id,
            actor_name=actor.name,
            act=act,
            from_state=old,
            to_state=new,
        )
        for act, old, new, at in path
    ]


def _presences(actor: Actor, rows: Sequence[Held], made: Sequence[Activity]) -> None:
    gatherings = [_gathering(activity) for activity in made]
    Gathering.objects.bulk_create(gatherings, batch_size=BATCH)
    there = [
        (
            activity,
            Presence(
                gathering=gathering,
                deputy=deputy,
                came_at=came,
                left_at=left,
                way=Way.CODE if scanned else Way.TICK,
                noted_by=deputy.account_id if scanned else actor.id,
            ),
        )
        for row, activity, gathering in zip(rows, made, gatherings, strict=True)
        for deputy, came, left, scanned in row.came
    ]
    Presence.objects.bulk_create([one for _, one in there], batch_size=BATCH)
    duties_register(
        actor=actor,
        rows=[_duty(activity, presence) for activity, presence in there if activity.kind in DUTIES],
    )


def _gathering(activity: Activity) -> Gathering:
    leader = activity.group.leader if activity.group else None
    return Gathering(
        kind=GATHERING,
        source_id=activity.pk,
        title=activity.title,
        home6=activity.home6,
        division_code=activity.division_code,
        group=activity.group,
        leader_account=leader.account_id if leader else None,
        opens_at=activity.starts_at - EARLY,
        closes_at=activity.ends_at + LATE,
    )


def _duty(activity: Activity, presence: Presence) -> NewDuty:
    left = presence.left_at or presence.came_at
    return NewDuty(
        deputy_id=presence.deputy_id,
        kind=DUTIES[activity.kind],
        on=clock.local_date(presence.came_at),
        home6=activity.home6,
        division_code=activity.division_code,
        title=activity.title,
        values={"activity": str(activity.pk)},
        hours=round((left - presence.came_at).total_seconds() / 1800) / 2,
        source_room="activities",
        source_id=str(presence.pk),
        at=left,
    )


def plans_register(*, actor: Actor, items: Sequence[NewItem]) -> list[PlanItem]:
    """Register the plans of many groups for a year, each with its lines."""
    made: list[PlanItem] = []
    plans = []
    for (group, year), lines in groupby(items, key=lambda one: (one.group, one.year)):
        if not may_host(actor, group):
            raise Denied("年度计划由组长、本地联络员或主席团来排。")
        plan = GroupPlan(
            group=group,
            year=year,
            home6=group.home6,
            division_code=group.division_code,
            made_by=actor.id,
        )
        plans.append(plan)
        made += [
            PlanItem(plan=plan, month=one.month, kind=one.kind, title=one.title, person=one.person)
            for one in lines
        ]
    GroupPlan.objects.bulk_create(plans, batch_size=BATCH)
    PlanItem.objects.bulk_create(made, batch_size=BATCH)
    if plans:
        record(
            actor=actor,
            tag="activities.plans_register",
            kind="group_plan",
            target=plans[0].home6,
            home6=plans[0].home6,
            facts={"count": len(plans)},
        )
    return made


def leaders_register(*, actor: Actor, groups: Sequence[DeputyGroup], since: datetime) -> int:
    """Write down since when the present leaders lead; a group without a leader is refused."""
    if any(group.leader is None for group in groups):
        raise Invalid("有小组还没有组长。")
    terms = [
        LeaderTerm(
            home6=group.home6,
            division_code=group.division_code,
            group=group,
            deputy=group.leader,
            appointed_by=actor.id,
            valid_from=clock.local_date(since),
        )
        for group in groups
        if group.leader is not None
    ]
    LeaderTerm.objects.bulk_create(terms, batch_size=BATCH)
    if groups:
        record(
            actor=actor,
            tag="activities.leaders_register",
            kind="deputy_group",
            target=groups[0].home6,
            home6=groups[0].home6,
            facts={"count": len(terms)},
        )
    return len(terms)
