"""The first screen of administrators, who see the system and no contents."""

from __future__ import annotations

from lianxin.common.actor import Actor, Role
from lianxin.insight.homes.shapes import Figure, Home
from lianxin.rulebook.models import Parameter


def home(actor: Actor) -> Home:
    """Return the number of rules in force."""
    if not actor.has(Role.SYSTEM_ADMIN):
        return Home()
    return Home(figures=[Figure("制度参数", Parameter.objects.count(), "/administration/parameters")])
