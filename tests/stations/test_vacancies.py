"""A grid that nobody looks after is on the town's list within the hour, until somebody is named."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianxin.common import clock
from lianxin.contacts.models import Alarm
from lianxin.contacts.selectors import open_alarms
from lianxin.insight import mechanism
from lianxin.notifications.models import Notice
from lianxin.people.models import RoleHeld, Seat
from lianxin.regions.models import Grid
from lianxin.stations import services
from lianxin.stations.models import GridPost
from lianxin.stations.rules import GRID_EMPTY, GRID_NO_LEADER, NO_GRID, GridNow, grid_gaps
from tests.factories.cast import CITY, OTHER_VILLAGE, TOWN, VILLAGE, Cast
from tests.web.pages import entered, words

BUSY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine draws slowly
PLACES = ["610981113201", "610981113202", "610981103001"]
GRIDS = st.lists(st.tuples(st.sampled_from(PLACES), st.booleans(), st.integers(0, 2)), max_size=6).map(
    lambda rows: [GridNow(str(key), *row) for key, row in enumerate(rows)]
)


@BUSY
@given(GRIDS)
def test_a_grid_is_a_gap_exactly_when_it_has_no_leader(grids: list[GridNow]) -> None:
    found = grid_gaps(grids, PLACES)
    assert {key for what, key in found if what != NO_GRID} == {one.key for one in grids if not one.has_leader}
    assert {key for what, key in found if what == GRID_EMPTY} == {
        one.key for one in grids if not one.has_leader and not one.others
    }


@BUSY
@given(GRIDS)
def test_a_village_without_a_grid_is_a_gap_where_its_town_works_with_grids(grids: list[GridNow]) -> None:
    missing = {key for what, key in grid_gaps(grids, PLACES) if what == NO_GRID}
    towns = {one.place[:9] for one in grids}
    assert missing == {one for one in PLACES if one[:9] in towns} - {one.place for one in grids}


def a_grid(cast: Cast, village: str = VILLAGE) -> Grid:
    services.grids_make(actor=cast.office, home6=village[:6], villages=[village])
    return Grid.objects.get(division_code=village)


def of_grid(grid: Grid) -> list[str]:
    return list(Alarm.objects.filter(subject=str(grid.pk), ended_at=None).values_list("what", flat=True))


@pytest.mark.django_db
def test_an_empty_grid_is_on_the_towns_list_once_and_goes_when_a_leader_is_named(cast: Cast) -> None:
    RoleHeld.objects.filter(role="grid_worker").delete()
    grid = a_grid(cast)
    services.grid_alarms_refresh()
    assert of_grid(grid) == [GRID_EMPTY]
    assert services.grid_alarms_refresh() == 0
    assert open_alarms(cast.presidium).filter(subject=str(grid.pk)).count() == 1
    assert not open_alarms(cast.presidium_other).filter(subject=str(grid.pk)).exists()
    alarm = Alarm.objects.get(subject=str(grid.pk))
    assert Notice.objects.filter(about_id=alarm.pk, recipient_key=f"presidium@{TOWN}").count() == 1
    deputy = cast.deputy_row("deputy_town")
    services.grid_role_give(actor=cast.presidium, grid=grid, deputy=deputy, post=GridPost.LEADER)
    services.grid_alarms_refresh()
    assert of_grid(grid) == []


@pytest.mark.django_db
def test_a_grid_with_a_leader_in_office_raises_nothing(cast: Cast) -> None:
    grid, deputy = a_grid(cast), cast.deputy_row("deputy_town")
    services.grid_role_give(actor=cast.presidium, grid=grid, deputy=deputy, post=GridPost.LEADER)
    services.grid_alarms_refresh()
    assert of_grid(grid) == []


@pytest.mark.django_db
def test_a_leader_whose_seat_ended_leaves_the_grid_to_its_worker(cast: Cast) -> None:
    grid, deputy = a_grid(cast), cast.deputy_row("deputy_town")
    services.grid_role_give(actor=cast.presidium, grid=grid, deputy=deputy, post=GridPost.LEADER)
    Seat.objects.filter(deputy=deputy).update(valid_to=clock.today() - timedelta(days=1))
    services.grid_alarms_refresh()
    assert of_grid(grid) == [GRID_NO_LEADER]


@pytest.mark.django_db
def test_a_village_without_a_grid_is_for_the_office(cast: Cast) -> None:
    a_grid(cast)
    services.grid_alarms_refresh()
    assert not Alarm.objects.filter(division_code=OTHER_VILLAGE).exists(), "that town works without grids"
    alarm = Alarm.objects.filter(what=NO_GRID, ended_at=None)[0]
    assert Notice.objects.get(about_id=alarm.pk).recipient_key == f"office@{CITY}"
    a_grid(cast, alarm.division_code)
    services.grid_alarms_refresh()
    alarm.refresh_from_db()
    assert alarm.ended_at is not None


@pytest.mark.django_db
def test_one_link_is_on_the_list_once(cast: Cast) -> None:
    grid = a_grid(cast)
    services.grid_alarms_refresh()
    held = Alarm.objects.get(subject=str(grid.pk))
    Alarm.objects.filter(pk=held.pk).update(ended_at=clock.now())
    services.grid_alarms_refresh()
    assert Alarm.objects.filter(subject=str(grid.pk)).count() == 2, "broken again is a new alarm"
    assert Alarm.objects.filter(subject=str(grid.pk), ended_at=None).count() == 1


@pytest.mark.django_db
def test_the_months_health_counts_its_list_and_knows_how_soon_it_was_mended(cast: Cast) -> None:
    grid, now = a_grid(cast), clock.now()
    with clock.at(now - timedelta(hours=6)):
        services.grid_alarms_refresh()
    deputy = cast.deputy_row("deputy_town")
    services.grid_role_give(actor=cast.presidium, grid=grid, deputy=deputy, post=GridPost.LEADER)
    with clock.at(now):
        services.grid_alarms_refresh()
    seen = Alarm.objects.get(subject=str(grid.pk))
    Alarm.objects.exclude(pk=seen.pk).delete()
    line = next(one for one in mechanism.health(cast.presidium) if one.mended)
    assert (line.mended, line.open_at_end, line.hours) == (1, 0, 6.0)
    assert list(mechanism.alarms_of(cast.presidium, line.month)) == [seen]
    assert not any(one.broke or one.mended for one in mechanism.health(cast.presidium_other))
    page = words(entered(cast, "presidium").get("/office/mechanism"))
    assert "李家庄" in page and "6.0 小时" in page
    quiet = mechanism.months_until(clock.today())[6]
    assert f"{quiet.year}年{quiet.month}月" not in page, "quiet months are left out"


@pytest.mark.django_db
def test_a_keeper_is_not_shown_the_health_of_the_town(cast: Cast) -> None:
    assert entered(cast, "keeper").get("/office/mechanism").status_code == 403


@pytest.mark.django_db
def test_a_grid_worker_sees_whom_to_turn_to_and_no_private_number(cast: Cast) -> None:
    grid, deputy = a_grid(cast), cast.deputy_row("deputy_town")
    worker = entered(cast, "grid")
    assert "还没有代表负责" in words(worker.get("/station/grid"))
    services.grid_role_give(actor=cast.presidium, grid=grid, deputy=deputy, post=GridPost.LEADER)
    page = worker.get("/station/grid")
    assert deputy.name in words(page) and f"/deputies/{deputy.pk}" in page.content.decode()
    assert "tel:1" not in page.content.decode()
    Seat.objects.filter(deputy=deputy).update(valid_to=clock.today() - timedelta(days=1))
    assert deputy.name not in words(worker.get("/station/grid"))
