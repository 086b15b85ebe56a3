"""Broken links are seen, told and listed; what was heard gets an outcome."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lianxin.common import clock
from lianxin.common.actor import SYSTEM
from lianxin.common.errors import Conflict, Denied, Invalid, Refused
from lianxin.common.ids import uuid7
from lianxin.contacts import services
from lianxin.contacts.actions import BOOK
from lianxin.contacts.models import Alarm, Kind, VisitMatter
from lianxin.contacts.selectors import own_households, quotas_off_in
from lianxin.contacts.workflow import DERIVED, MatterState, State
from lianxin.notifications.models import Notice
from lianxin.people.models import DeputyGroup, Seat
from lianxin.people.seats import seat_suspend
from tests.factories.cast import CITY, OTHER_TOWN, TOWN, Cast
from tests.factories.contacts import SINCE, agree, paired

pytestmark = pytest.mark.django_db


def leave(cast: Cast, name: str) -> None:
    Seat.objects.filter(deputy=cast.deputy_row(name)).update(valid_to=clock.today() - timedelta(days=1))


def test_a_deputy_who_left_is_an_alarm_until_somebody_takes_over(cast: Cast) -> None:
    pairing, to = paired(cast), cast.deputy_row("deputy_town_2")
    agree(to)
    leave(cast, "deputy_town")
    assert services.alarms_refresh() == 1
    assert services.alarms_refresh() == 0
    pairing.refresh_from_db()
    assert pairing.state == State.REPLACING
    assert Notice.objects.filter(about_kind="alarm", recipient_key=f"presidium@{TOWN}").count() == 1
    new = services.pairing_reassign(actor=cast.presidium, pairing=pairing, deputy=to, reason="原代表离任")
    services.pairing_approve(actor=cast.presidium, pairing=new)
    services.alarms_refresh()
    assert not Alarm.objects.filter(ended_at=None).exists()


def test_nobody_who_sits_raises_an_alarm(cast: Cast) -> None:
    paired(cast)
    assert services.alarms_refresh() == 0
    assert not Alarm.objects.exists()


def test_who_is_suspended_keeps_his_households_and_may_be_back(cast: Cast) -> None:
    pairing, seat = paired(cast), cast.deputy_row("deputy_town").seats.get()
    seat_suspend(actor=cast.presidium, seat=seat, on=clock.today(), reason="公告第3号")
    services.alarms_refresh()
    pairing.refresh_from_db()
    assert pairing.state == State.ACTIVE


def test_a_cover_keeps_the_contact_meanwhile(cast: Cast) -> None:
    pairing = paired(cast)
    leave(cast, "deputy_town")
    services.alarms_refresh()
    pairing.refresh_from_db()
    services.cover_set(actor=cast.presidium, pairing=pairing, deputy=cast.deputy_row("deputy_town_3"))
    assert list(own_households(cast.deputy_town_3)) == [pairing]
    visit = services.visit_record(actor=cast.deputy_town_3, pairing=pairing, on=clock.today(), way="home")
    assert visit.deputy_id == cast.deputy_row("deputy_town_3").pk
    with pytest.raises(Refused):
        services.cover_set(actor=cast.presidium, pairing=pairing, deputy=cast.deputy_row("deputy_town"))


def test_groups_without_owner_and_towns_without_leader_are_seen(cast: Cast) -> None:
    leader = cast.deputy_row("deputy_city")
    services.pairing_register(
        actor=SYSTEM, new=services.NewPairing(Kind.LEADER_TOWN, leader, SINCE, town=TOWN)
    )
    group = DeputyGroup.objects.get(division_code=TOWN)
    services.pairing_register(
        actor=SYSTEM, new=services.NewPairing(Kind.PRESIDIUM_GROUP, leader, SINCE, group=group)
    )
    assert services.alarms_refresh() == 2
    assert set(Alarm.objects.values_list("what", "division_code")) == {
        ("no_owner", OTHER_TOWN),
        ("no_leader", OTHER_TOWN),
    }


def heard(cast: Cast, name: str = "deputy_town") -> VisitMatter:
    pairing = paired(cast, name)
    visit = services.visit_record(
        actor=getattr(cast, name), pairing=pairing, on=clock.today(), way="home", matters=["路灯不亮"]
    )
    return visit.matters.get()


def test_a_matter_is_helped_along_and_settled_once(cast: Cast) -> None:
    matter = heard(cast)
    services.matter_coordinate(actor=cast.deputy_town, matter=matter, with_whom="村委会")
    with pytest.raises(Invalid):
        services.matter_settle(actor=cast.deputy_town, matter=matter, outcome="")
    services.matter_settle(actor=cast.deputy_town, matter=matter, outcome="已换灯泡")
    matter.refresh_from_db()
    assert (matter.state, matter.outcome) == (MatterState.SETTLED, "已换灯泡")
    with pytest.raises(Conflict):
        services.matter_convert(actor=cast.deputy_town, matter=matter, opinion_id=uuid7())


def test_another_deputy_does_not_settle_it(cast: Cast) -> None:
    matter = heard(cast)
    with pytest.raises(Denied):
        services.matter_settle(actor=cast.deputy_town_2, matter=matter, outcome="已换灯泡")


def test_what_a_deputy_says_to_a_member_is_due_in_a_month(cast: Cast) -> None:
    member, other = cast.deputy_row("deputy_city"), cast.deputy_row("deputy_town")
    agree(member, other)
    new = services.NewPairing(Kind.MEMBER_DEPUTY, member, SINCE, other=other)
    pairing = services.pairing_register(actor=SYSTEM, new=new)
    visit = services.visit_record(
        actor=cast.deputy_city, pairing=pairing, on=clock.today(), way="meeting", matters=["山坪塘要清淤"]
    )
    matter = visit.matters.get()
    assert matter.due_on is not None
    assert 28 <= (matter.due_on - clock.today()).days <= 36
    services.matter_settle(actor=cast.deputy_city, matter=matter, outcome="已列入清淤计划")
    assert visit.matters.get().state == MatterState.SETTLED


def test_who_has_not_the_number_is_listed_and_who_has_is_not(cast: Cast) -> None:
    for _ in range(10):
        paired(cast)
    services.members_register(
        actor=cast.office,
        rows=[services.NewMember(cast.deputy_row("deputy_city"), CITY, SINCE)],
        home6=TOWN[:6],
    )
    off = {(row.person, row.kind): row.has for row in quotas_off_in(TOWN)}
    right, wrong = str(cast.deputy_row("deputy_town").pk), str(cast.deputy_row("deputy_town_2").pk)
    assert (right, Kind.DEPUTY_HOUSEHOLD) not in off
    assert off[(wrong, Kind.DEPUTY_HOUSEHOLD)] == 0
    assert off[(str(cast.deputy_row("deputy_city").pk), Kind.MEMBER_DEPUTY)] == 0


def test_every_act_that_somebody_presses_is_bound() -> None:
    assert BOOK.unbound() == DERIVED
