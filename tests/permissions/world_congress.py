"""What stands in the braces of addresses of sessions: the cast's town here, the other town there."""

from __future__ import annotations

from typing import Any

from lianxin.common import clock
from lianxin.congress.models import CongressSession
from tests.factories import congress as hold
from tests.factories.cast import OTHER_TOWN, TOWN, Cast
from tests.permissions.world import OWN, World

PREFIXES: tuple[str, ...] = ("sessions", "api/v1/sessions")


def _body(where: str) -> dict[str, Any]:
    today = str(clock.today())
    return {"division_code": where, "ordinal": 0, "opens_on": today, "closes_on": today}


BODIES: dict[str, dict[str, Any]] = {
    "sessions": {"body": TOWN},
    "api/v1/sessions": _body(TOWN),
    "api/v1/sessions/<pk>/attendance": {"marks": {"01a20000-0000-7000-8000-000000000000": "present"}},
}
BODIES_ELSEWHERE: dict[str, dict[str, Any]] = {
    "sessions": {"body": OTHER_TOWN},
    "api/v1/sessions": _body(OTHER_TOWN),
}


def parameters(world: World, cast: Cast, where: str, route: str) -> dict[str, Any]:
    """Return the session of a town; the acts asked are refused for what they name."""
    del world, route
    body, keeper = (TOWN, cast.presidium) if where == OWN else (OTHER_TOWN, cast.presidium_other)
    row = CongressSession.objects.filter(division_code=body).first() or hold.session(keeper, body)
    return {"pk": row.pk}
