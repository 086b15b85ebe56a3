"""What stands in the braces of the big screen's address."""

from __future__ import annotations

from typing import Any

from lianxin.web.screen.links import key_for
from tests.factories.cast import HOME6, Cast
from tests.permissions.world import World

PREFIXES: tuple[str, ...] = ("screen",)


def parameters(world: World, cast: Cast, where: str, route: str) -> dict[str, Any]:
    """Return a key that holds, and the first scene."""
    return {"key": key_for(HOME6), "number": 1}
