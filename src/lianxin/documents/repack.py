"""Office files are ZIP archives that carry the time of packing; this one does not."""

from __future__ import annotations

import io
import zipfile

NEVER = (1980, 1, 1, 0, 0, 0)


def repacked(data: bytes) -> bytes:
    """Return the archive packed anew without a clock: the same content gives the same bytes."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, NEVER), old.read(name), zipfile.ZIP_DEFLATED)
    return kept.getvalue()
