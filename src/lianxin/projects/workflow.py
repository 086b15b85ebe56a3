"""Three ways: a wish (意愿), a year's round of one congress, and a project. Pure tables.

「规定」 below is the Shaanxi Provision of 2025-11-28 on the vote of livelihood projects; 「组织法」 is
the 地方组织法 (2022). Which body acts at a level is for `permissions` to say: the office for the city,
the presidium for its town.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lianxin.common.actor import Role
from lianxin.common.workflow import STAYS, Workflow, act
from lianxin.projects.rules import Lamp


class Wish(StrEnum):
    """What has become of a wish."""

    WISHED = "wished"
    TAKEN = "taken"
    REFUSED = "refused"


class Round(StrEnum):
    """How far a congress is with the projects of one year."""

    COLLECTING = "collecting"
    SCREENING = "screening"
    CANDIDATES = "candidates"
    PAPERS = "papers"
    VOTED = "voted"
    ANNOUNCED = "announced"


class State(StrEnum):
    """Progress of a project, from the store to the second check."""

    POOL = "pool"
    WITHDRAWN = "withdrawn"
    CANDIDATE = "candidate"
    NOT_CHOSEN = "not_chosen"
    APPROVED = "approved"
    UNDERWAY = "underway"
    BEHIND = "behind"
    SUSPENDED = "suspended"
    TERMINATED = "terminated"
    DONE = "done"
    EVALUATED = "evaluated"
    RECTIFYING = "rectifying"


BODY = (Role.OFFICE, Role.PRESIDIUM)
UNIT, HEAD = (Role.UNIT_CLERK, Role.UNIT_HEAD), (Role.UNIT_HEAD,)
STATIONS = (Role.KEEPER, Role.DEPUTY, *BODY)

WISH = Workflow("project_wish", [
    act("show", [Wish.WISHED], STAYS, (Role.KEEPER, *BODY), "核对后公开", "规定：公开征集，群众可以附议"),
    act("take", [Wish.WISHED], Wish.TAKEN, BODY, "归入项目", "规定：归并、论证"),
    act("refuse", [Wish.WISHED], Wish.REFUSED, BODY, "不列入，写明理由", "规定：每条意愿都有交代（本系统规则）"),
])  # fmt: skip


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """What the guards of a round look at."""

    days_open: int = 0
    least_days: int = 30
    open_wishes: int = 0
    candidates: int = 0
    least_candidates: int = 0
    without_cost: tuple[str, ...] = ()
    incomplete: tuple[tuple[str, ...], ...] = ()
    unready: tuple[str, ...] = ()
    missing_previews: tuple[str, ...] = ()
    days_ahead: int | None = None
    papers_days: int = 7
    vote_open: bool = False
    vote_stands: bool = False
    to_test: int = 0
    test_open: bool = False
    test_stands: bool = False


def _long_enough(facts: RoundFacts) -> str | None:
    if facts.days_open >= facts.least_days:
        return None
    return f"公开征集要满 {facts.least_days} 天，现在只有 {facts.days_open} 天。"


def _wishes_decided(facts: RoundFacts) -> str | None:
    if not facts.open_wishes:
        return None
    return f"还有 {facts.open_wishes} 条意愿没有归入项目，也没有写理由。"


def _costs_known(facts: RoundFacts) -> str | None:
    if not facts.without_cost:
        return None
    return f"「{facts.without_cost[0]}」没有投资估算或资金来源，不能进入票决。"


def _cards_whole(facts: RoundFacts) -> str | None:
    if not facts.incomplete:
        return None
    title, *missing = facts.incomplete[0]
    return f"「{title}」的项目卡缺{'、'.join(missing)}，不能进入票决。"


def _opinions_complete(facts: RoundFacts) -> str | None:
    if not facts.unready:
        return None
    return f"「{facts.unready[0]}」的可行性、财政、合法性意见还不齐，或有一项不同意。"


def _enough_candidates(facts: RoundFacts) -> str | None:
    if facts.candidates >= facts.least_candidates:
        return None
    return f"候选只有 {facts.candidates} 项，差额票决至少要 {facts.least_candidates} 项。"


def _previewed(facts: RoundFacts) -> str | None:
    if not facts.missing_previews:
        return None
    return f"还没有记录{'、'.join(facts.missing_previews)}的研究情况。"


def _session_known(facts: RoundFacts) -> str | None:
    return "先定大会日期，再发材料。" if facts.days_ahead is None else None


def _early_enough(facts: RoundFacts) -> str | None:
    if facts.days_ahead is None or facts.days_ahead >= facts.papers_days:
        return None
    return f"材料要在大会前 {facts.papers_days} 天发到代表，现在只剩 {max(facts.days_ahead, 0)} 天。"


def _no_vote_yet(facts: RoundFacts) -> str | None:
    return "这次票决已经建好了，请到票决页面办理。" if facts.vote_open else None


def _vote_stands(facts: RoundFacts) -> str | None:
    return None if facts.vote_stands else "票决还没有有效的结果，请等监票人公布。"


def _something_to_test(facts: RoundFacts) -> str | None:
    return None if facts.to_test else "没有可以测评的项目。"


def _no_test_yet(facts: RoundFacts) -> str | None:
    return "今年的测评已经建好了，请到票决页面办理。" if facts.test_open else None


def _test_stands(facts: RoundFacts) -> str | None:
    return None if facts.test_stands else "测评还没有有效的结果，请等监票人公布。"


R = Round
ROUND = Workflow("project_round", [
    act("add_wish", [R.COLLECTING], STAYS, STATIONS, "代录意愿", "规定：第三季度起多渠道征集"),
    act("close_collection", [R.COLLECTING], R.SCREENING, BODY, "结束征集，开始筛选", "参数 project.collect_days", _long_enough),
    act("write_card", (R.COLLECTING, R.SCREENING), STAYS, BODY, "写项目卡", "规定：论证、评估、合法性审查；项目储备库"),
    act("set_session", (R.SCREENING, R.CANDIDATES), STAYS, BODY, "定大会日期", "规定：提请本级人民代表大会票决"),
    act("fix_candidates", [R.SCREENING], R.CANDIDATES, BODY, "确定候选项目", "规定：差额票决；参数 project.min_difference_ratio",
        _wishes_decided, _costs_known, _cards_whole, _opinions_complete, _enough_candidates),
    act("reopen_screening", [R.CANDIDATES], R.SCREENING, BODY, "重新筛选", "规定：候选名单在材料发出前可以改；写明理由（本系统规则）"),
    act("record_preview", [R.CANDIDATES], STAYS, BODY, "记录研究情况", "规定：报党委同意，听取常委会（主席团）意见"),
    act("send_papers", [R.CANDIDATES], R.PAPERS, BODY, "把材料发给代表", "规定：会前送代表；参数 project.papers_days",
        _previewed, _session_known, _early_enough),
    act("open_vote", [R.PAPERS], STAYS, BODY, "建立票决", "组织法第十四、二十五条", _no_vote_yet),
    act("take_result", [R.PAPERS], R.VOTED, BODY, "取回票决结果", "组织法第二十五条：全体代表的过半数", _vote_stands),
    act("announce", [R.VOTED], R.ANNOUNCED, BODY, "公告结果", "规定：大会主席团公告",
        confirm="公告后人人都能看到每个项目的票数。"),
    act("open_test", [R.ANNOUNCED], STAYS, BODY, "建立年终测评", "规定：年终满意度测评，无记名", _something_to_test, _no_test_yet),
    act("take_test", [R.ANNOUNCED], STAYS, BODY, "取回测评结果", "参数 ballot.grade_half", _something_to_test, _test_stands),
])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facts:
    """What the guards of a project look at."""

    has_cost: bool = False
    missing: tuple[str, ...] = ()
    opinions_ok: bool = False
    plan_problem: str | None = None
    supervisors: int = 0
    least_supervisors: int = 3
    most_supervisors: int = 5
    open_steps: int = 0
    lamp: Lamp = Lamp.GREEN
    dissatisfied: bool = False
    open_rectifications: int = 0
    round_open: bool = True
    change_open: bool = False


def _cost(facts: Facts) -> str | None:
    return None if facts.has_cost else "没有投资估算或资金来源，不能进入票决。"


def _card_whole(facts: Facts) -> str | None:
    return f"项目卡缺{'、'.join(facts.missing)}，不能进入票决。" if facts.missing else None


def _opinions(facts: Facts) -> str | None:
    return None if facts.opinions_ok else "可行性、财政、合法性意见还不齐，或有一项不同意。"


def _screening(facts: Facts) -> str | None:
    return None if facts.round_open else "候选项目已经定了，不能再增减。"


def _planned(facts: Facts) -> str | None:
    return facts.plan_problem


def _supervised(facts: Facts) -> str | None:
    if facts.least_supervisors <= facts.supervisors <= facts.most_supervisors:
        return None
    return f"监督代表要 {facts.least_supervisors} 到 {facts.most_supervisors} 名，现在是 {facts.supervisors} 名。"


def _change_open(facts: Facts) -> str | None:
    return None if facts.change_open else "没有等决定的调整。"


def _no_change_open(facts: Facts) -> str | None:
    return "已经有一份调整在等决定。" if facts.change_open else None


def _steps_done(facts: Facts) -> str | None:
    return f"还有 {facts.open_steps} 个节点没有完成。" if facts.open_steps else None


def _is_red(facts: Facts) -> str | None:
    return None if facts.lamp is Lamp.RED else "没有亮红灯。"


def _not_red(facts: Facts) -> str | None:
    return "还亮着红灯。" if facts.lamp is Lamp.RED else None


def _passed_test(facts: Facts) -> str | None:
    return "测评不满意，要列整改清单。" if facts.dissatisfied else None


def _failed_test(facts: Facts) -> str | None:
    return None if facts.dissatisfied else "测评没有不满意，不用整改。"


def _rectified(facts: Facts) -> str | None:
    return f"还有 {facts.open_rectifications} 项整改没有报告。" if facts.open_rectifications else None


S = State
GOING = (S.UNDERWAY, S.BEHIND)
TESTED = (S.DONE, S.EVALUATED, S.RECTIFYING)
SHOWN = (S.APPROVED, *GOING, S.SUSPENDED, S.TERMINATED, *TESTED)

PROJECT = Workflow("livelihood_project", [
    act("edit", [S.POOL], STAYS, BODY, "改项目卡", "规定：项目卡各项"),
    act("give_opinion", [S.POOL], STAYS, BODY, "记录论证意见", "规定：论证、评估、合法性审查"),
    act("nominate", [S.POOL], S.CANDIDATE, BODY, "列为候选", "规定：候选名单写明内容、地点、资金、受益、责任单位、时限",
        _screening, _cost, _card_whole, _opinions),
    act("withdraw", (S.POOL, S.CANDIDATE), S.WITHDRAWN, BODY, "不列入候选", "规定：筛选，写明理由", _screening),
    act("put_back", (S.CANDIDATE, S.WITHDRAWN), S.POOL, BODY, "放回储备库", "规定：项目储备库；改正后再列为候选", _screening),
    act("choose", [S.CANDIDATE], S.APPROVED, [], "票决通过", "组织法第二十五条：全体代表的过半数"),
    act("leave", [S.CANDIDATE], S.NOT_CHOSEN, [], "未入选", "组织法第二十五条"),
    act("name_supervisors", (S.APPROVED, *GOING), STAYS, BODY, "定监督代表", "参数 project.supervisors_min、project.supervisors_max"),
    act("write_plan", [S.APPROVED], STAYS, (*BODY, *UNIT), "写实施计划", "规定第十七条：责任单位、目标、完成时限、资金、保障措施"),
    act("publish_plan", [S.APPROVED], S.UNDERWAY, BODY, "公布实施计划", "规定第十七条；参数 project.plan_days", _planned, _supervised),
    act("report", GOING, STAYS, UNIT, "报进度", "规定第二十条；参数 project.report_every_days、project.progress_interval"),
    act("visit", (*GOING, S.DONE), STAYS, [Role.DEPUTY], "写监督意见", "规定第二十条：代表监督"),
    act("fall_behind", [S.UNDERWAY], S.BEHIND, [], "亮红灯", "参数 project.red_after_days", _is_red),
    act("catch_up", [S.BEHIND], S.UNDERWAY, [], "赶上进度", "参数 project.red_after_days", _not_red),
    act("propose_change", (*GOING, S.SUSPENDED), STAYS, (*BODY, *HEAD), "提出调整", "规定第十八条：不可抗力、政策变化等", _no_change_open),
    act("decide_change", (*GOING, S.SUSPENDED), STAYS, BODY, "录入决定", "规定第十八条；参数 project.adjust_body", _change_open),
    act("change", (*GOING, S.SUSPENDED), S.UNDERWAY, [], "调整通过", "规定第十八条"),
    act("suspend", (*GOING, S.SUSPENDED), S.SUSPENDED, [], "暂缓", "规定第十八条"),
    act("terminate", (*GOING, S.SUSPENDED), S.TERMINATED, [], "终止", "规定第十八条"),
    act("complete", GOING, S.DONE, HEAD, "报完工", "规定：年内完成", _steps_done),
    act("note_test", GOING, STAYS, [], "记下测评", "规定：年终测评；没有完工的接着办"),
    act("evaluate", [S.DONE], S.EVALUATED, [], "测评通过", "参数 ballot.grade_half", _passed_test),
    act("order_rectification", [S.DONE], S.RECTIFYING, [], "列入整改", "参数 ballot.grade_half", _failed_test),
    act("list_rectification", (*GOING, S.RECTIFYING), STAYS, BODY, "列整改清单", "不满意的书面整改、再次报告", _failed_test),
    act("report_rectification", (*GOING, S.RECTIFYING), STAYS, UNIT, "报整改结果", "不满意的书面整改、再次报告"),
    act("check_again", [S.RECTIFYING], S.EVALUATED, BODY, "复查通过", "第二年复查", _rectified),
])  # fmt: skip
