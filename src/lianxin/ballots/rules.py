"""Deciding a vote of a plenary meeting: quorum, void ballots, majority, rank, tie, shortfall. Pure.

Sources, as far as they fix a number:

- 地方组织法 (2022) art. 14: the meeting needs two thirds of all deputies.
- 地方组织法 art. 25: what is decided needs more than half of *all* deputies, not of those present.
- 选举法 art. 44 (by analogy): more ballots returned than issued voids the vote; a ballot with more
  choices than places is void, one with fewer counts.
- 地方组织法 art. 29, 选举法 art. 45 (by analogy): more than `places` reach the majority → by votes;
  a tie at the cut → a further vote among the tied.

What happens when fewer than `places` reach the majority is for the congress's own method of voting
to say, so it is an argument.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor
from typing import Literal

Mode = Literal["approval_max_n", "per_item"]
Shortfall = Literal["accept_fewer", "second_round"]
Choice = Literal["for", "against", "abstain"]
CHOICES: tuple[Choice, ...] = ("for", "against", "abstain")
TWO_THIRDS, HALF = Fraction(2, 3), Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Ballot:
    """One ballot: `ticks` in the mode `approval_max_n`, `choices` in the mode `per_item`.

    An item without a mark, or with one that is none of the three, is an abstention; a ballot without any
    mark is valid and blank.
    """

    ticks: frozenset[str] = frozenset()
    choices: Mapping[str, Choice] = field(default_factory=dict)

    def said(self, item: str, mode: Mode) -> Choice:
        """Return what the ballot says of one item."""
        if mode == "per_item":
            said = self.choices.get(item, "abstain")
            return said if said in CHOICES else "abstain"
        return "for" if item in self.ticks else "abstain"

    def items(self, mode: Mode) -> frozenset[str]:
        """Return the items that carry a mark."""
        return self.ticks if mode == "approval_max_n" else frozenset(self.choices)

    def is_void(self, places: int, mode: Mode) -> bool:
        """Say whether the ballot chooses more than there are places (选举法 art. 44)."""
        return sum(self.said(item, mode) == "for" for item in self.items(mode)) > places


@dataclass(frozen=True, slots=True)
class Tally:
    """What tellers counted: ballots returned, valid, void, and for each item the votes of each choice.

    Where `abstain` is not given, the rest of the valid ballots abstained: in the mode `approval_max_n`
    only `for` need be given.
    """

    returned: int
    valid: int
    void: int
    per_item: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a vote decided.

    `valid` says whether the vote stands at all; if not, `reason` says why in plain Chinese and
    nothing has passed. `passed` is in the order of votes. `tied` stand at the cut with equal votes.
    `needs_round` asks for a further vote among `round_among` for the `open_places` left.
    """

    valid: bool
    reason: str = ""
    passed: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    needs_round: bool = False
    round_among: tuple[str, ...] = ()
    open_places: int = 0


def decide(
    ballots: Sequence[Ballot] | Tally,
    *,
    places: int,
    electorate: int,
    present: int,
    issued: int,
    mode: Mode,
    shortfall: Shortfall,
    candidates: Sequence[str] = (),
    share: Fraction = TWO_THIRDS,
    passing: Fraction = HALF,
) -> Outcome:
    """Return what the vote decided.

    `electorate` is the number of all deputies in office that day, `present` of those at the meeting,
    `issued` of ballots handed out, `places` of items that may pass. `candidates`, where given, are
    listed in the counts even without a mark, and marks on anything else are not read. `share` of all
    deputies must be there (parameter `project.quorum`); what passes has more than `passing` of them
    (parameter `project.pass`).
    """
    tally = ballots if isinstance(ballots, Tally) else count(ballots, places, mode, candidates)
    per_item = {item: tally.per_item.get(item, {}) for item in candidates} or tally.per_item
    counts = {item: _whole(votes, tally.valid) for item, votes in sorted(per_item.items())}
    said = _impossible(tally, places, electorate, present) or _against(
        tally, counts, places=places, electorate=electorate, present=present, issued=issued, share=share
    )
    if said:
        return Outcome(valid=False, reason=said, counts=counts)
    enough = votes_needed(electorate, passing)
    return _ranked(counts, places, enough, shortfall)


def quorum(electorate: int, present: int, share: Fraction = TWO_THIRDS) -> bool:
    """Say whether two thirds of all deputies are there (地方组织法 art. 14); nobody is no meeting."""
    return electorate > 0 and present >= quorum_needs(electorate, share)


def quorum_needs(electorate: int, share: Fraction = TWO_THIRDS) -> int:
    """Return how many deputies have to be there."""
    return ceil(share * electorate)


def votes_needed(electorate: int, passing: Fraction = HALF) -> int:
    """Return how many votes pass: more than half of all deputies (地方组织法 art. 25)."""
    return floor(passing * electorate) + 1


def count(ballots: Sequence[Ballot], places: int, mode: Mode, candidates: Sequence[str] = ()) -> Tally:
    """Count ballots one by one; what is void is counted as void and read no further."""
    read = [_readable(ballot, candidates) for ballot in ballots]
    valid = [ballot for ballot in read if not ballot.is_void(places, mode)]
    items = set(candidates) or {item for ballot in read for item in ballot.items(mode)}
    per_item: dict[str, Counter[str]] = {
        item: Counter(ballot.said(item, mode) for ballot in valid) for item in items
    }
    return Tally(len(ballots), len(valid), len(ballots) - len(valid), per_item)


def _readable(ballot: Ballot, candidates: Sequence[str]) -> Ballot:
    """Keep the marks on candidates; without a list every mark is one."""
    if not candidates:
        return ballot
    known = set(candidates)
    return Ballot(
        ballot.ticks & known, {item: said for item, said in ballot.choices.items() if item in known}
    )


def _whole(votes: Mapping[str, int], valid: int) -> dict[str, int]:
    """Return all three counts of an item; who made no mark abstained."""
    whole: dict[str, int] = {choice: votes.get(choice, 0) for choice in CHOICES}
    if "abstain" not in votes:
        whole["abstain"] = valid - whole["for"] - whole["against"]
    return whole


def _against(  # noqa: PLR0913 - the five numbers of a vote
    tally: Tally,
    counts: Mapping[str, Mapping[str, int]],
    *,
    places: int,
    electorate: int,
    present: int,
    issued: int,
    share: Fraction,
) -> str:
    """Return why the vote does not stand, or nothing."""
    if min(issued, tally.returned, tally.valid, tally.void) < 0:
        return "票数不能是负数，请核对。"
    if not quorum(electorate, present, share):
        least = f"{said_share(share)}（至少 {quorum_needs(electorate, share)} 人）"
        return f"到会 {present} 人，不足全体代表 {electorate} 人的{least}，不能表决。"
    if issued > present:
        return f"发出 {issued} 张票，超过到会 {present} 人，请核对。"
    if tally.returned > issued:
        return f"收回 {tally.returned} 张票，多于发出的 {issued} 张，本次表决无效，应当重新投票。"
    return _unequal(tally, counts, places)


def _impossible(tally: Tally, places: int, electorate: int, present: int) -> str:
    """Return why these cannot be the numbers of a meeting, or nothing."""
    if places < 1:
        return "应选数至少是 1 项，请核对票决办法。"
    if electorate < 1:
        return "全体代表人数至少是 1 人，请核对代表名册。"
    if (
        present < 0
        or min((min(votes.values(), default=0) for votes in tally.per_item.values()), default=0) < 0
    ):
        return "人数和票数不能是负数，请核对。"
    return f"到会 {present} 人，超过全体代表 {electorate} 人，请核对。" if present > electorate else ""


def said_share(share: Fraction) -> str:
    """Return a share in words (三分之二)."""
    if share == HALF:
        return "半数"
    digits = "零一二三四五六七八九十"
    return f"{digits[share.denominator]}分之{digits[share.numerator]}"


def _unequal(tally: Tally, counts: Mapping[str, Mapping[str, int]], places: int) -> str:
    """Return which sum of the tally does not come out, or nothing."""
    if tally.valid + tally.void != tally.returned:
        return (
            f"有效票 {tally.valid} 张加无效票 {tally.void} 张，不等于收回的 {tally.returned} 张，请重新清点。"
        )
    for item, votes in counts.items():
        if min(votes.values()) < 0 or sum(votes.values()) != tally.valid:
            return f"「{item}」的赞成、反对、弃权相加不等于有效票 {tally.valid} 张，请重新清点。"
    if sum(votes["for"] for votes in counts.values()) > places * tally.valid:
        return f"赞成票合计超过每票最多 {places} 项的上限，请重新清点。"
    return ""


def _ranked(
    counts: Mapping[str, Mapping[str, int]], places: int, least: int, shortfall: Shortfall
) -> Outcome:
    """Rank by votes for what has `least` of them, cut at `places`, find ties and shortfall."""
    order = sorted(counts, key=lambda item: (-counts[item]["for"], item))
    enough = [item for item in order if counts[item]["for"] >= least]
    if len(enough) > places and counts[enough[places - 1]]["for"] == counts[enough[places]]["for"]:
        return _cut_by_tie(counts, enough, places)
    passed = tuple(enough[:places])
    left, open_places = tuple(item for item in order if item not in enough), places - len(passed)
    again = bool(open_places and left) and shortfall == "second_round"
    return Outcome(True, "", passed, (), counts, again, left if again else (), open_places)


def _cut_by_tie(counts: Mapping[str, Mapping[str, int]], enough: list[str], places: int) -> Outcome:
    """Pass what stands above the tie; the tied go to a further vote among themselves only."""
    at_cut = counts[enough[places - 1]]["for"]
    passed = tuple(item for item in enough if counts[item]["for"] > at_cut)
    tied = tuple(item for item in enough if counts[item]["for"] == at_cut)
    return Outcome(True, "", passed, tied, counts, True, tied, places - len(passed))
