"""Four ways: a petition to the committee, a plan, one of its tasks, a work meeting. Pure tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lianxin.common.actor import Role
from lianxin.common.workflow import STAYS, Workflow, act

OFFICE, LEADER = (Role.OFFICE,), (Role.LEADER,)
OWNERS = (Role.UNIT_CLERK, Role.UNIT_HEAD, Role.PRESIDIUM, Role.OFFICE)
WATCHERS = (Role.OFFICE, Role.LEADER)
CHAIRS = "地方组织法：主任会议处理常务委员会的重要日常工作"
HABIT = "旬阳做法：重要文件由人大提请市委下发"
PLAN_RULE = "本地约定：实施方案经主任会议批准后印发，改动出新版"
MEET_RULE = "本地约定：工作会议定事项列入方案，逐项跟踪"


class PetitionState(StrEnum):
    """Progress of a petition (提请)."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    ON_AGENDA = "on_agenda"
    AGREED = "agreed"
    REFUSED = "refused"
    SENT = "sent"
    ISSUED = "issued"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class PetitionFacts:
    """What the guards of a petition look at."""

    today: date
    agenda_on: date | None = None
    sent_on: date | None = None
    answered_on: date | None = None


def _agenda_ahead(facts: PetitionFacts) -> str | None:
    past = facts.agenda_on is not None and facts.agenda_on < facts.today
    return "主任会议的日期已经过了，请填今天或以后。" if past else None


def _has_met(facts: PetitionFacts) -> str | None:
    if facts.agenda_on is None or facts.today >= facts.agenda_on:
        return None
    return f"主任会议定在 {facts.agenda_on:%Y-%m-%d}，开过会再记决定。"


def _answer_day(facts: PetitionFacts) -> str | None:
    if facts.answered_on is None or facts.sent_on is None:
        return None
    if facts.sent_on <= facts.answered_on <= facts.today:
        return None
    return f"下发日期要在报送（{facts.sent_on:%Y-%m-%d}）以后、今天以前。"


P = PetitionState
PETITION = Workflow("petition", [
    act("revise", [P.DRAFT], STAYS, OFFICE, "改稿", HABIT),
    act("propose", [P.DRAFT], P.PROPOSED, OFFICE, "送主任会议", CHAIRS),
    act("schedule", [P.PROPOSED], P.ON_AGENDA, LEADER, "列入主任会议议程", CHAIRS, _agenda_ahead),
    act("agree", [P.ON_AGENDA], P.AGREED, LEADER, "同意提请", CHAIRS, _has_met),
    act("send_back", [P.PROPOSED, P.ON_AGENDA], P.DRAFT, LEADER, "退回修改", CHAIRS),
    act("refuse", [P.ON_AGENDA], P.REFUSED, LEADER, "不提请", CHAIRS, _has_met),
    act("send", [P.AGREED], P.SENT, OFFICE, "报市委", f"{HABIT}；参数 petition.answer_workdays",
        confirm="编上文号、印出公函，从今天起等答复。"),
    act("urge", [P.SENT], STAYS, OFFICE, "催询", "参数 petition.answer_workdays"),
    act("issue", [P.SENT], P.ISSUED, OFFICE, "登记市委下发", HABIT, _answer_day),
    act("decline", [P.SENT], P.DECLINED, OFFICE, "登记未采纳", HABIT),
    act("withdraw", [P.DRAFT, P.PROPOSED], P.WITHDRAWN, OFFICE, "不报了", HABIT),
])  # fmt: skip


class PlanState(StrEnum):
    """Progress of a plan; while it is being changed its last version stays in force."""

    DRAFT = "draft"
    REVIEW = "review"
    ISSUED = "issued"
    AMENDING = "amending"
    AMENDED = "amended"
    CLOSED = "closed"


EDITED = (PlanState.DRAFT, PlanState.AMENDING)


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What the guards of a plan look at."""

    problems: tuple[str, ...] = ()
    changes: int = 1
    open_tasks: int = 0


def _complete(facts: PlanFacts) -> str | None:
    return f"方案还不完整：{facts.problems[0]}" if facts.problems else None


def _changed(facts: PlanFacts) -> str | None:
    return None if facts.changes else "和上一版一样，没有要批准的改动。"


def _nothing_open(facts: PlanFacts) -> str | None:
    return f"还有 {facts.open_tasks} 项任务没有办完，不能结束方案。" if facts.open_tasks else None


L = PlanState
PLAN = Workflow("plan", [
    act("edit", [L.DRAFT, L.AMENDING], STAYS, OFFICE, "改方案", PLAN_RULE),
    act("submit", [L.DRAFT], L.REVIEW, OFFICE, "送审", PLAN_RULE, _complete),
    act("resubmit", [L.AMENDING], L.AMENDED, OFFICE, "送审修改稿", PLAN_RULE, _complete, _changed),
    act("approve", [L.REVIEW, L.AMENDED], L.ISSUED, LEADER, "批准印发", PLAN_RULE,
        confirm="批准后锁定，任务发到各责任单位。"),
    act("send_back", [L.REVIEW], L.DRAFT, LEADER, "退回修改", PLAN_RULE),
    act("send_back_change", [L.AMENDED], L.AMENDING, LEADER, "退回修改", PLAN_RULE),
    act("amend", [L.ISSUED], L.AMENDING, OFFICE, "开始修改", PLAN_RULE),
    act("drop_change", [L.AMENDING], L.ISSUED, OFFICE, "放弃这次修改", PLAN_RULE),
    act("add_decisions", [L.ISSUED], STAYS, [Role.OFFICE], "列入会议议定事项", MEET_RULE),
    act("close", [L.ISSUED], L.CLOSED, OFFICE, "结束方案", PLAN_RULE, _nothing_open),
])  # fmt: skip
PLAN_DERIVED = frozenset({"edit", "add_decisions"})


class Standing(StrEnum):
    """Whether a task is under way; how far it is, `rules.task_state` says."""

    LIVE = "live"
    PARKED = "parked"
    CANCELLED = "cancelled"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """What the guards of a task look at."""

    waiting: bool = False
    own_report: bool = False
    percent: int = 0


def _none_waiting(facts: TaskFacts) -> str | None:
    return "上一次进展还在等人大审，审过以后再报。" if facts.waiting else None


def _something_waiting(facts: TaskFacts) -> str | None:
    return None if facts.waiting else "没有等着审的进展。"


def _not_own(facts: TaskFacts) -> str | None:
    return "这是您自己报的进展，请别的同志审。" if facts.own_report else None


S = Standing
TASK = Workflow("plan_task", [
    act("report", [S.LIVE], STAYS, OWNERS, "报进展", PLAN_RULE, _none_waiting),
    act("accept", [S.LIVE], STAYS, WATCHERS, "认可进展", PLAN_RULE, _not_own, only=_something_waiting),
    act("finish", [S.LIVE], S.DONE, [], "办完", PLAN_RULE),
    act("return_report", [S.LIVE], STAYS, WATCHERS, "退回进展", PLAN_RULE, only=_something_waiting),
    act("park", [S.LIVE], S.PARKED, OFFICE, "暂缓", PLAN_RULE),
    act("resume", [S.PARKED], S.LIVE, OFFICE, "恢复", PLAN_RULE),
    act("cancel", [S.LIVE, S.PARKED], S.CANCELLED, OFFICE, "取消", PLAN_RULE),
])  # fmt: skip
TASK_DERIVED = frozenset({"finish"})


class MeetingState(StrEnum):
    """Progress of a work meeting."""

    PLANNED = "planned"
    NOTICED = "noticed"
    MINUTED = "minuted"
    CONFIRMED = "confirmed"
    TASKED = "tasked"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """What the guards of a work meeting look at."""

    today: date
    held_on: date
    seats: int = 0
    present: int = 0
    decisions: int = 0


def _invited(facts: MeetingFacts) -> str | None:
    return None if facts.seats else "还没有选参加的单位和镇。"


def _ahead(facts: MeetingFacts) -> str | None:
    return "开会的日子已经过了，请改日期。" if facts.held_on < facts.today else None


def _on_the_day(facts: MeetingFacts) -> str | None:
    if facts.today == facts.held_on:
        return None
    return f"开会那天（{facts.held_on:%Y-%m-%d}）才能签到。"


def _has_been(facts: MeetingFacts) -> str | None:
    return "会还没有开，开完再写纪要。" if facts.today < facts.held_on else None


def _somebody_came(facts: MeetingFacts) -> str | None:
    return None if facts.present else "还没有人签到。请先补上签到，再定纪要。"


def _decided(facts: MeetingFacts) -> str | None:
    return None if facts.decisions else "纪要里没有议定事项，不用列入方案。"


M = MeetingState
WORK_MEETING = Workflow("work_meeting", [
    act("notify", [M.PLANNED], M.NOTICED, OFFICE, "发通知", MEET_RULE, _invited, _ahead,
        confirm="通知带议程发到每个单位和镇，要他们回执。"),
    act("reply", [M.NOTICED], STAYS, OWNERS, "回执", MEET_RULE, _ahead),
    act("sign_in", [M.NOTICED], STAYS, OWNERS, "签到", MEET_RULE, _on_the_day),
    act("mark_present", [M.NOTICED, M.MINUTED], STAYS, OFFICE, "补签到", MEET_RULE, _has_been),
    act("write_minutes", [M.NOTICED, M.MINUTED], M.MINUTED, OFFICE, "写纪要", MEET_RULE, _has_been),
    act("confirm", [M.MINUTED], M.CONFIRMED, LEADER, "签发纪要", MEET_RULE, _somebody_came),
    act("make_tasks", [M.CONFIRMED], M.TASKED, OFFICE, "议定事项列入方案", MEET_RULE, _decided,
        confirm="一次全部列入方案，出新的一版，发到各责任单位。"),
    act("cancel", [M.PLANNED, M.NOTICED], M.CANCELLED, OFFICE, "会不开了", MEET_RULE),
])  # fmt: skip
