"""Forums of the tests: planned, running with items, closed, handed over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from lianxin.activities.services import presence_tick
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.handling.actions import BOOK
from lianxin.handling.models import Assignment
from lianxin.meetings import services
from lianxin.meetings.models import Forum, ForumItem, Inquiry
from lianxin.meetings.services.step import forum_gathering
from tests.factories.cast import TOWN, Cast

CITY = "610981000000"
DEPUTIES = ("deputy_city", "deputy_city_2", "deputy_city_3")
UNITS = ("transport", "power")
TEXTS = (
    "三组的灌溉渠塌了两处，插秧前要修好",
    "村口的变压器容量小，炒茶季节老跳闸",
    "合作社的冷库用电能不能按农业用电算",
    "通村公路的边沟堵了，雨天水漫到院坝里",
    "茶叶交易市场门口缺公交站",
    "山上的基站停电以后没有备用电源",
)

PDF = services.PackFile("农业用电情况.pdf", b"%PDF-1.7 one page")
REPLY = {
    "reply_class": "A", "answers": ["已经修好，请代表去看。"], "publish_level": "public", "contact_person": "王工",
}  # fmt: skip


def planned(cast: Cast, *, days: int = 0, place: str = CITY, who: str = "office") -> Forum:
    """Return a forum without a roster."""
    return services.forum_plan(
        actor=getattr(cast, who),
        division_code=place,
        title="农业农村代表知情议政会",
        theme="农业农村",
        held_at=clock.now() + timedelta(days=days),
        place="市人大常委会会议室",
    )


def invited(cast: Cast, **more: Any) -> Forum:
    """Return a forum with deputies and departments on its roster."""
    forum = planned(cast, **more)
    town = forum.division_code == TOWN
    people = ("deputy_town", "deputy_town_2") if town else DEPUTIES
    return services.roster_set(
        actor=cast.presidium if town else cast.office,
        forum=forum,
        deputies=[cast.deputy_row(one).pk for one in people],
        units=UNITS,
    )


def running(cast: Cast, **more: Any) -> Forum:
    """Return a forum that has begun; everybody is there."""
    forum = invited(cast, **more)
    host = cast.presidium if forum.division_code == TOWN else cast.office
    forum = services.forum_notify(actor=host, forum=forum)
    forum = services.forum_begin(actor=host, forum=forum)
    event = forum_gathering(forum)
    assert event is not None
    for row in forum.deputies.select_related("deputy"):
        presence_tick(actor=host, event=event, deputy=row.deputy)
    for unit in UNITS:
        services.unit_sign_in(actor=host, forum=forum, unit=unit, attendee="王局长")
    return refreshed(forum)


def item(cast: Cast, forum: Forum, place: int = 0, **more: Any) -> ForumItem:
    """Return one row of the ledger."""
    host = cast.presidium if forum.division_code == TOWN else cast.office
    who = forum.deputies.order_by("created_at", "id")[0].deputy_id
    given = {"deputy": who, "units": [UNITS[place % 2]], "text": TEXTS[place % len(TEXTS)], **more}
    return services.item_note(actor=host, forum=forum, **given)


def closed(cast: Cast) -> Forum:
    """Return a closed forum: item 1 accepted in the hall, 2 deferred, 3 denied."""
    forum = running(cast)
    one, two, three = (item(cast, forum, place) for place in (0, 1, 2))
    services.item_answer(actor=cast.head, item=one, text="明天就派人去修，本周修好。")
    services.item_judge(actor=cast.deputy_city, item=fresh(one), agree=True)
    services.item_defer(actor=cast.head_power, item=two)
    services.item_answer(actor=cast.head, item=three, text="这件事不好办，再说吧。")
    services.item_judge(actor=cast.deputy_city, item=fresh(three), agree=False)
    forum = services.forum_move(actor=cast.office, forum=refreshed(forum), act="end")
    services.minutes_draft(
        actor=cast.office, forum=forum, minutes="会议纪要：代表提出意见三件，逐件有结果，记录在案。"
    )
    return services.forum_close(actor=cast.leader, forum=refreshed(forum))


def handed_over(cast: Cast) -> Forum:
    """Return a forum whose letters are out."""
    return services.forum_hand_over(actor=cast.office, forum=closed(cast))


def refreshed(forum: Forum) -> Forum:
    """Return the forum as it stands in the database."""
    return Forum.objects.get(pk=forum.pk)


def fresh(row: ForumItem) -> ForumItem:
    """Return the item as it stands in the database."""
    return ForumItem.objects.select_related("forum", "deputy").get(pk=row.pk)


def inquiry(host: Actor, place: str, deputy: UUID, kind: str = "inspection") -> Inquiry:
    """Return an inquiry with a team and one line on its list."""
    row = services.inquiry_plan(
        actor=host,
        division_code=place,
        kind=kind,
        title="村民委员会组织法执法检查",
        subject="村民委员会组织法",
        begins_on=clock.today(),
        plan="看六个村。",
        team=[deputy],
    )
    services.check_add(actor=host, inquiry=row, article="第三十条", text="村务公开是否按时")
    return row


def working(host: Actor, place: str, deputy: UUID, unit: str) -> Inquiry:
    """Return an inquiry at work with everything seen and one finding."""
    row = services.inquiry_move(actor=host, inquiry=inquiry(host, place, deputy), act="start")
    services.check_note(actor=host, inquiry=row, check=row.checks.get().pk, seen="有两个季度没有公开。")
    text = "集体收支没有按季公开"
    services.finding_add(
        actor=host, inquiry=row, text=text, unit=unit, due_on=clock.today(), article="第三十条"
    )
    return row


def handed_inquiry(host: Actor, place: str, deputy: UUID, unit: str) -> Inquiry:
    """Return an inquiry whose finding a department has to put right."""
    row = working(host, place, deputy, unit)
    row = services.inquiry_report(actor=host, inquiry=row, report="检查报告：总体较好，发现一个问题。")
    return services.inquiry_move(actor=host, inquiry=row, act="hand_over")


def replied(cast: Cast, row: ForumItem, number: int = 1) -> ForumItem:
    """Take an item of the power company through its hands to the signed reply of a round."""
    part = Assignment.objects.get(matter_kind="forum", matter_id=row.pk, round=number)
    for act, typed, who in (
        ("accept", {"officer": "王工", "leader": "李局长"}, "clerk_power"),
        ("start", {"plan": "先看现场，再定方案。"}, "clerk_power"),
        ("draft_reply", REPLY, "clerk_power"),
        ("sign_reply", {"version": 1}, "head_power"),
    ):
        part.refresh_from_db()
        form = BOOK.form(act, typed)
        services.forum_unit_act(actor=getattr(cast, who), assignment=part, act=act, form=form)
    return fresh(row)
