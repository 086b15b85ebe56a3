"""Grids that nobody looks after: seen within the hour, on the town's list until somebody is named."""

from __future__ import annotations

from collections import Counter, defaultdict

from django.db import transaction
from django.db.models import Q

from lianxin.common import clock
from lianxin.common.actor import Role
from lianxin.contacts.services import AlarmKind, alarms_keep
from lianxin.people.actors import active_seats
from lianxin.people.models import RoleHeld
from lianxin.regions.models import Division, DivisionKind, Grid
from lianxin.stations.models import GridPost, GridRole
from lianxin.stations.rules import GRID_EMPTY, GRID_NO_LEADER, NO_GRID, GridNow, grid_gaps

PAGE = "/station/network"
KINDS = (
    AlarmKind(GRID_EMPTY, "网格里没有人负责", PAGE),
    AlarmKind(GRID_NO_LEADER, "网格没有网格长", PAGE),
    AlarmKind(NO_GRID, "村里还没有设网格", PAGE, to_city=True),
)


def grid_alarms_refresh() -> int:
    """Look for grids that nobody looks after; return how many are new (a job of every hour)."""
    with transaction.atomic():
        gaps = grid_gaps(_grids(), _villages())
        return alarms_keep(KINDS, {key: (place, 1) for key, place in gaps.items()})


def _grids() -> list[GridNow]:
    """Return every grid with who looks after it today: deputies in office, and the village's workers."""
    sitting = active_seats(clock.today()).values("deputy_id")
    roles = GridRole.objects.filter(valid_to=None, deputy__in=sitting)
    posts: dict[object, Counter[str]] = defaultdict(Counter)
    for grid, post in roles.values_list("grid_id", "post"):
        posts[grid][post] += 1
    workers = _workers()
    return [
        GridNow(
            str(grid),
            place,
            has_leader=bool(posts[grid][GridPost.LEADER]),
            others=posts[grid][GridPost.MEMBER] + workers[place],
        )
        for grid, place in Grid.objects.values_list("pk", "division_code")
    ]


def _workers() -> Counter[str]:
    """Return village → how many hold the role of a grid worker there today."""
    today = clock.today()
    held = RoleHeld.objects.filter(Q(valid_to=None) | Q(valid_to__gte=today), valid_from__lte=today)
    return Counter(held.filter(role=Role.GRID_WORKER).values_list("place", flat=True))


def _villages() -> list[str]:
    kinds = (DivisionKind.VILLAGE, DivisionKind.COMMUNITY)
    return list(Division.objects.filter(kind__in=kinds).values_list("code", flat=True))
