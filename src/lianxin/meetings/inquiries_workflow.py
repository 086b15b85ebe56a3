"""执法检查 and 专题调研: from the plan to what was put right. Two kinds, one table. Pure.

An inspection looks at a law article by article; research ends in 审议意见. Findings and opinions go to a
department with a day and come back as a report on what was done.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lianxin.common.actor import Role
from lianxin.common.workflow import STAYS, Workflow, act


class Kind(StrEnum):
    """What is being done."""

    INSPECTION = "inspection"
    RESEARCH = "research"


class State(StrEnum):
    """Progress of an inquiry."""

    PLANNED = "planned"
    AT_WORK = "at_work"
    REPORTED = "reported"
    HANDED_OVER = "handed_over"
    CLOSED = "closed"


class FindingState(StrEnum):
    """Progress of one finding or opinion."""

    OPEN = "open"
    HANDED_OVER = "handed_over"
    REPORTED = "reported"
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the guards of an inquiry look at."""

    team: int = 0
    checks: int = 0
    unchecked: int = 0
    findings: int = 0
    not_passed: int = 0
    has_report: bool = False


def _team(facts: Facts) -> str | None:
    return None if facts.team else "还没有成员，请先组队。"


def _list(facts: Facts) -> str | None:
    return None if facts.checks else "还没有清单：执法检查要一条一条列法条，调研要列题目。"


def _all_checked(facts: Facts) -> str | None:
    return f"清单还有 {facts.unchecked} 条没有看。" if facts.unchecked else None


def _report(facts: Facts) -> str | None:
    return None if facts.has_report else "还没有写报告。"


def _findings(facts: Facts) -> str | None:
    return None if facts.findings else "没有问题也没有审议意见，不用交办。"


def _all_passed(facts: Facts) -> str | None:
    return f"还有 {facts.not_passed} 件没有复查通过。" if facts.not_passed else None


S = State
HOSTS = (Role.OFFICE, Role.PRESIDIUM)
UNIT = (Role.UNIT_HEAD, Role.UNIT_CLERK)
LAW = "各级人民代表大会常务委员会监督法：执法检查、专项工作报告"
HABIT = "整改和复查：本地制度"

INQUIRY = Workflow("inquiry", [
    act("add_check", [S.PLANNED], STAYS, HOSTS, "列清单", LAW),
    act("start", [S.PLANNED], S.AT_WORK, HOSTS, "开始", LAW, _team, _list),
    act("check", [S.AT_WORK], STAYS, HOSTS, "记看到的", LAW),
    act("add_finding", [S.AT_WORK], STAYS, HOSTS, "记问题或意见", LAW),
    act("report", [S.AT_WORK], S.REPORTED, HOSTS, "交报告", LAW, _all_checked, _report),
    act("hand_over", [S.REPORTED], S.HANDED_OVER, HOSTS, "交办", LAW, _findings,
        confirm="交办后每个部门按期报告整改落实情况。"),
    act("close", [S.HANDED_OVER], S.CLOSED, HOSTS, "办结", HABIT, _all_passed),
])  # fmt: skip

F = FindingState
FINDING = Workflow("finding", [
    act("hand_over", [F.OPEN], F.HANDED_OVER, HOSTS, "交办", LAW),
    act("report", [F.HANDED_OVER], F.REPORTED, UNIT, "报告整改落实", LAW),
    act("pass", [F.REPORTED], F.PASSED, HOSTS, "复查通过", HABIT),
    act("send_back", [F.REPORTED], F.HANDED_OVER, HOSTS, "还没改好", HABIT),
])  # fmt: skip
