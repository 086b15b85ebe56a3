"""On the day: another deputy takes the place of one who cannot come (临时替换)."""

from __future__ import annotations

from uuid import UUID

from lianxin.activities.services import guests_add
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Invalid
from lianxin.common.writes import write
from lianxin.meetings.models import Forum, ForumDeputy
from lianxin.meetings.services.step import forum_gathering, forum_step
from lianxin.meetings.services.telling import tell_deputy
from lianxin.people.models import Deputy
from lianxin.people.selectors import deputies_of_body


@write
def deputy_stand_in(
    *,
    actor: Actor,
    forum: Forum,
    absent: UUID | None,
    deputy: UUID | None,
    reason: str,
    request_id: str | None = None,
) -> ForumDeputy:
    """Let a deputy of the same congress take an absent one's place; the reason stands on the roster."""
    words = reason.strip()[:200]
    if len(words) < 4:
        raise Invalid("请写明为什么换人。", fields={"reason": "至少 4 个字，例如「住院，来不了」。"})
    gone, comes = _absent(forum, absent), _substitute(forum, deputy)
    facts = {"absent": str(gone.pk), "deputy": str(comes.pk)}
    forum_step(actor=actor, forum=forum, act="stand_in", facts=facts)
    row = ForumDeputy.objects.create(
        forum=forum,
        home6=forum.home6,
        division_code=forum.division_code,
        deputy=comes,
        stands_in_for=gone,
        stand_in_reason=words,
    )
    event = forum_gathering(forum)
    assert event is not None  # a running forum has its list of those present
    guests_add(event, [comes.pk])
    tell_deputy(forum, comes, f"请参加{forum.title}", f"临时替{gone.name}代表到会。", f"stand_in:{comes.pk}")
    return row


def _absent(forum: Forum, pk: UUID | None) -> Deputy:
    """Return who is on the roster, has not come and has nobody in his place yet."""
    row = forum.deputies.select_related("deputy").filter(deputy=pk).first()
    if row is None:
        raise Invalid("请选名单上来不了的代表。", fields={"absent": "请从名单里选。"})
    event = forum_gathering(forum)
    if event is not None and event.presences.filter(deputy=row.deputy).exists():
        raise Conflict(f"{row.deputy.name}代表已经签到，不用换人。")
    if forum.deputies.filter(stands_in_for=row.deputy).exists():
        raise Conflict(f"{row.deputy.name}代表已经有人替了。")
    return row.deputy


def _substitute(forum: Forum, pk: UUID | None) -> Deputy:
    found = deputies_of_body(forum.division_code).filter(pk=pk).first() if pk else None
    if found is None:
        raise Invalid("请选本级的一位代表来替。", fields={"deputy": "请从本级代表里选。"})
    if forum.deputies.filter(deputy=found).exists():
        raise Invalid("这位代表本来就在名单上。", fields={"deputy": "请选名单以外的代表。"})
    return found
