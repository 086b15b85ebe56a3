"""A 代表知情议政会 and its items: two tables. Pure.

At the first one (August 2021) twelve deputies and five heads of departments spoke of 42 items: 8 were
answered in the hall, 34 were handed over afterwards by formal paper. A forum closes only when that sum is right.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lianxin.common.actor import Role
from lianxin.common.workflow import STAYS, Workflow, act


class State(StrEnum):
    """Progress of a forum."""

    PREPARING = "preparing"
    NOTIFIED = "notified"
    RUNNING = "running"
    CHECKING = "checking"
    CLOSED = "closed"
    HANDED_OVER = "handed_over"
    FOLLOWED = "followed"


class ItemState(StrEnum):
    """Progress of one item of a forum."""

    NOTED = "noted"
    ANSWERED = "answered"
    ON_SPOT = "on_spot"
    AFTER = "after"
    HANDED_OVER = "handed_over"
    REPLIED = "replied"
    DISSATISFIED = "dissatisfied"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the guards of a forum look at."""

    today: date
    held_on: date
    deputies: int = 0
    units: int = 0
    items: int = 0
    problems: tuple[str, ...] = ()
    has_minutes: bool = False
    own_minutes: bool = False
    unanswered: int = 0
    unrated: int = 0
    dissatisfied: int = 0
    follow_on: date | None = None


def _roster(facts: Facts) -> str | None:
    if facts.deputies and facts.units:
        return None
    return "名单还不全：至少要有一位代表和一个部门，才能发通知。"


def _not_over(facts: Facts) -> str | None:
    return None if facts.today <= facts.held_on else "开会的日子已经过了，请先改日期。"


def _day_has_come(facts: Facts) -> str | None:
    return None if facts.today >= facts.held_on else f"还没到开会那天（{facts.held_on}）。"


def _something_said(facts: Facts) -> str | None:
    return None if facts.items else "台账上还没有意见，不能结束记录。"


def _sums_up(facts: Facts) -> str | None:
    return "；".join(facts.problems) + "。" if facts.problems else None


def _minutes(facts: Facts) -> str | None:
    return None if facts.has_minutes else "还没有会议纪要，请先起草。"


def _second_person(facts: Facts) -> str | None:
    return "纪要是您起草的，要由另一位主持人确认。" if facts.own_minutes else None


def _none_left_dissatisfied(facts: Facts) -> str | None:
    if not facts.dissatisfied:
        return None
    return f"还有 {facts.dissatisfied} 件代表不满意，要先交回部门重办，不能结束回访。"


def _replied_and_rated(facts: Facts) -> str | None:
    if not facts.unanswered and not facts.unrated:
        return None
    if facts.follow_on and facts.today >= facts.follow_on:
        return None
    return (
        f"还有 {facts.unanswered} 件没有答复、{facts.unrated} 件没有评价；"
        f"到 {facts.follow_on or '回访日'} 再回访，或等办齐。"
    )


HOSTS = (Role.OFFICE, Role.PRESIDIUM)
CHAIRS = (Role.LEADER, Role.PRESIDIUM)
UNIT = (Role.UNIT_HEAD, Role.UNIT_CLERK)
GUESTS = (Role.DEPUTY, *UNIT)
KNOW = "代表法（2025）第三十一条：了解情况、提出意见；议政会办法：本地制度"
S = State

FORUM = Workflow("forum", [
    act("set_roster", (S.PREPARING, S.NOTIFIED), STAYS, HOSTS, "定名单", "议政会办法：本地制度"),
    act("add_paper", (S.PREPARING, S.NOTIFIED), STAYS, HOSTS, "放资料", KNOW),
    act("notify", [S.PREPARING], S.NOTIFIED, HOSTS, "发通知", "议政会办法：本地制度", _roster, _not_over),
    act("read_papers", (S.NOTIFIED, S.RUNNING), STAYS, GUESTS, "资料看过了", KNOW),
    act("ask_ahead", [S.NOTIFIED], STAYS, [Role.DEPUTY], "会前提问", KNOW),
    act("begin", [S.NOTIFIED], S.RUNNING, HOSTS, "开始签到和记录", "议政会办法：本地制度", _day_has_come),
    act("sign_in", [S.RUNNING], STAYS, (*HOSTS, *UNIT), "部门签到", "议政会办法：本地制度"),
    act("stand_in", [S.RUNNING], STAYS, HOSTS, "临时替换代表", "议政会办法：本地制度"),
    act("leave", [S.RUNNING], STAYS, HOSTS, "提前离场", "议政会办法：本地制度",
        confirm="这个部门还没有答复的意见都会转为会后书面答复。"),
    act("note_item", [S.RUNNING], STAYS, HOSTS, "记一件", KNOW),
    act("end", [S.RUNNING], S.CHECKING, HOSTS, "结束记录，去核对", "议政会办法：本地制度", _something_said),
    act("resume", [S.CHECKING], S.RUNNING, HOSTS, "接着记", "议政会办法：本地制度"),
    act("draft_minutes", [S.CHECKING], STAYS, HOSTS, "存纪要稿", "代表法（2025）第五十八条：记录履职情况"),
    act("close", [S.CHECKING], S.CLOSED, CHAIRS, "确认纪要，闭会", "每件都有结果才闭会：本地制度",
        _sums_up, _minutes, _second_person, confirm="确认以后台账和纪要不能再改，会后书面的意见可以转办。"),
    act("hand_over", [S.CLOSED], S.HANDED_OVER, HOSTS, "转办", "青岛规定第三十二条（参照）；参数 activity_opinion.reply_months",
        confirm="每个部门发一份转办函，附意见清单；发出后不能收回。"),
    act("follow_up", [S.HANDED_OVER], S.FOLLOWED, HOSTS, "完成回访", "参数 forum.follow_up_months",
        _none_left_dissatisfied, _replied_and_rated),
])  # fmt: skip

LIVE = (S.RUNNING, S.CHECKING)
"""While items may still change."""


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """What the guards of an item look at: where its forum stands, which departments it is for."""

    forum: State
    units: int = 1
    others_open: int = 0
    rated: bool = False
    round: int = 1


def _live(facts: ItemFacts) -> str | None:
    return None if facts.forum in LIVE else "会已经闭了，台账不能再改。"


def _has_unit(facts: ItemFacts) -> str | None:
    return None if facts.units else "这一件还没有指向部门，请先补上部门。"


def _others_answered(facts: ItemFacts) -> str | None:
    return f"还有 {facts.others_open} 个部门没有答复这一件。" if facts.others_open else None


def _closed(facts: ItemFacts) -> str | None:
    return None if facts.forum not in LIVE else "会还没有闭，不能转办。"


def _not_rated(facts: ItemFacts) -> str | None:
    return "这一件已经评价过了。" if facts.rated else None


def _first_reply(facts: ItemFacts) -> str | None:
    return None if facts.round == 1 else "这一件已经重办过一次，请直接记下评价。"


I = ItemState  # noqa: E741 - the table reads better
BEFORE = (I.NOTED, I.ANSWERED, I.AFTER)
WORD = (Role.DEPUTY, *HOSTS)
"""The deputy says it on his telephone, or aloud and the recorder notes it."""

ITEM = Workflow("forum_item", [
    act("amend", (I.NOTED, I.ANSWERED), STAYS, HOSTS, "改一改", "议政会办法：本地制度", _live),
    act("answer_part", [I.NOTED], STAYS, UNIT, "答复本部门的部分", KNOW, _live),
    act("answer", [I.NOTED], I.ANSWERED, UNIT, "现场答复", KNOW, _live, _has_unit, _others_answered),
    act("defer", [I.NOTED], I.AFTER, UNIT, "会后书面", KNOW, _live),
    act("force", [I.NOTED], I.AFTER, HOSTS, "转会后", "负责人离场：本地制度", _live, _has_unit),
    act("accept", [I.ANSWERED], I.ON_SPOT, WORD, "认可", "代表认可才算现场答复：本地制度", _live),
    act("deny", [I.ANSWERED], I.AFTER, WORD, "不认可，转会后", "代表认可才算现场答复：本地制度", _live),
    act("link", BEFORE, I.AFTER, HOSTS, "并入已有建议", "同一件事不发第二份函：本地制度", _live, _has_unit),
    act("hand_over", [I.AFTER], I.HANDED_OVER, [], "转办", "参数 activity_opinion.reply_months", _closed),
    act("reply", [I.HANDED_OVER], I.REPLIED, [], "书面答复", "参数 activity_opinion.reply_months"),
    act("rate", (I.REPLIED,), STAYS, [Role.DEPUTY], "评价", "答复由代表评价：本地制度；参数 forum.rate_workdays", _not_rated),
    act("refuse", [I.REPLIED], I.DISSATISFIED, [Role.DEPUTY], "不满意，要重办", "答复不满意的要重办：代表法（2025）第五十一条（参照）",
        _not_rated, _first_reply),
    act("order_again", [I.DISSATISFIED], I.HANDED_OVER, HOSTS, "交回重办", "参数 forum.rehandle_months、forum.rehandle_order_workdays",
        confirm="给部门发第二份转办函，写明代表不满意的原因和新的期限；发出后不能收回。"),
])  # fmt: skip

SPOT = frozenset({I.ON_SPOT})
WRITTEN = frozenset({I.AFTER, I.HANDED_OVER, I.REPLIED, I.DISSATISFIED})
