"""The copy of a matter that may leave the station, and the index that holds no more than it."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.common.masking import mask
from lianxin.opinions.models import Opinion
from lianxin.opinions.services.keys import known_of
from lianxin.search.index import index_put


def outgoing(opinion: Opinion, text: str) -> str:
    """Return a text as it may leave the station: nothing that betrays people, nor the author's own data."""
    return mask(text, known_of(opinion)).text


def reindex(opinion: Opinion) -> None:
    """Put the outgoing copy into the index; sealed matters are never found."""
    if opinion.is_sealed:
        return
    index_put(
        kind="opinion",
        object_id=opinion.id,
        home6=opinion.home6,
        title=opinion.title,
        text=opinion.outgoing_text,
        scope_code=opinion.division_code,
        number=opinion.number,
    )


def masked_for(text: str, known: Sequence[str]) -> str:
    """Return a text of a new opinion as it may leave the station."""
    return mask(text, known).text
