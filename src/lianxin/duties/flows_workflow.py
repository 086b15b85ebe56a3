"""约见 (代表法第二十九条) and 代表创优: two tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lianxin.common.actor import Role
from lianxin.common.workflow import STAYS, Workflow, act


class Meeting(StrEnum):
    """Progress of a request to meet the head of an organ."""

    REQUESTED = "requested"
    SCREENED = "screened"
    REJECTED = "rejected"
    SCHEDULED = "scheduled"
    POSTPONED = "postponed"
    HELD = "held"
    ANSWER_DUE = "answer_due"
    ANSWERED = "answered"
    RATED = "rated"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """What the guards of a meeting look at."""

    today: date
    meet_on: date | None = None
    is_requester: bool = False
    postponed: int = 0


def _day_has_come(facts: MeetingFacts) -> str | None:
    if facts.meet_on and facts.today >= facts.meet_on:
        return None
    return f"约定在 {facts.meet_on:%Y-%m-%d} 见面，见过以后再写纪要。"


def _not_requester(facts: MeetingFacts) -> str | None:
    return "这是您自己提的约见，请别的同志审核。" if facts.is_requester else None


def _once(facts: MeetingFacts) -> str | None:
    return "已经改期一次，不能再改。请按时见面，或由负责人委托他人到场。" if facts.postponed else None


M = Meeting
BODY = (Role.OFFICE, Role.PRESIDIUM)
LAW = "代表法第二十九条：代表可以提出约见有关国家机关负责人"

MEETING = Workflow("official_meeting", [
    act("screen", [M.REQUESTED], M.SCREENED, BODY, "同意约见", "参数 meeting.screen_workdays", _not_requester),
    act("reject", (M.REQUESTED, M.SCREENED), M.REJECTED, BODY, "不予安排", "写明理由，参照不作为建议处理的情形", _not_requester),
    act("schedule", [M.SCREENED], M.SCHEDULED, BODY, "发约见函", "参数 meeting.hold_workdays",
        confirm="发出约见函，并告诉代表和单位。"),
    act("postpone", [M.SCHEDULED], M.POSTPONED, BODY, "改期", "参数 meeting.postpone_months", _once),
    act("hold", (M.SCHEDULED, M.POSTPONED), M.HELD, BODY, "写会面纪要", LAW, _day_has_come),
    act("follow_spot", [M.HELD], M.ANSWERED, [], "当场答复", LAW),
    act("follow_due", [M.HELD], M.ANSWER_DUE, [], "转书面答复", "参数 meeting.answer_months"),
    act("answer", [M.ANSWER_DUE], M.ANSWERED, (Role.UNIT_HEAD, *BODY), "书面答复", "参数 meeting.answer_months"),
    act("rate", [M.ANSWERED], M.RATED, [Role.DEPUTY], "评价", "代表评价：本系统规则"),
    act("close", [M.RATED], M.CLOSED, BODY, "办结", "本系统规则：答应的事留在台账里接着跟"),
    act("keep_promise", (M.ANSWER_DUE, M.ANSWERED, M.RATED, M.CLOSED), STAYS, BODY, "登记兑现", "约见时答应的事：本系统规则"),
])  # fmt: skip
MEETING_DERIVED = frozenset({"follow_spot", "follow_due"})


class Excellence(StrEnum):
    """Progress of striving for an honour."""

    NOMINATED = "nominated"
    RECOMMENDED = "recommended"
    NOTICED = "noticed"
    HONOURED = "honoured"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class ExcellenceFacts:
    """What the guards of an honour look at."""

    today: date
    notice_to: date | None = None
    open_objections: int = 0
    is_self: bool = False
    avoided: bool = False


def _notice_over(facts: ExcellenceFacts) -> str | None:
    if facts.notice_to and facts.today > facts.notice_to:
        return None
    return f"公示到 {facts.notice_to:%Y-%m-%d}，期满以后才能确认。"


def _objections_handled(facts: ExcellenceFacts) -> str | None:
    return (
        f"公示中还有 {facts.open_objections} 条意见没有处理，处理完才能确认。"
        if facts.open_objections
        else None
    )


def _has_objection(facts: ExcellenceFacts) -> str | None:
    return None if facts.open_objections else "没有等待处理的意见。"


def _in_notice(facts: ExcellenceFacts) -> str | None:
    if facts.notice_to and facts.today <= facts.notice_to:
        return None
    return "公示已经结束，有意见请直接向代工委反映。"


def _not_self(facts: ExcellenceFacts) -> str | None:
    return "这是您自己的申报，请别的同志办理。" if facts.is_self else None


def _no_avoidance(facts: ExcellenceFacts) -> str | None:
    return "您已声明和这位代表回避，请别的同志办理。" if facts.avoided else None


X = Excellence
EXCELLENCE = Workflow("excellence", [
    act("recommend", [X.NOMINATED], X.RECOMMENDED, (Role.DEPUTY, *BODY), "小组推荐", "代表法第二十八条：代表小组", _not_self,
        _no_avoidance),
    act("notice", [X.RECOMMENDED], X.NOTICED, BODY, "评审通过，公示", "参数 excellence.notice_days", _not_self, _no_avoidance,
        confirm="公示期间大家都能看到姓名和事迹。"),
    act("object", [X.NOTICED], STAYS, (Role.DEPUTY, Role.KEEPER, *BODY), "登记公示意见", "参数 excellence.notice_days", _in_notice,
        _not_self),
    act("settle", [X.NOTICED], STAYS, BODY, "处理意见", "本系统规则：逐条处理", _not_self, _no_avoidance, only=_has_objection),
    act("confirm", [X.NOTICED], X.HONOURED, BODY, "确认表彰", "参数 excellence.notice_days", _notice_over, _objections_handled,
        _not_self, _no_avoidance),
    act("decline", (X.NOMINATED, X.RECOMMENDED, X.NOTICED), X.DECLINED, BODY, "不予表彰", "写明理由", _not_self, _no_avoidance),
    act("withdraw", (X.NOMINATED, X.RECOMMENDED, X.NOTICED), X.WITHDRAWN, [Role.DEPUTY], "撤回申报", "自愿申报"),
])  # fmt: skip
