"""Reading papers as a teller keys them in: one line a paper, one key a mark. Pure.

Nothing here knows a voter; the lines are counted and forgotten, only the sums of a batch are kept.

Keys: in the mode `approval_max_n` each key is an option (1–9, then a, b, c …); in the modes `per_item`
and `grades` the first key speaks of the first option, the second of the second, and so on. `0` is a
blank paper (or an option without a mark), `x` a void paper.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from lianxin.ballots.rules import CHOICES

SIGNS = "123456789abcdefghijklmnopqrstuvwyz"
BLANK, VOID = "0", "x"
UNMARKED = "unmarked"
Votes = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Scheme:
    """What a paper looks like: its options in order, how they are marked, how many may be chosen."""

    mode: str
    keys: tuple[str, ...]
    places: int
    grades: tuple[str, ...] = ()

    @property
    def choices(self) -> tuple[str, ...]:
        """Return the figures that tellers give for each option."""
        if self.mode == "grades":
            return (*self.grades, UNMARKED)
        return CHOICES if self.mode == "per_item" else ("for",)


@dataclass(frozen=True, slots=True)
class Counted:
    """What one teller counted in one batch, or the sum of all batches."""

    valid: int = 0
    void: int = 0
    blank: int = 0
    votes: Votes = field(default_factory=dict)

    @property
    def papers(self) -> int:
        """Return how many papers were counted."""
        return self.valid + self.void


class Misread(ValueError):
    """A line that cannot be a paper; says which line and what to do."""


def count_lines(text: str, scheme: Scheme) -> Counted:
    """Count papers keyed in line by line; over-voted papers are void (选举法 art. 44, by analogy)."""
    votes: dict[str, Counter[str]] = {key: Counter() for key in scheme.keys}
    valid = void = blank = 0
    lines = [line.strip().lower() for line in text.splitlines() if line.strip()]
    for place, line in enumerate(lines, start=1):
        marks = _marks(line, scheme, place)
        if marks is None or _chosen(marks) > scheme.places and scheme.mode != "grades":
            void += 1
            continue
        valid += 1
        blank += not any(said not in {"abstain", UNMARKED} for said in marks.values())
        for key, said in marks.items():
            votes[key][said] += 1
    return Counted(valid, void, blank, _whole(votes, valid, scheme))


def _marks(line: str, scheme: Scheme, place: int) -> dict[str, str] | None:
    """Return option → what the paper says, or None for a void paper."""
    if line == VOID:
        return None
    if line == BLANK:
        return {}
    if scheme.mode == "approval_max_n":
        return {_option(sign, scheme, place): "for" for sign in line}
    if len(line) != len(scheme.keys):
        raise Misread(f"第 {place} 张：要按顺序录 {len(scheme.keys)} 个数，现在是 {len(line)} 个。")
    return {key: _said(sign, scheme, place) for key, sign in zip(scheme.keys, line, strict=True)}


def _option(sign: str, scheme: Scheme, place: int) -> str:
    found = SIGNS.find(sign)
    if not 0 <= found < len(scheme.keys):
        raise Misread(f"第 {place} 张：没有「{sign}」这一项。只有一个 x 是无效票，只有一个 0 是空白票。")
    return scheme.keys[found]


def _said(sign: str, scheme: Scheme, place: int) -> str:
    names = scheme.grades if scheme.mode == "grades" else CHOICES
    if sign == BLANK:
        return UNMARKED if scheme.mode == "grades" else "abstain"
    found = SIGNS.find(sign)
    if not 0 <= found < len(names):
        raise Misread(f"第 {place} 张：没有「{sign}」这一档，只能录 0 到 {len(names)}。")
    return names[found]


def _chosen(marks: Mapping[str, str]) -> int:
    return sum(said == "for" for said in marks.values())


def _whole(votes: Mapping[str, Mapping[str, int]], valid: int, scheme: Scheme) -> Votes:
    """Give every figure of the scheme; who made no mark abstained."""
    found = {}
    for key, said in votes.items():
        whole = {choice: said.get(choice, 0) for choice in scheme.choices}
        rest = {"per_item": "abstain", "grades": UNMARKED}.get(scheme.mode)
        if rest:
            whole[rest] = valid - sum(n for choice, n in whole.items() if choice != rest)
        found[key] = whole
    return found


def said_against(counted: Counted, scheme: Scheme, size: int) -> dict[str, str]:
    """Return field → sentence for each sum of a batch that does not come out (domain §4.5)."""
    found: dict[str, str] = {}
    if counted.papers != size:
        found["valid"] = f"有效票加无效票是 {counted.papers} 张，这一捆应有 {size} 张。请重新点一遍。"
    if counted.blank > counted.valid:
        found["blank"] = f"空白票 {counted.blank} 张，不能多于有效票 {counted.valid} 张。"
    total = 0
    for key in scheme.keys:
        votes = counted.votes.get(key, {})
        total += votes.get("for", 0)
        if said := _against_one(votes, counted.valid, scheme):
            found[key] = said
    if scheme.mode != "grades" and not found and total > scheme.places * counted.valid:
        found[scheme.keys[0]] = (
            f"赞成合计 {total}，超过 {counted.valid} 张有效票每张最多 {scheme.places} 项。"
        )
    return found


def _against_one(votes: Mapping[str, int], valid: int, scheme: Scheme) -> str:
    if min(votes.values(), default=0) < 0:
        return "票数不能是负数。"
    total = sum(votes.values())
    if scheme.mode == "approval_max_n":
        return f"得票 {total}，多于有效票 {valid} 张。" if total > valid else ""
    return f"各栏相加是 {total}，应等于有效票 {valid} 张。" if total != valid else ""


def added(sheets: Iterable[Counted], keys: Sequence[str]) -> Counted:
    """Return the sum of batches."""
    rows = list(sheets)
    votes: dict[str, Counter[str]] = {key: Counter() for key in keys}
    for row in rows:
        for key, said in row.votes.items():
            votes[key].update(said)
    return Counted(
        sum(row.valid for row in rows),
        sum(row.void for row in rows),
        sum(row.blank for row in rows),
        {key: dict(said) for key, said in votes.items()},
    )


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where two counts of one batch differ, and by how many; never which of them is right."""

    batch: int
    key: str
    choice: str
    apart: int


def differences(batch: int, first: Counted, second: Counted) -> tuple[Difference, ...]:
    """Return every place where two counts of a batch differ; which of them comes first is without effect."""
    found = [
        Difference(batch, "", name, abs(getattr(first, name) - getattr(second, name)))
        for name in ("valid", "void", "blank")
    ]
    for key in sorted(set(first.votes) | set(second.votes)):
        one, two = first.votes.get(key, {}), second.votes.get(key, {})
        found += [
            Difference(batch, key, choice, abs(one.get(choice, 0) - two.get(choice, 0)))
            for choice in sorted(set(one) | set(two))
        ]
    return tuple(one for one in found if one.apart)


def batch_sizes(papers: int, size: int) -> tuple[int, ...]:
    """Return the sizes of the bundles into which so many papers are tied."""
    if size < 1:
        raise ValueError("a bundle holds at least one paper")
    full, rest = divmod(papers, size)
    return (size,) * full + ((rest,) if rest else ())
