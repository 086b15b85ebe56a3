"""An activity's way from preparing to minutes: one table.

代表法（2025）第二十六条至第二十八条: deputies work together, in groups, near where they live.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lianxin.common.actor import Role
from lianxin.common.workflow import STAYS, Workflow, act


class State(StrEnum):
    """Where an activity stands."""

    PLANNED = "planned"
    NOTIFIED = "notified"
    RUNNING = "running"
    MINUTES_DUE = "minutes_due"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the guards look at."""

    now: datetime
    starts_at: datetime
    present: int = 0


def _not_over(facts: Facts) -> str | None:
    return "开始时间已经过了，请先改时间再发通知。" if facts.now > facts.starts_at else None


def _on_the_day(facts: Facts) -> str | None:
    early = (facts.starts_at - facts.now).total_seconds() > 3600
    return "还没到时间：开始前一小时起才能开始签到。" if early else None


def _somebody_came(facts: Facts) -> str | None:
    return None if facts.present else "还没有人签到。请先签到或代签；活动没有开成的，请选「取消」。"


HOSTS = (Role.DEPUTY, Role.PRESIDIUM, Role.KEEPER, Role.OFFICE)
"""The deputy among them is the group's leader; `permissions` looks at that."""
GROUPS = "代表法（2025）第二十八条：代表小组活动"
RECORD = "代表法（2025）第五十八条：记录代表履职情况"

ACTIVITY = Workflow(
    "activity",
    [
        act("notify", [State.PLANNED], State.NOTIFIED, HOSTS, "发通知", GROUPS, _not_over),
        act("change", [State.PLANNED, State.NOTIFIED], STAYS, HOSTS, "改时间地点", GROUPS),
        act("begin", [State.NOTIFIED], State.RUNNING, HOSTS, "开始签到", RECORD, _on_the_day),
        act("end", [State.RUNNING], State.MINUTES_DUE, HOSTS, "活动结束", RECORD, _somebody_came),
        act("write_minutes", [State.MINUTES_DUE], State.DONE, HOSTS, "交纪要", RECORD),
        act("cancel", [State.PLANNED, State.NOTIFIED, State.RUNNING], State.CANCELLED, HOSTS, "取消", GROUPS),
    ],
)
