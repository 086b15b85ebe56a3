"""How a row of the answers of households is read: every fault is named at once, nothing is guessed. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

COLUMNS = ("户编号", "村组", "答复", "怎么问的", "哪天问的")
NUMBER = re.compile(r"^\d{3,6}-\d{4}$")
ANSWERS = {"同意": "agree", "希望更换": "change", "不参加": "no"}
WAYS = {"本人当面": "person", "电话": "phone", "纸质": "paper"}
PAPER = "纸质"
DAY = re.compile(r"^(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?$")
MIDNIGHT = " 00:00:00"


@dataclass(frozen=True, slots=True)
class Reply:
    """What one household said, how it was asked, and when."""

    number: str
    answer: str
    way: str
    on: date


def read_reply(cells: Mapping[str, str], known: Mapping[str, object], today: date) -> Reply | list[str]:
    """Return the row's reply, or every fault of it in plain words; `known` holds the town's numbers."""
    number, said = cells.get("户编号", "").strip(), cells.get("答复", "").strip()
    faults: list[str] = []
    if number not in known:
        faults.append(f"户编号：本镇没有「{number}」，请照下载的名单写。" if number else "户编号：没有写。")
    if said not in ANSWERS:
        faults.append(f"答复：请从这些里选一个：{'、'.join(ANSWERS)}。")
    way = cells.get("怎么问的", "").strip() or PAPER
    if way not in WAYS:
        faults.append(f"怎么问的：请从这些里选一个：{'、'.join(WAYS)}。")
    on = read_day(cells.get("哪天问的", ""), today)
    if isinstance(on, str):
        faults.append(on)
    if faults or isinstance(on, str):
        return faults
    return Reply(number, ANSWERS[said], WAYS[way], on)


def read_day(typed: str, today: date) -> date | str:
    """Return the day of asking, today where none was written; else what is wrong."""
    text = typed.strip().removesuffix(MIDNIGHT)
    if not text:
        return today
    found = DAY.match(text)
    try:
        on = date(*map(int, found.groups())) if found else None
    except ValueError:
        on = None
    if on is None:
        return "哪天问的：请写成 2026-11-23，或空着。"
    return on if on <= today else "哪天问的：这一天还没有到。"


def said_twice(replies: Sequence[Reply]) -> set[str]:
    """Return the numbers that stand in a sheet with more than one answer: nobody guesses which holds."""
    answers: dict[str, set[str]] = defaultdict(set)
    for reply in replies:
        answers[reply.number].add(reply.answer)
    return {number for number, held in answers.items() if len(held) > 1}
