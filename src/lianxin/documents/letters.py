"""Official letters as paper: from a letter's checked content to PDF and DOCX.

`content` names: organ, number, class_mark, title, addressee, recipients, body, enclosures, signature,
date, contact, publish, copies, feedback, annex. Missing ones are left out, so that letters issued under an
earlier set of names still print. Pure but for the demo switch.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from lianxin.common.errors import NotFound
from lianxin.documents import docx_letter, typesetting
from lianxin.documents.models import LetterVersion
from lianxin.documents.services import letter_checked

PUBLISH = {"public": "主动公开", "on_request": "依申请公开", "not_public": "不予公开"}
UNNAMED = "提出建议的代表"
TITLE_ROW = 18
NUMERALS = ("〇", "一", "二", "三", "四", "五", "六", "七", "八", "九")
_WHOLE = re.compile(r"[0-9A-Za-z-]+|.", re.DOTALL)
_LEVELS = ((1, re.compile(r"[一二三四五六七八九十]+、")), (2, re.compile(r"（[一二三四五六七八九十]+）")))


@dataclass(frozen=True, slots=True)
class Copy:
    """Which copy of a letter: for one recipient (from 0) or the file, with or without names."""

    recipient: int | None = None
    conceal: bool = False


FILE_COPY = Copy()


def letter_pdf(letter: LetterVersion, copy: Copy = FILE_COPY) -> bytes:
    """Return one copy of a letter as PDF; a changed content is refused."""
    return typesetting.pdf("letter", sheet(letter_checked(letter), copy, demo=settings.LIANXIN_DEMO))


def letter_docx(letter: LetterVersion, copy: Copy = FILE_COPY) -> bytes:
    """Return one copy of a letter as DOCX with the official fonts; a changed content is refused."""
    return docx_letter.docx(sheet(letter_checked(letter), copy, demo=settings.LIANXIN_DEMO))


def feedback_pdf(letter: LetterVersion, copy: Copy = FILE_COPY) -> bytes:
    """Return the form that a reply encloses (征询意见表), alone; refuse letters without one."""
    form = sheet(letter_checked(letter), copy, demo=settings.LIANXIN_DEMO)["feedback"]
    if form is None:
        raise NotFound("这份函件没有附征询意见表。")
    return typesetting.pdf("feedback_sheet", {**form, "demo": settings.LIANXIN_DEMO})


def recipients(letter: LetterVersion) -> list[str]:
    """Return the ids of the deputies whom the letter is addressed to, in the order of their copies."""
    return [one["deputy"] for one in letter.content.get("recipients", [])]


def sheet(content: Mapping[str, Any], copy: Copy = FILE_COPY, *, demo: bool) -> dict[str, Any]:
    """Return what a layout needs, from a letter's content (pure)."""
    return {
        "demo": demo,
        "organ": content.get("organ", ""),
        "number": content.get("number", ""),
        "class_mark": content.get("class_mark", ""),
        "title": content["title"],
        "title_rows": title_rows(content["title"]),
        "addressee": _addressee(content, copy),
        "body": [paragraph(text) for text in content.get("body", []) if text],
        "enclosures": list(content.get("enclosures", [])),
        "signature": content.get("signature", ""),
        "day": day_of(content.get("date", "")),
        "note_rows": _notes(content),
        "copies": list(content.get("copies", [])),
        "feedback": _feedback(content, copy),
        "annex": content.get("annex"),
    }


def paragraph(text: str) -> dict[str, Any]:
    """Return a paragraph with its level (1 黑体, 2 楷体, 0 仿宋); only its first sentence is the heading."""
    for level, mark in _LEVELS:
        if mark.match(text):
            head, stop, rest = text.partition("。")
            return {"level": level, "head": head + stop, "text": rest}
    return {"level": 0, "head": "", "text": text}


def title_rows(title: str, width: int = TITLE_ROW) -> list[str]:
    """Break a title into rows of about the same length, the last the longest; figures stay whole."""
    words = _WHOLE.findall(title)
    total = sum(map(_cells, words))
    count = max(1, math.ceil(total / width))
    for limit in range(math.ceil(total / count), width + 1):
        rows = _filled_from_below(words, limit)
        if len(rows) <= count:
            break
    return rows


def _filled_from_below(words: list[str], limit: int) -> list[str]:
    rows, room = [""], float(limit)
    for word in reversed(words):
        if _cells(word) > room and rows[0]:
            rows.insert(0, "")
            room = limit
        rows[0] = word + rows[0]
        room -= _cells(word)
    return rows


def _cells(word: str) -> float:
    return sum(0.5 if one.isascii() else 1 for one in word)


def day_of(iso: str) -> str:
    """Return 2026年3月5日: Arabic figures without leading zeros."""
    if not iso:
        return ""
    day = date.fromisoformat(iso)
    return f"{day.year}年{day.month}月{day.day}日"


def numeral(number: int) -> str:
    """Return 1 to 99 as 一 to 九十九."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{NUMERALS[tens]}十")
    return head + (NUMERALS[ones] if ones else "")


def _addressee(content: Mapping[str, Any], copy: Copy) -> str:
    if copy.conceal and content.get("recipients"):
        return UNNAMED
    named = [f"{name}代表" for name in _names(content, copy)]
    return "、".join(named) or str(content.get("addressee", ""))


def _notes(content: Mapping[str, Any]) -> list[str]:
    rows = []
    if content.get("contact"):
        rows.append(f"联系人及电话：{content['contact']}")
    if content.get("publish"):
        level = PUBLISH.get(content["publish"], content["publish"])
        why = content.get("publish_reason", "")
        rows.append(f"公开属性：{level}" + (f"，理由：{why}" if why else ""))
    return rows


def _feedback(content: Mapping[str, Any], copy: Copy) -> dict[str, Any] | None:
    form = content.get("feedback")
    return {**form, "deputy": "、".join(_names(content, copy))} if form else None


def _names(content: Mapping[str, Any], copy: Copy) -> list[str]:
    """Return the names that a copy may show; a concealed one leaves the field for the pen."""
    named = [] if copy.conceal else [str(one["name"]) for one in content.get("recipients", [])]
    if copy.recipient is not None and copy.recipient < len(named):
        return [named[copy.recipient]]
    return named
