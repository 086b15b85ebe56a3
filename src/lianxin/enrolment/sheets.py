"""The three sheets: deputies, units, staff."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from lianxin.documents import tables
from lianxin.enrolment.models import SheetKind
from lianxin.enrolment.rules import DEPUTY_COLUMNS, LEVELS, STAFF_COLUMNS, UNIT_COLUMNS

FORMS = {
    SheetKind.DEPUTIES: tables.Form(
        "代表名册",
        DEPUTY_COLUMNS,
        ("姓名", "住在哪里", "代表证号", "哪级代表", "届次", "任期开始"),
        (12, 8, 10, 16, 24, 18, 12, 14, 24, 20, 14, 14),
    ),
    SheetKind.UNITS: tables.Form("承办单位名册", UNIT_COLUMNS, UNIT_COLUMNS[:3], (36, 20, 10, 14)),
    SheetKind.STAFF: tables.Form("工作人员", STAFF_COLUMNS, STAFF_COLUMNS[:4], (12, 18, 20, 24, 24, 26)),
}
EXAMPLES = {
    SheetKind.DEPUTIES: (
        "张三", "女", "1980", "农民", "段家河镇李家庄村", "610981-0001",
        "镇", "", "段家河镇第二十届", "李家庄村选区", "2021-12-20", "",
    ),
    SheetKind.UNITS: ("旬阳市交通运输局", "交通运输局", "市", ""),
    SheetKind.STAFF: ("李四", "li.si", "联络员", "段家河镇", "", ""),
}  # fmt: skip
NOTES = {
    SheetKind.DEPUTIES: (
        f"一行写一个席位，一个人有几个席位就写几行，姓名和代表证号写得一样。哪级代表：{'、'.join(LEVELS)}。"
        "示例行请删掉。"
    ),
    SheetKind.UNITS: "一行写一个单位。示例行请删掉。",
    SheetKind.STAFF: "一行写一个人的一个角色，一个人有几个角色就写几行。示例行请删掉。",
}


def read(kind: SheetKind, data: bytes) -> list[dict[str, str]]:
    """Return the rows of a filled sheet."""
    return tables.read(FORMS[kind], data)


def template(kind: SheetKind, choices: Iterable[str] = ()) -> bytes:
    """Return the empty sheet with one example row and what there is to choose from."""
    example = dict(zip(FORMS[kind].columns, EXAMPLES[kind], strict=True))
    words = "、".join(choices)
    return tables.book_of(FORMS[kind], [example], note=f"{NOTES[kind]}{words and f'可选：{words}。'}")


def with_faults(kind: SheetKind, refused: Iterable[Mapping[str, Any]]) -> bytes:
    """Return the refused rows with what to mend."""
    return tables.with_faults(FORMS[kind], refused)
