"""What stands in the braces of addresses of contacts."""

from __future__ import annotations

from typing import Any

from lianxin.common import clock
from lianxin.contacts import services
from lianxin.contacts.models import Household, Pairing, Plan, VisitMatter
from tests.factories.cast import OTHER_VILLAGE, VILLAGE, Cast
from tests.factories.contacts import paired
from tests.permissions.world import OWN, World

PREFIXES: tuple[str, ...] = ("deputy/households", "deputy/heard", "office/pairing", "api/v1/contacts")


def parameters(world: World, cast: Cast, where: str, route: str) -> dict[str, Any]:
    """Return the pairing, plan, household or matter of a region; the acts asked change nothing."""
    _build(cast)
    place = VILLAGE if where == OWN else OTHER_VILLAGE
    return {"pk": _pk(place, route), "act": "settle" if "heard" in route else "break", "side": "households"}


def _pk(place: str, route: str) -> Any:
    if "heard" in route:
        return VisitMatter.objects.get(visit__division_code=place).pk
    if "approve" in route:
        return Plan.objects.get(division_code=place[:9] + "000").pk
    if "answer" in route:
        return Household.objects.get(division_code=place).pk
    return Pairing.objects.get(division_code=place).pk


def _build(cast: Cast) -> None:
    """Make once: a household here of a city deputy, one elsewhere, a visit with a matter each, plans."""
    if Pairing.objects.exists():
        return
    for name, village in (("deputy_city", VILLAGE), ("deputy_other", OTHER_VILLAGE)):
        pairing = paired(cast, name, village=village)
        actor = getattr(cast, name)
        services.visit_record(
            actor=actor, pairing=pairing, on=clock.today(), way="home", matters=["门前的路灯不亮"]
        )
        services.plan_queue(actor=cast.office, town=village[:9] + "000")
