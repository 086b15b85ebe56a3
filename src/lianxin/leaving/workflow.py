"""离任移交: one leaving, and each thing that needs a receiver. Two pure tables.

A receiver is named by the presidium or the office and says himself whether he takes it; nothing moves
before everything has a receiver who has said yes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lianxin.common.actor import Role
from lianxin.common.workflow import STAYS, Workflow, act


class State(StrEnum):
    """Progress of one leaving."""

    OPEN = "open"
    FINISHED = "finished"
    CANCELLED = "cancelled"


class Item(StrEnum):
    """Progress of one thing to hand on."""

    WAITING = "waiting"
    ASKED = "asked"
    ACCEPTED = "accepted"
    DONE = "done"
    OVER = "over"


class Kind(StrEnum):
    """What is handed on."""

    HOUSEHOLD = "household"
    RELATION = "relation"
    GRID = "grid"
    GROUP = "group"
    VILLAGE = "village"
    TURN = "turn"
    PLEDGE = "pledge"
    SUGGESTION = "suggestion"
    MEETING = "meeting"
    POST = "post"


WITH_BODY = frozenset({Kind.SUGGESTION, Kind.MEETING, Kind.PLEDGE})
"""What the body itself may go on with where no deputy takes it over."""
COVERED = frozenset({Kind.HOUSEHOLD, Kind.RELATION})
"""What somebody can look after for the time being."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the guards of one leaving look at."""

    without_receiver: int = 0
    unconfirmed: int = 0


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """What the guards of one thing look at; `unfit` says why the named receiver does not suit."""

    kind: str
    is_leaver: bool = False
    in_office: bool = True
    unfit: str = ""


def _all_named(facts: Facts) -> str | None:
    return f"还有 {facts.without_receiver} 项没有接手人，请先定好人。" if facts.without_receiver else None


def _all_confirmed(facts: Facts) -> str | None:
    return f"还有 {facts.unconfirmed} 项等接手人确认。" if facts.unconfirmed else None


def _somebody_else(facts: ItemFacts) -> str | None:
    return "离任的人不能接自己的事，请另选一位。" if facts.is_leaver else None


def _sits(facts: ItemFacts) -> str | None:
    return None if facts.in_office else "这位代表现在不在任，请另选一位。"


def _fits(facts: ItemFacts) -> str | None:
    return facts.unfit or None


def _body_can(facts: ItemFacts) -> str | None:
    return None if facts.kind in WITH_BODY else "这一项要有人接手，不能由机关代办。"


def _can_be_covered(facts: ItemFacts) -> str | None:
    return None if facts.kind in COVERED else "只有结对联系可以请人临时联系。"


S, I = State, Item  # noqa: E741 - the table reads I as the item it is about
TOWN = (Role.PRESIDIUM, Role.OFFICE)
RECEIVERS = (Role.DEPUTY, Role.LEADER, Role.KEEPER, Role.GRID_WORKER)
LAW = "代表法第六十二条：代表资格终止"
OWN = "联系群众工作制度（2016）第五条：离任即交接"
BOTH = "本系统规则：接手人自己确认"

LEAVING = Workflow("leaving", [
    act("refresh", [S.OPEN], STAYS, TOWN, "重新清点", OWN),
    act("finish", [S.OPEN], S.FINISHED, TOWN, "办结移交", LAW, _all_named, _all_confirmed,
        confirm="办结后各项转到接手人名下，双方和结对的户都会收到告知。"),
    act("cancel", [S.OPEN], S.CANCELLED, TOWN, "不移交了", "本系统规则：写明原因"),
])  # fmt: skip

ITEM = Workflow("leaving_item", [
    act("name_receiver", (I.WAITING, I.ASKED, I.ACCEPTED), I.ASKED, TOWN, "请他接手", OWN, _somebody_else, _sits, _fits),
    act("keep_with_body", (I.WAITING, I.ASKED), I.ACCEPTED, TOWN, "由本机关接着办", OWN, only=_body_can),
    act("cover", (I.WAITING, I.ASKED), STAYS, TOWN, "请人临时联系", OWN, _somebody_else, _sits, only=_can_be_covered),
    act("accept", [I.ASKED], I.ACCEPTED, RECEIVERS, "接手", BOTH),
    act("decline", [I.ASKED], I.WAITING, RECEIVERS, "不能接手", BOTH),
    act("follow_finish", [I.ACCEPTED], I.DONE, [], "已移交", OWN),
    act("follow_over", (I.WAITING, I.ASKED, I.ACCEPTED), I.OVER, [], "已了结", OWN),
])  # fmt: skip

STANDING = (Item.WAITING, Item.ASKED, Item.ACCEPTED)
