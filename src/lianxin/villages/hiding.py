"""Hiding numbers of papers, accounts and telephones in what a village publishes. Pure.

Names stay: the law asks to publish who receives what. A number is never needed for that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lianxin.common.masking import WORDS, mask

HIDDEN = frozenset({"id", "account", "phone"})
LEAST_DIGITS = 7
_DIGIT = re.compile(r"[\d零〇洞一幺二两三四五六七拐八九勾壹贰叁肆伍陆柒捌玖]")
_SIGN = re.compile(r"[@＠]|微信|[QqＱｑ][QqＱｑ]|[VvＶｖ][XxＸｘ]")


def hidden(text: str) -> tuple[str, int]:
    """Return the text without such numbers, and how many there were."""
    if not _SIGN.search(text) and len(_DIGIT.findall(text)) < LEAST_DIGITS:
        return text, 0  # most cells are a word or a sum: no number of a paper is that short
    spans = [span for span in mask(text).spans if span.kind in HIDDEN]
    out, at = [], 0
    for span in spans:
        out += [text[at : span.start], f"〔{WORDS[span.kind]}已隐去〕"]
        at = span.end
    return "".join([*out, text[at:]]), len(spans)


def hidden_table(rows: Sequence[Sequence[str]]) -> tuple[list[list[str]], int]:
    """Return a table without such numbers, and how many there were."""
    made, count = [], 0
    for row in rows:
        cells = [hidden(cell.strip()) for cell in row]
        made.append([cell for cell, _ in cells])
        count += sum(found for _, found in cells)
    return made, count
