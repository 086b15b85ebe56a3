"""A suggestion as everybody may read it: published text and replies, nothing of a person's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lianxin.common.actor import RESIDENT
from lianxin.common.errors import NotFound
from lianxin.handling.models import Reply
from lianxin.people.selectors import organ_name
from lianxin.suggestions.models import Suggestion
from lianxin.suggestions.permissions import visible_to


@dataclass(frozen=True)
class PublishedReply:
    """One unit's reply: its answer to each demand, its class, its promise; no contact, no signer."""

    unit: str
    reply_class: str
    round: int
    on: date | None
    pairs: tuple[tuple[str, str], ...]
    reason: str
    promise: str
    promise_due: date | None
    promise_state: str


def published_suggestion(pk: UUID) -> Suggestion:
    """Return a published suggestion; who is signed in reads here what everybody reads."""
    row = visible_to(RESIDENT).select_related("lead").filter(pk=pk).first()
    if row is None:
        raise NotFound("没有找到这件建议，或者它没有公开。")
    return row


def published_replies(suggestion: Suggestion) -> list[PublishedReply]:
    """Return the signed replies marked 主动公开, the newest round first (国办发〔2014〕46 号)."""
    signed = Reply.objects.filter(
        assignment__matter_kind="suggestion",
        assignment__matter_id=suggestion.id,
        state="signed",
        publish_level="public",
    ).select_related("assignment")
    promises = dict(suggestion.commitments.values_list("assignment_id", "state"))
    found = signed.order_by("-assignment__round", "assignment__created_at")
    return [_plain(suggestion, reply, promises.get(reply.assignment_id, "")) for reply in found]


def _plain(suggestion: Suggestion, reply: Reply, promise_state: str) -> PublishedReply:
    given = [*map(str, reply.answers), *[""] * len(suggestion.demands)]
    return PublishedReply(
        unit=organ_name(reply.assignment.unit_code),
        reply_class=reply.reply_class,
        round=reply.assignment.round,
        on=reply.assignment.replied_on,
        pairs=tuple(zip(suggestion.demands, given, strict=False)),
        reason=reply.reason,
        promise=reply.promise_text if reply.reply_class == "B" else "",
        promise_due=reply.promise_due,
        promise_state=promise_state,
    )
