"""四议两公开: six steps in a locked order; the next opens when the one before is done. Pure.

The steps are a procedure of the Party's village work, not of the law; the numbers are those usual
elsewhere (L) and the days are a local setting.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from lianxin.villages.rules import at_least, more_than_half


class Step(StrEnum):
    """The six steps in their order."""

    PROPOSE = "propose"
    CONFER = "confer"
    PARTY = "party"
    DECIDE = "decide"
    SHOW_DECISION = "show_decision"
    SHOW_RESULT = "show_result"


PLAIN_STEP = {
    Step.PROPOSE: "村党组织提议",
    Step.CONFER: "两委会商议",
    Step.PARTY: "党员大会审议",
    Step.DECIDE: "村民会议或村民代表会议决议",
    Step.SHOW_DECISION: "决议公开",
    Step.SHOW_RESULT: "实施结果公开",
}
ORDER = tuple(Step)


@dataclass(frozen=True, slots=True)
class Held:
    """What is noted of a step: its day and, where there was a vote, the totals."""

    on: date
    members: int = 0
    present: int = 0
    in_favour: int = 0
    decision_passed: bool = False


def following(done: Collection[str]) -> Step | None:
    """Return the step that is open now, or None when all six are done."""
    return next((step for step in ORDER if step not in done), None)


def refusal(step: Step, held: Held, done: Mapping[str, date], notice_days: int) -> str:
    """Return why a step cannot be noted now, or nothing."""
    open_now = following(done)
    if step in done:
        return "这一步已经记过了。"
    if step != open_now:
        return f"先办完「{PLAIN_STEP[open_now]}」，才能办「{PLAIN_STEP[step]}」。" if open_now else ""
    if done and held.on < max(done.values()):
        return "日期不能早于上一步。"
    return _own_rule(step, held, done, notice_days)


def _own_rule(step: Step, held: Held, done: Mapping[str, date], notice_days: int) -> str:
    """Return what the step's own rule says against it."""
    if step is Step.PARTY:
        return _party(held)
    if step is Step.DECIDE and not held.decision_passed:
        return "要选一件在会上通过了的决议。"
    if step is Step.SHOW_RESULT:
        return _shown(held, done[Step.SHOW_DECISION], notice_days)
    return ""


def _party(held: Held) -> str:
    need = max(at_least(2, 3, held.members), 1)
    if held.present < need:
        return f"到会党员 {held.present} 人，要三分之二以上（{need} 人）。"
    agree = more_than_half(held.present)
    return "" if held.in_favour >= agree else f"同意 {held.in_favour} 人，要到会的过半数（{agree} 人）。"


def _shown(held: Held, decision_on: date, notice_days: int) -> str:
    first = decision_on + timedelta(days=notice_days)
    return "" if held.on >= first else f"决议要公示 {notice_days} 天，{first} 以后才能公开实施结果。"
