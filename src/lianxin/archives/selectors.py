"""Reads of earlier records, always from what the actor may see."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from lianxin.archives.models import OWNER, EarlierRecord, ImportBatch, Kind
from lianxin.archives.permissions import batches_visible_to, visible_to
from lianxin.common.actor import Actor
from lianxin.common.errors import NotFound
from lianxin.documents.models import StoredFile

BEGIN = 2012
"""The year with which the timeline begins: since then the congress guides villages' self-government (S4)."""
PAGE = 50


@dataclass(frozen=True, slots=True)
class Year:
    """One year of the timeline."""

    year: int
    count: int


def timeline(actor: Actor, kind: str = "") -> list[Year]:
    """Return the years from the latest back to `BEGIN` or earlier with their counts (one query)."""
    rows = _of_kind(actor, kind).values_list("on__year", flat=True)
    counts = Counter(rows.order_by())
    first = min([BEGIN, *counts])
    return [Year(year, counts[year]) for year in range(max([BEGIN, *counts]), first - 1, -1)]


def records(actor: Actor, *, kind: str = "", year: int | None = None) -> QuerySet[EarlierRecord]:
    """Return the records of a kind and year, the latest first."""
    found = _of_kind(actor, kind)
    return (found.filter(on__year=year) if year else found).order_by("-on", "-id")


def _of_kind(actor: Actor, kind: str) -> QuerySet[EarlierRecord]:
    found = visible_to(actor)
    return found.filter(kind=kind) if kind in Kind.values else found


def record_for(actor: Actor, pk: UUID) -> EarlierRecord:
    """Return one record that the actor may see."""
    found = visible_to(actor).select_related("batch").filter(pk=pk).first()
    if found is None:
        raise NotFound("没有找到这条历史资料，或者不在您的范围内。")
    return found


def scans_of(record: EarlierRecord) -> QuerySet[StoredFile]:
    """Return the scans behind a record."""
    return StoredFile.objects.filter(owner_kind=OWNER, owner_id=record.pk, erased_at=None).order_by("id")


def batches(actor: Actor) -> QuerySet[ImportBatch]:
    """Return the sheets brought in by the actor's body, the latest first."""
    return batches_visible_to(actor).order_by("-created_at", "-id")


def batch_for(actor: Actor, pk: UUID) -> ImportBatch:
    """Return one sheet that was brought in."""
    found = batches(actor).filter(pk=pk).first()
    if found is None:
        raise NotFound("没有找到这次导入，或者不在您的范围内。")
    return found
