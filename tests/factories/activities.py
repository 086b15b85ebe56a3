"""Gatherings and activities for tests, made by the services of those who would make them."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from lianxin.activities import services
from lianxin.activities.models import Gathering
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
