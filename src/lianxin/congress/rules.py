"""When a session takes suggestions, and who has missed too many. Pure: no Django, no database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

Who = TypeVar("Who")
DIGITS = "零一二三四五六七八九"
LONGEST_DAYS = 31
"""A session of a county or a town lasts days; a span longer than this is a slip of the pen."""


class Presence(StrEnum):
    """Whether a deputy came; leave is leave only when it was approved (代表法第六十二条)."""

    PRESENT = "present"
    ON_LEAVE = "on_leave"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Span:
    """A session's first and last day, and the instant (aware) until which it takes suggestions."""

    opens_on: date
    closes_on: date
    papers_until: datetime


def refused_days(span: Span, last_moment: datetime) -> dict[str, str]:
    """Return what is wrong with a session's days, by field; `last_moment` ends its last day."""
    if span.closes_on < span.opens_on:
        return {"closes_on": "闭幕不能早于开幕。"}
    if (span.closes_on - span.opens_on).days >= LONGEST_DAYS:
        return {"closes_on": f"一次会议不会开 {LONGEST_DAYS} 天以上，请核对日期。"}
    if not span.opens_on <= span.papers_until.date() or span.papers_until > last_moment:
        return {"papers_until": "截止时间要在会议期间以内。"}
    return {}


def not_taking(span: Span, today: date, now: datetime) -> str:
    """Return why a suggestion cannot be filed at the session now; empty when it can (domain: 建议截止)."""
    if today < span.opens_on:
        return "大会还没有开幕，现在可以按闭会期间提出。"
    if now > span.papers_until:
        until = span.papers_until
        return (
            f"这次会议收建议到{until.month}月{until.day}日{until:%H:%M}为止，已经截止。可以改为闭会期间提出。"
        )
    return ""


def missed_too_often(unapproved: Iterable[Who], limit: int) -> set[Who]:
    """Return who stands at least `limit` times among a term's unapproved absences (代表法第六十二条)."""
    return {who for who, times in Counter(unapproved).items() if times >= limit}


def numeral(number: int) -> str:
    """Return 1 to 99 as 次会议 are counted: 六, 十, 十二, 二十一."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{DIGITS[tens]}十")
    return head + (DIGITS[ones] if ones or not tens else "")
