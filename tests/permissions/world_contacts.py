"""What stands in the braces of addresses of contacts."""

from __future__ import annotations

from typing import Any

from lianxin.common import clock
from lianxin.contacts import services
from lianxin.contacts.models import ContactVisit, Household, Pairing, Plan, ReplySheet, VisitMatter
from lianxin.contacts.services import photos_of
from tests.factories.cast import OTHER_TOWN, OTHER_VILLAGE, TOWN, VILLAGE, Cast
from tests.factories.contacts import paired, picture
from tests.permissions.world import OWN, World

PREFIXES: tuple[str, ...] = (
    "deputy/households",
    "deputy/heard",
    "office/pairing",
    "office/mechanism",
    "api/v1/contacts",
    "api/v1/contact-plans",
)
BODIES = {
    "office/pairing/compute": {"town": TOWN},
    "office/pairing/replies": {"town": TOWN},
    "office/pairing/households/new": {"town": TOWN, "village": VILLAGE, "name": "李大叔", "group_no": "1"},
}
BODIES_ELSEWHERE = {
    "office/pairing/compute": {"town": OTHER_TOWN},
    "office/pairing/replies": {"town": OTHER_TOWN},
    "office/pairing/households/new": {
        "town": OTHER_TOWN, "village": OTHER_VILLAGE, "name": "李大叔", "group_no": "1",
    },
}  # fmt: skip


def parameters(world: World, cast: Cast, where: str, route: str) -> dict[str, Any]:
    """Return the pairing, plan, household or matter of a region; the acts asked change nothing."""
    _build(cast)
    place = VILLAGE if where == OWN else OTHER_VILLAGE
    act = "settle" if "heard" in route else "break"
    found = {"pk": _pk(place, route), "act": act, "action": act, "side": "households"}
    if "photos" in route:
        found["file"] = photos_of(ContactVisit.objects.filter(division_code=place)).popitem()[1][0].pk
    return found


def _pk(place: str, route: str) -> Any:
    if "heard" in route:
        return VisitMatter.objects.get(visit__division_code=place).pk
    if "replies" in route:
        return ReplySheet.objects.get(division_code=place[:9] + "000").pk
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
        visit = services.visit_record(
            actor=actor, pairing=pairing, on=clock.today(), way="home", matters=["门前的路灯不亮"]
        )
        services.visit_photo_add(actor=actor, visit=visit, data=picture())
        services.replies_import(
            actor=cast.office, town=village[:9] + "000", file_name="答复.xlsx", rows=[{"户编号": "没有"}]
        )
        services.plan_queue(actor=cast.office, town=village[:9] + "000")
