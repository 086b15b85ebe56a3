"""Which matters are like this one: near copies by their wording, the same matter by its meaning."""

from __future__ import annotations

import threading
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np

from lianxin.search.index import index_candidates
from lianxin.search.models import SearchEntry, Vector
from lianxin.search.similar import common_terms, features, likeness, standard, weights
from lianxin.search.text import query_tokens
from lianxin.search.vectors import embedder

SHOWN_FROM = 0.30
NEAR_COPY_FROM = 0.55


@dataclass(frozen=True, slots=True)
class Match:
    """One like matter: `score` 0..1, the words in common, and why it is shown."""

    object_id: UUID
    number: str
    title: str
    score: float
    common_terms: list[str]
    why: str


def similar_to(
    text: str, *, kind: str = "opinion", home6: str = "", limit: int = 10, exclude: Collection[UUID] = ()
) -> list[Match]:
    """Return matters like `text`, best first; advice for a person, who decides."""
    wanted = query_tokens(standard(text))
    found = (
        {entry.object_id: entry for entry in index_candidates(wanted, kind=kind, limit=60)} if wanted else {}
    )
    meaning = _by_meaning(text, kind, limit * 3)
    missing = set(meaning) - set(found)
    found |= {
        entry.object_id: entry for entry in SearchEntry.objects.filter(kind=kind, object_id__in=missing)
    }
    entries = [entry for pk, entry in found.items() if pk not in exclude and home6 in {"", entry.home6}]
    matches = _scored(text, entries, meaning)
    return sorted(matches, key=lambda match: -match.score)[:limit]


def _scored(text: str, entries: list[SearchEntry], meaning: dict[UUID, float]) -> list[Match]:
    own = features(text)
    others = [features(entry.body) for entry in entries]
    idf = weights([own, *others])
    matches = []
    for entry, other in zip(entries, others, strict=True):
        wording = likeness(own, other, idf)
        score = max(wording, _from_cosine(meaning.get(entry.object_id, 0.0)))
        if score >= SHOWN_FROM:
            why = "near_copy" if wording >= NEAR_COPY_FROM else "same_matter"
            terms = common_terms(text, entry.body)
            matches.append(
                Match(entry.object_id, entry.number, entry.title, round(min(score, 1), 3), terms, why)
            )
    return matches


def _from_cosine(cosine: float) -> float:
    """Map e5's narrow range (unrelated 0.80, same 0.93) onto 0..1."""
    return max(0.0, min(1.0, (cosine - 0.82) / 0.13))


class _Matrix:
    """The vectors of one kind in memory, read on as rows are added."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.ids: list[UUID] = []
        self.rows = np.zeros((0, 384), dtype=np.float32)

    def refresh(self, kind: str) -> None:
        """Read the vectors that came since the last look."""
        with self.lock:
            count = Vector.objects.filter(kind=kind).count()
            if count == len(self.ids):
                return
            known = set(self.ids)
            fresh = [
                row
                for row in Vector.objects.filter(kind=kind).values_list("object_id", "data")
                if row[0] not in known
            ]
            if fresh:
                new: Any = np.stack([np.frombuffer(bytes(data), dtype=np.float16) for _, data in fresh])
                self.rows = np.vstack([self.rows.reshape(-1, new.shape[1]), new.astype(np.float32)])
                self.ids += [pk for pk, _ in fresh]


_matrices: dict[str, _Matrix] = {}


def _by_meaning(text: str, kind: str, limit: int) -> dict[UUID, float]:
    model = embedder()
    if model is None or not Vector.objects.filter(kind=kind).exists():
        return {}
    matrix = _matrices.setdefault(kind, _Matrix())
    matrix.refresh(kind)
    cosines = matrix.rows @ model.embed([standard(text)[:400]])[0]
    best = np.argsort(-cosines)[:limit]
    return {matrix.ids[place]: float(cosines[place]) for place in best}
