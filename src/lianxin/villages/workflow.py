"""Two ways through a village: an item of disclosure (村务公开) and a meeting. Pure tables.

Articles are those of the 2018 text of the 村民委员会组织法. Residents' communities (社区) have their own
law, whose text is not entered: for them the rules only record (`is_community`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lianxin.common.actor import Role
from lianxin.common.workflow import STAYS, Workflow, act

TEXT_OPEN = "法律文本待核"


class State(StrEnum):
    """Progress of an item of disclosure."""

    TO_PREPARE = "to_prepare"
    TO_REVIEW = "to_review"
    PUBLISHED = "published"
    OVERDUE = "overdue"
    QUESTIONED = "questioned"
    EXPLAINED = "explained"


PLAIN = {
    State.TO_PREPARE: "待准备", State.TO_REVIEW: "待审核", State.PUBLISHED: "已公开",
    State.OVERDUE: "逾期", State.QUESTIONED: "有疑问", State.EXPLAINED: "已说明",
}  # fmt: skip
SHOWN = (State.PUBLISHED, State.QUESTIONED, State.EXPLAINED)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the guards of disclosure look at."""

    approved: bool = False
    due_on: date | None = None
    today: date | None = None
    open_questions: int = 0


def _approved(facts: Facts) -> str | None:
    return None if facts.approved else "监督委员会还没有审核，不能公开。"


def _not_approved(facts: Facts) -> str | None:
    return "这一版已经审核过了。" if facts.approved else None


def _past_due(facts: Facts) -> str | None:
    late = facts.due_on is not None and facts.today is not None and facts.today > facts.due_on
    return None if late else "还没有过公开期限。"


def _all_answered(facts: Facts) -> str | None:
    return f"还有 {facts.open_questions} 个疑问没有答复。" if facts.open_questions else None


S = State
VILLAGE, WATCH = (Role.VILLAGE,), (Role.VILLAGE_SUPERVISOR,)

DISCLOSURE = Workflow("village_disclosure", [
    act("submit", (S.TO_PREPARE, S.OVERDUE), S.TO_REVIEW, VILLAGE, "送监督委员会审核", "村民委员会组织法（2018）第三十二条：监督村务公开"),
    act("approve", [S.TO_REVIEW], STAYS, WATCH, "审核通过", "村民委员会组织法（2018）第三十二条", _not_approved),
    act("send_back", [S.TO_REVIEW], S.TO_PREPARE, WATCH, "退回修改", "村民委员会组织法（2018）第三十二条", _not_approved),
    act("publish", [S.TO_REVIEW], S.PUBLISHED, VILLAGE, "公开", "村民委员会组织法（2018）第三十条；参数 village.approval_publish_days",
        _approved, confirm="公开以后人人都能看到；证件号和账号已经隐去。"),
    act("post_board", SHOWN, STAYS, VILLAGE, "交公示栏照片", "村民委员会组织法（2018）第三十条：公示栏公布"),
    act("correct", SHOWN, S.TO_REVIEW, VILLAGE, "更正", "旧版保留：本系统规则"),
    act("ask", SHOWN, S.QUESTIONED, [], "有疑问", "村民委员会组织法（2018）第三十一条"),
    act("answer", (*SHOWN, S.TO_REVIEW, S.TO_PREPARE), STAYS, VILLAGE, "答复疑问", "参数 village.question_reply_days"),
    act("explain", [S.QUESTIONED], S.EXPLAINED, [], "已说明", "参数 village.question_reply_days", _all_answered),
    act("lapse", [S.TO_PREPARE], S.OVERDUE, [], "到期未公开", "村民委员会组织法（2018）第三十条", _past_due),
])  # fmt: skip

BY_RESIDENT = frozenset({"ask"})


class Meeting(StrEnum):
    """Progress of a meeting of villagers or of their representatives."""

    PREPARING = "preparing"
    NOTICED = "noticed"
    SIGNING_IN = "signing_in"
    VALID = "valid"
    TALK = "talk"
    DECIDED = "decided"
    CARRYING_OUT = "carrying_out"
    SHOWN = "shown"


MEETING_PLAIN = {
    Meeting.PREPARING: "筹备", Meeting.NOTICED: "已通知", Meeting.SIGNING_IN: "签到中", Meeting.VALID: "有效",
    Meeting.TALK: "座谈", Meeting.DECIDED: "已决议", Meeting.CARRYING_OUT: "办理中", Meeting.SHOWN: "已晒结果",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """What the guards of meetings look at."""

    is_assembly: bool
    today: date
    held_on: date
    is_community: bool = False
    notice_days: int = 10
    urgent: bool = False
    reserved: str = ""
    topics: int = 0
    missing: int = 0
    unvoted: int = 0
    has_minutes: bool = False
    forbidden: str = ""
    passed: int = 0
    not_carried: int = 0
    not_shown: int = 0


def _has_topics(facts: MeetingFacts) -> str | None:
    return None if facts.topics else "先写好议题，再发通知：会上只议通知里有的事。"


def is_short(facts: MeetingFacts) -> bool:
    """Say whether a notice of today comes later than the law asks for an assembly (art. 21)."""
    days = (facts.held_on - facts.today).days
    return facts.is_assembly and not facts.is_community and days < facts.notice_days


def _early_enough(facts: MeetingFacts) -> str | None:
    if not is_short(facts) or (facts.urgent and not facts.reserved):
        return None
    days = max((facts.held_on - facts.today).days, 0)
    late = f"村民会议要提前 {facts.notice_days} 天通知，现在只剩 {days} 天。"
    if facts.reserved:
        return (
            f"{late}「{facts.reserved}」只能由村民会议定，不能按紧急办（第二十一、二十四、二十七条）。"
            f"请另筹备一次会议，日子定在 {facts.notice_days} 天以后。"
        )
    return f"{late}请另定日子；实在紧急的写明理由，记录和公开页上会写「未按十天通知」。"


def _not_reserved(facts: MeetingFacts) -> str | None:
    return facts.forbidden or None


def _day_has_come(facts: MeetingFacts) -> str | None:
    return None if facts.today >= facts.held_on else f"还没到开会那天（{facts.held_on}）。"


def _quorum(facts: MeetingFacts) -> str | None:
    if facts.is_community or not facts.missing:
        return None
    return f"不足法定人数，还差 {facts.missing} 人，只能记为座谈。"


def _below_quorum(facts: MeetingFacts) -> str | None:
    return "已到法定人数，请宣布会议有效。" if not facts.missing and not facts.is_community else None


def _all_voted(facts: MeetingFacts) -> str | None:
    return f"还有 {facts.unvoted} 个议题没有表决。" if facts.unvoted else None


def _minutes(facts: MeetingFacts) -> str | None:
    return None if facts.has_minutes else "请先写好会议记录。"


def _something_passed(facts: MeetingFacts) -> str | None:
    return None if facts.passed else "这次会没有通过的事项，不用办理。"


def _all_carried(facts: MeetingFacts) -> str | None:
    return f"还有 {facts.not_carried} 件决议没有写办理情况。" if facts.not_carried else None


def _all_shown(facts: MeetingFacts) -> str | None:
    return f"还有 {facts.not_shown} 件没有晒结果。" if facts.not_shown else None


M = Meeting
MEETING = Workflow("village_meeting", [
    act("add_topic", (M.PREPARING, M.NOTICED, M.SIGNING_IN, M.VALID), STAYS, VILLAGE, "加议题", "村民委员会组织法（2018）第二十二至二十七条"),
    act("give_notice", [M.PREPARING], M.NOTICED, VILLAGE, "发会议通知", "村民委员会组织法（2018）第二十一条；参数 village.assembly_notice_days",
        _has_topics, _not_reserved, _early_enough),
    act("open_sign_in", [M.NOTICED], M.SIGNING_IN, VILLAGE, "开始签到", "村民委员会组织法（2018）第二十二、二十六条", _day_has_come),
    act("count", [M.SIGNING_IN], STAYS, VILLAGE, "记到会人数", "村民委员会组织法（2018）第二十二、二十六条"),
    act("count_one", [M.SIGNING_IN], STAYS, VILLAGE, "加一", "村民委员会组织法（2018）第二十二、二十六条"),
    act("declare_valid", [M.SIGNING_IN], M.VALID, VILLAGE, "宣布会议有效", "村民委员会组织法（2018）第二十二、二十六条", _quorum),
    act("record_talk", [M.SIGNING_IN], M.TALK, VILLAGE, "记为座谈", "村民委员会组织法（2018）第二十二、二十六条", _below_quorum,
        confirm="记为座谈后，这次会不能作出决议。"),
    act("vote", [M.VALID], STAYS, VILLAGE, "记表决", "村民委员会组织法（2018）第二十二、二十六条"),
    act("write_minutes", (M.SIGNING_IN, M.VALID, M.TALK), STAYS, VILLAGE, "写会议记录", "村民委员会组织法（2018）第三十四条：村务档案"),
    act("add_photo", (M.SIGNING_IN, M.VALID, M.TALK, M.DECIDED), STAYS, VILLAGE, "交会场照片", "村民委员会组织法（2018）第三十四条"),
    act("decide", [M.VALID], M.DECIDED, VILLAGE, "形成决议", "村民委员会组织法（2018）第二十二、二十六条", _all_voted, _minutes),
    act("carry_out", (M.DECIDED, M.CARRYING_OUT), M.CARRYING_OUT, VILLAGE, "写办理情况", "群众的事情群众办：议→定→办→晒", _something_passed),
    act("show_result", [M.CARRYING_OUT], STAYS, VILLAGE, "晒结果", "村民委员会组织法（2018）第三十条"),
    act("finish", [M.CARRYING_OUT], M.SHOWN, [], "全部晒出", "村民委员会组织法（2018）第三十条", _all_carried, _all_shown),
])  # fmt: skip

CLOSED_AS_VALID = (Meeting.VALID, Meeting.DECIDED, Meeting.CARRYING_OUT, Meeting.SHOWN)
