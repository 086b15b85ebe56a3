"""From the ledger to what the score reads: records, pledges, days away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any
from uuid import UUID

from lianxin.common import clock
from lianxin.duties.models import DutyLeave, DutyPledge, DutyRecord
from lianxin.duties.score import Entry, away_share
from lianxin.duties.selectors import counted_of
from lianxin.duties.workflow import PledgeState
from lianxin.people.models import Seat

PLEDGE = "duty_pledge"


def entries_of(deputies: Iterable[UUID], year: int) -> dict[UUID, list[Entry]]:
    """Return deputy → what he did in a year, as the score reads it (three queries for all)."""
    ids = list(deputies)
    found: dict[UUID, list[Entry]] = defaultdict(list)
    for deputy, verdicts in counted_of(ids, year).items():
        found[deputy] = [
            _entry(one.record, "" if one.counted else one.why)
            for one in verdicts
            if one.record.kind.slug != PLEDGE
        ]
    for pledge in DutyPledge.objects.filter(deputy_id__in=ids, year=year).exclude(state=PledgeState.DRAFT):
        found[pledge.deputy_id].append(_pledge(pledge))
    return found


def _entry(record: DutyRecord, against: str) -> Entry:
    subject = str(record.values.get("household") or record.values.get("pairing") or record.id)
    return Entry(
        str(record.id),
        record.kind.slug,
        record.on,
        subject,
        _share(record.values.get("result")),
        against,
    )


def _share(told: Any) -> Fraction | None:
    """Return a result of 0 to 1 that another room posted; anything else is no result."""
    if told is None or isinstance(told, bool):
        return None
    try:
        share = Fraction(Decimal(str(told)))
    except (InvalidOperation, ValueError, OverflowError):
        return None
    return share if 0 <= share <= 1 else None


def _pledge(pledge: DutyPledge) -> Entry:
    if pledge.state == PledgeState.RELEASED:
        return Entry(str(pledge.id), PLEDGE, pledge.due_on, against="经同意不再兑现，不计入")
    kept = Fraction(1) if pledge.state == PledgeState.FULFILLED else None
    if kept is None and pledge.overdue(clock.today()):
        kept = Fraction(0)
    return Entry(str(pledge.id), PLEDGE, pledge.due_on, result=kept)


def away_of(deputies: Sequence[UUID], year: int) -> dict[UUID, Fraction]:
    """Return deputy → the share of a year on leave or without a seat (three queries for all)."""
    spans: dict[UUID, list[tuple[date, date | None]]] = defaultdict(list)
    for leave in DutyLeave.objects.filter(deputy_id__in=list(deputies), is_cancelled=False):
        spans[leave.deputy_id].append((leave.begins_on, leave.ends_on))
    for deputy, held in _seats(deputies).items():
        spans[deputy] += _gaps(held, year)
    return {deputy: away_share(spans.get(deputy, []), year) for deputy in deputies}


def _seats(deputies: Sequence[UUID]) -> dict[UUID, list[tuple[date, date]]]:
    """Return deputy → the spans in which he could act: his seats without their suspensions."""
    held: dict[UUID, list[tuple[date, date]]] = defaultdict(list)
    seats = Seat.objects.filter(deputy_id__in=list(deputies)).prefetch_related("suspensions")
    for seat in seats.order_by("valid_from"):
        begin = seat.valid_from
        for off in sorted(seat.suspensions.all(), key=lambda one: one.starts_on):
            held[seat.deputy_id].append((begin, off.starts_on - timedelta(days=1)))
            begin = off.ends_on + timedelta(days=1) if off.ends_on else date.max
        held[seat.deputy_id].append((begin, seat.valid_to or date.max))
    return {deputy: sorted(one for one in spans if one[0] <= one[1]) for deputy, spans in held.items()}


def _gaps(held: Sequence[tuple[date, date]], year: int) -> list[tuple[date, date | None]]:
    """Return the spans of a year in which no seat was held: nobody is asked for duties then."""
    cursor, gaps = date(year, 1, 1), []
    last = date(year, 12, 31)
    for begin, end in held:
        if begin > cursor:
            gaps.append((cursor, min(begin - timedelta(days=1), last)))
        if end >= last:
            return [gap for gap in gaps if gap[0] <= gap[1]]
        cursor = max(cursor, end + timedelta(days=1))
    return [gap for gap in [*gaps, (cursor, last)] if gap[0] <= gap[1]]
