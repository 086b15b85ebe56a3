"""Pledges: public from the day they are made; overdue ones say so; fulfilment is confirmed by another."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lianxin.common import clock
from lianxin.common.errors import Conflict, Denied, Invalid, Refused
from lianxin.duties import services
from lianxin.duties.models import DutyPledge, DutyRecord
from lianxin.duties.permissions import pledges_visible_to
from lianxin.notifications.models import Notice
from tests.factories.cast import Cast

pytestmark = pytest.mark.django_db
ITEM = "推动三组通组路硬化 1.2 公里"


def made(cast: Cast, who: str = "deputy_town", *, days: int = 0) -> DutyPledge:
    """Return a published pledge that is due `days` from now (at the latest at the year's end)."""
    actor = getattr(cast, who)
    row = services.pledge_make(actor=actor, item=ITEM, due_on=clock.today() + timedelta(days=days))
    return services.pledge_publish(actor=actor, pledge=row)


def test_a_draft_is_the_authors_and_a_published_pledge_everybodys(cast: Cast) -> None:
    row = services.pledge_make(actor=cast.deputy_town, item=ITEM, due_on=clock.today())
    assert not pledges_visible_to(cast.presidium).exists()
    assert pledges_visible_to(cast.deputy_town).exists()
    with pytest.raises(Denied):
        services.pledge_publish(actor=cast.deputy_town_2, pledge=row)
    services.pledge_publish(actor=cast.deputy_town, pledge=row)
    assert pledges_visible_to(cast.clerk).exists()


def test_a_pledge_names_a_deed_and_a_day_of_this_year(cast: Cast) -> None:
    with pytest.raises(Invalid) as caught:
        services.pledge_make(actor=cast.deputy_town, item="修路", due_on=clock.today() - timedelta(days=1))
    assert set(caught.value.fields) == {"item", "due_on"}
    with pytest.raises(Denied):
        services.pledge_make(actor=cast.keeper, item=ITEM, due_on=clock.today())


def test_five_pledges_a_year_are_enough(cast: Cast) -> None:
    for _ in range(5):
        made(cast)
    with pytest.raises(Invalid, match="没填好"):
        made(cast)


def test_fulfilment_is_proved_confirmed_by_another_and_becomes_a_record(cast: Cast) -> None:
    row = made(cast)
    with pytest.raises(Conflict):
        services.pledge_fulfil(actor=cast.presidium, pledge=row)
    services.pledge_prove(actor=cast.deputy_town, pledge=row, proof="路已通车，村委会出了证明")
    for who in ("deputy_town", "deputy_town_2", "presidium_other", "admin"):
        with pytest.raises(Denied):
            services.pledge_fulfil(actor=getattr(cast, who), pledge=row)
    services.pledge_fulfil(actor=cast.group_leader, pledge=row)
    posted = DutyRecord.objects.get(source_id=str(row.id))
    assert (row.state, posted.kind.slug, posted.deputy_id) == ("fulfilled", "duty_pledge", row.deputy_id)


def test_the_leader_of_a_group_does_not_confirm_his_own(cast: Cast) -> None:
    row = made(cast, "group_leader")
    services.pledge_prove(actor=cast.group_leader, pledge=row, proof="已经办好，有验收单")
    with pytest.raises(Refused):
        services.pledge_fulfil(actor=cast.group_leader, pledge=row)
    services.pledge_send_back(actor=cast.presidium, pledge=row, reason="请补验收单的照片")
    assert row.state == "open"


def test_an_overdue_pledge_shows_so_and_can_be_explained(cast: Cast) -> None:
    row = made(cast)
    with pytest.raises(Refused, match="还没有到"):
        services.pledge_explain(actor=cast.deputy_town, pledge=row, text="连下大雨，水泥进不来")
    tomorrow = clock.now() + timedelta(days=1)
    with clock.at(tomorrow):
        assert row.overdue(clock.today())
        assert services.pledges_remind(clock.today()) == 1
        services.pledges_remind(clock.today())
        services.pledge_explain(actor=cast.deputy_town, pledge=row, text="连下大雨，水泥进不来")
    assert Notice.objects.filter(subject__contains="未兑现").count() == 1
    assert row.explanation


def test_the_body_may_release_with_a_reason_and_a_group_leader_may_not(cast: Cast) -> None:
    row = made(cast)
    with pytest.raises(Denied):
        services.pledge_release(actor=cast.group_leader, pledge=row, reason="规划改了，路不修了")
    services.pledge_release(actor=cast.presidium, pledge=row, reason="规划改了，路不修了")
    assert not row.overdue(clock.today() + timedelta(days=500))
