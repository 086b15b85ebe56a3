"""The copy of a matter that may leave the station, and the index that holds no more than it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lianxin.common.masking import mask
from lianxin.opinions.models import Opinion
from lianxin.opinions.services.keys import known_of, words_seal
from lianxin.search.index import index_put


def outgoing(opinion: Opinion, text: str) -> str:
    """Return a text as it may leave the station: nothing that betrays people, nor the author's own data."""
    return mask(text, known_of(opinion)).text


def words_kept(opinion: Opinion, said: str) -> dict[str, Any]:
    """Return the columns of words that came later; those of a sealed matter go under its seal."""
    if opinion.is_sealed:
        words_seal(opinion, said)
        return {}
    copy = outgoing(opinion, said)
    return {"text": said, "outgoing_text": copy, "outgoing_checked_at": None}


def reindex(opinion: Opinion, *, new: bool = False) -> None:
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
        new=new,
    )


def masked_for(text: str, known: Sequence[str]) -> str:
    """Return a text of a new opinion as it may leave the station."""
    return mask(text, known).text
