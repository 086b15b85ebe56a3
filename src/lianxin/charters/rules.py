"""What decides about a charter: hints, the assembly's vote, changes word by word. Pure.

A hint never decides: it names the law, a person changes the clause or writes why it may stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

ONLY_ASSEMBLY = (
    "章程和公约只能由村民会议制定和修改，村民代表会议的表决不算数"
    "（村民委员会组织法第二十七条）。请开村民会议表决。"
)
NO_QUORUM = "这次会不足法定人数，只能记为座谈（第二十二条）。文本仍是「待表决」，请再开村民会议。"
NOT_PASSED = "这次会没有过半数同意（第二十二条）。文本仍是「待表决」，可以再议，也可以拿回来修改。"


@dataclass(frozen=True, slots=True)
class Hint:
    """One typical unlawful kind of clause: the words that show it, and the law."""

    code: str
    label: str
    pattern: str
    law: str
    mark: str


def hints_in(text: str, hints: Iterable[Hint]) -> list[Hint]:
    """Return the hints whose words stand in a clause."""
    flat = re.sub(r"\s+", "", text)
    return [hint for hint in hints if re.search(hint.pattern, flat)]


class Verdict(StrEnum):
    """What a meeting's vote means for a text."""

    REFUSED = "refused"
    FAILED = "failed"
    ADOPTED = "adopted"


@dataclass(frozen=True, slots=True)
class Vote:
    """A verdict with its sentence."""

    verdict: Verdict
    words: str = ""


def vote_verdict(
    *, is_assembly: bool, is_community: bool, fits: bool, is_over: bool, is_quorate: bool, passed: bool | None
) -> Vote:
    """Say what a meeting's vote on a topic means (第二十二、二十七条).

    Only the assembly makes and changes charters and covenants; a meeting without quorum was a talk. For a
    community, whose law is not entered, the kind of meeting is only recorded.
    """
    if not fits:
        return Vote(Verdict.REFUSED, "这个议题不是这份文本的制定或修改，请选对应的议题。")
    if not is_assembly and not is_community:
        return Vote(Verdict.REFUSED, ONLY_ASSEMBLY)
    if not is_over:
        return Vote(Verdict.REFUSED, "这次会还没有形成决议。请先在村民会议里记表决、形成决议，再来登记。")
    if not is_quorate:
        return Vote(Verdict.FAILED, NO_QUORUM)
    return Vote(Verdict.ADOPTED) if passed else Vote(Verdict.FAILED, NOT_PASSED)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters: `same`, `gone` or `new`."""

    kind: str
    text: str


def pieces(old: str, new: str) -> list[Piece]:
    """Return how `old` became `new`; the `same` and `new` pieces joined are `new` again."""
    found: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece("same", old[a:b]))
            continue
        if b > a:
            found.append(Piece("gone", old[a:b]))
        if d > c:
            found.append(Piece("new", new[c:d]))
    return found


@dataclass(frozen=True, slots=True)
class Compared:
    """One clause beside the one it is compared with."""

    change: str
    heading: str
    pieces: tuple[Piece, ...]


def compared(old: Sequence[tuple[str, str, str]], new: Sequence[tuple[str, str, str]]) -> list[Compared]:
    """Compare clauses (key, heading, text) in the order of `new`; what is gone stands at the end."""
    before = {key: (heading, text) for key, heading, text in old}
    found = []
    for key, heading, text in new:
        if key not in before:
            found.append(Compared("added", heading, (Piece("new", text),)))
            continue
        change = "same" if before[key][1] == text else "changed"
        found.append(Compared(change, heading, tuple(pieces(before[key][1], text))))
    kept = {key for key, _, _ in new}
    gone = [(heading, text) for key, heading, text in old if key not in kept]
    return found + [Compared("removed", heading, (Piece("gone", text),)) for heading, text in gone]


_COMMUNITY = (
    ("村委会", "居委会"), ("村规民约", "居民公约"), ("村务", "居务"), ("村民", "居民"), ("本村", "本社区"),
    ("全村", "全社区"),
)  # fmt: skip


def community_words(text: str) -> str:
    """Return a village's words as a residents' community says them."""
    for village, community in _COMMUNITY:
        text = text.replace(village, community)
    return text


def kind_words(kind: str, *, is_community: bool) -> str:
    """Return how a text is called in a village or in a community."""
    words = "村民自治章程" if kind == "charter" else "村规民约"
    return community_words(words) if is_community else words
