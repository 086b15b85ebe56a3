"""Query codes of opinions."""

from __future__ import annotations

from lianxin.common.codes import code_from
from lianxin.common.ids import uuid7
from lianxin.common.sealing import keyed_hash
from lianxin.opinions.models import Opinion


def code_of(opinion: Opinion) -> str:
    """Return the query code that belongs to an opinion's id; only its resident is told."""
    return code_from(bytes.fromhex(keyed_hash(str(opinion.id), purpose="code-of-opinion")))


def code_hash(code: str) -> str:
    """Return the form in which a code is looked up."""
    return keyed_hash(code, purpose="query-code")


def code_give(opinion: Opinion, *, anew: bool = False) -> None:
    """Give a new opinion its code; `anew` with another id, where the first one's code belongs to a matter."""
    if anew:
        opinion.id = uuid7()
    opinion.code_hash = code_hash(code_of(opinion))


def code_is_taken(opinion: Opinion) -> bool:
    """Say whether another matter has this code: 27 thousand million codes are not endless."""
    return Opinion.objects.filter(code_hash=opinion.code_hash).exists()
