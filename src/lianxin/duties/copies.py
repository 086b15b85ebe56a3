"""Are two diaries one text? Shared runs of characters, explainable and cheap. Pure.

It only points: whether a diary is a copy is for a person to say.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Mapping

RUN = 5
SKETCH = 12
SHORTEST = 20
"""Shorter texts are alike by chance and are not compared."""
_NOISE = re.compile(r"[\W\d_]+")


def runs(text: str) -> frozenset[int]:
    """Return the text's runs of five characters as checksums, without punctuation and digits."""
    plain = _NOISE.sub("", text)
    if len(plain) < SHORTEST:
        return frozenset()
    return frozenset(zlib.crc32(plain[at : at + RUN].encode()) for at in range(len(plain) - RUN + 1))


def likeness(one: frozenset[int], other: frozenset[int]) -> int:
    """Return how much of two texts is shared, 0 to 100."""
    either = len(one | other)
    return round(100 * len(one & other) / either) if either else 0


def copies(texts: Mapping[str, str], earlier: Mapping[str, str], *, least: int) -> dict[str, tuple[str, int]]:
    """Return id → (the text it repeats, how much), for those of `texts` that repeat one before them.

    `texts` come in the order in which they were written; `earlier` stood before all of them.
    """
    known: dict[str, frozenset[int]] = {}
    index: defaultdict[int, list[str]] = defaultdict(list)
    found: dict[str, tuple[str, int]] = {}
    for key, text in [*earlier.items(), *texts.items()]:
        own = runs(text)
        sketch = sorted(own)[:SKETCH]
        if key in texts:
            best = _best(own, Counter(one for mark in sketch for one in index[mark]), known)
            if best and best[1] >= least:
                found[key] = best
        known[key] = own
        for mark in sketch:
            index[mark].append(key)
    return found


def _best(
    own: frozenset[int], shared: Counter[str], known: Mapping[str, frozenset[int]]
) -> tuple[str, int] | None:
    near = [(likeness(own, known[key]), key) for key, marks in shared.items() if marks >= SKETCH // 3]
    if not near:
        return None
    much, key = max(near, key=lambda one: (one[0], one[1]))
    return key, much
