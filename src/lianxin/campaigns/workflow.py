"""Three ways of guidance: a contest, a finding of an inspection, a town's part of a key task. Pure tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lianxin.common.actor import Role
from lianxin.common.workflow import STAYS, Workflow, act


class Stage(StrEnum):
    """Progress of a contest (十大金牌村规民约评选)."""

    NOMINATING = "nominating"
    VOTING = "voting"
    PANEL = "panel"
    PUBLISHED = "published"


STAGE_PLAIN = {
    Stage.NOMINATING: "推荐和镇审核", Stage.VOTING: "公众投票", Stage.PANEL: "评审", Stage.PUBLISHED: "已公布",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ContestFacts:
    """What the guards of a contest look at."""

    wanted: int
    shortlisted: int = 0
    chosen: int | None = None


def _enough(facts: ContestFacts) -> str | None:
    if facts.shortlisted >= facts.wanted:
        return None
    return f"镇里审核通过的只有 {facts.shortlisted} 份，至少要 {facts.wanted} 份才能投票。"


def _exactly(facts: ContestFacts) -> str | None:
    if facts.chosen is None or facts.chosen == facts.wanted:
        return None
    return f"要正好选 {facts.wanted} 份，现在选了 {facts.chosen} 份，不能公布。"


G = Stage
OFFICE, TOWN, VILLAGE = (Role.OFFICE,), (Role.PRESIDIUM,), (Role.VILLAGE,)
RULE = "本地约定：《十大金牌村规民约评选办法》（演示）"

CONTEST = Workflow("contest", [
    act("open_voting", [G.NOMINATING], G.VOTING, OFFICE, "开始公众投票", RULE, _enough),
    act("vote", [G.VOTING], STAYS, [], "投一票", f"{RULE}；参数 contest.votes_day"),
    act("close_voting", [G.VOTING], G.PANEL, OFFICE, "结束投票，交评审", RULE),
    act("publish", [G.PANEL], G.PUBLISHED, OFFICE, "公布结果", f"{RULE}；参数 contest.winners", _exactly),
])  # fmt: skip
BY_RESIDENT = frozenset({"vote"})


class State(StrEnum):
    """Progress of a finding."""

    OPEN = "open"
    MENDED = "mended"
    CLOSED = "closed"


STATE_PLAIN = {State.OPEN: "待整改", State.MENDED: "待复查", State.CLOSED: "已销号"}


@dataclass(frozen=True, slots=True)
class FindingFacts:
    """What the guards of a finding look at."""

    today: date
    new_due: date | None = None


def _later(facts: FindingFacts) -> str | None:
    late = facts.new_due is not None and facts.new_due <= facts.today
    return "新的期限要晚于今天。" if late else None


WATCH = (Role.DEPUTY, Role.PRESIDIUM)
CHECK = "本地约定：督导发现的问题限期整改、到期复查"
FINDING = Workflow("village_finding", [
    act("mend", [State.OPEN], State.MENDED, VILLAGE, "整改好了", CHECK),
    act("close", (State.OPEN, State.MENDED), State.CLOSED, WATCH, "复查通过", f"{CHECK}；规程第十四条"),
    act("reopen", (State.OPEN, State.MENDED), State.OPEN, WATCH, "复查没过，再改", f"{CHECK}；规程第十四条", _later),
])  # fmt: skip


class Part(StrEnum):
    """Progress of a town's part of a key task (重点任务)."""

    OPEN = "open"
    DONE = "done"


KEY = "本地约定：重点任务由市人大常委会下达，镇人大主席团报进展"
KEY_TASK = Workflow("key_task_part", [
    act("report", [Part.OPEN], STAYS, TOWN, "报进展", KEY),
    act("finish", [Part.OPEN], Part.DONE, TOWN, "办完了", KEY),
    act("reopen", [Part.DONE], Part.OPEN, OFFICE, "退回再办", KEY),
])  # fmt: skip
