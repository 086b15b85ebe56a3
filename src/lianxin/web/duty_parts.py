"""What the pages of a score share: bars, the records behind each, the parts of a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from lianxin.common.actor import Actor
from lianxin.duties.assessing.scoring import PARTS
from lianxin.duties.models import DutyPledge, DutyRecord, YearlyFile
from lianxin.duties.permissions import pledges_visible_to, visible_to
from lianxin.duties.score import Bar, Line, Score
from lianxin.rulebook.selectors import value


@dataclass(frozen=True)
class Shown:
    """A bar as a page shows it."""

    code: str
    label: str
    points: float
    most: int
    reached: bool
    counted: int
    left_out: int
    asked: str


@dataclass(frozen=True)
class Named:
    """A record as a list shows it; `why` says why it does not count."""

    on: date | None
    kind: str
    title: str
    why: str = ""
    private: bool = False
    link: str = ""


@dataclass(frozen=True)
class Lines:
    """One rule with the records that counted and those that did not."""

    line: Line
    asked: str
    counted: list[Named]
    left_out: list[Named]
    hidden: int


def bars_of(found: Score, home6: str) -> list[Shown]:
    """Return the eight bars with what they were made of."""
    least = float(value("assessment.reached_share", home6=home6))
    return [_shown(bar, least) for bar in found.bars]


def _shown(bar: Bar, least: float) -> Shown:
    counted = {pk for line in bar.lines for pk in line.counted}
    left = {pk for line in bar.lines for pk, _ in line.left_out} - counted
    asked = "；".join(asked for line in bar.lines if (asked := asked_of(line)))
    reached = float(bar.points) >= least * bar.most
    return Shown(bar.code, bar.label, float(bar.points), bar.most, reached, len(counted), len(left), asked)


def asked_of(line: Line) -> str:
    """Say what a count row asks for in this year, leave taken off."""
    if line.rule.measure != "count":
        return ""
    exact = float(line.target)
    return f"{exact:.1f}".rstrip("0").rstrip(".")


def bar_named(found: Score, code: str) -> Bar | None:
    """Return one bar by its code."""
    return next((bar for bar in found.bars if bar.code == code), None)


def lines_of(actor: Actor, bar: Bar) -> list[Lines]:
    """Return each rule of a bar with its records, as far as the actor may read them."""
    ids = {pk for line in bar.lines for pk in (*line.counted, *(left for left, _ in line.left_out))}
    names = names_of(actor, ids)
    return [_lines(line, names) for line in bar.lines]


def _lines(line: Line, names: dict[str, Named]) -> Lines:
    counted = [names[pk] for pk in line.counted if pk in names]
    left = [Named(**(vars(names[pk]) | {"why": why})) for pk, why in line.left_out if pk in names]
    all_of_it = len(line.counted) + len(line.left_out)
    return Lines(line, asked_of(line), counted, left, all_of_it - len(counted) - len(left))


def names_of(actor: Actor, ids: Iterable[str]) -> dict[str, Named]:
    """Return id → how a record is named for this reader; what he may not read is missing (two queries)."""
    wanted = [UUID(pk) for pk in ids]
    records = visible_to(actor).filter(pk__in=wanted).select_related("kind")
    found = {str(row.pk): _record(row) for row in records}
    pledges = pledges_visible_to(actor).filter(pk__in=wanted)
    return found | {str(row.pk): _pledge(row) for row in pledges}


def _record(row: DutyRecord) -> Named:
    title = "" if row.is_private else row.title or str(row.text[:40])
    return Named(row.on, row.kind.name, title, private=row.is_private)


def _pledge(row: DutyPledge) -> Named:
    return Named(row.due_on, "履职承诺", row.item)


def parts_of(actor: Actor, file: YearlyFile) -> list[dict[str, Any]]:
    """Return parts ② to ⑧ of the file and the local part, each with its records."""
    names = names_of(actor, [pk for ids in file.parts.values() for pk in ids])
    return [
        {
            "code": code,
            "label": label,
            "count": len(file.parts.get(code, [])),
            "rows": [names[pk] for pk in file.parts.get(code, []) if pk in names],
        }
        for code, label, _ in PARTS
    ]


def own_records(file: YearlyFile) -> list[DutyRecord]:
    """Return the deputy's own records of the year, to choose evidence from."""
    rows = DutyRecord.objects.filter(deputy_id=file.deputy_id, on__year=file.year)
    return list(rows.select_related("kind").order_by("on", "id")[:300])
