"""What a vote asks, as Belenios asks it, and what its answer means. Pure.

- `approval_max_n` → one question: tick at most N of M, or the answer "blank" alone;
- `per_item` → one question for each item with three answers, of which exactly one is given.

A homomorphic sum of several questions cannot see that one paper says 赞成 too often: in the mode
`per_item` that limit is held by the kiosk alone, and the pages say so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lianxin.ballots.rules import CHOICES, Mode
from lianxin.ballots.rules import Ballot as Paper

APPROVAL: Mode = "approval_max_n"
PER_ITEM: Mode = "per_item"
WORDS = ("赞成", "反对", "弃权")
MOST_OPTIONS = 40


@dataclass(frozen=True, slots=True)
class Ask:
    """What is put to the vote: keys and names of the options in their order, and how many may be chosen."""

    title: str
    session: str
    mode: str
    places: int
    keys: tuple[str, ...]
    labels: tuple[str, ...]


def said_against(mode: str, options: int) -> str | None:
    """Return why such a vote cannot be tried by machine, or None."""
    if mode not in {APPROVAL, PER_ITEM}:
        return "评等次的测评只用纸票，电子试用只支持选几项和逐项表态两种。"
    if not 1 <= options <= MOST_OPTIONS:
        return f"电子试用最多列 {MOST_OPTIONS} 项，请只用纸票。"
    return None


def mode_of(ask: Ask) -> Mode:
    """Return the mode as the rules know it."""
    return PER_ITEM if ask.mode == PER_ITEM else APPROVAL


def template(ask: Ask) -> dict[str, Any]:
    """Return the election as Belenios is told of it."""
    return {
        "name": ask.title,
        "description": ask.session,
        "administrator": "大会主席团",
        "credential_authority": "大会秘书处",
        "questions": _questions(ask),
    }


def _questions(ask: Ask) -> list[dict[str, Any]]:
    if ask.mode == PER_ITEM:
        return [{"question": label, "answers": list(WORDS), "min": 1, "max": 1} for label in ask.labels]
    words = f"最多选 {ask.places} 项"
    return [{"question": words, "answers": list(ask.labels), "blank": True, "min": 1, "max": ask.places}]


def answers_of(paper: Paper, ask: Ask) -> list[list[int]]:
    """Return a paper's marks as Belenios takes them; what is over the limit is refused before."""
    if ask.mode == PER_ITEM:
        return [[int(paper.said(key, PER_ITEM) == one) for one in CHOICES] for key in ask.keys]
    ticks = [int(key in paper.ticks) for key in ask.keys]
    return [[int(not any(ticks)), *ticks]]


@dataclass(frozen=True, slots=True)
class Sum:
    """What the sum says: for each option the three figures; blank papers where they can be told."""

    ballots: int
    blank: int | None
    counts: Mapping[str, Mapping[str, int]]


def sum_of(result: Sequence[Sequence[int]], ask: Ask, ballots: int) -> Sum:
    """Return the result in the words of the vote."""
    if ask.mode == PER_ITEM:
        rows = zip(ask.keys, result, strict=True)
        return Sum(ballots, None, {key: dict(zip(CHOICES, row, strict=True)) for key, row in rows})
    blank, *ticks = result[0]
    counts = {
        key: {"for": n, "against": 0, "abstain": ballots - n} for key, n in zip(ask.keys, ticks, strict=True)
    }
    return Sum(ballots, blank, counts)


def said_of_sum(found: Sum, ask: Ask) -> str | None:
    """Return what cannot be right in a sum, or None."""
    if any(not 0 <= n <= found.ballots for row in found.counts.values() for n in row.values()):
        return "有一项的票数多于总票数。"
    if ask.mode == PER_ITEM and any(sum(row.values()) != found.ballots for row in found.counts.values()):
        return "有一项的赞成、反对、弃权相加不等于总票数。"
    if sum(row["for"] for row in found.counts.values()) > ask.places * found.ballots:
        return f"赞成票合计超过每票最多 {ask.places} 项的上限。"
    return None
