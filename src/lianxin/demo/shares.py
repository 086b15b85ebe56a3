"""Dividing a whole by shares exactly: the figures of the demo city are met to the piece."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import TypeVar

T = TypeVar("T")


def allot(shares: Mapping[T, float], total: int) -> dict[T, int]:
    """Return whole numbers that add up to `total`, by largest remainders."""
    whole = sum(shares.values())
    exact = {name: total * share / whole for name, share in shares.items()}
    counts = {name: int(part) for name, part in exact.items()}
    order = sorted(exact, key=lambda name: exact[name] - counts[name], reverse=True)
    for name in order[: total - sum(counts.values())]:
        counts[name] += 1
    return counts


def dealt(chance: random.Random, shares: Mapping[T, float], total: int) -> list[T]:
    """Return `total` names in mixed order, each exactly as often as its share says."""
    cards = [name for name, count in allot(shares, total).items() for _ in range(count)]
    chance.shuffle(cards)
    return cards


def in_turns(queues: dict[str, list[str]]) -> list[tuple[str, str]]:
    """Return the items of all departments in turns, as people speak."""
    found = []
    while any(queues.values()):
        found += [(unit, texts.pop(0)) for unit, texts in queues.items() if texts]
    return found
