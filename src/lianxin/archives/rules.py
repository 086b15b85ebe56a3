"""How a row of an earlier record is read: every fault of a row is named at once, nothing is guessed. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

COLUMNS = ("日期", "类别", "标题", "地方", "文号", "摘要")
KINDS = {
    "会议": "meeting",
    "视察调研": "research",
    "执法检查": "inspection",
    "制度文件": "document",
    "专项活动": "campaign",
    "代表活动": "activity",
    "站室建设": "station",
    "民生实事": "project",
    "其他": "other",
}
FIRST_YEAR = 1954
"""地方各级人民代表大会 have met since 1954 (宪法 of that year)."""
TITLE, NUMBER, SUMMARY = (4, 120), 60, 2000
DAY = re.compile(r"^(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?$")
MONTH = re.compile(r"^(\d{4})\s*[年./-]\s*(\d{1,2})\s*月?$")
YEAR = re.compile(r"^(\d{4})\s*年?$")
PHONE = re.compile(r"(?<!\d)1\d{10}(?!\d)")
IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")


@dataclass(frozen=True, slots=True)
class Dated:
    """A day as exactly as the source knows it: `exact` is day, month or year."""

    on: date
    exact: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A row that was understood; `place` is a division code."""

    dated: Dated
    kind: str
    title: str
    place: str
    number: str
    summary: str


def read_row(cells: Mapping[str, str], places: Mapping[str, str], today: date) -> Entry | list[str]:
    """Return the row's entry, or every fault of it in plain words; `places` are names → codes."""
    faults: list[str] = []
    dated = read_date(cells.get("日期", ""), today)
    if isinstance(dated, str):
        faults.append(dated)
    kind = KINDS.get(cells.get("类别", "").strip(), "")
    if not kind:
        faults.append(f"类别：请从这些里选一个：{'、'.join(KINDS)}。")
    title = cells.get("标题", "").strip()
    if not TITLE[0] <= len(title) <= TITLE[1]:
        faults.append(f"标题：请写 {TITLE[0]} 到 {TITLE[1]} 个字。")
    named = cells.get("地方", "").strip()
    place = places.get(named, "")
    if not place:
        faults.append(
            f"地方：没有「{named}」，请写市、镇或村的全名。" if named else "地方：请写市、镇或村的全名。"
        )
    number, summary = cells.get("文号", "").strip(), cells.get("摘要", "").strip()
    faults += _lengths(number, summary) + _personal(f"{title} {summary}")
    if faults or isinstance(dated, str):
        return faults
    return Entry(dated, kind, title, place, number, summary)


def read_date(typed: str, today: date) -> Dated | str:
    """Return a day, or the first day of a month or year that is known no closer; else what is wrong."""
    text = typed.strip().removesuffix(" 00:00:00")
    for pattern, exact in ((DAY, "day"), (MONTH, "month"), (YEAR, "year")):
        if found := pattern.match(text):
            year, month, day = ([int(part) for part in found.groups()] + [1, 1])[:3]
            try:
                on = date(year, month, day)
            except ValueError:
                break
            if not date(FIRST_YEAR, 1, 1) <= on <= today:
                return f"日期：请写 {FIRST_YEAR} 年以后、今天以前的日子。"
            return Dated(on, exact)
    return "日期：请写成 2012-03-05、2012年3月 或 2012年。"


def _lengths(number: str, summary: str) -> list[str]:
    faults = [f"文号：请写在 {NUMBER} 个字以内。"] if len(number) > NUMBER else []
    return faults + ([f"摘要：请写在 {SUMMARY} 个字以内。"] if len(summary) > SUMMARY else [])


def _personal(text: str) -> list[str]:
    """An archive that many read holds no phone and no identity number (个人信息保护法第六条)."""
    if PHONE.search(text) or IDENTITY.search(text):
        return ["标题和摘要里不要写电话号码、身份证号。"]
    return []
