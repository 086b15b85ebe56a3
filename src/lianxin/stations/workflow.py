"""A deputy's turn at a reception day, and a check of a room: two tables.

A turn follows the practice of stations (plan, notice, sign-in, register); a check is seen by the room
itself first and decided by people outside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lianxin.common.actor import Role
from lianxin.common.workflow import STAYS, Workflow, act


class Turn(StrEnum):
    """Where a deputy's turn stands."""

    SCHEDULED = "scheduled"
    CONFIRMED = "confirmed"
    LEAVE = "leave"
    SIGNED_IN = "signed_in"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class TurnFacts:
    """What the guards of a turn look at."""

    today: date
    on: date
    published: bool = True
    signed_out: bool = False


def _published(facts: TurnFacts) -> str | None:
    return None if facts.published else "排班还没有发布，发布后才能办这一步。"


def _not_over(facts: TurnFacts) -> str | None:
    return None if facts.today <= facts.on else "接待日已经过了；没来的，请写一句说明。"


def _that_day(facts: TurnFacts) -> str | None:
    return None if facts.today == facts.on else f"接待日是 {facts.on}，当天才能签到。"


def _begun(facts: TurnFacts) -> str | None:
    return None if facts.today >= facts.on else f"接待日是 {facts.on}，还没有到。"


def _over(facts: TurnFacts) -> str | None:
    return None if facts.today > facts.on else "接待日过后才记缺席。"


def _still_in(facts: TurnFacts) -> str | None:
    return "已经签退了。" if facts.signed_out else None


def _still_in_that_day(facts: TurnFacts) -> str | None:
    return _still_in(facts) or _that_day(facts)


T = Turn
DESK = (Role.KEEPER, Role.PRESIDIUM, Role.OFFICE)
OPEN = (T.SCHEDULED, T.CONFIRMED)
DUTY = "联络站轮值进站制度"

TURN = Workflow("turn", [
    act("confirm", [T.SCHEDULED], T.CONFIRMED, [Role.DEPUTY], "确认", "参数 reception.notice_days", _published, only=_not_over),
    act("leave", OPEN, T.LEAVE, [Role.DEPUTY], "请假", f"{DUTY}：请假、换班", only=_not_over),
    act("note_leave", OPEN, T.LEAVE, DESK, "代记请假", f"{DUTY}：请假、换班", only=_not_over),
    act("sign_in", OPEN, T.SIGNED_IN, [Role.DEPUTY], "签到", f"{DUTY}：签到", _published, only=_that_day),
    act("tick", OPEN, T.SIGNED_IN, DESK, "代签到", f"{DUTY}：签到", _published, only=_begun),
    act("sign_out", [T.SIGNED_IN], STAYS, [Role.DEPUTY], "签退", f"{DUTY}：签到", only=_still_in_that_day),
    act("tick_out", [T.SIGNED_IN], STAYS, DESK, "代签退", f"{DUTY}：签到", only=_still_in),
    act("miss", OPEN, T.ABSENT, [], "缺席", f"{DUTY}：签到", only=_over),
    act("correct", [T.ABSENT], T.SIGNED_IN, DESK, "补签到", f"{DUTY}：以纸质签到表为准"),
    act("explain", [T.ABSENT], STAYS, [Role.DEPUTY], "写说明", f"{DUTY}：缺席说明"),
])  # fmt: skip
"""What only another day can change is `only`: such an act is not offered. The keeper can mend a draft."""


class Check(StrEnum):
    """Where the check of a room stands."""

    SUBMITTED = "submitted"
    MET = "met"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class CheckFacts:
    """What the guards of a check look at."""

    missing: tuple[str, ...] = ()
    unproved: tuple[str, ...] = ()
    points: int = 0
    needed: int = 0


def _nothing_missing(facts: CheckFacts) -> str | None:
    return f"还缺：{'、'.join(facts.missing)}。补齐前不能定为达标。" if facts.missing else None


def _proved(facts: CheckFacts) -> str | None:
    return f"还没有照片：{'、'.join(facts.unproved)}。" if facts.unproved else None


def _enough(facts: CheckFacts) -> str | None:
    return (
        None if facts.points >= facts.needed else f"得分 {facts.points}，不到 {facts.needed} 分，不能通过。"
    )


def _gap_exists(facts: CheckFacts) -> str | None:
    short = facts.missing or facts.unproved or facts.points < facts.needed
    return None if short else "每一项都有，没有要补的。"


C = Check
CHECK = Workflow("check", [
    act("pass_check", [C.SUBMITTED, C.GAP], C.MET, (Role.PRESIDIUM, Role.OFFICE), "达标", "参数 station.ten_haves、station.acceptance_items",
        _nothing_missing, _proved, _enough),
    act("note_gap", [C.SUBMITTED], C.GAP, (Role.PRESIDIUM, Role.OFFICE), "请补齐", "参数 station.ten_haves、station.acceptance_items", _gap_exists),
])  # fmt: skip
