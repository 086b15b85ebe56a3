"""The score of a deputy's year, live or as kept in his file; which table rules, and five good."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from lianxin.duties.assessing.entries import away_of, entries_of
from lianxin.duties.five_good import Good, five_good
from lianxin.duties.models import YearlyFile
from lianxin.duties.score import Entry, Line, Score, rules_from, score
from lianxin.rulebook.selectors import parameter, value

PARTS = (
    ("meetings", "参加会议", ("session_attendance",)),
    ("inspections", "视察调研", ("inspection", "organ_interview")),
    ("training", "学习培训", ("training",)),
    ("group", "小组活动", ("group_activity", "volunteering")),
    ("suggestions", "议案建议", ("suggestion", "fast_track")),
    ("report", "述职和接受监督", ("duty_report", "duty_pledge")),
    ("awards", "表彰奖励", ("excellence",)),
    ("contact", "联系群众", ("household_visit", "voter_reception", "field_diary", "practical_deed")),
)
"""Parts ② to ⑧ of the performance file, then what the local rules add; part ① is the person."""


@dataclass(frozen=True, slots=True)
class Table:
    """The rules as they stand for a year: those in force on its first day."""

    since: date
    rows: list[dict[str, Any]]
    good_rows: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Found:
    """A year of one deputy: the score, what it was made of, the share of the year away."""

    score: Score
    entries: list[Entry]
    away: Fraction


def table_of(year: int, home6: str) -> Table:
    """Return the rules of a year; what is changed during a year begins with the next one."""
    first = date(year, 1, 1)
    rules = parameter("assessment.rules", on=first, home6=home6)
    return Table(
        rules.valid_from, list(rules.value), list(value("assessment.five_good", on=first, home6=home6))
    )


def scores_of(deputies: Iterable[UUID], year: int, table: Table) -> dict[UUID, Found]:
    """Return deputy → his score of a year under a table (a fixed number of queries)."""
    ids = list(deputies)
    rules, entries, away = rules_from(table.rows), entries_of(ids, year), away_of(ids, year)
    return {
        pk: Found(score(rules, entries.get(pk, []), away=away[pk]), entries.get(pk, []), away[pk])
        for pk in ids
    }


def score_of(deputy: UUID, year: int, home6: str) -> Found:
    """Return one deputy's score as it stands now."""
    return scores_of([deputy], year, table_of(year, home6))[deputy]


def kept_score(file: YearlyFile) -> Score:
    """Return the score as the file keeps it, whatever the ledger says since."""
    rules = {rule.item: rule for rule in rules_from(file.rules)}
    return Score(
        tuple(
            Line(
                rules[row["item"]],
                Decimal(row["points"]),
                Fraction(row["target"]),
                tuple(row["counted"]),
                tuple((pk, why) for pk, why in row["left_out"]),
            )
            for row in file.lines
        )
    )


def good_of(file: YearlyFile, said: Mapping[str, bool] | None = None) -> list[Good]:
    """Return 五好 as the file's records and the reviewers' words have it."""
    return five_good(file.good_rules, kept_score(file), said=file.good_said if said is None else said)


def snapshot(found: Found, table: Table) -> dict[str, Any]:
    """Return the columns of a file that hold a score: rules, lines with record ids, parts, points."""
    return {
        "rules_from": table.since,
        "rules": table.rows,
        "good_rules": table.good_rows,
        "lines": [_line(line) for line in found.score.lines],
        "parts": _parts(found.entries),
        "away": str(found.away),
        "points": found.score.total,
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "item": line.rule.item,
        "points": str(line.points),
        "target": str(line.target),
        "counted": list(line.counted),
        "left_out": [list(pair) for pair in line.left_out],
    }


def _parts(entries: Iterable[Entry]) -> dict[str, list[str]]:
    """Return part → ids of what belongs to it; what was withdrawn or refused is no part of a file."""
    kept = sorted((one for one in entries if not one.against), key=lambda one: (one.on, one.id))
    return {code: [one.id for one in kept if one.kind in kinds] for code, _, kinds in PARTS}
