"""Contents of letters for tests, and measuring printed pages."""

from __future__ import annotations

import io
from typing import Any

import pdfplumber

MM = 72 / 25.4
SENTENCE = "路灯由段家河镇人民政府管护每月检查一次发现损坏三日内修复"  # 28 characters, no punctuation


def content(**changes: Any) -> dict[str, Any]:
    """Return the content of a reply letter that runs over two pages."""
    assert len(SENTENCE) == 28
    text: dict[str, Any] = {
        "organ": "旬阳示范市交通运输局",
        "number": "交通运输局函〔2026〕3号",
        "class_mark": "A",
        "title": "关于市第一届人大第12号建议的答复",
        "recipients": [{"deputy": "1", "name": "王小明"}, {"deputy": "2", "name": "李小红"}],
        "body": [
            "您提出的建议收悉。现逐条答复如下：",
            "一、关于“装路灯”",
            "（一）进度。已装好。",
            SENTENCE * 60,
        ],
        "signature": "旬阳示范市交通运输局",
        "date": "2026-11-05",
        "contact": "孙经办 0915-000-0000",
        "publish": "public",
        "copies": ["旬阳市人大常委会代表工作委员会", "旬阳市人民政府督查室"],
    }
    return {**text, **changes}


def pages(data: bytes) -> list[Any]:
    """Return the pages of a PDF for measuring."""
    return list(pdfplumber.open(io.BytesIO(data)).pages)


def glyphs(page: Any, size: float = 16) -> list[dict[str, Any]]:
    """Return the visible upright characters of one size (16 pt is 3号)."""
    return [
        one
        for one in page.chars
        if one["upright"]
        and abs(one["size"] - size) < 0.1
        and one["text"].strip()
        and one["text"] != "\u200b"
    ]


def rows(page: Any, size: float = 16) -> list[str]:
    """Return the page's lines of one size from top to bottom."""
    found: dict[int, list[dict[str, Any]]] = {}
    for one in glyphs(page, size):
        found.setdefault(round(one["top"]), []).append(one)
    return ["".join(c["text"] for c in sorted(found[top], key=lambda c: c["x0"])) for top in sorted(found)]
