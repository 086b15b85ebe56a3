"""“321”基层治理模式 in live figures: three lines, two ways, one platform; each figure has its list.

What the system does not hold is said, not invented: it registers deputies and their groups, stations
and grids, not party members and not core households (domain of 党员 and 中心户长).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from lianxin.common import clock
from lianxin.opinions.selectors import published
from lianxin.people.actors import active_seats
from lianxin.people.models import Deputy, DeputyGroup, GroupMember
from lianxin.regions.models import Division, DivisionKind, Grid, Station, StationLevel


@dataclass(frozen=True)
class Town:
    """One town's part of the deputies' line."""

    code: str
    name: str
    deputies: int
    placed: int
    groups: int
    rooms: int


@dataclass(frozen=True)
class Model321:
    """What the page shows; the sums are those of the towns' rows."""

    towns: list[Town]
    villages: int
    town_stations: int
    rooms: int
    grids: int
    results: int

    @property
    def deputies(self) -> int:
        """Return how many deputies are in office in the towns."""
        return sum(town.deputies for town in self.towns)

    @property
    def placed(self) -> int:
        """Return how many of them stand in the grid: at home in a village, and in a group."""
        return sum(town.placed for town in self.towns)

    @property
    def groups(self) -> int:
        """Return how many groups have members."""
        return sum(town.groups for town in self.towns)


def model_321(home6: str) -> Model321:
    """Return the model's figures of a region (eight queries, whatever its size)."""
    places = list(Division.objects.filter(home6=home6).order_by("pinyin").values_list("code", "name", "kind"))
    deputies, placed = _deputies(home6)
    groups = _by_town(
        DeputyGroup.objects.filter(home6=home6, members__valid_to=None, members__isnull=False)
        .distinct()
        .values_list("division_code", flat=True)
    )
    rooms = _stations(home6, StationLevel.VILLAGE)
    return Model321(
        towns=[
            Town(code, name, deputies[code[:9]], placed[code[:9]], groups[code[:9]], rooms[code[:9]])
            for code, name, kind in places
            if kind == DivisionKind.TOWN
        ],
        villages=sum(kind in {DivisionKind.VILLAGE, DivisionKind.COMMUNITY} for _, _, kind in places),
        town_stations=sum(_stations(home6, StationLevel.TOWN).values()),
        rooms=sum(rooms.values()),
        grids=Grid.objects.filter(home6=home6).count(),
        results=published(home6).count(),
    )


def _deputies(home6: str) -> tuple[Counter[str], Counter[str]]:
    """Return by town how many deputies are in office, and how many of them are in a group."""
    seats = active_seats(clock.today())
    rows = Deputy.objects.filter(home6=home6, seats__in=seats).distinct()
    homes = dict(rows.values_list("pk", "division_code"))
    members = GroupMember.objects.filter(valid_to=None, group__home6=home6)
    grouped = set(members.values_list("deputy_id", flat=True))
    return _by_town(homes.values()), _by_town(home for pk, home in homes.items() if pk in grouped)


def _stations(home6: str, level: StationLevel) -> Counter[str]:
    found = Station.objects.filter(home6=home6, level=level, is_open=True)
    return _by_town(found.values_list("division_code", flat=True))


def _by_town(codes: Iterable[str]) -> Counter[str]:
    return Counter(code[:9] for code in codes)


@dataclass(frozen=True)
class PublicGroup:
    """A group as anybody may know it: its name, size and who leads."""

    town: str
    name: str
    size: int
    leader: str


def groups_public(home6: str) -> list[PublicGroup]:
    """Return all groups with members (two queries)."""
    members = GroupMember.objects.filter(valid_to=None, group__home6=home6)
    sizes = Counter(members.values_list("group_id", flat=True))
    rows = DeputyGroup.objects.filter(home6=home6, pk__in=sizes).select_related("leader")
    return [
        PublicGroup(row.division_code, row.name, sizes[row.pk], row.leader.name if row.leader else "")
        for row in rows.order_by("division_code", "name")
    ]
