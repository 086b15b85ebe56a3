"""A group's channel: written and read by its members, taken back within minutes."""

from __future__ import annotations

from datetime import timedelta

from lianxin.audit.services import record
from lianxin.colleagues.models import Post, ReadMark
from lianxin.colleagues.permissions import is_member
from lianxin.colleagues.words import checked
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Denied, Invalid, Refused
from lianxin.common.writes import write
from lianxin.people.actors import deputy_of
from lianxin.people.models import Deputy, DeputyGroup
from lianxin.rulebook.services import value


@write
def post_write(
    *,
    actor: Actor,
    group: DeputyGroup,
    text: str,
    reply_to: Post | None = None,
    request_id: str | None = None,
) -> Post:
    """Say something to one's group; numbers that betray a resident are refused."""
    deputy = _member(actor, group)
    if reply_to is not None and (reply_to.group_id != group.pk or reply_to.retracted_at):
        raise Invalid("要回复的那条消息已经没有了。", fields={"text": "可以直接发一条新的。"})
    post = Post.objects.create(
        home6=group.home6,
        division_code=group.division_code,
        group=group,
        author=deputy,
        reply_to=reply_to,
        text=checked(text, field="text"),
        at=clock.now(),
    )
    record(
        actor=actor,
        tag="colleagues.post",
        kind="deputy_group",
        target=group.pk,
        home6=group.home6,
        facts={"post": str(post.pk)},
    )
    return post


@write
def post_retract(*, actor: Actor, post: Post, request_id: str | None = None) -> Post:
    """Take back one's own message within the time allowed; its words are erased."""
    if deputy_of(actor) != post.author or not is_member(actor, post.group):
        raise Denied("只能收回自己发的消息。")
    minutes = int(value("channel.retract_minutes", home6=post.home6))
    if clock.now() - post.at > timedelta(minutes=minutes):
        raise Refused(f"发出超过 {minutes} 分钟，不能收回了。可以再发一条说明。")
    if Post.objects.filter(pk=post.pk, retracted_at=None).update(retracted_at=clock.now(), text="") != 1:
        raise Conflict("这条消息已经收回了。")
    post.refresh_from_db()
    record(
        actor=actor,
        tag="colleagues.post_retract",
        kind="deputy_group",
        target=post.group_id,
        home6=post.home6,
        facts={"post": str(post.pk)},
    )
    return post


@write
def channel_read(*, actor: Actor, group: DeputyGroup, request_id: str | None = None) -> ReadMark:
    """Note that the actor has read his group's channel up to now; a mark never goes back."""
    deputy = _member(actor, group)
    mark, made = ReadMark.objects.get_or_create(group=group, deputy=deputy, defaults={"read_to": clock.now()})
    if not made and mark.read_to < clock.now():
        mark.read_to = clock.now()
        mark.save(update_fields=["read_to"])
    return mark


def _member(actor: Actor, group: DeputyGroup) -> Deputy:
    deputy = deputy_of(actor)
    if deputy is None or not is_member(actor, group):
        raise Denied("小组里说的话只有本组代表能看、能发。")
    return deputy
