"""What stands in the braces of the roll's addresses: a town's own deputy and sheet, and those of another town."""

from __future__ import annotations

from typing import Any

from lianxin.enrolment import services
from lianxin.enrolment.models import EnrolmentSheet, SheetKind
from lianxin.people.models import Organ
from tests.enrolment.test_rules import DEPUTY
from tests.factories.cast import OTHER_TOWN, TOWN, Cast
from tests.permissions.world import OWN, World

PREFIXES: tuple[str, ...] = ("enrolment",)


def parameters(world: World, cast: Cast, where: str, route: str) -> dict[str, Any]:
    """Return a deputy, a unit or a sheet of a region; the act asked is refused for what is missing."""
    del world
    own = where == OWN
    if "units" in route:
        return {"pk": Organ.objects.get(code="town-113" if own else "power").pk}
    if "sheets" in route:
        return {"pk": _sheet(cast, TOWN if own else OTHER_TOWN).pk}
    who = "deputy_town" if own else "deputy_other"
    return {"pk": cast.deputy_row(who).pk, "act": "correct", "kind": "deputies"}


def _sheet(cast: Cast, town: str) -> EnrolmentSheet:
    found = EnrolmentSheet.objects.filter(division_code=town).first()
    if found is not None:
        return found
    host = cast.presidium if town == TOWN else cast.presidium_other
    rows = [{**DEPUTY, "姓名": ""}]
    return services.people_bring(actor=host, kind=SheetKind.DEPUTIES, place=town, file_name="名册", rows=rows)
