"""届次: which term a day belongs to, and what a term that has ended refuses. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Span:
    """A term by its days, both counted in; the present one has no last day."""

    name: str
    starts_on: date
    ends_on: date | None = None

    def holds(self, day: date) -> bool:
        """Say whether a day lies in this term."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


def term_of(day: date, terms: Sequence[Span]) -> Span | None:
    """Return the term that a day belongs to; days before the first one or in a gap belong to none."""
    return next((one for one in terms if one.holds(day)), None)


def said_against_writing(day: date, terms: Sequence[Span]) -> str | None:
    """Return the sentence that refuses a write into a term that has ended, or None.

    The archive is not asked: what was done before goes there, with its source named.
    """
    term = term_of(day, terms)
    if term is None or term.ends_on is None:
        return None
    last = f"{term.ends_on.year}年{term.ends_on.month}月{term.ends_on.day}日"
    return (
        f"这件事属于{term.name}，那一届到{last}已经结束，只能看，不能再改。要补资料，请用「历史资料」补录。"
    )


def said_against_beginning(name: str, starts_on: date, terms: Sequence[Span], today: date) -> dict[str, str]:
    """Return what is wrong with a new term, field by field: it follows the present one, and is named anew."""
    wrong: dict[str, str] = {}
    if not 3 <= len(name.strip()) <= 40:
        wrong["name"] = "请写届次的名称，比如「旬阳市第二届」。"
    elif any(one.name == name.strip() for one in terms):
        wrong["name"] = "这一届已经有了，请换一个名称。"
    latest = max((one.starts_on for one in terms), default=None)
    if latest is not None and starts_on <= latest + timedelta(days=1):
        wrong["starts_on"] = f"新一届要在上一届开始（{latest}）以后。"
    elif starts_on > today:
        wrong["starts_on"] = "请到换届那天再登记。"
    return wrong
