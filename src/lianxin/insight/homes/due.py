"""The next legal deadline of many matters at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Min

from lianxin.handling.models import Deadline


def next_due(ids: Iterable[UUID], *, what: Iterable[str]) -> dict[UUID, date]:
    """Return suggestion → its nearest open due date of the named kinds (one query)."""
    rows = (
        Deadline.objects.filter(matter_kind="suggestion", matter_id__in=list(ids), what__in=list(what))
        .filter(met_on=None, replaced=False)
        .values("matter_id")
        .annotate(due=Min("due_on"))
    )
    return {row["matter_id"]: row["due"] for row in rows}
