"""The sheet of earlier records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from lianxin.archives.rules import COLUMNS, KINDS
from lianxin.documents import tables
from lianxin.documents.tables import MOST_ROWS

__all__ = ["MOST_ROWS", "read", "template", "with_faults"]
FORM = tables.Form("历史资料", COLUMNS, COLUMNS[:4], (16, 12, 44, 20, 24, 60))
EXAMPLE = ("2012年3月", "制度文件", "监督指导村民自治列为年度重点工作", "旬阳市", "", "一句话说明，可以不写")


def read(data: bytes) -> list[dict[str, str]]:
    """Return the rows of a filled sheet."""
    return tables.read(FORM, data)


def template() -> bytes:
    """Return the empty sheet with one example row and the kinds to choose from."""
    example = dict(zip(COLUMNS, EXAMPLE, strict=True))
    return tables.book_of(FORM, [example], note=f"类别：{'、'.join(KINDS)}")


def with_faults(refused: Iterable[Mapping[str, Any]]) -> bytes:
    """Return the refused rows with what to mend."""
    return tables.with_faults(FORM, refused)
