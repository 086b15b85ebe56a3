"""Likeness of two texts by their character pairs, explainable by the words they share. Pure."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from lianxin.search.text import normal, tokens

BACKGROUND = 200
STOP = set("的了是在和有不我们您他它这那就都也很还要没与及等到把被给对从为上下里去来个一二三")
_HAN = re.compile(r"[\u3400-\u9fff]{2,}")


@cache
def dialect() -> dict[str, str]:
    """Return words of the 陕南 dialect and how they are written in standard Chinese."""
    words: dict[str, str] = json.loads(
        resources.files("lianxin.search").joinpath("data/dialect.json").read_text("utf-8")
    )
    return words


def standard(text: str) -> str:
    """Return a text with dialect words in their standard form."""
    said = normal(text)
    for word, usual in dialect().items():
        said = said.replace(word, usual)
    return said


@cache
def field_words() -> tuple[tuple[str, str], ...]:
    """Return words of the field, each with the subject it speaks of (灯、摸黑 → 照明)."""
    text = resources.files("lianxin.search").joinpath("data/field_words.json").read_text("utf-8")
    subjects_of: dict[str, list[str]] = json.loads(text)
    return tuple((word, subject) for subject, words in subjects_of.items() for word in [subject, *words])


def subjects(text: str) -> Counter[str]:
    """Return what a text speaks of, whichever words it takes: the subjects of its field words."""
    said = f"{normal(text)} {standard(text)}"
    return Counter(subject for word, subject in field_words() if word in said)


def features(text: str) -> Counter[str]:
    """Return the character pairs and characters of a text, filler characters left out."""
    return Counter(token for token in tokens(standard(text)) if not set(token) <= STOP)


def weights(documents: Sequence[Counter[str]]) -> dict[str, float]:
    """Return the inverse document frequency of each feature.

    `documents` are candidates that already look alike; `BACKGROUND` unlike ones are thought beside
    them, so that what a large group of near copies shares still counts.
    """
    seen: Counter[str] = Counter()
    for document in documents:
        seen.update(document.keys())
    total = len(documents) + BACKGROUND
    return {token: math.log(total / (count + 0.5)) + 0.1 for token, count in seen.items()}


def likeness(one: Counter[str], other: Counter[str], idf: Mapping[str, float]) -> float:
    """Return the cosine (0..1) of two texts under the weights."""
    shared = sum(_weight(one, token, idf) * _weight(other, token, idf) for token in one.keys() & other.keys())
    size = _norm(one, idf) * _norm(other, idf)
    return shared / size if size else 0.0


def common_terms(one: str, other: str, limit: int = 6) -> list[str]:
    """Return the longest words that two texts share, for the keeper to judge by."""
    first, second = standard(one), standard(other)
    found: set[str] = set()
    for run in _HAN.findall(first):
        for size in range(min(6, len(run)), 1, -1):
            for place in range(len(run) - size + 1):
                word = run[place : place + size]
                if word in second and not any(word in longer for longer in found) and not set(word) & STOP:
                    found.add(word)
    return sorted(found, key=lambda word: (-len(word), word))[:limit]


def _weight(document: Counter[str], token: str, idf: Mapping[str, float]) -> float:
    length = 1.6 if len(token) > 1 else 0.6
    return (1 + math.log(document[token])) * idf.get(token, 6.0) * length


def _norm(document: Counter[str], idf: Mapping[str, float]) -> float:
    return math.sqrt(sum(_weight(document, token, idf) ** 2 for token in document))
