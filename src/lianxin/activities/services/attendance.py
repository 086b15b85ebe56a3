"""What attendance becomes: one record of duty for each deputy who was there, written once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from uuid import UUID

from lianxin.activities.models import Activity, Gathering, Kind, Presence
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.duties.services.posting import duty_post

DUTIES: Mapping[str, str] = {
    Kind.TRAINING: "training",
    Kind.LEARNING: "training",
    Kind.GROUP: "group_activity",
    Kind.SEMINAR: "group_activity",
    Kind.PUBLICITY: "volunteering",
    Kind.VOLUNTEER: "volunteering",
    Kind.INSPECTION: "inspection",
    Kind.RESEARCH: "inspection",
    Kind.LAW_CHECK: "inspection",
    Kind.PROJECTS: "inspection",
}
"""Which duty an activity counts as; what other rooms record themselves (reception, visits) is not here."""


def hours_of(spans: Iterable[Presence]) -> float:
    """Return how long somebody was there, in half hours, all intervals together."""
    whole = sum(((row.left_at or row.came_at) - row.came_at for row in spans), timedelta())
    return round(whole.total_seconds() / 1800) / 2


def attendance_post(*, actor: Actor, activity: Activity, gathering: Gathering) -> int:
    """Write a duty for each deputy present and return for how many; posted again nothing doubles."""
    kind = DUTIES.get(activity.kind)
    if kind is None:
        return 0
    spans: dict[UUID, list[Presence]] = {}
    for row in gathering.presences.order_by("came_at"):
        spans.setdefault(row.deputy_id, []).append(row)
    for deputy, rows in spans.items():
        duty_post(
            actor=actor,
            deputy_id=deputy,
            kind=kind,
            on=clock.local_date(rows[0].came_at),
            home6=activity.home6,
            division_code=activity.division_code,
            source_room="activities",
            source_id=str(rows[0].pk),
            online=True,
            hours=hours_of(rows),
            facts={"activity": str(activity.pk), "title": activity.title},
        )
    return len(spans)
