"""What stands in the braces of addresses of leavings: one here, one in another town."""

from __future__ import annotations

from typing import Any

from lianxin.common import clock
from lianxin.leaving import services
from lianxin.leaving.models import Leaving
from tests.factories.cast import OTHER_TOWN, OTHER_VILLAGE, TOWN, VILLAGE, Cast
from tests.factories.contacts import agree, paired
from tests.permissions.world import OWN, World

PREFIXES: tuple[str, ...] = ("leaving",)


def parameters(world: World, cast: Cast, where: str, route: str) -> dict[str, Any]:
    """Return the leaving of a region, or one thing of it; the acts asked change nothing."""
    del world
    _build(cast)
    row = Leaving.objects.get(division_code__startswith=(TOWN if where == OWN else OTHER_TOWN)[:9])
    pk = row.items.earliest("id").pk if "items" in route else row.pk
    return {"pk": pk, "act": "cover" if "items" in route else "cancel"}


def _build(cast: Cast) -> None:
    """Make once: a town deputy here whose household the group's leader is asked to take; one elsewhere."""
    if Leaving.objects.exists():
        return
    agree(cast.deputy_row("group_leader"))
    for name, by, village in (
        ("deputy_town_2", "presidium", VILLAGE),
        ("deputy_other", "presidium_other", OTHER_VILLAGE),
    ):
        paired(cast, name, village=village)
        row = services.leaving_open(
            actor=getattr(cast, by), deputy=cast.deputy_row(name), why="moved", leaves_on=clock.today()
        )
        if name == "deputy_town_2":
            items = list(row.items.values_list("pk", flat=True))
            services.receiver_name(
                actor=cast.presidium, leaving=row, items=items, deputy=cast.deputy_row("group_leader")
            )
