"""Who may take over what (离任移交): plain facts of a candidate in, a sentence out."""

from __future__ import annotations

from dataclasses import dataclass

from lianxin.leaving.workflow import Kind


@dataclass(frozen=True, slots=True)
class Candidate:
    """What matters of somebody who may take a thing over."""

    in_town: bool = False
    in_group: bool = False
    in_body: bool = False
    has_signed: bool = False
    holds_post: bool = False
    kept_apart: bool = False


_NEEDS = {
    Kind.HOUSEHOLD: ("in_town", "结对的户请本镇的代表接。"),
    Kind.RELATION: ("in_body", "这一项要由常委会组成人员或主席团成员接。"),
    Kind.GRID: ("in_town", "网格职务在本镇代表里安排。"),
    Kind.GROUP: ("in_group", "组长要从本组代表里选。"),
    Kind.VILLAGE: ("in_town", "督导的村请本镇的代表接。"),
    Kind.TURN: ("in_town", "接待日请本站的代表换班。"),
    Kind.PLEDGE: ("in_town", "承诺请本镇的代表接着办。"),
    Kind.SUGGESTION: ("has_signed", "建议由联名的代表接着跟，没有联名的，由本机关接着办。"),
    Kind.MEETING: ("has_signed", "约见由一起约见的代表接着跟，没有的，由本机关接着办。"),
    Kind.POST: ("holds_post", "要先请安全管理员授予他同样的角色，才能接这一岗。"),
}


def unfit(kind: str, candidate: Candidate) -> str:
    """Return why a candidate cannot take this over, or nothing."""
    if kind in {Kind.HOUSEHOLD, Kind.RELATION} and candidate.kept_apart:
        return "双方声明过相互回避，请另选一位。"
    needed, words = _NEEDS[Kind(kind)]
    return "" if getattr(candidate, needed) else words


def left_over(states: list[tuple[str, bool]]) -> tuple[int, int]:
    """Return how many things have no receiver, and how many wait for his word, from (state, has receiver)."""
    without = sum(1 for state, named in states if state == "waiting" or not named)
    waiting = sum(1 for state, named in states if state == "asked" and named)
    return without, waiting
