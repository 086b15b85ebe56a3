"""The code on a household's slip: with it the household answers and takes its answer back."""

from __future__ import annotations

from uuid import UUID

from lianxin.common.codes import clean, code_from
from lianxin.common.sealing import keyed_hash


def slip_code(household_id: UUID) -> str:
    """Return the code that belongs to a household's id; it is printed on its slip only."""
    return code_from(bytes.fromhex(keyed_hash(str(household_id), purpose="code-of-household")))


def slip_hash(typed: str) -> str:
    """Return the form in which a typed code is looked up; empty where it is no code."""
    code = clean(typed)
    return keyed_hash(code, purpose="slip-code") if code else ""
