"""民情日记 as a way of coming in: the author turns one entry of his own into an opinion, once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, NotFound
from lianxin.duties.models import DutyRecord
from lianxin.duties.permissions import is_own
from lianxin.duties.selectors import duty_for, own_words
from lianxin.opinions.models import Channel, Opinion
from lianxin.opinions.services import Said, Submitted, opinion_submit
from lianxin.regions.models import Station

DIARY = "field_diary"


def source_of(pk: UUID) -> str:
    """Return how an opinion names the entry it was made of; the database keeps it once."""
    return f"diary:{pk}"


def diary_for(actor: Actor, typed: str) -> DutyRecord:
    """Return an entry of the actor's own diary; anybody else's is not there."""
    try:
        row = duty_for(actor, UUID(typed))
    except ValueError:
        raise NotFound(_("没有找到这篇日记。")) from None
    if row.kind.slug != DIARY or not is_own(actor, row.deputy):
        raise NotFound(_("没有找到这篇日记，或者不是您写的。"))
    return row


def first_words(actor: Actor, row: DutyRecord) -> dict[str, Any]:
    """Return what the form begins with: the words of the entry, which its author edits first."""
    text = own_words(actor.id, row).text
    return {"text": text[:1000], "village": row.division_code, "on": row.on.isoformat()}


def opinion_of(row: DutyRecord) -> Opinion | None:
    """Return the opinion that was made of an entry."""
    return Opinion.objects.filter(source_ref=source_of(row.pk)).first()


def diary_submit(
    *, actor: Actor, station: Station, row: DutyRecord, said: Said, request_id: str | None = None
) -> Submitted:
    """Take in what was heard under the diary's own channel."""
    try:
        with transaction.atomic():
            return opinion_submit(
                actor=actor, station=station, said=said, channel=Channel.DIARY, request_id=request_id
            )
    except IntegrityError:
        if opinion_of(row) is None:
            raise
        words = _("这篇日记已经转成民情，不能再转。")
        raise Conflict(words, fields={"text": words}) from None
