"""What an upper room pulls: the outcome of a vote with all its rounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from lianxin.ballots.models import Ballot
from lianxin.ballots.workflow import State


@dataclass(frozen=True, slots=True)
class Round:
    """One announced vote of a chain, in figures."""

    ballot: UUID
    number: int
    electorate: int
    present: int
    issued: int
    returned: int
    valid: int
    void: int
    blank: int
    counts: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Result:
    """What a vote came to. Keys are those that the upper room gave its options.

    `is_final` is true once everything is announced and no further round is to be held; only then does
    `passed` (best first) say all, and every other key has not passed. `verdicts` fill for tests by grades.
    """

    is_final: bool
    state: str
    passed: tuple[str, ...] = ()
    not_passed: tuple[str, ...] = ()
    verdicts: Mapping[str, str] = field(default_factory=dict)
    rounds: tuple[Round, ...] = ()
    announced_on: date | None = None
    last: UUID | None = None

    @property
    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """Return every key's figures of the last round in which it stood: those that decided about it."""
        found: dict[str, Mapping[str, int]] = {}
        for one in self.rounds:
            found.update(one.counts)
        return found


def outcome_of(ballot: Ballot) -> Result:
    """Return the outcome of a vote with the rounds that followed; what is void is left out."""
    rows = _chain(ballot)
    announced = [row for row in rows if row.state == State.ANNOUNCED]
    last = rows[-1]
    if not announced:
        return Result(False, last.state, last=last.pk)
    passed = tuple(key for row in announced for key in row.outcome["passed"])
    return Result(
        is_final=last.state == State.ANNOUNCED and not last.outcome["needs_round"],
        state=last.state,
        passed=passed,
        not_passed=tuple(key for key in sorted(announced[0].outcome["counts"]) if key not in set(passed)),
        verdicts=announced[-1].outcome.get("verdicts", {}),
        rounds=tuple(_round(row) for row in announced),
        announced_on=announced[-1].announced_on,
        last=last.pk,
    )


def outcome_about(*, kind: str, pk: UUID) -> Result | None:
    """Return the outcome of the vote that an upper room holds about one of its things, if there is one."""
    first = Ballot.objects.filter(about_kind=kind, about_id=pk, previous=None).order_by("created_at").first()
    return outcome_of(first) if first else None


def _chain(ballot: Ballot) -> list[Ballot]:
    rows = [ballot]
    while following := Ballot.objects.filter(previous=rows[-1]).first():
        rows.append(following)
    return rows


def _round(row: Ballot) -> Round:
    said: dict[str, Any] = row.outcome
    return Round(
        row.pk, row.round_number, row.electorate, row.present, row.issued, row.returned,
        said["valid"], said["void"], said["blank"], said["counts"],
    )  # fmt: skip
