"""Numbers of livelihood projects: how many candidates, when papers go out, the lamp, the test. Pure.

Sources: 地方组织法 (2022) arts. 14 and 25, the Shaanxi Provision of 2025-11-28 on voting livelihood
projects (arts. 3, 5, 6, 16 to 18, 20). Numbers that no text fixes are parameters of the rulebook.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from math import ceil

from lianxin.ballots.rules import said_share


class Lamp(StrEnum):
    """How a project stands against its dates."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    DONE = "done"


ONE_DAY = timedelta(days=1)
PLAIN_LAMP = {Lamp.GREEN: "绿灯", Lamp.YELLOW: "黄灯", Lamp.RED: "红灯", Lamp.DONE: "完工"}


class Body(StrEnum):
    """Who may decide that a project changes during the year (Shaanxi Provision art. 18)."""

    STANDING_COMMITTEE = "standing_committee"
    CONGRESS = "congress"


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone as the lamp sees it."""

    due_on: date
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A lamp with the sentence that explains it."""

    lamp: Lamp
    why: str


def least_difference(places: int, ratio: float) -> int:
    """Return by how many the candidates must outnumber the places: a share of them, at least one."""
    return max(1, ceil(Fraction(str(ratio)) * places))


def least_candidates(places: int, ratio: float) -> int:
    """Return how many candidates there must be (差额票决)."""
    return places + least_difference(places, ratio)


def missing_facts(
    *, place: str, beneficiaries: int | None, due_on: date | None, unit_code: str
) -> tuple[str, ...]:
    """Return which facts a candidate lacks beside its money, by the names on the card.

    The list put before the congress names place, who benefits, the day and the unit in charge: without
    the last two a chosen project has nobody to write its plan and no day to keep.
    """
    named = {"地点": place.strip(), "受益人数": beneficiaries, "完成时限": due_on, "责任单位": unit_code}
    return tuple(name for name, found in named.items() if not found)


def papers_in_time(sent_on: date, session_on: date, days: int) -> bool:
    """Say whether deputies have the papers `days` days before the session."""
    return (session_on - sent_on).days >= days


def collect_from(year: int, quarter: str) -> date:
    """Return the day from which a year's wishes are collected: in the year before, its quarter's first."""
    return date(year - 1, 3 * int(quarter[1]) - 2, 1)


def period_start(day: date, interval: str) -> date:
    """Return the first day of the month or the quarter in which a day lies."""
    return date(day.year, day.month if interval == "month" else (day.month - 1) // 3 * 3 + 1, 1)


def period_end(day: date, interval: str) -> date:
    """Return the last day of the month or the quarter in which a day lies."""
    beyond = period_start(day, interval) + timedelta(days=31 if interval == "month" else 92)
    return period_start(beyond, interval) - ONE_DAY


def report_due(last_on: date, interval: str) -> date:
    """Return until when the next report must lie: the end of the period after the last report's."""
    return period_end(period_end(last_on, interval) + ONE_DAY, interval)


def read_lamp(
    steps: Sequence[Step],
    *,
    due_on: date,
    finished_on: date | None,
    today: date,
    red_after_days: int,
    report_due_on: date | None = None,
) -> Reading:
    """Return the lamp by dates alone: nobody sets it by hand.

    Red: a milestone is more than `red_after_days` days late, or the project is past its own day.
    Yellow: a milestone is late, or a whole period went by without a report. Green: nothing is late.
    """
    if finished_on is not None:
        return Reading(Lamp.DONE, f"{finished_on} 完工。")
    if today > due_on:
        return Reading(Lamp.RED, f"过了完成时限 {due_on}，还没有完工。")
    late = [step.due_on for step in steps if step.done_on is None and step.due_on < today]
    silent = report_due_on is not None and report_due_on < today
    unsaid = f"应在 {report_due_on} 以前报的进度还没有报。" if silent else ""
    if not late:
        return Reading(Lamp.YELLOW, unsaid) if silent else Reading(Lamp.GREEN, "到期的节点都按时完成。")
    days = (today - min(late)).days
    lamp = Lamp.RED if days > red_after_days else Lamp.YELLOW
    return Reading(lamp, f"应在 {min(late)} 完成的节点晚了 {days} 天。{unsaid}")


def monthly(steps: Sequence[date], *, from_on: date, due_on: date, gap_days: int) -> str | None:
    """Return what is wrong with the days of a plan, or None: in order, a step each month."""
    if not steps:
        return "实施计划里还没有节点，请每月至少写一个。"
    if list(steps) != sorted(steps):
        return "节点要按日期先后排列。"
    if steps[-1] > due_on:
        return f"最后一个节点（{steps[-1]}）晚于完成时限（{due_on}）。"
    days = [from_on, *steps, due_on]
    for earlier, later in zip(days, days[1:], strict=False):
        if later - earlier > timedelta(days=gap_days):
            return f"{earlier} 到 {later} 之间没有节点，请每月至少写一个。"
    return None


def share(part: int, whole: int, *, least: int) -> int | None:
    """Return a whole percentage, or None where too few have answered (样本不足)."""
    return round(100 * part / whole) if whole >= least and whole else None


@dataclass(frozen=True, slots=True)
class Shares:
    """What a body needs of all its members: `quorum` there, more than `passing` for it."""

    quorum: Fraction
    passing: Fraction


def decision_stands(*, members: int, present: int, votes_for: int, body: Body, shares: Shares) -> str | None:
    """Return why a body's decision about a change does not stand, or None.

    A congress needs `quorum` or more present (地方组织法 art. 14: two thirds), a standing committee more
    than it (art. 51: half); both decide with more than half of all their members (arts. 25 and 51).
    """
    if not 0 <= votes_for <= present <= members or not members:
        return "人数对不上：赞成不能多于到会，到会不能多于全体。"
    if body is Body.CONGRESS and present < shares.quorum * members:
        return f"到会 {present} 人，不足全体代表 {members} 人的{said_share(shares.quorum)}。"
    if body is Body.STANDING_COMMITTEE and present <= shares.quorum * members:
        return f"到会 {present} 人，没有超过常委会组成人员 {members} 人的{said_share(shares.quorum)}。"
    return (
        None
        if carried(members=members, votes_for=votes_for, shares=shares)
        else (f"赞成 {votes_for} 票，没有超过全体 {members} 人的{said_share(shares.passing)}，不能通过。")
    )


def carried(*, members: int, votes_for: int, shares: Shares) -> bool:
    """Say whether enough of all members are for it."""
    return votes_for > shares.passing * members


def is_large_sum(*, amount: int, new_amount: int, percent: int) -> bool:
    """Say whether money moves by more than ± `percent` of what the congress has voted."""
    return abs(new_amount - amount) * 100 > percent * amount


def is_long_shift(*, due_on: date | None, new_due_on: date, days: int) -> bool:
    """Say whether the day moves by more than `days` from the one the congress has voted."""
    return due_on is None or abs((new_due_on - due_on).days) > days
