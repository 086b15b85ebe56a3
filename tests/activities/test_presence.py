"""Presence: signed in once, by code or by tick, in intervals; who may not is told why."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from lianxin.activities import services
from lianxin.activities.models import Presence
from lianxin.audit.models import AuditEntry
from lianxin.common import clock
from lianxin.common.errors import Conflict, Denied, Invalid, Refused, TooMany
from tests.factories import activities as make
from tests.factories.cast import Cast

pytestmark = pytest.mark.django_db


def test_a_member_signs_in_by_the_code_on_the_screen(cast: Cast) -> None:
    event = make.gathering(cast)
    code = make.code_shown(cast, event)
    row = services.presence_sign_in(actor=cast.deputy_town, event=event, code=code)
    assert (row.deputy, row.way, row.left_at) == (cast.deputy_row("deputy_town"), "code", None)
    assert AuditEntry.objects.filter(tag="activities.sign_in", target_id=str(event.source_id)).count() == 1


def test_signed_in_twice_is_signed_in_once(cast: Cast) -> None:
    event = make.gathering(cast)
    code = make.code_shown(cast, event)
    first = services.presence_sign_in(actor=cast.deputy_town, event=event, code=code)
    again = services.presence_sign_in(actor=cast.deputy_town, event=event, code="000000")
    ticked = services.presence_tick(actor=cast.keeper, event=event, deputy=first.deputy)
    assert {first.pk, again.pk, ticked.pk} == {first.pk}
    assert Presence.objects.filter(gathering=event).count() == 1


def test_a_photo_of_the_code_does_not_help_a_minute_later(cast: Cast) -> None:
    event = make.gathering(cast)
    code = make.code_shown(cast, event)
    with clock.at(clock.now() + timedelta(seconds=90)), pytest.raises(Invalid, match="过期"):
        services.presence_sign_in(actor=cast.deputy_town, event=event, code=code)
    assert not Presence.objects.filter(gathering=event).exists()


def test_guessing_stops_after_five_wrong_codes(cast: Cast) -> None:
    event = make.gathering(cast)
    right = make.code_shown(cast, event)
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(5):
        with pytest.raises(Invalid):
            services.presence_sign_in(actor=cast.deputy_town, event=event, code=wrong + "x")
    with pytest.raises(TooMany):
        services.presence_sign_in(actor=cast.deputy_town, event=event, code=make.code_shown(cast, event))
    services.presence_tick(actor=cast.keeper, event=event, deputy=cast.deputy_row("deputy_town"))
    other = services.presence_sign_in(actor=cast.deputy_city, event=event, code=make.code_shown(cast, event))
    assert other.pk


@pytest.mark.parametrize("who", ["deputy_town_2", "deputy_other"])
def test_who_is_not_of_the_group_cannot_sign_in(cast: Cast, who: str) -> None:
    event = make.gathering(cast)
    with pytest.raises(Denied, match="不是您所在小组"):
        services.presence_sign_in(actor=getattr(cast, who), event=event, code=make.code_shown(cast, event))


def test_a_gathering_of_the_town_is_open_to_its_deputies_only(cast: Cast) -> None:
    event = make.gathering(cast, of_group=False)
    code = make.code_shown(cast, event)
    assert services.presence_sign_in(actor=cast.deputy_town_2, event=event, code=code).pk
    with pytest.raises(Denied):
        services.presence_sign_in(actor=cast.deputy_other, event=event, code=code)


def test_who_is_no_deputy_cannot_sign_in(cast: Cast) -> None:
    event = make.gathering(cast)
    with pytest.raises(Denied, match="人大代表"):
        services.presence_sign_in(actor=cast.clerk, event=event, code=make.code_shown(cast, event))


@pytest.mark.parametrize("who", ["group_leader", "keeper", "presidium", "office"])
def test_those_who_keep_the_list_tick(cast: Cast, who: str) -> None:
    event = make.gathering(cast)
    row = services.presence_tick(actor=getattr(cast, who), event=event, deputy=cast.deputy_row("deputy_city"))
    assert (row.way, row.noted_by) == ("tick", getattr(cast, who).id)


@pytest.mark.parametrize("who", ["deputy_town", "keeper_other", "presidium_other", "clerk", "leader"])
def test_others_neither_tick_nor_see_the_code(cast: Cast, who: str) -> None:
    event = make.gathering(cast)
    with pytest.raises(Denied):
        services.presence_tick(actor=getattr(cast, who), event=event, deputy=cast.deputy_row("deputy_city"))
    with pytest.raises(Denied):
        services.code_now(actor=getattr(cast, who), event=event)


def test_nobody_signs_in_before_or_after(cast: Cast) -> None:
    event = make.gathering(cast)
    for instant in (event.opens_at - timedelta(minutes=1), event.closes_at + timedelta(minutes=1)):
        with clock.at(instant), pytest.raises(Refused, match="签到时间"):
            services.presence_sign_in(actor=cast.deputy_town, event=event, code=make.code_shown(cast, event))


def test_who_leaves_and_comes_back_has_two_intervals(cast: Cast) -> None:
    event, now = make.gathering(cast), clock.now()
    deputy = cast.deputy_row("deputy_town")
    for minutes in (0, 60):
        with clock.at(now + timedelta(minutes=minutes)):
            services.presence_sign_in(actor=cast.deputy_town, event=event, code=make.code_shown(cast, event))
        with clock.at(now + timedelta(minutes=minutes + 20)):
            services.presence_sign_out(actor=cast.deputy_town, event=event)
    spans = Presence.objects.filter(gathering=event, deputy=deputy).order_by("came_at")
    assert [row.left_at - row.came_at for row in spans if row.left_at] == [timedelta(minutes=20)] * 2
    with pytest.raises(Conflict):
        services.presence_sign_out(actor=cast.deputy_town, event=event)


def test_only_oneself_or_the_keeper_signs_out(cast: Cast) -> None:
    event, deputy = make.gathering(cast), cast.deputy_row("deputy_town")
    services.presence_tick(actor=cast.keeper, event=event, deputy=deputy)
    with pytest.raises(Denied):
        services.presence_sign_out(actor=cast.deputy_city, event=event, deputy=deputy)
    assert services.presence_sign_out(actor=cast.keeper, event=event, deputy=deputy).left_at


def test_the_same_request_sent_again_notes_one_presence(cast: Cast) -> None:
    event, key = make.gathering(cast), uuid4().hex
    deputy = cast.deputy_row("deputy_town")
    rows = [
        services.presence_tick(actor=cast.keeper, event=event, deputy=deputy, request_id=key)
        for _ in range(2)
    ]
    assert rows[0].pk == rows[1].pk


def test_a_gathering_opened_again_keeps_its_list(cast: Cast) -> None:
    event = make.gathering(cast)
    services.presence_tick(actor=cast.keeper, event=event, deputy=cast.deputy_row("deputy_town"))
    again = services.gathering_open(
        actor=cast.group_leader,
        kind=event.kind,
        source_id=event.source_id,
        title="改了时间的小组学习",
        home6=event.home6,
        division_code=event.division_code,
        opens_at=event.opens_at,
        closes_at=event.closes_at + timedelta(hours=1),
    )
    assert (again.pk, again.presences.count()) == (event.pk, 1)
