"""Reading notices and open calls."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from lianxin.common.actor import Actor, Role, place_prefix
from lianxin.notifications.models import CallTask, Notice, NoticeRead
from lianxin.notifications.services import recipient_keys


def notices_for(actor: Actor) -> QuerySet[Notice]:
    """Return the actor's notices, the newest first, each with `is_read`."""
    rule = Q(pk=None)
    for kind, key in recipient_keys(actor):
        rule |= Q(recipient_kind=kind, recipient_key=key)
    if actor.id is None:
        return Notice.objects.none()
    read = NoticeRead.objects.filter(notice=OuterRef("pk"), account_id=actor.id)
    return Notice.objects.filter(rule).annotate(is_read=Exists(read)).order_by("-id")


def call_tasks_for(actor: Actor) -> QuerySet[CallTask]:
    """Return the open calls in the areas whose keeper the actor is."""
    rule = Q(pk=None)
    for place in actor.places(Role.KEEPER):
        rule |= Q(division_code__startswith=place_prefix(place))
    return CallTask.objects.filter(rule, state="open").order_by("due_on", "id")
