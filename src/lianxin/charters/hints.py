"""The hints for typical unlawful clauses, as data: edited in `data/hints.json`, read once."""

from __future__ import annotations

import functools
import json
from importlib import resources

from lianxin.charters.rules import Hint, hints_in


@functools.cache
def shipped() -> tuple[Hint, ...]:
    """Return the hints that are shipped, each with the law it names and how sure its text is."""
    found = resources.files("lianxin.charters").joinpath("data/hints.json").read_text("utf-8")
    return tuple(Hint(**row) for row in json.loads(found))


def hints_of(text: str) -> list[Hint]:
    """Return the hints of a clause."""
    return hints_in(text, shipped())
