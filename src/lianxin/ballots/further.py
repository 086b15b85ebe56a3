"""Siblings of `decide`: the vote among the tied, the one second ballot, the test by grades. Pure.

- Among the tied the most votes win (选举法 art. 45, by analogy; domain §4.3: L): who stands there has had
  the majority of all deputies already.
- Where fewer pass than there are places, a method may ask for one second ballot on the rest (domain
  §4.3: A). After it places stay open: nothing says that the meeting votes until all are filled.
- Grades (满意度测评, 述职评议): the figures of every grade are the result. The one word above them follows
  a published rule of 宁波镇海: the first grade that, with all better ones, reaches half of all members.
  Whether exactly half is enough is contradictory in that text, hence an argument.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from lianxin.ballots.papers import UNMARKED
from lianxin.ballots.rules import TWO_THIRDS, Mode, Outcome, Shortfall, Tally, decide

UNKNOWN = "unknown"


def shortfall_in(round_number: int, rule: Shortfall) -> Shortfall:
    """Return what a shortfall leads to in a round of a chain: only the first leads to a second ballot."""
    return rule if round_number <= 1 else "accept_fewer"


def decide_tied(
    tally: Tally,
    *,
    places: int,
    electorate: int,
    present: int,
    issued: int,
    mode: Mode,
    share: Fraction = TWO_THIRDS,
) -> Outcome:
    """Return what the vote among the tied decided: most votes win, a tie at the cut goes round again."""
    checked = decide(
        tally, places=places, electorate=electorate, present=present, issued=issued, mode=mode,
        shortfall="accept_fewer", share=share,
    )  # fmt: skip
    if not checked.valid:
        return checked
    counts = checked.counts
    order = sorted(counts, key=lambda item: (-counts[item]["for"], item))
    chosen = [item for item in order if counts[item]["for"]]
    if len(chosen) <= places:
        return Outcome(True, "", tuple(chosen), (), counts, open_places=places - len(chosen))
    at_cut = counts[chosen[places - 1]]["for"]
    if counts[chosen[places]]["for"] != at_cut:
        return Outcome(True, "", tuple(chosen[:places]), (), counts)
    above = tuple(item for item in chosen if counts[item]["for"] > at_cut)
    tied = tuple(item for item in chosen if counts[item]["for"] == at_cut)
    return Outcome(True, "", above, tied, counts, True, tied, places - len(above))


@dataclass(frozen=True, slots=True)
class Graded:
    """What a test by grades came to: every figure, and one word for each subject."""

    valid: bool
    reason: str = ""
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    verdicts: Mapping[str, str] = field(default_factory=dict)


def grade(  # noqa: PLR0913 - the numbers of a test
    tally: Tally,
    *,
    grades: Sequence[str],
    electorate: int,
    present: int,
    issued: int,
    half_is_enough: bool,
    share: Fraction = TWO_THIRDS,
) -> Graded:
    """Return the result of a test by grades (best grade first, `unknown` outside the order)."""
    numbers = Tally(tally.returned, tally.valid, tally.void, {})
    checked = decide(
        numbers, places=1, electorate=electorate, present=present, issued=issued, mode="per_item",
        shortfall="accept_fewer", share=share,
    )  # fmt: skip
    if not checked.valid:
        return Graded(False, checked.reason, tally.per_item)
    for item, votes in sorted(tally.per_item.items()):
        if min(votes.values(), default=0) < 0 or sum(votes.values()) != tally.valid:
            return Graded(
                False, f"「{item}」各档相加不等于有效票 {tally.valid} 张，请重新清点。", tally.per_item
            )
    ranked = [one for one in grades if one not in {UNKNOWN, UNMARKED}]
    words = {
        item: verdict(votes, ranked, electorate, half_is_enough=half_is_enough)
        for item, votes in tally.per_item.items()
    }
    return Graded(True, "", tally.per_item, words)


def verdict(votes: Mapping[str, int], ranked: Sequence[str], electorate: int, *, half_is_enough: bool) -> str:
    """Return the first grade that with all better ones reaches half of all members, else the last."""
    sofar = 0
    for one in ranked[:-1]:
        sofar += votes.get(one, 0)
        if 2 * sofar > electorate or (half_is_enough and 2 * sofar == electorate):
            return one
    return ranked[-1]
