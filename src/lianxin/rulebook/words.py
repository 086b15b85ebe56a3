"""Parameters whose value is one of a few words: which words, and what each means to people. Pure."""

from __future__ import annotations

from collections.abc import Mapping

INTERVALS = {"month": "每月", "quarter": "每季度"}
WORDS: Mapping[str, Mapping[str, str]] = {
    "suggestion.class_scheme": {"ABC": "A、B、C 三类", "ABCD": "A、B、C、D 四类"},
    "suggestion.overall_rule": {"worst_of_two": "态度、结果取较低的", "result": "只看办理结果"},
    "ballot.grade_half": {"half_or_more": "半数就够", "more_than_half": "要超过半数"},
    "project.ballot_mode": {
        "approval_max_n": "在各项里选，最多选规定的项数",
        "per_item": "逐项表示赞成、反对、弃权",
    },
    "project.tie_rule": {
        "revote_tied": "票数相等的再投一轮，得票多的当选",
        "revote_majority": "票数相等的再投一轮，仍要全体代表过半数",
    },
    "project.shortfall_rule": {"accept_fewer": "有几项算几项", "second_round": "没过半数的再投一轮"},
    "project.collect_start": {"Q1": "第一季度", "Q2": "第二季度", "Q3": "第三季度", "Q4": "第四季度"},
    "project.progress_interval": INTERVALS,
    "village.finance_interval": INTERVALS,
    "village.general_interval": INTERVALS,
    "village.reps_interval": INTERVALS,
}


def said(name: str, value: object) -> str:
    """Return what a parameter's word means, or nothing where it is no word of a list."""
    return WORDS.get(name, {}).get(value, "") if isinstance(value, str) else ""


def not_a_word(name: str, value: object) -> str:
    """Return which words may stand there, where `value` is none of them, or nothing."""
    words = WORDS.get(name, {})
    if not words or value in words:
        return ""
    return "请从这几种里选：" + "；".join(f"{key}（{meaning}）" for key, meaning in words.items()) + "。"
