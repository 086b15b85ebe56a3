"""Bytes without a row: what a refused or rolled-back submission has left on the disk goes within days.

Bytes are written before their row is certain (a row without bytes would be worse), so some lose their row.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from lianxin.common import clock
from lianxin.documents.models import StoredFile

YOUNG = timedelta(days=1)
"""No submission takes so long: what is older and has no row will never get one."""


def files_sweep() -> int:
    """Remove old bytes that no file needs, drafts of broken writes too; return how many."""
    return sum(_sweep(folder) for folder in Path(settings.MEDIA_ROOT).glob("[0-9]*/??") if folder.is_dir())


def _sweep(folder: Path) -> int:
    old = [path for path in folder.iterdir() if path.is_file() and _is_old(path)]
    needed = _needed(folder.parent.name, [path.name for path in old])
    return sum(_remove(path) for path in old if path.name not in needed)


def _needed(home6: str, names: Iterable[str]) -> set[str]:
    rows = StoredFile.objects.filter(home6=home6, sha256__in=names, erased_at=None)
    return set(rows.values_list("sha256", flat=True))


def _remove(path: Path) -> bool:
    if not _is_old(path):  # the same bytes were handed in again just now
        return False
    path.unlink(missing_ok=True)
    return True


def _is_old(path: Path) -> bool:
    try:
        written = path.stat().st_mtime
    except FileNotFoundError:
        return False
    return written < (clock.now() - YOUNG).timestamp()
