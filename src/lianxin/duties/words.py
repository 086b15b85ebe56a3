"""What a record says, as one parcel that can be sealed. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Words:
    """Title, text and the values of the kind's own fields."""

    title: str
    text: str
    values: dict[str, Any]


def parcel(words: Words) -> str:
    """Return the words as one text."""
    return json.dumps([words.title, words.text, words.values], ensure_ascii=False)


def words_in(text: str) -> Words:
    """Return the words of a parcel."""
    title, body, values = json.loads(text)
    return Words(title, body, values)
