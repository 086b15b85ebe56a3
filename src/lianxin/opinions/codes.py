"""Query codes of opinions."""

from __future__ import annotations

from lianxin.common.codes import code_from
from lianxin.common.sealing import keyed_hash
from lianxin.opinions.models import Opinion


def code_of(opinion: Opinion) -> str:
    """Return the query code that belongs to an opinion's id; only its resident is told."""
    return code_from(bytes.fromhex(keyed_hash(str(opinion.id), purpose="code-of-opinion")))


def code_hash(code: str) -> str:
    """Return the form in which a code is looked up."""
    return keyed_hash(code, purpose="query-code")
