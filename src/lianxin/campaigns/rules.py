"""What is counted in guidance: quarters, shares, what is late, what is chosen. Pure."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from importlib import resources


class Link(StrEnum):
    """The four links of villages that govern themselves (四个关键环节)."""

    ELECTION = "election"
    SUPERVISION = "supervision"
    CHARTER = "charter"
    DISCLOSURE = "disclosure"


LINK_PLAIN = {
    Link.ELECTION: "民主选举",
    Link.SUPERVISION: "议事监督",
    Link.CHARTER: "章程公约",
    Link.DISCLOSURE: "村务公开",
}


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the quarterly sheet with the clause it rests on."""

    key: str
    link: str
    words: str
    clause: str


@functools.cache
def checklist() -> tuple[Check, ...]:
    """Return the quarterly sheet (巡查单), edited in `data/checklist.json`."""
    found = resources.files("lianxin.campaigns").joinpath("data/checklist.json").read_text("utf-8")
    return tuple(Check(**row) for row in json.loads(found))


def quarter_of(day: date) -> str:
    """Return the quarter of a day: 2026-Q4."""
    return f"{day.year}-Q{(day.month - 1) // 3 + 1}"


def quarter_words(code: str) -> str:
    """Return a quarter as people say it."""
    year, part = code.split("-Q")
    return f"{year}年第{'一二三四'[int(part) - 1]}季度"


def percent(done: int, of: int) -> int:
    """Return whole percents, never 100 while something is left."""
    return done * 100 // of if of else 0


def missing_answers(answers: Iterable[str]) -> list[str]:
    """Return the lines of the sheet that have no answer."""
    have = set(answers)
    return [one.key for one in checklist() if one.key not in have]


def is_late(state: str, due_on: date, today: date) -> bool:
    """Say whether a finding is past its day and nobody has closed it by a recheck."""
    return state != "closed" and today > due_on
