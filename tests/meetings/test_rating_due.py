"""A written reply is rated until a day: the deputy is asked, a late one is shown, told once and never satisfied."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import timedelta

import pytest

from lianxin.common import clock
from lianxin.common.errors import Denied
from lianxin.handling.models import Deadline
from lianxin.insight.homes import home_of
from lianxin.meetings import services
from lianxin.meetings.models import ForumItem
from lianxin.notifications.models import Notice
from lianxin.rulebook.models import Parameter
from lianxin.rulebook.selectors import forget
from tests.factories import forums as make
from tests.factories.cast import Cast
from tests.web.pages import entered, words

pytestmark = pytest.mark.django_db
LATE = "逾期没有评价"


def answered(cast: Cast) -> ForumItem:
    return make.fresh(make.replied(cast, make.handed_over(cast).items.get(number=2)))


def after(row: ForumItem, days: int = 1) -> AbstractContextManager[None]:
    assert row.rate_until
    return clock.at(clock.day_start(row.rate_until) + timedelta(days=days, hours=9))


def test_a_reply_sets_the_day_by_the_rulebook_and_a_rating_meets_it(cast: Cast) -> None:
    row = answered(cast)
    due = Deadline.objects.get(matter_id=row.pk, what="rate")
    assert (due.rule, due.due_on) == ("forum.rate_workdays", row.rate_until)
    todo = [one for one in home_of(cast.deputy_city).todos if one.kind == "书面答复"]
    assert [one.due_on for one in todo] == [row.rate_until]
    services.item_rate(actor=cast.deputy_city, item=row, rating="satisfied")
    due.refresh_from_db()
    assert due.met_on == clock.today()
    assert not [one for one in home_of(cast.deputy_city).todos if one.kind == "书面答复"]


def test_the_number_of_days_is_the_rulebooks(cast: Cast) -> None:
    standard = answered(cast).rate_until
    Parameter.objects.filter(name="forum.rate_workdays").update(value=40)
    forget()
    row = make.fresh(make.replied(cast, make.handed_over(cast).items.get(number=2)))
    assert row.rate_until and standard and row.rate_until > standard


def test_not_satisfied_meets_the_day_and_the_second_reply_sets_a_new_one(cast: Cast) -> None:
    row = services.item_rate(
        actor=cast.deputy_city, item=answered(cast), rating="unsatisfied", note="没有写什么时候换。"
    )
    assert Deadline.objects.get(matter_id=row.pk, what="rate").met_on == clock.today()
    again = services.item_order_again(actor=cast.office, item=make.fresh(row))
    assert make.fresh(again).rate_until is None
    assert make.fresh(make.replied(cast, again, 2)).rate_until


def test_a_late_rating_is_shown_to_the_deputy_and_to_the_hosts(cast: Cast) -> None:
    row = answered(cast)
    mine, effect = f"/forums/{row.forum_id}/mine", f"/forums/{row.forum_id}/effect"
    with after(row, 0):
        assert "评价逾期" not in words(entered(cast, "deputy_city").get(mine))
        assert LATE not in words(entered(cast, "office").get(effect))
    with after(row):
        assert "评价逾期" in words(entered(cast, "deputy_city").get(mine))
        assert LATE in words(entered(cast, "office").get(effect))
        services.item_rate(actor=cast.deputy_city, item=make.fresh(row), rating="basically")
        assert LATE not in words(entered(cast, "office").get(effect))


def test_the_clock_asks_before_the_day_and_tells_of_a_late_one_once(cast: Cast) -> None:
    row = answered(cast)
    assert services.ratings_remind(clock.today()) == 0
    with after(row, -2):
        assert services.ratings_remind(clock.today()) == 1
        assert not Notice.objects.filter(subject__contains=LATE).exists()
    with after(row):
        for _ in range(2):
            services.ratings_remind(clock.today())
    told = Notice.objects.filter(subject__contains=LATE).values_list("recipient_kind", "link")
    assert sorted(told) == [
        ("account", f"/forums/{row.forum_id}/mine"), ("role", f"/forums/{row.forum_id}/effect"),
    ]  # fmt: skip


def test_nobody_rates_in_the_deputys_place_however_late(cast: Cast) -> None:
    row = answered(cast)
    with after(row, 30):
        for who in ("office", "head_power", "deputy_city_2"):
            with pytest.raises(Denied):
                services.item_rate(actor=getattr(cast, who), item=make.fresh(row), rating="satisfied")
    assert make.fresh(row).rating == ""
