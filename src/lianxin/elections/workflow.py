"""The way of an election of a villagers' committee, and of its complaints and recalls. Pure tables.

Articles are those of the 村民委员会组织法 in its 2018 text. For residents' communities (社区), whose law is
not entered, the same way is recorded and no verdict is given (`is_community`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lianxin.common.actor import Role
from lianxin.common.workflow import STAYS, Workflow, act


class State(StrEnum):
    """Progress of an election."""

    PREPARING = "preparing"
    REGISTERING = "registering"
    LISTED = "listed"
    VOTING = "voting"
    VOID = "void"
    ANOTHER_ROUND = "another_round"
    ELECTED = "elected"
    RECORDED = "recorded"
    HANDED_OVER = "handed_over"
    FILED = "filed"


PLAIN = {
    State.PREPARING: "筹备", State.REGISTERING: "登记", State.LISTED: "公示", State.VOTING: "投票",
    State.VOID: "选举无效", State.ANOTHER_ROUND: "另行选举", State.ELECTED: "当选", State.RECORDED: "已记录",
    State.HANDED_OVER: "已移交", State.FILED: "已备案",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facts:
    """What the guards of an election look at."""

    today: date
    is_community: bool = False
    committee: int = 0
    committee_least: int = 3
    registered: int = 0
    needs_consent: bool = False
    days_short: int = 0
    list_days: int = 20
    open_objections: int = 0
    too_few: tuple[str, ...] = ()
    no_woman: bool = False
    undone: tuple[str, ...] = ()
    undone_later: tuple[str, ...] = ()
    voting_on: date | None = None
    counted: bool = False
    miscounted: str = ""
    valid: bool = False
    vacant: int = 0
    members: int = 0
    most_members: int = 7
    vacancy_from: int = 3
    women_elected: int = 0
    kin: tuple[str, ...] = ()
    open_complaints: int = 0


def _committee(facts: Facts) -> str | None:
    if facts.committee >= facts.committee_least:
        return None
    return f"选举委员会还没有组成：现在 {facts.committee} 人，至少 {facts.committee_least} 人。"


def _registered(facts: Facts) -> str | None:
    return None if facts.registered else "先填三类选民的人数，再公布名单。"


def _consent(facts: Facts) -> str | None:
    return "户籍不在本村的人登记，要村民会议或村民代表会议同意，请先记下。" if facts.needs_consent else None


def _early_list(facts: Facts) -> str | None:
    if facts.is_community or not facts.days_short:
        return None
    return f"名单要在投票日 {facts.list_days} 天以前公布，还差 {facts.days_short} 天，请把投票日往后改。"


def _no_open_objection(facts: Facts) -> str | None:
    return f"还有 {facts.open_objections} 件申诉没有作出决定。" if facts.open_objections else None


def _more_candidates(facts: Facts) -> str | None:
    if facts.is_community or not facts.too_few:
        return None
    return f"候选人要多于应选名额：{'、'.join(facts.too_few)}还不够。"


def _woman_stands(facts: Facts) -> str | None:
    said = "村民委员会成员中应当有妇女，候选人里还没有妇女。"
    return said if facts.no_woman and not facts.is_community else None


def _own_steps(facts: Facts) -> str | None:
    return f"还有本地的步骤没有办：{'、'.join(facts.undone)}。" if facts.undone else None


def _own_steps_later(facts: Facts) -> str | None:
    return f"还有本地的步骤没有办：{'、'.join(facts.undone_later)}。" if facts.undone_later else None


def _day_has_come(facts: Facts) -> str | None:
    come = facts.voting_on is not None and facts.today >= facts.voting_on
    return None if come else "还没到投票那天。"


def _counted(facts: Facts) -> str | None:
    return None if facts.counted else "先填计票结果，再公布。"


def _counts_fit(facts: Facts) -> str | None:
    return facts.miscounted or None


def _is_void(facts: Facts) -> str | None:
    return "票数有效，不能宣布无效。" if facts.valid or facts.is_community else None


def _is_short(facts: Facts) -> str | None:
    short = facts.valid and facts.vacant and not facts.is_community
    return None if short else "没有空缺，不用另行选举。"


def _is_full(facts: Facts) -> str | None:
    return None if facts.valid and not facts.vacant and not facts.is_community else "还没有选满。"


def _is_community(facts: Facts) -> str | None:
    return None if facts.is_community else "村民委员会选举要下结论。"


def _may_stay_open(facts: Facts) -> str | None:
    if facts.members >= facts.vacancy_from:
        return None
    return f"村委会成员一共 {facts.members} 人，不到 {facts.vacancy_from} 人，空缺不能暂缺，要另行选举。"


def _woman_elected(facts: Facts) -> str | None:
    said = "当选的人里没有妇女，请就妇女委员另行选举（第六条）。"
    return None if facts.women_elected or facts.is_community else said


def _woman_missing(facts: Facts) -> str | None:
    return "已经有妇女当选。" if facts.women_elected else None


def _room_for_her(facts: Facts) -> str | None:
    if facts.members < facts.most_members or facts.is_community:
        return None
    return (
        f"村委会成员已经有 {facts.members} 人，最多 {facts.most_members} 人（第六条），不能再加一席。"
        "成员里没有妇女，请报镇人大主席团，由镇里指导依法处理。"
    )


def _no_kin(facts: Facts) -> str | None:
    said = f"监督委员会成员{'、'.join(facts.kin)}是当选人本人或近亲属，请先调整监督委员会（第三十二条）。"
    return said if facts.kin and not facts.is_community else None


def _no_complaint(facts: Facts) -> str | None:
    said = f"还有 {facts.open_complaints} 件举报在调查，调查清楚再备案（第十七条）。"
    return said if facts.open_complaints else None


S = State
VILLAGE, TOWN, OVERSIGHT = (Role.VILLAGE,), (Role.PRESIDIUM,), (Role.PRESIDIUM, Role.OFFICE)
RUNNING = (S.PREPARING, S.REGISTERING, S.LISTED, S.VOTING, S.VOID, S.ANOTHER_ROUND)
DONE = (S.ELECTED, S.RECORDED, S.HANDED_OVER, S.FILED)
LAW = "村民委员会组织法（2018）"

ELECTION = Workflow("village_election", [
    act("committee", [S.PREPARING], STAYS, VILLAGE, "记选举委员会", f"{LAW}第十二条；参数 village.election_committee_least"),
    act("begin_registration", [S.PREPARING], S.REGISTERING, VILLAGE, "开始登记", f"{LAW}第十二、十三条", _committee),
    act("register", [S.REGISTERING], STAYS, VILLAGE, "记登记人数", f"{LAW}第十三条"),
    act("publish_list", [S.REGISTERING], S.LISTED, VILLAGE, "公布名单", f"{LAW}第十四条；参数 village.roll_publish_days",
        _registered, _consent, _early_list),
    act("object", [S.LISTED], STAYS, VILLAGE, "记一件申诉", f"{LAW}第十四条；参数 village.roll_objection_days"),
    act("decide_objection", [S.LISTED], STAYS, VILLAGE, "作出决定", f"{LAW}第十四条；参数 village.roll_decision_days"),
    act("nominate", (S.LISTED, S.ANOTHER_ROUND), STAYS, VILLAGE, "加候选人", f"{LAW}第十五条"),
    act("withdraw", [S.LISTED], STAYS, VILLAGE, "退出", f"{LAW}第十五条"),
    act("proxies", [S.LISTED], STAYS, VILLAGE, "公示委托投票", f"{LAW}第十五条；参数 village.proxy_max"),
    act("tick", (S.PREPARING, S.REGISTERING, S.LISTED, S.VOTING, S.ELECTED, S.RECORDED), STAYS, VILLAGE, "办好了", "本地流程：换届选举流程（示范文本）"),
    act("move_day", [S.LISTED], STAYS, VILLAGE, "改投票日", f"{LAW}第十四条"),
    act("open_voting", [S.LISTED], S.VOTING, VILLAGE, "开始投票", f"{LAW}第十五条；参数 village.tellers_least",
        _day_has_come, _early_list, _no_open_objection, _more_candidates, _woman_stands, _own_steps),
    act("count", [S.VOTING], STAYS, VILLAGE, "存计票结果", f"{LAW}第十五条"),
    act("declare", [S.VOTING], STAYS, VILLAGE, "当场公布", f"{LAW}第十五条", _counted, _counts_fit,
        confirm="公布以后不能再改票数。"),
    act("void", [S.VOTING], S.VOID, [], "选举无效", f"{LAW}第十五条", _is_void),
    act("another", [S.VOTING], S.ANOTHER_ROUND, [], "另行选举", f"{LAW}第十五条", _is_short),
    act("elected", [S.VOTING], S.ELECTED, [], "当选", f"{LAW}第十五条", _is_full),
    act("recorded", [S.VOTING], S.RECORDED, [], "已记录", "居民委员会选举：法律文本待核", _is_community),
    act("reorganise", [S.VOID], S.LISTED, VILLAGE, "重新组织", f"{LAW}第十五条"),
    act("open_next", [S.ANOTHER_ROUND], S.VOTING, VILLAGE, "开始另行选举", f"{LAW}第十五条"),
    act("leave_open", [S.ANOTHER_ROUND], S.ELECTED, VILLAGE, "空缺暂缺", "参数 village.vacancy_from", _may_stay_open),
    act("woman_seat", [S.ELECTED], S.ANOTHER_ROUND, VILLAGE, "另选妇女委员", f"{LAW}第六条", _woman_missing, _room_for_her),
    act("hand_over", (S.ELECTED, S.RECORDED), S.HANDED_OVER, VILLAGE, "记移交", f"{LAW}第二十条；参数 village.handover_days",
        _woman_elected, _no_kin, _own_steps_later),
    act("file", [S.HANDED_OVER], S.FILED, TOWN, "予以备案", f"{LAW}第二十条：由乡镇监督", _no_complaint),
    act("complain", tuple(S), STAYS, OVERSIGHT, "记一件举报", f"{LAW}第十七条"),
    act("close_complaint", tuple(S), STAYS, OVERSIGHT, "记调查结论", f"{LAW}第十七条"),
    act("annul", (S.VOTING, S.ANOTHER_ROUND, *DONE), S.VOID, OVERSIGHT, "当选无效", f"{LAW}第十七条",
        confirm="调查属实才能宣布当选无效，之后要重新组织选举。"),
])  # fmt: skip


class RecallState(StrEnum):
    """Progress of a recall."""

    ASKED = "asked"
    PASSED = "passed"
    FAILED = "failed"


RECALL_PLAIN = {RecallState.ASKED: "已提出", RecallState.PASSED: "罢免通过", RecallState.FAILED: "没有通过"}
