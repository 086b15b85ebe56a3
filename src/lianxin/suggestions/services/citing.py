"""The opinions that a paper cites: taken up and given back with it, dropped when taken back."""

from __future__ import annotations

from uuid import UUID

from lianxin.common.actor import SYSTEM, Actor
from lianxin.common.errors import Refused
from lianxin.common.writes import write
from lianxin.opinions.models import Opinion
from lianxin.opinions.selectors import Quote, quotable
from lianxin.opinions.services import opinion_converted, opinion_unlinked
from lianxin.suggestions.models import SourceOpinion, Suggestion
from lianxin.suggestions.services.step import step
from lianxin.suggestions.sources import not_withdrawn, withdrawn_sources


def citable(actor: Actor, opinions: tuple[UUID, ...]) -> list[Quote]:
    """Return the depersonalised words of opinions; nothing that was taken back is cited."""
    gone = len(set(opinions)) - len(set(not_withdrawn(opinions)))
    if gone:
        raise Refused(f"有 {gone} 件民情刚刚已由群众撤回，不能再引用；请看看文字里有没有他的话，再存一次。")
    return quotable(actor, list(opinions))


def cite(suggestion: Suggestion, quotes: list[Quote]) -> None:
    """Keep the quoted words beside the paper that grew from them."""
    SourceOpinion.objects.bulk_create(
        [
            SourceOpinion(suggestion=suggestion, opinion_id=row.id, number=row.number, quote=row.text)
            for row in quotes
        ]
    )


@write
def sources_drop(*, actor: Actor, suggestion: Suggestion, request_id: str | None = None) -> Suggestion:
    """The lead has seen that residents took their words back: the words leave the draft's rail for good."""
    gone = withdrawn_sources(suggestion)
    numbers = list(gone.values_list("number", flat=True))
    step(actor=actor, suggestion=suggestion, act="drop_withdrawn", facts={"numbers": numbers})
    gone.delete()
    return suggestion


def adopt_sources(actor: Actor, suggestion: Suggestion) -> None:
    """Mark the cited opinions as taken up; their residents see it on the code page."""
    name = "" if suggestion.confidential else suggestion.lead.name
    for opinion in _cited(suggestion):
        if opinion.state in {"recorded", "sorted", "merged"}:
            opinion_converted(actor=actor, opinion=opinion, deputy_name=name)


def release_sources(suggestion: Suggestion, why: str) -> None:
    """Give the cited opinions back to their desks, so that no resident waits for nothing."""
    for opinion in _cited(suggestion):
        if opinion.state == "converted":
            opinion_unlinked(actor=SYSTEM, opinion=opinion, why=why)


def _cited(suggestion: Suggestion) -> list[Opinion]:
    ids = suggestion.sources.values_list("opinion_id", flat=True)
    return list(Opinion.objects.select_related("station").filter(pk__in=list(ids)))
