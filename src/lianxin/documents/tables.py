"""Excel in and out, one way for every room: a form of columns, rows read as text, faulty rows given back.

Values only: formulas, macros and links of a sheet are never run.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils.exceptions import InvalidFileException

from lianxin.common.errors import Invalid

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS, MOST_BYTES, MOST_UNPACKED = 2000, 5 * 1024 * 1024, 100 * 1024 * 1024
FAULTS, FAULTS_WIDTH = "要改的地方", 50
UNREADABLE = "这个文件打不开。请用「下载空表」里的表格填好，存成 .xlsx 再传。"


@dataclass(frozen=True, slots=True)
class Form:
    """The columns of a sheet, those that must be there, and how wide they are drawn."""

    title: str
    columns: tuple[str, ...]
    needed: tuple[str, ...]
    widths: tuple[int, ...]


def read(form: Form, data: bytes) -> list[dict[str, str]]:
    """Return the rows below the heading as text by column; raise `Invalid` with what to do."""
    _fits(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        lines = book.worksheets[0].iter_rows(values_only=True)
        names = [str(cell or "").strip() for cell in next(lines, ())]
        rows = [dict(zip(names, map(_text, line), strict=False)) for line in islice(lines, MOST_ROWS + 1)]
    except (InvalidFileException, KeyError, ValueError, IndexError, zipfile.BadZipFile, OSError) as fault:
        raise _wrong(UNREADABLE) from fault
    return _checked(form, names, rows)


def with_faults(form: Form, refused: Iterable[Mapping[str, Any]]) -> bytes:
    """Return the refused rows as they were typed, with what to mend in the last column."""
    wide = Form(form.title, (*form.columns, FAULTS), form.needed, (*form.widths, FAULTS_WIDTH))
    return book_of(wide, [{**one["cells"], FAULTS: " ".join(one["faults"])} for one in refused])


def book_of(form: Form, rows: Iterable[Mapping[str, str]], *, note: str = "") -> bytes:
    """Return rows as a sheet; text stays text: what begins with "=" is never a formula."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = form.title
    for place, (name, width) in enumerate(zip(form.columns, form.widths, strict=True), 1):
        head = sheet.cell(1, place, name)
        head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor="E3F0F1")
        sheet.column_dimensions[head.column_letter].width = width
    for line, row in enumerate(rows, 2):
        for place, name in enumerate(form.columns, 1):
            sheet.cell(line, place, row.get(name, "")).data_type = "s"
    if note:
        book.create_sheet("说明").cell(1, 1, note)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _fits(data: bytes) -> None:
    """Refuse what is too large, packed or unpacked, before it is opened."""
    try:
        unpacked = sum(one.file_size for one in zipfile.ZipFile(io.BytesIO(data)).infolist())
    except zipfile.BadZipFile:
        raise _wrong(UNREADABLE) from None
    if len(data) > MOST_BYTES or unpacked > MOST_UNPACKED:
        raise _wrong("这个文件太大了，请分成几份，每份不超过 5 兆。")


def _checked(form: Form, names: list[str], rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return the filled rows, in the form's columns only: what else stands in a sheet is not kept."""
    missing = [name for name in form.needed if name not in names]
    if missing:
        raise _wrong(f"第一行要有这些列：{'、'.join(form.columns)}。现在缺：{'、'.join(missing)}。")
    if len(rows) > MOST_ROWS:
        raise _wrong(f"一次最多 {MOST_ROWS} 行，请分成几份。")
    kept = [{name: row.get(name, "") for name in form.columns if name in row} for row in rows]
    filled = [row for row in kept if any(row.values())]
    if not filled:
        raise _wrong("表里还没有内容，请从第二行起一行写一件。")
    return filled


def _wrong(words: str) -> Invalid:
    return Invalid(words, fields={"sheet": words})


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell).strip()
