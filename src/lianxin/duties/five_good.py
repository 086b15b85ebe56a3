"""五好代表: conditions as data, each met or unmet by records, or left to people. Pure rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from lianxin.duties.score import Score

HUMAN, POINTS = "human", "points"


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition; `met` is None where only people can say."""

    label: str
    met: bool | None
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Good:
    """One of the five, with its conditions."""

    code: str
    label: str
    conditions: tuple[Condition, ...]

    @property
    def met(self) -> bool | None:
        """Return False where a condition is unmet, None where people have not said, else True."""
        if any(one.met is False for one in self.conditions):
            return False
        return None if any(one.met is None for one in self.conditions) else True


def five_good(rows: Sequence[Mapping[str, Any]], found: Score, *, said: Mapping[str, bool]) -> list[Good]:
    """Evaluate the table against a score; `said` holds what people found, by the code of the five."""
    return [
        Good(
            row["code"],
            row["label"],
            tuple(_condition(row["code"], one, found, said) for one in row["conditions"]),
        )
        for row in rows
    ]


def _condition(code: str, row: Mapping[str, Any], found: Score, said: Mapping[str, bool]) -> Condition:
    if row["kind"] == HUMAN:
        return Condition(row["label"], said.get(code), ())
    bars = [bar for bar in found.bars if bar.code in row["bars"]]
    records = tuple(pk for bar in bars for line in bar.lines for pk in line.counted)
    reached = sum((bar.points for bar in bars), Decimal(0))
    least = Fraction(str(row["least"])) * sum(bar.most for bar in bars)
    return Condition(row["label"], Fraction(reached) >= least, tuple(dict.fromkeys(records)))
