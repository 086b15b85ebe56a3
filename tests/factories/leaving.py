"""Leavings for tests: a deputy with one of everything, made by services."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from lianxin.activities.services import leader_appoint
from lianxin.common import clock
from lianxin.common.actor import SYSTEM
from lianxin.duties import services as duties
from lianxin.leaving import services
from lianxin.leaving.models import Leaving, LeavingItem
from lianxin.people.models import DeputyGroup
from lianxin.regions.models import Grid
from lianxin.stations import services as stations
from lianxin.stations.models import DutyTurn, GridPost, ReceptionDay
from lianxin.suggestions import services as suggestions
from lianxin.villages.services import NewVillage, villages_register
from tests.factories import suggestions as papers
from tests.factories.cast import GROUP, VILLAGE, Cast
from tests.factories.contacts import agree, paired

PLEDGE = "推动三组通组路硬化"


def laden(cast: Cast, who: str = "deputy_city") -> None:
    """Give a deputy one of everything: household, grid, group, village, turn, pledge, suggestion."""
    row = cast.deputy_row(who)
    agree(cast.deputy_row("deputy_town"), cast.deputy_row("deputy_city_2"))
    paired(cast, who)
    grid = Grid.objects.filter(division_code=VILLAGE).first()
    if grid is None:
        grid = stations.grids_make(actor=cast.office, home6="610981", villages=[VILLAGE])
    stations.grid_role_give(actor=cast.presidium, grid=grid, deputy=row, post=GridPost.LEADER)
    leader_appoint(actor=cast.presidium, group=DeputyGroup.objects.get(name=GROUP), deputy=row)
    villages_register(
        actor=SYSTEM, home6="610981", villages=[NewVillage(VILLAGE, 900, 300, 40, False, row.pk)]
    )
    turn(cast, who)
    pledge = duties.pledge_make(actor=getattr(cast, who), item=PLEDGE, due_on=clock.today())
    duties.pledge_publish(actor=getattr(cast, who), pledge=pledge)
    row_of_paper = papers.cosigned(cast, "deputy_city_2")
    row_of_paper.refresh_from_db()
    suggestions.suggestion_submit(actor=cast.deputy_city, suggestion=row_of_paper)


def turn(cast: Cast, who: str, days: int = 9) -> DutyTurn:
    """Return a turn ahead at the town's station."""
    station = cast.station("113")
    stations.members_place(actor=cast.presidium, station=station)
    day = ReceptionDay.objects.create(
        station=station,
        on=clock.today() + timedelta(days=days),
        starts=time(9),
        ends=time(11),
        published_at=clock.now(),
        home6=station.home6,
        division_code=station.division_code,
    )
    return DutyTurn.objects.create(
        day=day, deputy=cast.deputy_row(who), home6=day.home6, division_code=day.division_code
    )


def opened(cast: Cast, who: str = "deputy_city", **changes: Any) -> Leaving:
    """Return the leaving of a deputy."""
    fields: dict[str, Any] = {"why": "moved", "leaves_on": clock.today() + timedelta(days=5), **changes}
    return services.leaving_open(actor=cast.presidium, deputy=cast.deputy_row(who), **fields)


def item(leaving: Leaving, kind: str) -> LeavingItem:
    """Return the thing of a kind."""
    return leaving.items.select_related("leaving").get(kind=kind)


def named(cast: Cast, leaving: Leaving, *kinds: str, to: str = "deputy_town") -> None:
    """Ask a deputy to take things over."""
    services.receiver_name(
        actor=cast.presidium,
        leaving=leaving,
        items=[one.pk for one in leaving.items.filter(kind__in=kinds)],
        deputy=cast.deputy_row(to),
    )


def accepted(cast: Cast, leaving: Leaving, *kinds: str, to: str = "deputy_town") -> None:
    """Let a deputy take things over."""
    named(cast, leaving, *kinds, to=to)
    for one in leaving.items.filter(kind__in=kinds).select_related("leaving"):
        services.item_accept(actor=getattr(cast, to), item=one)


def ready(cast: Cast) -> Leaving:
    """Return a leaving in which everything has a receiver who has said yes."""
    laden(cast)
    leaving = opened(cast)
    accepted(cast, leaving, "household", "grid", "group", "village", "turn", "pledge")
    services.item_keep(actor=cast.presidium, item=item(leaving, "suggestion"))
    return leaving
