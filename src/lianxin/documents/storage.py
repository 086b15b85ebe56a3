"""The file store: bytes by region and checksum, written whole or not at all."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from django.conf import settings

from lianxin.common.errors import Conflict, NotFound
from lianxin.common.ids import uuid7


def put(home6: str, data: bytes) -> str:
    """Keep bytes and return their SHA-256; the same bytes are kept once."""
    sha = hashlib.sha256(data).hexdigest()
    place = _path(home6, sha)
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        draft = place.with_suffix(f".{uuid7().hex}")
        with draft.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(place)
    else:
        os.utime(place)  # needed anew: the sweep must not take it before its row is there
    return sha


def get(home6: str, sha: str) -> bytes:
    """Return the bytes, checked against their checksum."""
    place = _path(home6, sha)
    if not place.exists():
        raise NotFound("文件已按保存期限删除，或还没有同步到这台服务器。")
    data = place.read_bytes()
    if hashlib.sha256(data).hexdigest() != sha:
        raise Conflict("文件校验不一致，可能被改动过，请联系管理员。")
    return data


def remove(home6: str, sha: str) -> None:
    """Forget bytes."""
    _path(home6, sha).unlink(missing_ok=True)


def _path(home6: str, sha: str) -> Path:
    return Path(settings.MEDIA_ROOT) / home6 / sha[:2] / sha
