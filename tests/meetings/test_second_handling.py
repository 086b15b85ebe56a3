"""A written answer that does not satisfy is given back: second letter, new day, counted; once and not by anybody."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lianxin.common import clock
from lianxin.common.errors import Conflict, Denied, Invalid, Refused
from lianxin.documents.models import LetterVersion
from lianxin.handling.models import Assignment, Deadline
from lianxin.insight.homes import home_of
from lianxin.meetings import selectors, services
from lianxin.meetings.models import ForumEvent, ForumItem
from tests.factories import forums as make
from tests.factories.cast import Cast
from tests.web.pages import entered, words

pytestmark = pytest.mark.django_db
WHY = "答复里没有写什么时候换变压器。"


def refused(cast: Cast) -> ForumItem:
    forum = make.handed_over(cast)
    row = make.replied(cast, forum.items.get(number=2))
    return services.item_rate(actor=cast.deputy_city, item=row, rating="unsatisfied", note=WHY)


def test_who_is_not_satisfied_sets_the_hosts_a_day(cast: Cast) -> None:
    row = refused(cast)
    assert (row.state, row.refused_note, row.round) == ("dissatisfied", WHY, 1)
    due = Deadline.objects.get(matter_id=row.pk, what="rehandle_order")
    assert due.rule == "forum.rehandle_order_workdays" and due.due_on == row.order_until
    todo = [one for one in home_of(cast.office).todos if one.kind == "重办"]
    assert [(one.due_on, one.link) for one in todo] == [(row.order_until, f"/forums/{row.forum_id}/effect")]


def test_the_hosts_give_it_back_with_a_second_letter_and_a_new_day(cast: Cast) -> None:
    row = services.item_order_again(actor=cast.office, item=make.fresh(refused(cast)))
    assert (row.state, row.round, row.rating, row.refused_note) == ("handed_over", 2, "", WHY)
    part = Assignment.objects.get(matter_id=row.pk, round=2)
    letter = row.letters.get()
    assert (letter.unit, letter.due_on) == ("power", part.reply_due_on)
    text = "".join(LetterVersion.objects.get(pk=letter.letter_id).content["body"])
    assert WHY in text and "重新" in text
    assert Deadline.objects.get(matter_id=row.pk, what="rehandle_order").met_on == clock.today()
    reply = Deadline.objects.get(matter_id=row.pk, what="reply", assignment=part)
    assert reply.rule == "forum.rehandle_months"
    assert ForumEvent.objects.filter(item=row, act__in=["refuse", "order_again"]).count() == 2
    assert "重办" not in {one.kind for one in home_of(cast.office).todos}


def test_the_second_answer_is_rated_and_both_are_counted(cast: Cast) -> None:
    row = services.item_order_again(actor=cast.office, item=make.fresh(refused(cast)))
    row = make.replied(cast, row, 2)
    services.item_rate(actor=cast.deputy_city, item=row, rating="satisfied")
    told = selectors.effect(make.refreshed(row.forum))
    assert (told.again, told.mended, told.replied, sum(told.classes.values())) == (1, 1, 1, 1)
    assert [one.again for one in told.units if one.unit == "power"] == [1]


def test_a_second_dissatisfaction_is_noted_and_not_a_third_round(cast: Cast) -> None:
    row = services.item_order_again(actor=cast.office, item=make.fresh(refused(cast)))
    row = make.replied(cast, row, 2)
    row = services.item_rate(actor=cast.deputy_city, item=row, rating="unsatisfied", note="还是没有写时间。")
    assert (row.state, row.rating) == ("replied", "unsatisfied")
    with pytest.raises(Conflict):
        services.item_order_again(actor=cast.office, item=make.fresh(row))


def test_nobody_else_gives_back_and_nothing_that_satisfied(cast: Cast) -> None:
    row = refused(cast)
    for who in ("deputy_city", "head_power", "presidium", "leader"):
        with pytest.raises(Denied):
            services.item_order_again(actor=getattr(cast, who), item=make.fresh(row))
    content = make.fresh(row.forum.items.get(number=1))
    with pytest.raises(Conflict):
        services.item_order_again(actor=cast.office, item=content)


def test_a_dissatisfied_deputy_says_why(cast: Cast) -> None:
    row = make.replied(cast, make.handed_over(cast).items.get(number=2))
    with pytest.raises(Invalid, match="哪里不满意"):
        services.item_rate(actor=cast.deputy_city, item=row, rating="unsatisfied", note="不")
    assert make.fresh(row).state == "replied"


def test_the_follow_up_does_not_end_over_a_dissatisfied_item(cast: Cast) -> None:
    row = refused(cast)
    with clock.at(clock.now() + timedelta(days=120)), pytest.raises(Refused, match="1 件代表不满意"):
        services.forum_move(actor=cast.office, forum=make.refreshed(row.forum), act="follow_up")


def test_the_effect_page_asks_for_it_and_the_deputy_sees_it(cast: Cast) -> None:
    row = refused(cast)
    office = entered(cast, "office")
    page = words(office.get(f"/forums/{row.forum_id}/effect"))
    assert "代表不满意，要交回重办" in page and WHY in page
    form = "/acts/order_again"
    assert form in office.get(f"/forums/{row.forum_id}/effect").content.decode()
    assert form not in entered(cast, "leader").get(f"/forums/{row.forum_id}/effect").content.decode()
    answer = office.post(f"/forums/items/{row.pk}/acts/order_again", {"request_id": "again-1"})
    assert answer.status_code == 302 and answer.url.endswith("/effect")
    assert "已交回部门重新办理" in words(entered(cast, "deputy_city").get(f"/forums/{row.forum_id}/mine"))
    assert "重新办理的函" in words(entered(cast, "clerk_power").get(f"/forums/{row.forum_id}/unit"))
