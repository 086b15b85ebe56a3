"""What stands in the braces of the addresses of 届次对比."""

from __future__ import annotations

from typing import Any

from lianxin.people.models import CongressTerm
from tests.factories import terms
from tests.factories.cast import Cast
from tests.permissions.world import World

PREFIXES: tuple[str, ...] = ("office/terms",)


def parameters(world: World, cast: Cast, where: str, route: str) -> dict[str, Any]:
    """Return the name of a figure."""
    if not CongressTerm.objects.exists():
        terms.registered()
    return {"slug": "key-tasks"}
