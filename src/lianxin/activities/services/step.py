"""The one way in which an activity moves: permission, rule, row, event, audit."""

from __future__ import annotations

from typing import Any

from lianxin.activities.models import Activity, Gathering
from lianxin.activities.permissions import may
from lianxin.activities.workflow import ACTIVITY, Facts
from lianxin.audit.moving import Trail, move
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Denied

TRAIL = Trail("activity", "activity")
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
    to = ACTIVITY.next_state(activity.state, act, facts_of(activity))
    return move(activity, actor=actor, act=act, to=to, trail=TRAIL, note=note, **changes)
