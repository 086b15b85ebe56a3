"""Which units handled such matters before: advice for the hand-over, with the counts behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _

from lianxin.handling.models import Assignment
from lianxin.handling.workflow import Mode
from lianxin.people.selectors import organ_name
from lianxin.search.matcher import Match
from lianxin.suggestions.models import Suggestion

LEADING = (Mode.SOLE, Mode.MAIN, Mode.SEPARATE)


@dataclass(frozen=True, slots=True)
class Routed:
    """One unit and why it is proposed."""

    code: str
    name: str
    why: str


def routed_before(row: Suggestion, like: list[Match]) -> list[Routed]:
    """Return the units that led like suggestions, then those that led the same category."""
    found: dict[str, str] = {}
    if row.suggested_unit:
        found[row.suggested_unit] = _("领衔代表建议由它办")
    near = _leading([match.object_id for match in like])
    for code, count in near:
        found.setdefault(code, _("办过 %(n)s 件文字相近的建议") % {"n": count})
    if row.category:
        same = Suggestion.objects.filter(category=row.category, division_code=row.division_code)
        for code, count in _leading(same.exclude(pk=row.pk).values_list("pk", flat=True)):
            words = _("同为「%(category)s」的建议，主办过 %(n)s 件")
            found.setdefault(code, words % {"category": _(row.category), "n": count})
    return [Routed(code, organ_name(code), why) for code, why in found.items()][:4]


def _leading(ids: Iterable[UUID]) -> list[tuple[str, int]]:
    rows = (
        Assignment.objects.filter(matter_kind="suggestion", matter_id__in=ids, mode__in=LEADING)
        .values("unit_code")
        .annotate(count=Count("id"))
        .order_by("-count")[:3]
    )
    return [(row["unit_code"], row["count"]) for row in rows]
