"""What waits for a person stands on his first screen: reception days, consents, gaps, minutes, things to take over."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from lianxin.activities.models import Activity
from lianxin.common import clock
from lianxin.insight.homes import home_of
from lianxin.insight.homes.counting import counts_of
from lianxin.people.models import Deputy, DeputyGroup
from lianxin.stations.models import DutyTurn, ReceptionDay, RoomCheck
from tests.factories import leaving as make
from tests.factories.cast import GROUP, Cast
from tests.factories.contacts import household
from tests.web.pages import entered, words

pytestmark = pytest.mark.django_db


def kinds(cast: Cast, who: str) -> set[str]:
    return {todo.kind for todo in home_of(getattr(cast, who)).todos}


def day(cast: Cast, state: str) -> ReceptionDay:
    station = cast.station("113")
    row = ReceptionDay.objects.create(
        station=station, on=clock.today() + timedelta(days=1), starts=time(9), ends=time(11),
        published_at=clock.now(), home6=station.home6, division_code=station.division_code,
    )  # fmt: skip
    DutyTurn.objects.create(
        day=row, deputy=cast.deputy_row("deputy_town"), state=state, home6=row.home6,
        division_code=row.division_code,
    )  # fmt: skip
    return row


@pytest.mark.parametrize(("state", "seen"), [("scheduled", True), ("confirmed", False)])
def test_a_reception_day_waits_for_keeper_and_deputy_until_it_is_confirmed(
    cast: Cast, state: str, seen: bool
) -> None:
    day(cast, state)
    assert ("接待日" in kinds(cast, "keeper")) == ("接待日" in kinds(cast, "deputy_town")) == seen
    assert "接待日" not in kinds(cast, "keeper_other") | kinds(cast, "deputy_other")


@pytest.mark.parametrize(("answer", "seen"), [("", True), ("agree", False), ("no", False)])
def test_households_that_nobody_has_asked_wait_for_the_keeper(cast: Cast, answer: str, seen: bool) -> None:
    household(cast, answer=answer)
    assert ("征求意见" in kinds(cast, "keeper")) == seen
    assert "征求意见" not in kinds(cast, "keeper_other")


@pytest.mark.parametrize(("state", "seen"), [("gap", True), ("met", False)])
def test_a_room_with_gaps_waits_for_the_keeper(cast: Cast, state: str, seen: bool) -> None:
    room = cast.room()
    RoomCheck.objects.create(
        station=room, kind="ten_haves", year=clock.today().year, state=state, points=90, home6=room.home6,
        division_code=room.division_code,
    )  # fmt: skip
    assert ("十有缺项" in kinds(cast, "keeper")) == seen


def test_minutes_wait_for_the_leader_of_the_group_only(cast: Cast) -> None:
    group = DeputyGroup.objects.get(name=GROUP)
    Activity.objects.create(
        group=group, kind="learning", title="学习代表法", place="联络室", state="minutes_due",
        starts_at=clock.now(), ends_at=clock.now(), home6=group.home6, division_code=group.division_code,
    )  # fmt: skip
    assert "交纪要" in kinds(cast, "group_leader")
    assert "交纪要" not in kinds(cast, "deputy_town")


def test_things_to_take_over_wait_for_the_receiver_until_he_has_answered(cast: Cast) -> None:
    make.laden(cast)
    leaving = make.opened(cast)
    make.named(cast, leaving, "household")
    assert "离任移交" in kinds(cast, "deputy_town") and "离任移交" not in kinds(cast, "deputy_town_2")
    make.accepted(cast, leaving, "household")
    assert "离任移交" not in kinds(cast, "deputy_town")


def test_lists_are_counted_in_one_question(cast: Cast, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = counts_of(all=Deputy.objects.all(), none=Deputy.objects.none().filter(pk=None))
    assert found == {"all": Deputy.objects.count(), "none": 0}


def test_a_member_of_the_standing_committee_reads_the_figures_and_public_pages(cast: Cast) -> None:
    client = entered(cast, "leader")
    assert "治理效能" in words(client.get("/desk"))
    assert client.get("/office/effect").status_code == 200
    page = client.get("/office/effect/contact?of=rest").content.decode()
    assert f"/deputies/{cast.deputy_row('deputy_town').pk}" in page
    assert "/office/duties/deputies/" not in page
    assert client.get("/office/duties").status_code == 403
