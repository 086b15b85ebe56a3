"""The opinions that a paper grew from: those that stand, and those that their residents took back."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from lianxin.opinions.models import Opinion
from lianxin.opinions.workflow import State
from lianxin.suggestions.models import SourceOpinion, Suggestion


def standing_sources(suggestion: Suggestion) -> QuerySet[SourceOpinion]:
    """Return the cited opinions whose words may be shown."""
    return suggestion.sources.exclude(Exists(_withdrawn()))


def withdrawn_sources(suggestion: Suggestion) -> QuerySet[SourceOpinion]:
    """Return the cited opinions that were taken back; their words are shown to nobody any more."""
    return suggestion.sources.filter(Exists(_withdrawn()))


def with_withdrawn_sources() -> QuerySet[SourceOpinion]:
    """Return every citation of an opinion that was taken back."""
    return SourceOpinion.objects.filter(Exists(_withdrawn()))


def not_withdrawn(ids: Sequence[UUID]) -> list[UUID]:
    """Return those of the opinions that their residents have not taken back, in the same order."""
    gone = Opinion.objects.filter(pk__in=ids, state=State.WITHDRAWN).values_list("pk", flat=True)
    left = set(ids) - set(gone)
    return [pk for pk in ids if pk in left]


def _withdrawn() -> QuerySet[Opinion]:
    return Opinion.objects.filter(pk=OuterRef("opinion_id"), state=State.WITHDRAWN)
