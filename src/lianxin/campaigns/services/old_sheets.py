"""Entering older inspection sheets at once, with their findings; one record for the batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from lianxin.audit.services import record
from lianxin.campaigns.models import Finding, FindingEvent, Inspection
from lianxin.campaigns.permissions import may_open
from lianxin.campaigns.rules import checklist, quarter_of
from lianxin.campaigns.workflow import State
from lianxin.common.actor import Actor
from lianxin.common.errors import Denied
from lianxin.people.models import Deputy
from lianxin.rulebook.selectors import value


@dataclass(frozen=True, slots=True)
class OldSheet:
    """A sheet as an older book holds it; problems are (key, words, state, second look)."""

    village: str
    on: date
    deputy: Deputy | None
    problems: tuple[tuple[str, str, str, date | None], ...] = ()


def inspections_register(*, actor: Actor, home6: str, rows: Sequence[OldSheet]) -> int:
    """Enter older sheets with their findings; one record for the batch."""
    if not may_open(actor):
        raise Denied("只有人大代工委可以补录巡查单。")
    sheets = [(_sheet(home6, one), one) for one in rows]
    Inspection.objects.bulk_create([row for row, _ in sheets], batch_size=500)
    found = [_found(row, problem) for row, one in sheets for problem in one.problems]
    Finding.objects.bulk_create(found, batch_size=500)
    events = [
        FindingEvent(finding=row, actor_name=actor.name, act="register", to_state=row.state) for row in found
    ]
    FindingEvent.objects.bulk_create(events, batch_size=500)
    facts = {"count": len(sheets), "findings": len(found)}
    record(
        actor=actor,
        tag="village_inspection.register",
        kind="village_inspection",
        target=home6,
        home6=home6,
        facts=facts,
    )
    return len(sheets)


def _sheet(home6: str, one: OldSheet) -> Inspection:
    bad = {key for key, _, _, _ in one.problems}
    answers = {check.key: check.key not in bad for check in checklist()}
    return Inspection(
        home6=home6,
        division_code=one.village,
        quarter=quarter_of(one.on),
        on=one.on,
        deputy=one.deputy,
        answers=answers,
    )


def _found(row: Inspection, problem: tuple[str, str, str, date | None]) -> Finding:
    key, words, state, looked = problem
    link = next(one.link for one in checklist() if one.key == key)
    due = row.on + timedelta(days=value("inspection.mend_days", home6=row.home6))
    return Finding(
        home6=row.home6,
        division_code=row.division_code,
        inspection=row,
        key=key,
        link=link,
        words=words,
        due_on=due,
        state=state,
        mended_words="已经照着改了。" if state != State.OPEN else "",
        rechecked_on=looked,
    )
