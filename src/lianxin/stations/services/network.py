"""Who belongs where: deputies in the station of their town, roles in grids, rooms open or closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor, ActorKind, Role, covers
from lianxin.common.errors import Conflict, Denied, Invalid
from lianxin.common.writes import write
from lianxin.opinions import services as opinions
from lianxin.opinions.models import Channel, Opinion
from lianxin.opinions.services import Said
from lianxin.people.actors import active_seats, deputy_of
from lianxin.people.models import Deputy
from lianxin.regions.models import Grid, Station, StationLevel
from lianxin.stations.models import GridPost, GridRole, StationMember
from lianxin.stations.permissions import must_keep


@write
def members_place(*, actor: Actor, station: Station, request_id: str | None = None) -> StationMember:
    """Place every sitting deputy who lives in the town and stands nowhere yet (one audit record)."""
    must_keep(actor, station, Role.PRESIDIUM, Role.OFFICE)
    today = clock.today()
    seated = active_seats(today).values("deputy_id")
    placed = StationMember.objects.filter(valid_to=None).values("deputy_id")
    homeless = Deputy.objects.filter(division_code__startswith=station.division_code[:9], pk__in=seated)
    rows = [
        StationMember(
            station=station, deputy=one, valid_from=today, home6=station.home6,
            division_code=station.division_code,
        )
        for one in homeless.exclude(pk__in=placed)
    ]  # fmt: skip
    if not rows:
        raise Conflict("本镇的代表都已经编入联络站。")
    StationMember.objects.bulk_create(rows, batch_size=500)
    record(
        actor=actor, tag="stations.members_place", kind="station", target=station.id, home6=station.home6,
        facts={"rows": len(rows)},
    )  # fmt: skip
    return rows[-1]


@write
def member_end(*, actor: Actor, member: StationMember, request_id: str | None = None) -> StationMember:
    """Take a deputy out of a station; the time he was there stays."""
    must_keep(actor, member.station, Role.PRESIDIUM, Role.OFFICE)
    if StationMember.objects.filter(pk=member.pk, valid_to=None).update(valid_to=clock.today()) != 1:
        raise Conflict("这位代表已经不在本站。")
    member.refresh_from_db()
    record(
        actor=actor, tag="stations.member_end", kind="station", target=member.station_id, home6=member.home6,
        facts={"deputy": str(member.deputy_id)},
    )  # fmt: skip
    return member


@write
def grid_role_give(
    *, actor: Actor, grid: Grid, deputy: Deputy, post: GridPost, since: date | None = None,
    request_id: str | None = None,
) -> GridRole:  # fmt: skip
    """Make a deputy the leader or a member of a grid of his town."""
    _may_assign(actor, grid)
    _lives_there(grid, deputy)
    try:
        with transaction.atomic():
            row = GridRole.objects.create(
                grid=grid, deputy=deputy, post=post, valid_from=since or clock.today(), home6=grid.home6,
                division_code=grid.division_code,
            )  # fmt: skip
    except IntegrityError as clash:
        raise Conflict("这个网格已有网格长，或这位代表已在网格里；请先免去原来的。") from clash
    facts = {"deputy": str(deputy.pk), "post": post.value}
    record(
        actor=actor, tag="stations.grid_role_give", kind="grid", target=grid.id, home6=grid.home6, facts=facts
    )
    return row


@write
def grid_roles_register(
    *, actor: Actor, rows: Sequence[tuple[Grid, Deputy, GridPost]], request_id: str | None = None
) -> GridRole:
    """Give many grid roles at once (one audit record); the same checks as for one. Returns the last."""
    if not rows:
        raise Invalid("名单是空的。", fields={"rows": "请至少选一位代表。"})
    today, made = clock.today(), []
    for grid, deputy, post in rows:
        _may_assign(actor, grid)
        _lives_there(grid, deputy)
        made.append(
            GridRole(
                grid=grid, deputy=deputy, post=post, valid_from=today, home6=grid.home6,
                division_code=grid.division_code,
            )
        )  # fmt: skip
    GridRole.objects.bulk_create(made, batch_size=500)
    record(
        actor=actor, tag="stations.grid_roles_register", kind="grid", target=made[-1].grid_id,
        home6=made[-1].home6, facts={"rows": len(made)},
    )  # fmt: skip
    return made[-1]


@write
def grid_role_end(*, actor: Actor, role: GridRole, request_id: str | None = None) -> GridRole:
    """End a role in a grid; rights end with it, the history stays."""
    _may_assign(actor, role.grid)
    if GridRole.objects.filter(pk=role.pk, valid_to=None).update(valid_to=clock.today()) != 1:
        raise Conflict("这个网格职务已经免去。")
    role.refresh_from_db()
    record(actor=actor, tag="stations.grid_role_end", kind="grid", target=role.grid_id, home6=role.home6)
    return role


def grid_report(*, actor: Actor, grid: Grid, said: Said, request_id: str | None = None) -> Opinion:
    """Report from a grid by whoever holds a role in it today: this grid, no other."""
    deputy = deputy_of(actor) if actor.has(Role.DEPUTY) else None
    held = GridRole.objects.filter(grid=grid, deputy=deputy, valid_to=None)
    if deputy is None or not held.exists():
        raise Denied("您不是这个网格的网格长或网格员，不能在这里上报。")
    if said.village and said.village != grid.division_code:
        raise Invalid("只能上报本网格里的事。", fields={"village": "请选本网格所在的村、社区。"})
    station = Station.objects.filter(level=StationLevel.VILLAGE, division_code=grid.division_code).first()
    if station is None:
        raise Conflict("这个村还没有联络室，请报给镇联络站。")
    return opinions.opinion_submit(
        actor=actor, station=station, said=said, channel=Channel.GRID, request_id=request_id
    ).opinion


@write
def room_open(*, actor: Actor, station: Station, is_open: bool, request_id: str | None = None) -> Station:
    """Close a room, or open it again; a closed one shows as a gap at once."""
    must_keep(actor, station, Role.OFFICE)
    if station.level in {StationLevel.CITY, StationLevel.TOWN}:
        raise Invalid("市、镇联络站不能撤销。", fields={"station": "只能撤并村、社区和选区的联络室。"})
    if Station.objects.filter(pk=station.pk, is_open=not is_open).update(is_open=is_open) != 1:
        raise Conflict("这个联络室已经是这样了。")
    station.refresh_from_db()
    record(
        actor=actor, tag="stations.room_open", kind="station", target=station.id, home6=station.home6,
        facts={"open": is_open},
    )  # fmt: skip
    return station


@write
def grids_make(*, actor: Actor, home6: str, villages: Sequence[str], request_id: str | None = None) -> Grid:
    """Make the first grid of each village that has none; returns the last grid."""
    if actor.kind is not ActorKind.SYSTEM and not actor.has(Role.OFFICE):
        raise Denied("网格由代工委设立。")
    have = set(Grid.objects.filter(home6=home6).values_list("division_code", flat=True))
    rows = [Grid(home6=home6, division_code=code, name="第一网格") for code in villages if code not in have]
    if not rows:
        raise Conflict("这些村、社区都已经有网格。")
    Grid.objects.bulk_create(rows, batch_size=500)
    record(
        actor=actor, tag="stations.grids_make", kind="grid", target=rows[-1].id, home6=home6,
        facts={"rows": len(rows)},
    )  # fmt: skip
    return rows[-1]


def _may_assign(actor: Actor, grid: Grid) -> None:
    if actor.kind is ActorKind.SYSTEM:
        return
    if not actor.has_in(grid.division_code, Role.PRESIDIUM, Role.OFFICE):
        raise Denied("网格职务由镇人大主席团或代工委安排。")


def _lives_there(grid: Grid, deputy: Deputy) -> None:
    if not covers(grid.division_code[:9] + "000", deputy.division_code):
        raise Invalid("请选本镇的代表。", fields={"deputy": "网格职务在代表所在的镇里安排。"})
