"""Rooms: 十有 and acceptance, the net and its gaps, grid roles, policies, mediations, the free block, 四好."""

from __future__ import annotations

import pytest

from lianxin.common.actor import RESIDENT, SYSTEM
from lianxin.common.errors import Conflict, Denied, Invalid, Refused
from lianxin.opinions.services import Said
from lianxin.people.models import Deputy
from lianxin.regions.models import Grid, Station
from lianxin.stations import goods, selectors, services, tiles
from lianxin.stations.models import (
    CheckKind,
    GoodsRating,
    GridPost,
    Mediation,
    MediationEnd,
    PolicyNote,
    RoomCheck,
    StationMember,
)
from tests.factories import stations as make
from tests.factories.cast import HOME6, OTHER_VILLAGE, VILLAGE, Cast

ALL = {"bridge": "satisfied", "platform": "satisfied", "position": "fair", "venue": "dissatisfied"}


def checked(cast: Cast, lacking: str = "", *, photos: bool = True) -> RoomCheck:
    room = cast.room()
    keys = [one.key for one in services.checklist(CheckKind.TEN_HAVES, room)]
    met = {key: key != lacking for key in keys}
    shown = {key: make.picture() for key in keys if met[key]} if photos else {}
    return services.check_submit(
        actor=cast.keeper, station=room, kind=CheckKind.TEN_HAVES, met=met, photos=shown
    )


def test_ten_of_ten_with_photos_is_up_to_the_list(cast: Cast) -> None:
    check = checked(cast)
    with pytest.raises(Denied):
        services.check_decide(actor=cast.keeper, check=check, act="pass_check")
    with pytest.raises(Denied):
        services.check_decide(actor=cast.presidium_other, check=check, act="pass_check")
    assert services.check_decide(actor=cast.presidium, check=check, act="pass_check").state == "met"


def test_nine_of_ten_names_what_is_missing_and_cannot_pass(cast: Cast) -> None:
    check = checked(cast, lacking="funds")
    with pytest.raises(Refused, match="有经费"):
        services.check_decide(actor=cast.presidium, check=check, act="pass_check")
    assert services.check_decide(actor=cast.presidium, check=check, act="note_gap").state == "gap"


def test_without_photos_nobody_passes_a_room_he_has_not_seen(cast: Cast) -> None:
    check = checked(cast, photos=False)
    with pytest.raises(Refused, match="照片"):
        services.check_decide(actor=cast.presidium, check=check, act="pass_check")
    room, met = cast.room(), {one.key: True for one in services.checklist(CheckKind.TEN_HAVES, cast.room())}
    with pytest.raises(Denied):
        services.check_submit(
            actor=cast.keeper, station=room, kind=CheckKind.TEN_HAVES, met=met, seen_on_site=True
        )
    seen = services.check_submit(
        actor=cast.presidium, station=room, kind=CheckKind.TEN_HAVES, met=met, seen_on_site=True
    )
    assert services.check_decide(actor=cast.presidium, check=seen, act="pass_check").state == "met"


def test_a_town_station_is_accepted_by_the_city_with_enough_points(cast: Cast) -> None:
    station = cast.station()
    items = services.checklist(CheckKind.ACCEPTANCE, station)
    few = services.check_submit(
        actor=cast.office, station=station, kind=CheckKind.ACCEPTANCE,
        met={one.key: one.key == "area" for one in items}, seen_on_site=True,
    )  # fmt: skip
    assert few.points == 15
    with pytest.raises(Refused, match="不到 80 分"):
        services.check_decide(actor=cast.office, check=few, act="pass_check")
    full = services.check_submit(
        actor=cast.office, station=station, kind=CheckKind.ACCEPTANCE,
        met={one.key: one.key != "feature" for one in items}, seen_on_site=True,
    )  # fmt: skip
    with pytest.raises(Denied):
        services.check_decide(actor=cast.presidium, check=full, act="pass_check")
    assert services.check_decide(actor=cast.office, check=full, act="pass_check").points == 90
    with pytest.raises(Invalid):
        services.check_submit(actor=cast.office, station=cast.room(), kind=CheckKind.ACCEPTANCE, met={})


def test_every_deputy_of_the_town_is_placed_once(cast: Cast) -> None:
    before = selectors.unplaced().count()
    with pytest.raises(Denied):
        services.members_place(actor=cast.keeper, station=cast.station())
    make.placed(cast)
    assert before > 0 and selectors.unplaced().count() == 0
    with pytest.raises(Conflict):
        services.members_place(actor=cast.presidium, station=cast.station())
    member = StationMember.objects.filter(station=cast.station())[0]
    services.member_end(actor=cast.presidium, member=member)
    assert list(selectors.unplaced()) == [member.deputy]


def grid_of(cast: Cast, village: str = VILLAGE) -> Grid:
    services.grids_make(actor=SYSTEM, home6=HOME6, villages=[village])
    return Grid.objects.get(division_code=village)


def test_a_grid_has_one_leader_and_a_history(cast: Cast) -> None:
    grid, first, second = grid_of(cast), cast.deputy_row("deputy_town"), cast.deputy_row("deputy_town_2")
    with pytest.raises(Denied):
        services.grid_role_give(actor=cast.keeper, grid=grid, deputy=first, post=GridPost.LEADER)
    role = services.grid_role_give(actor=cast.presidium, grid=grid, deputy=first, post=GridPost.LEADER)
    with pytest.raises(Conflict):
        services.grid_role_give(actor=cast.presidium, grid=grid, deputy=second, post=GridPost.LEADER)
    with pytest.raises(Invalid):
        away = cast.deputy_row("deputy_other")
        services.grid_role_give(actor=cast.office, grid=grid, deputy=away, post=GridPost.MEMBER)
    services.grid_role_end(actor=cast.presidium, role=role)
    services.grid_role_give(actor=cast.presidium, grid=grid, deputy=second, post=GridPost.LEADER)
    assert [row.valid_to is None for row in selectors.grid_roles_of(first)] == [False]


def test_a_grid_role_gives_its_own_grid_and_no_other(cast: Cast) -> None:
    grid, other = grid_of(cast), grid_of(cast, OTHER_VILLAGE)
    role = services.grid_role_give(
        actor=cast.presidium, grid=grid, deputy=cast.deputy_row("deputy_town"), post=GridPost.MEMBER
    )
    said = Said(text="路口的井盖松了，晚上看不见", village=VILLAGE)
    opinion = services.grid_report(actor=cast.deputy_town, grid=grid, said=said)
    assert (opinion.division_code, opinion.channel) == (VILLAGE, "grid")
    for actor, where in ((cast.deputy_town, other), (cast.deputy_town_2, grid), (cast.keeper, grid)):
        with pytest.raises(Denied):
            services.grid_report(actor=actor, grid=where, said=said)
    with pytest.raises(Invalid):
        far = Said(text="别的村的路也坏了一段，请修", village=OTHER_VILLAGE)
        services.grid_report(actor=cast.deputy_town, grid=grid, said=far)
    services.grid_role_end(actor=cast.presidium, role=role)
    with pytest.raises(Denied):
        services.grid_report(actor=cast.deputy_town, grid=grid, said=said)


def test_a_closed_room_is_a_gap_at_once(cast: Cast) -> None:
    covered, missing = selectors.gaps(HOME6)
    assert (covered, missing) == (309, [])
    with pytest.raises(Denied):
        services.room_open(actor=cast.presidium, station=cast.room(), is_open=False)
    services.room_open(actor=cast.office, station=cast.room(), is_open=False)
    covered, missing = selectors.gaps(HOME6)
    assert covered == 308 and [one.code for one in missing] == [VILLAGE]
    with pytest.raises(Invalid):
        services.room_open(actor=cast.office, station=cast.station(), is_open=False)


def test_each_tile_counts_the_list_behind_it(cast: Cast) -> None:
    station = cast.station()
    services.policy_publish(
        actor=cast.keeper,
        station=station,
        title="高龄补贴怎么领",
        text="年满八十岁的老人，带身份证到村里登记。",
    )
    found = {tile.key: count for tile, count in tiles.counts(station)}
    assert found == {"publicity": 1, "reception": 0, "duty": 0, "study": 0, "service": 0}
    for tile in tiles.TILES:
        assert len(tile.rows(station, tiles.since())) == found[tile.key]
    assert {tile.key: n for tile, n in tiles.counts(cast.station("103"))}["publicity"] == 0


def test_a_policy_is_counted_once_a_browser(cast: Cast) -> None:
    with pytest.raises(Denied):
        services.policy_publish(
            actor=cast.deputy_town, station=cast.station(), title="合作医疗", text="缴费到月底" * 3
        )
    note = services.policy_publish(
        actor=cast.keeper, station=cast.station(), title="合作医疗缴费", text="缴费到月底，手机上就能缴。"
    )
    for token in ("a", "a", "b"):
        services.policy_read(note=note, browser_token=token)
    assert PolicyNote.objects.get().reads.count() == 2


def test_a_mediation_keeps_no_name(cast: Cast) -> None:
    row = services.mediation_record(
        actor=cast.keeper, station=cast.station(), about="邻里宅基", outcome=MediationEnd.SETTLED,
        words="我叫王小明，电话13912345678，两家各退一尺。",
    )  # fmt: skip
    kept = Mediation.objects.get(pk=row.pk).words
    assert "王小明" not in kept and "13912345678" not in kept and "各退一尺" in kept
    with pytest.raises(Denied):
        services.mediation_record(
            actor=cast.keeper_other, station=cast.station(), about="邻里宅基", outcome=MediationEnd.SETTLED
        )


def test_a_town_changes_its_own_block_and_nothing_else(cast: Cast) -> None:
    station, words = cast.station(), "汉江边的码头议事，赶集天代表在船头听大家说。"
    before = Station.objects.filter(pk=station.pk).values().get()
    block = services.free_block_edit(
        actor=cast.keeper, station=station, title="码头议事", text=words, band="river"
    )
    assert block.text == words and Station.objects.filter(pk=station.pk).values().get() == before
    for changes in ({"band": "#ff0000"}, {"text": "短"}, {"title": ""}):
        with pytest.raises(Invalid):
            services.free_block_edit(
                **{
                    "actor": cast.keeper,
                    "station": station,
                    "title": "码头议事",
                    "text": words,
                    "band": "river",
                    **changes,
                }
            )  # type: ignore[arg-type]
    with pytest.raises(Denied):
        services.free_block_edit(
            actor=cast.keeper_other, station=station, title="别镇", text=words, band="hill"
        )
    with pytest.raises(Invalid):
        services.free_block_edit(actor=cast.keeper, station=cast.room(), title="村", text=words, band="hill")


def test_four_goods_speak_from_five_answers_on(cast: Cast) -> None:
    make.placed(cast)
    station = cast.station()
    for n in range(4):
        services.goods_rate(actor=RESIDENT, station=station, answers=ALL, browser_token=f"b{n}")
    year = GoodsRating.objects.all()[0].year
    residents = dict(goods.results(station, year)[0].voices)["群众"]
    assert residents.is_small and residents.n == 4
    services.goods_rate(actor=RESIDENT, station=station, answers=ALL, browser_token="b4")
    services.goods_rate(actor=RESIDENT, station=station, answers=ALL, browser_token="b4")
    residents = dict(goods.results(station, year)[0].voices)["群众"]
    assert (residents.is_small, residents.n, residents.percents) == (False, 5, (100, 0, 0))
    services.goods_rate(actor=cast.deputy_town, station=station, answers=ALL)
    services.goods_rate(actor=cast.clerk, station=station, answers=ALL)
    for who in ("keeper", "presidium", "deputy_other", "oversight"):
        with pytest.raises(Denied):
            services.goods_rate(actor=getattr(cast, who), station=station, answers=ALL)
    with pytest.raises(Invalid):
        services.goods_rate(actor=RESIDENT, station=station, answers={"bridge": "great"}, browser_token="c")
    assert not {str(pk) for pk in Deputy.objects.values_list("pk", flat=True)} & set(
        GoodsRating.objects.values_list("token_hash", flat=True)
    )
