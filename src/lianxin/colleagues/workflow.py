"""Two tables: a question among deputies, and what becomes of a circular where it arrives."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lianxin.common.actor import Role
from lianxin.common.workflow import STAYS, Workflow, act

LINKS = "代表法（2025）第四十五条：运用代表履职网络平台加强联系"
PAPERS = "旬阳做法：市、镇人大之间的通知、文件、上报在网上收发，有回执"


class QuestionState(StrEnum):
    """Where a question stands."""

    OPEN = "open"
    ANSWERED = "answered"
    ACCEPTED = "accepted"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class QuestionFacts:
    """What the guards of a question look at."""

    is_asker: bool = False
    is_asked: bool = False


def _only_asker(facts: QuestionFacts) -> str | None:
    return None if facts.is_asker else "只有提问的代表可以这样做。"


def _only_asked(facts: QuestionFacts) -> str | None:
    return "这个问题问的是别的代表。" if not facts.is_asked or facts.is_asker else None


_WAITING = (QuestionState.OPEN, QuestionState.ANSWERED)
_BOTH = frozenset({Role.DEPUTY})

QUESTION = Workflow(
    "question",
    [
        act("answer", _WAITING, QuestionState.ANSWERED, _BOTH, "回答", LINKS, only=_only_asked),
        act(
            "accept",
            [QuestionState.ANSWERED],
            QuestionState.ACCEPTED,
            _BOTH,
            "这个回答有用",
            LINKS,
            only=_only_asker,
        ),
        act("close", _WAITING, QuestionState.CLOSED, _BOTH, "不用再答了", LINKS, only=_only_asker),
    ],
)


class ReceiptState(StrEnum):
    """What a receiver has done with a circular."""

    UNREAD = "unread"
    READ = "read"
    DONE = "done"
    REPLIED = "replied"


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """What the guards of a receipt look at: what the sender has asked for."""

    wants: str = "read"
    withdrawn: bool = False


def _live(facts: ReceiptFacts) -> str | None:
    return "发文的单位已经收回这份文件。" if facts.withdrawn else None


def _wants_done(facts: ReceiptFacts) -> str | None:
    return None if facts.wants == "done" else "这份文件不要求报「已办」。"


def _wants_reply(facts: ReceiptFacts) -> str | None:
    return None if facts.wants == "reply" else "这份文件不要求回复。"


RECEIVERS = (Role.PRESIDIUM, Role.KEEPER, Role.OFFICE)
RECEIPT = Workflow(
    "receipt",
    [
        act("read", [ReceiptState.UNREAD], ReceiptState.READ, RECEIVERS, "已阅", PAPERS, _live),
        act(
            "finish",
            [ReceiptState.READ],
            ReceiptState.DONE,
            RECEIVERS,
            "已办",
            PAPERS,
            _live,
            only=_wants_done,
        ),
        act(
            "reply",
            [ReceiptState.READ, ReceiptState.REPLIED],
            ReceiptState.REPLIED,
            RECEIVERS,
            "回复",
            PAPERS,
            _live,
            only=_wants_reply,
        ),
    ],
)
MET = {"read": ReceiptState.READ, "done": ReceiptState.DONE, "reply": ReceiptState.REPLIED}
"""The state in which a receiver has done what was asked."""

CIRCULAR = Workflow(
    "circular",
    [
        act("urge", ["sent"], STAYS, RECEIVERS, "催一下没回的", PAPERS),
        act("withdraw", ["sent"], "withdrawn", RECEIVERS, "收回", PAPERS),
    ],
)
