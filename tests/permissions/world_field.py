"""What stands in the braces of 「下乡」: a telephone of each region's deputy.

Nobody opens drafts here: that asks for a session that has just begun by the sign-in page.
"""

from __future__ import annotations

from typing import Any

from lianxin.people.devices import device_prepare
from tests.factories.cast import Cast
from tests.permissions.world import OWN, World

PREFIXES: tuple[str, ...] = ("deputy/field/devices",)


def parameters(world: World, cast: Cast, where: str, route: str) -> dict[str, Any]:
    """Return the telephone of a region's deputy."""
    who = cast.deputy_city if where == OWN else cast.deputy_other
    return {"pk": device_prepare(actor=who, request_id=f"telephone-{where}").pk}
