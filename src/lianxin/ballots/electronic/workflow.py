"""The way of a trial by machine, from the scrutineers' keys to its publication. A pure table.

The paper alone counts. Whatever fails leads to one act that is always open: abandon, vote on paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lianxin.ballots.workflow import HOST, TELLER
from lianxin.ballots.workflow import State as Paper
from lianxin.common.workflow import STAYS, Workflow, act


class State(StrEnum):
    """Where a trial stands."""

    KEYS = "keys"
    CARDS = "cards"
    READY = "ready"
    OPEN = "open"
    CLOSED = "closed"
    UNSEALED = "unsealed"
    PUBLISHED = "published"
    ABANDONED = "abandoned"


WAY = ("制钥匙", "印码卡", "开投", "投票", "开锁", "公布")
PLACE_ON_WAY = {
    State.KEYS: 0, State.CARDS: 1, State.READY: 2, State.OPEN: 3, State.CLOSED: 4, State.UNSEALED: 5,
    State.PUBLISHED: 6, State.ABANDONED: 6,
}  # fmt: skip
AT_WORK = (State.KEYS, State.CARDS, State.READY, State.OPEN, State.CLOSED, State.UNSEALED)
ON_BOARD = (State.CLOSED, State.UNSEALED, State.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the guards look at: numbers and the paper's stage."""

    paper: str = Paper.PREPARING
    electorate: int = 0
    cards: int = 0
    threshold: int = 1
    shares: int = 0
    missing_parts: int = 0


def _parts_are_there(facts: Facts) -> str | None:
    return f"还有 {facts.missing_parts} 份没有交齐。" if facts.missing_parts else None


def _before_issue(facts: Facts) -> str | None:
    if facts.paper in {Paper.PREPARING, Paper.SIGNING_IN, Paper.QUORATE, Paper.SUSPENDED}:
        return None
    return "选票已经发出，码卡不能再换。"


def _one_card_each(facts: Facts) -> str | None:
    if not facts.electorate:
        return "本级人大现在没有在任代表，不能印码卡。请先核对代表名册。"
    if facts.cards == facts.electorate:
        return None
    return f"全体代表 {facts.electorate} 人，码卡要正好 {facts.electorate} 张，这份有 {facts.cards} 张。"


def _papers_are_out(facts: Facts) -> str | None:
    return (
        None
        if facts.paper == Paper.VOTING
        else "纸质选票发出以后才能开投：电子试用和纸票同时投，每人都要投纸票。"
    )


def _enough_shares(facts: Facts) -> str | None:
    left = facts.threshold - facts.shares
    return f"要 {facts.threshold} 名监票人一起开锁，还差 {left} 名。" if left > 0 else None


def _paper_is_announced(facts: Facts) -> str | None:
    return None if facts.paper == Paper.ANNOUNCED else "纸票结果公布以后，才能公布电子试用的结果。"


S = State
TRUSTEE = TELLER
NO_NAMES = "选举法（2020）第四十条（参照）：无记名投票"
OWN = "本地设定：电子试用以纸票为准"

TRIAL = Workflow("trial", [
    act("give_part", [S.KEYS], STAYS, TRUSTEE, "交钥匙材料", "参数 ballot.trustees"),
    act("join_keys", [S.KEYS], S.CARDS, [], "钥匙制成", "参数 ballot.trustees", _parts_are_there),
    act("take_cards", (S.CARDS, S.READY), S.READY, HOST, "登记码卡", NO_NAMES, _before_issue, _one_card_each,
        confirm="码卡由离线的机器印出，这里只收公开部分。重新登记，以前印的码卡全部作废。"),
    act("open", [S.READY], S.OPEN, HOST, "开投", OWN, _papers_are_out,
        confirm="开投以后，各项和码卡都不能再改。"),
    act("close", [S.OPEN], S.CLOSED, HOST, "停止投票", OWN,
        confirm="停止以后不再收票。公示板随即公开，任何人都能查验。"),
    act("give_share", [S.CLOSED], STAYS, TRUSTEE, "交开锁材料", "参数 ballot.trustees_needed"),
    act("unseal", [S.CLOSED], S.UNSEALED, [], "够数开锁", "参数 ballot.trustees_needed", _enough_shares),
    act("publish", [S.UNSEALED], S.PUBLISHED, HOST, "公布试用结果", OWN, _paper_is_announced,
        confirm="公布后，任何人都能下载公示板查验。纸票结果不受影响。"),
    act("abandon", AT_WORK, S.ABANDONED, HOST, "停用，只用纸票", OWN,
        confirm="停用以后不能恢复。纸票照常投、照常计。"),
])  # fmt: skip

BY_TRUSTEE = frozenset({"give_part", "give_share"})
