"""How far a task is, when somebody is reminded, what is missing, who came. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lianxin.plans.workflow import Standing

WHOLE = 100
EXPLAINED = 10
"""How many characters explain why a task stands lower than before."""


class TaskState(StrEnum):
    """How far a task is today."""

    NOT_STARTED = "not_started"
    ON_TIME = "on_time"
    LATE = "late"
    DONE = "done"
    DONE_LATE = "done_late"
    PARKED = "parked"
    CANCELLED = "cancelled"


STATE_PLAIN = {
    TaskState.NOT_STARTED: "未开始",
    TaskState.ON_TIME: "正常推进",
    TaskState.LATE: "逾期",
    TaskState.DONE: "按时办完",
    TaskState.DONE_LATE: "逾期办完",
    TaskState.PARKED: "暂缓",
    TaskState.CANCELLED: "取消",
}


def task_state(standing: str, percent: int, due_on: date, done_on: date | None, today: date) -> TaskState:
    """Return how far a task is: what was set aside first, then what is done, then the day."""
    if standing == Standing.CANCELLED:
        return TaskState.CANCELLED
    if standing == Standing.PARKED:
        return TaskState.PARKED
    if standing == Standing.DONE and done_on is not None:
        return TaskState.DONE if done_on <= due_on else TaskState.DONE_LATE
    if today > due_on:
        return TaskState.LATE
    return TaskState.ON_TIME if percent else TaskState.NOT_STARTED


def report_problem(percent: int, last: int, words: str) -> str | None:
    """Return what is wrong with a percentage that was reported, or None."""
    if not 0 <= percent <= WHOLE:
        return "请填 0 到 100 的整数。"
    if percent < last and len(words.strip()) < EXPLAINED:
        return f"比上次认可的 {last}% 少。确实要改低的，请写清原因（至少 {EXPLAINED} 个字）。"
    return None


def overall(percents: Iterable[int]) -> int:
    """Return the plan's progress: the mean of its tasks, in whole percent, 100 only when all are."""
    known = list(percents)
    return sum(known) // len(known) if known else 0


def reminder(due_on: date, today: date, days: Iterable[int]) -> str:
    """Return which reminder is due today: `soon:7`, `soon:1`, `late`, or nothing."""
    left = (due_on - today).days
    if left < 0:
        return "late"
    near = [one for one in sorted(days) if left <= one]
    return f"soon:{near[0]}" if near else ""


def makes_ring(below: Mapping[str, Iterable[str]], lower: str, upper: str) -> bool:
    """Say whether making `upper` the basis of `lower` would make a document the basis of itself."""
    seen, wait = set(), [lower]
    while wait:
        one = wait.pop()
        if one == upper:
            return True
        if one not in seen:
            seen.add(one)
            wait += below.get(one, ())
    return False


def is_settled(tasks: int, carried_on: int, note: str) -> bool:
    """Say whether something came of a document: tasks, a document that carries it on, or a note."""
    return bool(tasks or carried_on or note.strip())


class Answer(StrEnum):
    """What a receipt says."""

    COMING = "coming"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who was asked, who answered, who came."""

    asked: int
    coming: int
    leave: int
    silent: int
    present: int

    @property
    def percent(self) -> int:
        """Return whole percents of those asked who came."""
        return self.present * WHOLE // self.asked if self.asked else 0


def attendance(seats: Iterable[tuple[str, bool]]) -> Attendance:
    """Count receipts and signatures: (answer, has signed) of each seat."""
    known = list(seats)
    return Attendance(
        asked=len(known),
        coming=sum(answer == Answer.COMING for answer, _ in known),
        leave=sum(answer == Answer.LEAVE for answer, _ in known),
        silent=sum(not answer for answer, _ in known),
        present=sum(signed for _, signed in known),
    )
