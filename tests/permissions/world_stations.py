"""What stands in the braces of the addresses of stations at work."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from lianxin.common import clock
from lianxin.common.ids import uuid7
from lianxin.regions.models import Grid, Station
from lianxin.stations import services
from lianxin.stations.models import (
    CheckKind,
    DutyTurn,
    GridPost,
    GridRole,
    PolicyNote,
    ReceptionDay,
    RoomCheck,
    Rota,
    StationPage,
)
from tests.factories import stations as make
from tests.factories.cast import HOME6, OTHER_VILLAGE, VILLAGE, Cast
from tests.permissions.world import OWN, World

PREFIXES: tuple[str, ...] = (
    "station/rota",
    "station/turns",
    "station/days",
    "station/standards",
    "station/checks",
    "station/my-grid",
    "stations/<slug:code>/",
)
SITS = {"113": "deputy_city", "103": "deputy_other"}
AT_A_STATION = ("rota", "policies", "mediations", "page", "network", "goods")
BODIES = {f"station/{one}": {"station": "113"} for one in AT_A_STATION}
BODIES_ELSEWHERE = {f"station/{one}": {"station": "103"} for one in AT_A_STATION}


def parameters(world: World, cast: Cast, where: str, route: str) -> dict[str, Any]:
    """Return the brace values: a day, a turn, a check, a grid of the own or the other town."""
    del world
    code = "113" if where == OWN else "103"
    if "my-grid" in route:
        return {"pk": _grid(cast, code).pk}
    if "checks" in route:
        check = _check(cast, code)
        return {"pk": check.pk, "file": check.lines.exclude(photo_id=None)[0].photo_id, "act": "note_gap"}
    if "standards" in route:
        return {"code": code, "kind": "acceptance"}
    if route.startswith("stations/"):
        return _public(cast, code)
    day = _day(cast, code)
    if "turns" in route:
        return {"pk": DutyTurn.objects.filter(day=day)[0].pk, "act": "sign_out"}
    return {"pk": day.rota_id if "rota" in route else day.pk}


def _keeper(cast: Cast, code: str) -> Any:
    return cast.keeper if code == "113" else cast.keeper_other


def _station(code: str) -> Station:
    return Station.objects.select_related("parent").get(code=code)


def _day(cast: Cast, code: str) -> ReceptionDay:
    """Return today's published day, on which the town's deputy of the matrix sits."""
    known = ReceptionDay.objects.filter(station__code=code, on=clock.today()).first()
    if known is not None:
        return known
    make.placed(cast)
    with clock.at(clock.now() - timedelta(days=20)):
        begin = clock.today() + timedelta(days=5)
        rota: Rota = services.rota_make(
            actor=_keeper(cast, code), station=_station(code), first=begin, last=begin + timedelta(days=7)
        )
        services.rota_publish(actor=_keeper(cast, code), rota=rota)
    day = rota.days.order_by("on")[0]
    ReceptionDay.objects.filter(pk=day.pk).update(on=clock.today())
    day.refresh_from_db()
    make.sit(cast, day, SITS[code])
    return day


def _check(cast: Cast, code: str) -> RoomCheck:
    station = _station(code)
    known = RoomCheck.objects.filter(station=station).first()
    if known is not None:
        return known
    items = services.checklist(CheckKind.ACCEPTANCE, station)
    return services.check_submit(
        actor=_keeper(cast, code),
        station=station,
        kind=CheckKind.ACCEPTANCE,
        met={one.key: True for one in items},
        photos={items[0].key: make.picture()},
    )


def _grid(cast: Cast, code: str) -> Grid:
    village = VILLAGE if code == "113" else OTHER_VILLAGE
    if not Grid.objects.filter(division_code=village).exists():
        services.grids_make(actor=cast.office, home6=HOME6, villages=[village])
    grid = Grid.objects.get(division_code=village)
    deputy = cast.deputy_row(SITS[code])
    if not GridRole.objects.filter(grid=grid, deputy=deputy).exists():
        services.grid_role_give(actor=cast.office, grid=grid, deputy=deputy, post=GridPost.MEMBER)
    return grid


def _public(cast: Cast, code: str) -> dict[str, Any]:
    station = _station(code)
    note = PolicyNote.objects.filter(station=station).first() or services.policy_publish(
        actor=_keeper(cast, code), station=station, title="高龄补贴怎么领", text="带身份证到村里登记就能办。"
    )
    page = StationPage.objects.filter(station=station).first() or services.free_block_edit(
        actor=_keeper(cast, code), station=station, title="码头议事", text="赶集天代表坐在船头听大家说事。",
        band="river", photo=make.picture(),
    )  # fmt: skip
    return {"code": code, "pk": note.pk, "key": "reception", "file": page.photo_id or uuid7()}
