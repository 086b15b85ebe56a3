"""Reading the ledger: kinds in force, a deputy's year, what counted and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Denied, NotFound
from lianxin.common.sealing import unseal
from lianxin.duties.models import DutyKind, DutyRecord, SealedDuty
from lianxin.duties.permissions import is_own, sees
from lianxin.duties.rules import Entry, count
from lianxin.duties.words import Words, words_in
from lianxin.people.models import Deputy
from lianxin.rulebook.selectors import value


@dataclass(frozen=True, slots=True)
class Counted:
    """One record of a year with the verdict of its kind's rule."""

    record: DutyRecord
    counted: bool
    why: str


def kinds_in_force(home6: str, on: date | None = None) -> QuerySet[DutyKind]:
    """Return the kinds of a region that are in force on a day, in the order of the registry."""
    day = on or clock.today()
    ending = Q(valid_to=None) | Q(valid_to__gt=day)
    return DutyKind.objects.filter(ending, home6=home6, valid_from__lte=day).order_by("order", "slug")


def kind_in_force(slug: str, home6: str, on: date) -> DutyKind:
    """Return the version of a kind that is in force on a day."""
    kind = kinds_in_force(home6, on).filter(slug=slug).first()
    if kind is None:
        raise NotFound("没有这一类履职制度，或这一天还没有开始执行。")
    return kind


def kind_versions(home6: str, slug: str) -> QuerySet[DutyKind]:
    """Return all versions of a kind, the newest first."""
    return DutyKind.objects.filter(home6=home6, slug=slug).order_by("-version")


def target_of(kind: DutyKind, year: int) -> int:
    """Return how many records of a kind a cycle asks for, as the rule stood when the year began."""
    rule = kind.counting
    if name := rule.get("target_parameter"):
        return int(value(name, on=date(year, 1, 1), home6=kind.home6))
    return int(rule.get("target") or 0)


def records_of_year(deputy_id: UUID, year: int) -> QuerySet[DutyRecord]:
    """Return a deputy's records of a year; for rules and for himself, never for another's page."""
    return DutyRecord.objects.filter(deputy_id=deputy_id, on__year=year).select_related("kind")


def counted(deputy_id: UUID, year: int) -> list[Counted]:
    """Return each record of a deputy's year with counted yes or no, and why."""
    return counted_of([deputy_id], year).get(deputy_id, [])


def counted_of(deputies: Iterable[UUID], year: int) -> dict[UUID, list[Counted]]:
    """Return deputy → his records of a year with their verdicts (one query for all)."""
    rows = (
        DutyRecord.objects.filter(deputy_id__in=list(deputies), on__year=year)
        .select_related("kind")
        .annotate(proof_count=Count("proofs"))
        .order_by("on", "id")
    )
    found: dict[UUID, list[DutyRecord]] = defaultdict(list)
    for row in rows:
        found[row.deputy_id].append(row)
    return {deputy: _judged(records) for deputy, records in found.items()}


def own_words(deputy_account: UUID | None, record: DutyRecord) -> Words:
    """Return the words of a record for a reader; sealed ones only for the author himself."""
    if not record.is_private:
        return Words(record.title, record.text, dict(record.values))
    if deputy_account is None or record.deputy.account_id != deputy_account:
        raise Denied("这一篇仅本人可见。")
    sealed = getattr(record, "sealed", None)
    return words_in(unseal(sealed.words, wrapped_key=sealed.wrapped_key)) if sealed else Words("", "", {})


def own_year(actor: Actor, deputy: Deputy, year: int) -> list[Counted]:
    """Return one's own records of a year with their verdicts; the titles of private ones are opened."""
    if not is_own(actor, deputy):
        raise Denied("只能看自己的履职记录。")
    rows = counted(deputy.id, year)
    sealed = SealedDuty.objects.filter(record__deputy=deputy, record__on__year=year)
    opened = {one.record_id: words_in(unseal(one.words, wrapped_key=one.wrapped_key)) for one in sealed}
    for one in rows:
        if one.record.id in opened:
            one.record.title = opened[one.record.id].title
    return rows


def duty_for(actor: Actor, pk: UUID) -> DutyRecord:
    """Return a record that the actor may read; to everybody else it does not exist."""
    row = DutyRecord.objects.select_related("kind", "deputy", "beneficiary", "sealed").filter(pk=pk).first()
    if row is None or not sees(actor, row):
        raise NotFound("没有找到这条记录，或者它不是给您看的。")
    return row


def own_duty(actor: Actor, pk: UUID) -> DutyRecord:
    """Return one's own record."""
    row = duty_for(actor, pk)
    if not is_own(actor, row.deputy):
        raise NotFound("没有找到这条记录，或者它不是您的。")
    return row


def verdict_of(row: DutyRecord) -> Counted:
    """Return whether one record counts, and why."""
    return next(one for one in counted(row.deputy_id, row.on.year) if one.record.pk == row.pk)


def similar_shown(actor: Actor, row: DutyRecord) -> DutyRecord | None:
    """Return the record that this one is like, for those who may read both."""
    if not row.similar_to_id or not row.copy_state:
        return None
    other = DutyRecord.objects.select_related("deputy", "kind").filter(pk=row.similar_to_id).first()
    return other if other and sees(actor, other) and not other.is_private else None


def _judged(records: list[DutyRecord]) -> list[Counted]:
    by_kind: dict[UUID, list[DutyRecord]] = defaultdict(list)
    for record in records:
        by_kind[record.kind_id].append(record)
    said: dict[str, Any] = {}
    for rows in by_kind.values():
        kind = rows[0].kind
        entries = [_entry(row) for row in rows]
        said |= {one.id: one for one in count(entries, cycle=kind.cycle, rule=kind.counting)}
    return [Counted(row, said[str(row.id)].counted, said[str(row.id)].why) for row in records]


def _entry(row: DutyRecord) -> Entry:
    proofs: int = getattr(row, "proof_count", 0)
    return Entry(str(row.id), row.on, row.state, proofs, row.copy_state)
