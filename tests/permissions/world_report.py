"""What stands in the braces of the yearly report's addresses."""

from __future__ import annotations

from typing import Any

from tests.factories.cast import Cast
from tests.permissions.world import World

PREFIXES: tuple[str, ...] = ("office/report",)


def parameters(world: World, cast: Cast, where: str, route: str) -> dict[str, Any]:
    """Return the name of a figure."""
    return {"slug": "opinions"}
