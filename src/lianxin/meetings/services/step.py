"""The one way in which a forum or an item moves: permission, rule, row, event, audit."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F

from lianxin.activities.models import Gathering
from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Denied
from lianxin.meetings import bell
from lianxin.meetings.models import Forum, ForumEvent, ForumItem
from lianxin.meetings.permissions import may, may_item
from lianxin.meetings.rules import Line, closing_problems
from lianxin.meetings.workflow import FORUM, ITEM, Facts, ItemFacts, ItemState, State
from lianxin.rulebook.calendar import due_after_months
from lianxin.rulebook.selectors import calendar_for
from lianxin.rulebook.services import value

FASTER = "这一步刚刚有人办过了，请刷新后再看。"
NOT_YOURS = "您没有办理这一步的权限。"


def lines_of(forum: Forum) -> list[Line]:
    """Return a forum's items as the rules see them (two queries)."""
    items = forum.items.prefetch_related("units")
    return [
        Line(
            item.number,
            ItemState(item.state),
            tuple(one.unit for one in item.units.all()),
            item.linked_id is not None,
        )
        for item in items
    ]


def facts_of(forum: Forum, actor: Actor | None = None) -> Facts:
    """Return the plain facts that a forum's guards look at."""
    after = forum.items.filter(linked_id=None)
    held_on = clock.local_date(forum.held_at)
    return Facts(
        today=clock.today(),
        held_on=held_on,
        deputies=forum.deputies.count(),
        units=forum.units.count(),
        items=forum.last_number,
        problems=closing_problems(lines_of(forum)) if forum.state == State.CHECKING else (),
        has_minutes=bool(forum.minutes),
        own_minutes=actor is not None and forum.minutes_by is not None and forum.minutes_by == actor.id,
        unanswered=after.filter(state=ItemState.HANDED_OVER).count(),
        unrated=after.filter(state=ItemState.REPLIED, rating="").count(),
        dissatisfied=after.filter(state=ItemState.DISSATISFIED).count(),
        follow_on=_follow_on(forum),
    )


def _follow_on(forum: Forum) -> date:
    months = value("forum.follow_up_months", home6=forum.home6)
    return due_after_months(clock.local_date(forum.held_at), months, calendar_for(forum.home6)).on


def forum_step(
    *, actor: Actor, forum: Forum, act: str, facts: dict[str, Any] | None = None, **changes: Any
) -> Forum:
    """Move the forum by `act` and set `changes`, on the record."""
    if not may(actor, act, forum):
        raise Denied(NOT_YOURS)
    old = forum.state
    changes["state"] = FORUM.next_state(old, act, facts_of(forum, actor))
    mine = Forum.objects.filter(pk=forum.pk, state=old)
    if mine.update(version=F("version") + 1, **changes) != 1:
        raise Conflict(FASTER)
    transaction.on_commit(bell.ring)
    forum.refresh_from_db()
    on_record(actor, forum, act, old, forum.state, facts)
    return forum


def item_step(
    *, actor: Actor, item: ForumItem, act: str, facts: dict[str, Any] | None = None, **changes: Any
) -> ForumItem:
    """Move one item by `act` and set `changes`, on the record; the forum's screens hear of it."""
    if not may_item(actor, act, item):
        raise Denied(NOT_YOURS)
    old = item.state
    changes["state"] = ITEM.next_state(old, act, item_facts(item, actor))
    if ForumItem.objects.filter(pk=item.pk, state=old).update(**changes) != 1:
        raise Conflict(FASTER)
    touch(item.forum)
    for name, changed in changes.items():
        setattr(item, name, changed)
    more = {"item": item.number, **(facts or {})}
    on_record(actor, item.forum, act, old, item.state, more, item)
    return item


def item_facts(item: ForumItem, actor: Actor) -> ItemFacts:
    """Return the plain facts that an item's guards look at, as this actor meets it."""
    units = list(item.units.all())
    mine = set(actor.units(*ITEM.acts["answer"].by))
    return ItemFacts(
        forum=State(item.forum.state),
        units=len(units),
        others_open=sum(not one.answer and one.unit not in mine for one in units),
        rated=bool(item.rating),
        round=item.round,
    )


def touch(forum: Forum) -> None:
    """Tell the screens of a forum that something is new."""
    Forum.objects.filter(pk=forum.pk).update(version=F("version") + 1)
    transaction.on_commit(bell.ring)


def on_record(
    actor: Actor,
    forum: Forum,
    act: str,
    old: str,
    new: str,
    facts: dict[str, Any] | None = None,
    item: ForumItem | None = None,
) -> None:
    """Write the event and the audit entry of a step."""
    ForumEvent.objects.create(
        forum=forum,
        item=item,
        at=clock.now(),
        actor_id=actor.id,
        actor_name=actor.name,
        act=act,
        from_state=old,
        to_state=new,
        facts=facts or {},
    )
    tag = f"forum_item.{act}" if item else f"forum.{act}"
    record(actor=actor, tag=tag, kind="forum", target=forum.id, home6=forum.home6, facts=facts)


def forum_gathering(forum: Forum) -> Gathering | None:
    """Return the list of those present, once it is open."""
    return Gathering.objects.filter(kind="forum", source_id=forum.id).first()
