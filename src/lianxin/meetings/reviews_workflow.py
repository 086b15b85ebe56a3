"""述职评议: planned, reported in public, tested in secret, answered in writing, put right, filed. Pure.

One row is one deputy's report. The meeting and its secret test are the vote's own table (ballots); here
stands what comes before and after. A poor result is no legal ground to remove a deputy, so that no act
here touches his seat.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from lianxin.common.actor import Role
from lianxin.common.workflow import Workflow, act


class State(StrEnum):
    """Progress of one deputy's report."""

    SCHEDULED = "scheduled"
    REPORT_OUT = "report_out"
    FED_BACK = "fed_back"
    PLANNED = "planned"
    REPORTED = "reported"
    CLOSED = "closed"
    POSTPONED = "postponed"


class SecretTest(StrEnum):
    """How far the secret test of a meeting has come; what is void is none."""

    NONE = "none"
    PREPARED = "prepared"
    RUNNING = "running"
    ANNOUNCED = "announced"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the guards look at."""

    test: SecretTest = SecretTest.NONE
    on_paper: bool = False
    sent_back: bool = False


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """What the guards of the meeting look at."""

    test: SecretTest = SecretTest.NONE
    reports: int = 0


def _no_test_yet(facts: Facts) -> str | None:
    if facts.test is SecretTest.NONE:
        return None
    return "测评票已经定好，这次不能再交报告。请和主席团商量改到下一次评议会。"


def _off_paper(facts: Facts) -> str | None:
    return "他已经列在测评票上，不能缓评。" if facts.on_paper else None


def _announced(facts: Facts) -> str | None:
    if facts.test is not SecretTest.ANNOUNCED:
        return "测评结果还没有公布，公布以后再书面反馈。"
    return None if facts.on_paper else "他不在这次的测评票上，没有结果可以反馈，请办缓评。"


def _sent_back_never(facts: Facts) -> str | None:
    return "已经退回过一次，不能再退：请写明意见后归档。" if facts.sent_back else None


def _no_paper(facts: MeetingFacts) -> str | None:
    return None if facts.test is SecretTest.NONE else "测评票已经筹备好了，请到测评页接着办。"


def _reports(facts: MeetingFacts) -> str | None:
    return None if facts.reports else "还没有代表公开述职报告，先请代表交报告。"


S = State
HOSTS = (Role.OFFICE, Role.PRESIDIUM)
OWN = (Role.DEPUTY,)
LAW = "代表法（2025）第五十八条：定期向原选区选民或者原选举单位报告履职情况"
HABIT = "述职评议：本地制度"

REVIEW = Workflow("duty_review", [
    act("publish", [S.SCHEDULED], S.REPORT_OUT, OWN, "公开述职报告", f"{LAW}；参数 review.report_days", _no_test_yet,
        confirm="公开后选民都看得到，不能再改。"),
    act("postpone", [S.SCHEDULED, S.REPORT_OUT], S.POSTPONED, HOSTS, "缓评", HABIT, _off_paper),
    act("feed_back", [S.REPORT_OUT], S.FED_BACK, HOSTS, "书面反馈", f"{HABIT}；参数 review.feedback_workdays", _announced,
        confirm="反馈书送达代表本人，测评票数一并写明。"),
    act("hand_in", [S.FED_BACK], S.PLANNED, OWN, "交整改方案", f"{HABIT}；参数 review.plan_days"),
    act("report_back", [S.PLANNED], S.REPORTED, OWN, "回告整改情况", f"{HABIT}；参数 review.done_months"),
    act("accept", [S.REPORTED], S.CLOSED, HOSTS, "同意，归档公开", HABIT,
        confirm="归档后，测评结果、整改方案和回告向选民公开。"),
    act("send_back", [S.REPORTED], S.PLANNED, HOSTS, "退回一次", f"{HABIT}；参数 review.again_days", _sent_back_never),
])  # fmt: skip

MEETING = Workflow("review_meeting", [
    act("prepare_test", ["open"], "open", HOSTS, "筹备测评", HABIT, _no_paper, _reports,
        confirm="测评票上只列已经公开报告的代表；筹备后不能再交报告。"),
])  # fmt: skip

WAY = ("排期", "报告公开", "评议会", "无记名测评", "书面反馈", "整改回告")
_PLACE = {S.SCHEDULED: 1, S.FED_BACK: 5, S.PLANNED: 5, S.REPORTED: 5, S.CLOSED: len(WAY), S.POSTPONED: 1}
_PLACE_OF_TEST = {
    SecretTest.NONE: 2, SecretTest.PREPARED: 2, SecretTest.RUNNING: 3, SecretTest.ANNOUNCED: 4,
}  # fmt: skip
IN_PUBLIC = (S.REPORT_OUT, S.FED_BACK, S.PLANNED, S.REPORTED, S.CLOSED)


def place_on_way(state: str, test: SecretTest) -> int:
    """Return the step of `WAY` that is now being done; past the last one all is done."""
    known = State(state)
    return _PLACE_OF_TEST[test] if known is S.REPORT_OUT else _PLACE[known]


def way_of(state: str, test: SecretTest) -> list[tuple[str, str]]:
    """Return the line of steps: each with done, now or todo."""
    now = place_on_way(state, test)
    return [(words, "done" if n < now else "now" if n == now else "todo") for n, words in enumerate(WAY)]


def report_due(held_on: date, today: date, days: int) -> date:
    """Return the day by which a report is public: `days` before the meeting, never before today."""
    return max(today, held_on - timedelta(days=days))


def result_is_public(state: str) -> bool:
    """Say whether everybody may read figures, plan and what was done: only once all is filed."""
    return State(state) is S.CLOSED
