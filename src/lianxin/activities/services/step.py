"""The one way in which an activity moves: permission, rule, row, event, audit."""

from __future__ import annotations

from typing import Any

from lianxin.activities.models import Activity, ActivityEvent, Gathering
from lianxin.activities.permissions import may
from lianxin.activities.workflow import ACTIVITY, Facts
from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Denied

GATHERING = "activity"
"""The kind under which an activity's gathering stands."""


def gathering_of(activity: Activity) -> Gathering | None:
    """Return the list of those present, where signing in has begun."""
    return Gathering.objects.filter(kind=GATHERING, source_id=activity.pk).first()


def facts_of(activity: Activity) -> Facts:
    """Return the plain facts that guards look at."""
    gathering = gathering_of(activity)
    return Facts(
        now=clock.now(),
        starts_at=activity.starts_at,
        present=gathering.presences.values("deputy").distinct().count() if gathering else 0,
    )


def step(*, actor: Actor, activity: Activity, act: str, note: str = "", **changes: Any) -> Activity:
    """Move the activity by `act` and set `changes`, on the record."""
    if not may(actor, act, activity):
        raise Denied("您没有办理这一步的权限：活动由组长、本地联络员或主席团组织。")
    old = activity.state
    changes["state"] = new = ACTIVITY.next_state(old, act, facts_of(activity))
    if Activity.objects.filter(pk=activity.pk, state=old).update(**changes) != 1:
        raise Conflict("这一步刚刚有人办过了，请刷新后再看。")
    for name, changed in changes.items():
        setattr(activity, name, changed)
    event_add(actor=actor, activity=activity, act=act, old=old, new=new, note=note)
    return activity


def event_add(*, actor: Actor, activity: Activity, act: str, old: str, new: str, note: str = "") -> None:
    """Append a step to the history and to the trail."""
    ActivityEvent.objects.create(
        activity=activity,
        at=clock.now(),
        actor_id=actor.id,
        actor_name=actor.name,
        act=act,
        from_state=old,
        to_state=new,
        note=note,
    )
    record(actor=actor, tag=f"activity.{act}", kind="activity", target=activity.id, home6=activity.home6)
