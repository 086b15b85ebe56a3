"""From rows to the plain values of the rules: what a paper looks like, how far the count is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lianxin.ballots.models import Ballot, BallotBatch, BallotMode, TallySheet
from lianxin.ballots.papers import Counted, Difference, Scheme, added, differences

TELLERS = (1, 2)


def scheme_of(ballot: Ballot) -> Scheme:
    """Return what a paper of this vote looks like."""
    keys = tuple(ballot.options.order_by("number").values_list("key", flat=True))
    grades = tuple(key for key, _ in ballot.grades)
    return Scheme(ballot.mode, keys, places_on_paper(ballot, len(keys)), grades)


def places_on_paper(ballot: Ballot, options: int) -> int:
    """Return how many may be ticked; a test by grades has no limit."""
    return options if ballot.mode == BallotMode.GRADES else ballot.places


def counted_of(sheet: TallySheet) -> Counted:
    """Return a sheet as plain figures."""
    return Counted(sheet.valid, sheet.void, sheet.blank, sheet.votes)


@dataclass(frozen=True, slots=True)
class Bundle:
    """One bundle with the slots of the tellers who have entered it, and where they differ."""

    row: BallotBatch
    entered: tuple[int, ...]
    differing: tuple[Difference, ...]
    counted: Counted | None

    @property
    def is_agreed(self) -> bool:
        """Say whether both have counted it alike."""
        return len(self.entered) == len(TELLERS) and not self.differing


@dataclass(frozen=True, slots=True)
class Count:
    """How far the two counts are."""

    bundles: tuple[Bundle, ...]

    @property
    def entered(self) -> bool:
        """Say whether both tellers have entered every bundle (a count without papers is entered)."""
        return all(len(one.entered) == len(TELLERS) for one in self.bundles)

    @property
    def differing(self) -> tuple[Difference, ...]:
        """Return all places where the two differ."""
        return tuple(place for one in self.bundles for place in one.differing)

    def sum(self, keys: tuple[str, ...]) -> Counted:
        """Return the figures of the whole count; only what both agree on is added."""
        return added([one.counted for one in self.bundles if one.counted], keys)


def count_of(ballot: Ballot) -> Count:
    """Return the present count of a vote (two queries)."""
    rows = list(ballot.batches.filter(count_run=ballot.count_run).prefetch_related("sheets"))
    return Count(tuple(_bundle(row) for row in rows))


def _bundle(row: BallotBatch) -> Bundle:
    sheets: Mapping[int, TallySheet] = {one.slot: one for one in row.sheets.all() if one.again == row.again}
    both = [counted_of(sheets[slot]) for slot in TELLERS if slot in sheets]
    apart = differences(row.number, *both) if len(both) == len(TELLERS) else ()
    agreed = both[0] if len(both) == len(TELLERS) and not apart else None
    return Bundle(row, tuple(sorted(sheets)), apart, agreed)
