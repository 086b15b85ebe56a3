"""Making a suggestion and its replies public: the deputy's consent, the units' attribute, two people."""

from __future__ import annotations

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Refused
from lianxin.common.writes import write
from lianxin.handling.models import Reply
from lianxin.suggestions.models import Suggestion
from lianxin.suggestions.services.step import met, step, tell_deputies


@write
def publication_propose(
    *, actor: Actor, suggestion: Suggestion, note: str = "", request_id: str | None = None
) -> Suggestion:
    """Propose to publish; a second person looks at text and replies (同步审查)."""
    _all_public(suggestion)
    return step(
        actor=actor, suggestion=suggestion, act="propose_publish", note=note, publish_proposed_by=actor.id
    )


@write
def suggestion_publish(*, actor: Actor, suggestion: Suggestion, request_id: str | None = None) -> Suggestion:
    """Publish title, text and replies marked public, after a second person's look."""
    _all_public(suggestion)
    step(actor=actor, suggestion=suggestion, act="publish", is_public=True, published_on=clock.today())
    met(suggestion, "publish")
    tell_deputies(suggestion, f"已公开：{suggestion.title}", dedupe="published", only_lead=True)
    return suggestion


@write
def suggestion_unpublish(
    *, actor: Actor, suggestion: Suggestion, note: str, request_id: str | None = None
) -> Suggestion:
    """Take the publication back, with the reason; the deputy is told."""
    step(
        actor=actor,
        suggestion=suggestion,
        act="unpublish",
        note=note,
        is_public=False,
        published_on=None,
        publish_proposed_by=None,
    )
    stamp = f"unpublished:{clock.now():%Y%m%d%H%M%S%f}"
    tell_deputies(suggestion, f"已撤下公开：{suggestion.title}", dedupe=stamp, only_lead=True)
    return suggestion


def all_public(suggestion: Suggestion) -> bool:
    """Say whether there are replies and every one is marked 主动公开."""
    replies = Reply.objects.filter(
        assignment__matter_kind="suggestion", assignment__matter_id=suggestion.id, state="signed"
    )
    return replies.exists() and not replies.exclude(publish_level="public").exists()


def _all_public(suggestion: Suggestion) -> None:
    if not all_public(suggestion):
        raise Refused("答复没有全部注明「主动公开」，不能公开。")
