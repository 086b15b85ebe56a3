"""Which matters are like this one: near copies by their wording, the same matter by its meaning."""

from __future__ import annotations

import threading
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import QuerySet

from lianxin.search.index import index_candidates
from lianxin.search.models import SearchEntry, Vector
from lianxin.search.similar import common_terms, features, likeness, standard, subjects, weights
from lianxin.search.text import query_tokens
from lianxin.search.vectors import embedder, meaning_of

SHOWN_FROM, LEAST_LIKE = 0.30, 0.15
NEAR_COPY_FROM = 0.55
SAME_TOWN, SAME_VILLAGE = 0.1, 0.1  # the same matter lies at the same place
SAME_SUBJECT = 0.12  # another word for the same thing: 摸黑 and 路灯
CENTRED_FROM = 200  # from so many vectors on their mean says what all texts have in common
CANDIDATES = 120  # so many come by meaning before subjects order them
CROWD_OF, CROWD_NEAREST = 2000, 10  # a text's crowd: its nearest among a sample of all
CROWD_GROWN = 1.2  # measured anew when so much has been added


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
    text: str,
    *,
    kind: str = "opinion",
    home6: str = "",
    limit: int = 10,
    exclude: Collection[UUID] = (),
    prefixes: Sequence[str] = (),
    near: str = "",
    within: QuerySet[Any] | None = None,
    by_meaning: bool = True,
) -> list[Match]:
    """Return matters like `text`, best first; advice for a person, who decides.

    `prefixes` keep to places whose codes begin so; `near` is the place of the matter, if known:
    what lies there comes first. `within` names the things that may be found. Without
    `by_meaning` only the wording is compared (residents).
    """
    wanted = query_tokens(standard(text))
    scope: dict[str, Any] = {"home6": home6, "prefixes": prefixes, "within": within}
    found = index_candidates(wanted, kind=kind, limit=60, **scope) if wanted else []
    entries = {entry.object_id: entry for entry in found}
    meaning = _by_meaning(text, kind, max(limit * 4, CANDIDATES), prefixes, near) if by_meaning else {}
    more = SearchEntry.objects.filter(kind=kind, object_id__in=set(meaning) - set(entries))
    entries |= {entry.object_id: entry for entry in _inside(more, within)}
    wanted_entries = [
        entry for pk, entry in entries.items() if pk not in exclude and home6 in {"", entry.home6}
    ]
    return _scored(text, wanted_entries, meaning, near)[:limit]


def _inside(entries: QuerySet[SearchEntry], within: QuerySet[Any] | None) -> QuerySet[SearchEntry]:
    return entries if within is None else entries.filter(object_id__in=within.order_by().values("pk"))


def _scored(text: str, entries: list[SearchEntry], meaning: dict[UUID, float], near: str) -> list[Match]:
    own = features(text)
    others = [features(entry.body) for entry in entries]
    idf = weights([own, *others])
    about = _about_the_same(text, [entry for entry in entries if entry.object_id in meaning])
    ranked = []
    for entry, other in zip(entries, others, strict=True):
        wording = likeness(own, other, idf)
        like = max(wording, meaning.get(entry.object_id, 0.0) + about.get(entry.object_id, 0.0))
        score = like + nearness(entry.scope_code, near)
        if score >= SHOWN_FROM and like >= LEAST_LIKE:
            ranked.append((score, wording, entry))
    ranked.sort(key=lambda row: (-row[0], row[2].number))
    return [
        Match(
            entry.object_id,
            entry.number,
            entry.title,
            round(min(score, 1.0), 3),
            common_terms(text, entry.body),
            "near_copy" if wording >= NEAR_COPY_FROM else "same_matter",
        )
        for score, wording, entry in ranked
    ]


def _about_the_same(text: str, entries: list[SearchEntry]) -> dict[UUID, float]:
    """Return what the same subjects add, the rare ones among these candidates more."""
    own, others = subjects(text), [subjects(entry.body) for entry in entries]
    idf = weights([own, *others])
    return {
        entry.object_id: SAME_SUBJECT * likeness(own, other, idf)
        for entry, other in zip(entries, others, strict=True)
    }


def nearness(place: str, near: str) -> float:
    """Return what the same town and the same village add to a likeness."""
    if not near or place[:9] != near[:9]:
        return 0.0
    return SAME_TOWN + (SAME_VILLAGE if place == near and not near.endswith("000") else 0.0)


class _Matrix:
    """The vectors of one kind in memory, read on as rows are added."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.ids: list[UUID] = []
        self.places: list[str] = []
        self.rows = np.zeros((0, 384), dtype=np.float32)
        self.mean = np.zeros(384, dtype=np.float32)
        self.centred = self.rows
        self.crowd = np.zeros(0, dtype=np.float32)
        self.sampled_at = 0

    def refresh(self, kind: str) -> None:
        """Read the vectors that came since the last look."""
        with self.lock:
            vectors = Vector.objects.filter(kind=kind)
            if vectors.count() == len(self.ids):
                return
            known = set(self.ids)
            columns = vectors.values_list("object_id", "data", "entry__scope_code")
            fresh = [row for row in columns if row[0] not in known]
            if len(fresh) + len(known) != vectors.count():  # some were taken out: read all anew
                self.ids, self.places, fresh = [], [], list(columns)
                self.rows = np.zeros((0, 384), dtype=np.float32)
                self.crowd = self.crowd[:0]
            if fresh:
                self._add(fresh)

    def _add(self, fresh: list[tuple[UUID, Any, str]]) -> None:
        new: Any = np.stack([np.frombuffer(bytes(data), dtype=np.float16) for _, data, _ in fresh])
        self.rows = np.vstack([self.rows.reshape(-1, new.shape[1]), new.astype(np.float32)])
        self.ids += [pk for pk, _, _ in fresh]
        self.places += [place for _, _, place in fresh]
        self.mean = self.rows.mean(axis=0)
        self.centred = _unit(self.rows - self.mean)
        self._measure()

    def _measure(self) -> None:
        """Measure the crowd around each new text, around all when many have come.

        A text amid hundreds of near copies is like everything (a hub); what stands alone and is
        still like the question says more.
        """
        known = len(self.crowd)
        if known > len(self.ids) or len(self.ids) >= CROWD_GROWN * self.sampled_at:
            known, self.sampled_at = 0, len(self.ids)
        self.crowd = np.concatenate([self.crowd[:known], _crowd(self.centred, known)])

    def likenesses(self, vector: Any) -> Any:
        """Return 0..1 for each row: its cosine with what all texts have in common taken away."""
        if len(self.ids) >= CENTRED_FROM:
            like = self.centred @ _unit((vector - self.mean)[None, :])[0]
            return like - (self.crowd - self.crowd.mean()) / 2
        return np.clip((self.rows @ vector - 0.82) / 0.13, 0.0, 1.0)


def _crowd(centred: Any, known: int) -> Any:
    """Return the mean likeness of each row from `known` on to its nearest among a sample of all rows."""
    places = np.unique(np.linspace(0, len(centred) - 1, min(len(centred), CROWD_OF)).astype(int))
    nearest = min(CROWD_NEAREST, len(places))
    found = []
    for start in range(known, len(centred), 4096):
        like = centred[start : start + 4096] @ centred[places].T
        like[np.arange(start, start + len(like))[:, None] == places[None, :]] = 0.0  # not with itself
        found.append(np.partition(like, -nearest, axis=1)[:, -nearest:].mean(axis=1))
    return np.concatenate(found) if found else np.zeros(0, dtype=np.float32)


def _unit(rows: Any) -> Any:
    sizes = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.where(sizes == 0, 1, sizes)


_matrices: dict[str, _Matrix] = {}


def _by_meaning(text: str, kind: str, limit: int, prefixes: Sequence[str], near: str) -> dict[UUID, float]:
    model = embedder()
    if model is None or not Vector.objects.filter(kind=kind).exists():
        return {}
    matrix = _matrices.setdefault(kind, _Matrix())
    matrix.refresh(kind)
    like = matrix.likenesses(meaning_of(model, standard(text)[:400]))
    total = like + np.array([nearness(place, near) for place in matrix.places]) if near else like
    inside = [
        place
        for place in np.argsort(-total)
        if not prefixes or matrix.places[place].startswith(tuple(prefixes))
    ][:limit]
    return {matrix.ids[place]: float(like[place]) for place in inside}
