"""The method of voting (票决办法) as it is typed, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lianxin.ballots.further import shortfall_in
from lianxin.ballots.models import BallotMode, Purpose, Shortfall, TieRule
from lianxin.ballots.workflow import is_surplus, said_no_surplus


@dataclass(frozen=True, slots=True)
class Method:
    """The method of voting (票决办法): how papers are marked, how many pass, what follows from a tie."""

    mode: str
    places: int
    shortfall: str = "accept_fewer"
    tie_rule: str = "most_votes"
    grades: Sequence[tuple[str, str]] = ()


def method_errors(method: Method, *, purpose: str, options: int, round_number: int) -> dict[str, str]:
    """Return what is wrong with a method for so many options in a round, by field."""
    errors: dict[str, str] = {}
    if method.mode not in BallotMode.values:
        errors["mode"] = "请选怎么画票。"
    if method.mode == BallotMode.GRADES and not 2 <= len(method.grades) <= 9:
        errors["grades"] = "评等次要有 2 到 9 档。"
    if method.places < 1 or (options and method.mode == BallotMode.APPROVAL and method.places > options):
        errors["places"] = "应选数要在 1 和总项数之间。"
    elif options and needs_surplus(purpose, round_number) and not is_surplus(options, method.places):
        errors["places"] = said_no_surplus(options, method.places)
    if said := _said_of_rules(method, round_number):
        errors["shortfall"] = said
    return errors


def needs_surplus(purpose: str, round_number: int) -> bool:
    """Say whether more must stand than are chosen: projects, not what is left of them for a further round."""
    return purpose == Purpose.PROJECTS and round_number == 1


def _said_of_rules(method: Method, round_number: int) -> str:
    rule: Any = method.shortfall
    if method.shortfall not in Shortfall.values or method.tie_rule not in TieRule.values:
        return "请选不足应选数、票数相等时怎么办。"
    if shortfall_in(round_number, rule) != rule:
        return "这已经是再投的一轮，没过半数的不再投，有几项算几项。"
    return ""
