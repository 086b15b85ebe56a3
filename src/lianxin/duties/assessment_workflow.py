"""A yearly file's way from collecting to the archive: one table.

The score only advises: every result is decided by a person, and a poor result needs a ground beside
the score. The law asks for the record itself (代表法第五十八条); the way to a result is local habit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lianxin.common.actor import Role
from lianxin.common.workflow import STAYS, Workflow, act


class State(StrEnum):
    """Progress of a yearly file."""

    ACCRUING = "accruing"
    CONFIRMING = "confirming"
    OBJECTING = "objecting"
    GROUP_VIEW = "group_view"
    DECIDING = "deciding"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the guards look at."""

    today: date
    year: int
    generate_month: int = 11
    object_by: date | None = None
    sign_by: date | None = None
    open_objections: int = 0
    is_self: bool = False
    avoided: bool = False
    decided: bool = False


def _november(facts: Facts) -> str | None:
    if facts.today >= date(facts.year, facts.generate_month, 1):
        return None
    return f"{facts.year} 年的档案从 {facts.generate_month} 月 1 日起生成，现在还在平时累计。"


def _in_time(facts: Facts) -> str | None:
    if facts.object_by and facts.today > facts.object_by:
        return (
            f"异议期到 {facts.object_by:%Y-%m-%d} 已经结束。还有话说，请找代表小组长或代工委，审定前都会看。"
        )
    return None


def _over(facts: Facts) -> str | None:
    if facts.object_by and facts.today > facts.object_by:
        return None
    return "本人核对的时间还没有到期。"


def _not_own(facts: Facts) -> str | None:
    return "这是您自己的档案，请别的同志办理。" if facts.is_self else None


def _no_avoidance(facts: Facts) -> str | None:
    return "您已声明和这位代表回避，请别的同志办理。" if facts.avoided else None


def _all_answered(facts: Facts) -> str | None:
    return f"还有 {facts.open_objections} 条异议没有答复。" if facts.open_objections else None


def _has_open(facts: Facts) -> str | None:
    return None if facts.open_objections else "没有等待答复的异议。"


def _is_decided(facts: Facts) -> str | None:
    return None if facts.decided else "还没有审定结果。"


def _not_decided(facts: Facts) -> str | None:
    return "已经审定，等代表签收。" if facts.decided else None


def _sign_over(facts: Facts) -> str | None:
    if facts.sign_by and facts.today > facts.sign_by:
        return None
    return "代表签收的时间还没有到期。"


S = State
BODY = (Role.PRESIDIUM, Role.OFFICE)
RESULTS = ("excellent", "competent", "basically_competent", "not_competent")
NEGATIVE = frozenset({"basically_competent", "not_competent"})
LAW = "代表法第五十八条：记录代表履职情况"

ASSESSMENT = Workflow("assessment", [
    act("generate", [S.ACCRUING], S.CONFIRMING, BODY, "生成年度档案", LAW, _november),
    act("confirm", [S.CONFIRMING], S.GROUP_VIEW, [Role.DEPUTY], "我核对过了", "参数 assessment.object_days",
        confirm="确认以后进入小组意见，不能再提异议。"),
    act("object", (S.CONFIRMING, S.OBJECTING), S.OBJECTING, [Role.DEPUTY], "提出异议", "参数 assessment.object_days", _in_time),
    act("answer", [S.OBJECTING], STAYS, BODY, "答复异议", "参数 assessment.review_days", _not_own, _no_avoidance,
        only=_has_open),
    act("follow_answers", [S.OBJECTING], S.GROUP_VIEW, [], "异议处理完", "参数 assessment.review_days", _all_answered),
    act("lapse", [S.CONFIRMING], S.GROUP_VIEW, [], "核对期满", "参数 assessment.object_days", _over),
    act("comment", [S.GROUP_VIEW], S.DECIDING, (Role.DEPUTY, *BODY), "写小组意见", "代表法第二十八条：代表小组", _not_own,
        _no_avoidance),
    act("decide", [S.DECIDING], STAYS, BODY, "审定", "本地约定：由人决定，写明理由", _not_own, _no_avoidance,
        only=_not_decided, confirm="审定后请代表签收；得分只供参考，结果由您决定。"),
    act("sign", [S.DECIDING], S.ARCHIVED, [Role.DEPUTY], "签收归档", LAW, _is_decided),
    act("archive", [S.DECIDING], S.ARCHIVED, BODY, "代表未签收，照章归档", "参数 assessment.sign_days", _sign_over, _not_own,
        _no_avoidance, only=_is_decided),
    act("reopen", [S.ARCHIVED], S.DECIDING, BODY, "重新审定", "本系统规则：记录更正后由人重看", _not_own, _no_avoidance),
    act("recalculate", (S.ACCRUING, S.CONFIRMING, S.OBJECTING, S.GROUP_VIEW, S.DECIDING, S.ARCHIVED), STAYS, [],
        "记录变动，重新计算", "本系统规则：变动留痕"),
])  # fmt: skip
DERIVED = frozenset({"follow_answers", "lapse", "recalculate"})
"""What follows by itself; nobody presses these."""
