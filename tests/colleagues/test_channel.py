"""A group's channel: members only, no residents' numbers, taken back in time, read marks."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from lianxin.audit.models import AuditEntry
from lianxin.colleagues import selectors, services
from lianxin.colleagues.models import Post
from lianxin.colleagues.permissions import posts_visible_to
from lianxin.common import clock
from lianxin.common.errors import Conflict, Denied, Invalid, NotFound, Refused
from tests.factories import activities as make
from tests.factories.cast import OTHER_GROUP, Cast

pytestmark = pytest.mark.django_db


def said(cast: Cast, text: str = "周五上午去看水毁路段，八点在村委会会合。") -> Post:
    return services.post_write(actor=cast.deputy_town, group=make.group(), text=text)


def test_members_read_what_a_member_says(cast: Cast) -> None:
    post = said(cast)
    answer = services.post_write(
        actor=cast.deputy_city, group=make.group(), text="收到，我带相机。", reply_to=post
    )
    shown = selectors.channel(cast.group_leader, make.group())
    assert [row.pk for row in shown] == [post.pk, answer.pk]


@pytest.mark.parametrize(
    "who", ["deputy_other", "deputy_town_2", "keeper", "presidium", "office", "leader", "admin", "auditor"]
)
def test_nobody_else_reads_or_writes_it(cast: Cast, who: str) -> None:
    post, actor = said(cast), getattr(cast, who)
    assert not posts_visible_to(actor).exists()
    with pytest.raises(Denied):
        services.post_write(actor=actor, group=make.group(), text="我也看看")
    with pytest.raises(NotFound):
        selectors.post_for(actor, post.pk)


@pytest.mark.parametrize(
    "text",
    [
        "三组王家的电话是13800138000，你去一下",
        "她的身份证 610928196503042218 要不要记",
        "他的手机：一三八零零一三八零零零",
        "卡号 6222021234567890123 对不上",
        "车是陕G12345",
    ],
)
def test_numbers_of_residents_are_not_posted(cast: Cast, text: str) -> None:
    with pytest.raises(Invalid, match="个人信息"):
        said(cast, text)
    assert not Post.objects.exists()


def test_a_message_is_taken_back_within_minutes_and_its_words_are_gone(cast: Cast) -> None:
    post = said(cast)
    services.post_retract(actor=cast.deputy_town, post=post)
    assert Post.objects.get(pk=post.pk).text == ""
    with pytest.raises(Conflict):
        services.post_retract(actor=cast.deputy_town, post=post)
    with pytest.raises(Invalid, match="没有"):
        services.post_write(actor=cast.deputy_city, group=make.group(), text="好", reply_to=post)


def test_later_or_by_another_it_stays(cast: Cast) -> None:
    post = said(cast)
    with pytest.raises(Denied):
        services.post_retract(actor=cast.group_leader, post=post)
    with clock.at(post.at + timedelta(minutes=11)), pytest.raises(Refused, match="10 分钟"):
        services.post_retract(actor=cast.deputy_town, post=post)
    assert Post.objects.get(pk=post.pk).text


def test_a_reply_stays_inside_its_group(cast: Cast) -> None:
    other = services.post_write(actor=cast.deputy_other, group=make.group(OTHER_GROUP), text="码头的事谁跟？")
    with pytest.raises(Invalid):
        services.post_write(actor=cast.deputy_town, group=make.group(), text="我来", reply_to=other)


def test_unread_counts_what_others_said_since(cast: Cast) -> None:
    group, me = make.group(), cast.deputy_row("deputy_city")
    said(cast)
    assert selectors.unread_posts(cast.deputy_city, me, group) == 1
    services.channel_read(actor=cast.deputy_city, group=group)
    assert selectors.unread_posts(cast.deputy_city, me, group) == 0
    services.post_write(actor=cast.deputy_city, group=group, text="我自己的不算没读")
    said(cast, "改到九点。")
    assert selectors.unread_posts(cast.deputy_city, me, group) == 1
    with clock.at(clock.now() - timedelta(hours=1)):
        services.channel_read(actor=cast.deputy_city, group=group)
    assert selectors.unread_posts(cast.deputy_city, me, group) == 1


def test_the_same_request_posts_once_and_the_trail_holds_no_words(cast: Cast) -> None:
    key = uuid4().hex
    for _ in range(2):
        services.post_write(actor=cast.deputy_town, group=make.group(), text="明天下雨，改期", request_id=key)
    assert Post.objects.count() == 1
    entry = AuditEntry.objects.get(tag="colleagues.post")
    assert "下雨" not in entry.facts
