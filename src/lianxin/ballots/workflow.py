"""The way of a vote on paper, from its preparation to its announcement. A pure table.

A vote belongs to the plenary meeting. Articles are those of the 地方组织法 (2022) and, by analogy, of the
选举法 (2020); what neither fixes is named as the meeting's own method of voting (票决办法) or a parameter.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lianxin.common.actor import Role
from lianxin.common.workflow import STAYS, Workflow, act


class State(StrEnum):
    """Where a vote stands."""

    PREPARING = "preparing"
    SIGNING_IN = "signing_in"
    QUORATE = "quorate"
    SUSPENDED = "suspended"
    VOTING = "voting"
    COUNTING = "counting"
    MATCHED = "matched"
    DECIDED = "decided"
    ANNOUNCED = "announced"
    VOID = "void"


PLAIN = {
    State.PREPARING: "筹备", State.SIGNING_IN: "签到", State.QUORATE: "到会够数", State.SUSPENDED: "人数不够，休会",
    State.VOTING: "发票投票", State.COUNTING: "计票", State.MATCHED: "核对一致", State.DECIDED: "待公布",
    State.ANNOUNCED: "已公布", State.VOID: "作废",
}  # fmt: skip
WAY = ("筹备", "签到", "发票", "计票", "核对", "结果", "公告")
PLACE_ON_WAY = {
    State.PREPARING: 0, State.SIGNING_IN: 1, State.SUSPENDED: 1, State.QUORATE: 2, State.VOTING: 2,
    State.COUNTING: 3, State.MATCHED: 4, State.DECIDED: 5, State.ANNOUNCED: 7, State.VOID: 3,
}  # fmt: skip
BEFORE_ISSUE = (State.PREPARING, State.SIGNING_IN, State.QUORATE, State.SUSPENDED)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the guards look at. Numbers of people and of papers, nothing of who voted what."""

    options: int = 0
    places: int = 1
    limits: bool = True
    surplus: bool = False
    method_passed: bool = False
    electorate: int = 0
    present: int = 0
    quorate: bool = False
    needed: int = 0
    tellers: int = 0
    scrutineers: int = 0
    scrutineers_needed: int = 1
    issued: int = 0
    returned: int = 0
    entered: bool = False
    differing: int = 0
    has_scan: bool = False
    again: bool = False
    followed: bool = False


def is_surplus(options: int, places: int) -> bool:
    """Say whether more stand than are chosen (差额票决)."""
    return options > places


def said_no_surplus(options: int, places: int) -> str:
    """Return the words for a vote that leaves nothing to choose."""
    return (
        f"民生实事要差额票决：选 {places} 项，列出的要多于 {places} 项，现在是 {options} 项。请改少应选数。"
    )


def _has_options(facts: Facts) -> str | None:
    if not facts.options:
        return "先写好要票决的各项，再开会。"
    if facts.limits and facts.options < facts.places:
        return f"要选 {facts.places} 项，现在只有 {facts.options} 项。请补上，或改少应选数。"
    if facts.surplus and not is_surplus(facts.options, facts.places):
        return said_no_surplus(facts.options, facts.places)
    return None


def _has_electorate(facts: Facts) -> str | None:
    return None if facts.electorate else "本级人大现在没有在任代表，不能开会。请先核对代表名册。"


def _quorate(facts: Facts) -> str | None:
    if facts.quorate:
        return None
    missing = facts.needed - facts.present
    return f"全体代表 {facts.electorate} 人，到会 {facts.present} 人，至少要 {facts.needed} 人，还差 {missing} 人。"


def _below_quorum(facts: Facts) -> str | None:
    return "到会人数还够，不用休会。" if facts.quorate else None


def _method_passed(facts: Facts) -> str | None:
    return None if facts.method_passed else "票决办法还没有通过。请先由大会表决通过，再发票。"


def _officers(facts: Facts) -> str | None:
    if facts.tellers < 2:
        return f"要有两名计票人分别录入，现在有 {facts.tellers} 名。"
    if facts.scrutineers < facts.scrutineers_needed:
        return f"要有至少 {facts.scrutineers_needed} 名监票人，现在有 {facts.scrutineers} 名。"
    return None


def _not_over_present(facts: Facts) -> str | None:
    if facts.issued < 1:
        return "请填发出了多少张票。"
    if facts.issued > facts.present:
        return f"发出 {facts.issued} 张票，超过到会 {facts.present} 人，请核对。"
    return None


def _not_over_issued(facts: Facts) -> str | None:
    if facts.returned <= facts.issued:
        return None
    return f"收回 {facts.returned} 张票，多于发出的 {facts.issued} 张，本次表决无效，应当重新投票。"


def _over_issued(facts: Facts) -> str | None:
    return None if facts.returned > facts.issued else "收回的票没有多于发出的票，不用宣布无效。"


def _all_entered(facts: Facts) -> str | None:
    return None if facts.entered else "两名计票人还没有都录完。"


def _agree(facts: Facts) -> str | None:
    return f"两份计票有 {facts.differing} 处不一样，要先重新清点。" if facts.differing else None


def _scanned(facts: Facts) -> str | None:
    return None if facts.has_scan else "请先上传监票人签了字的计票报告单。"


def _needs_round(facts: Facts) -> str | None:
    if not facts.again:
        return "这次票决已有完整结果，不用再投一轮。"
    return "再投一轮已经准备好了。" if facts.followed else None


def _not_followed(facts: Facts) -> str | None:
    return "重新投票已经准备好了。" if facts.followed else None


S = State
HOST = (Role.OFFICE, Role.PRESIDIUM)
TELLER = (Role.KEEPER, Role.OFFICE, Role.PRESIDIUM, Role.LEADER, Role.DEPUTY)
OWN_METHOD = "本次会议的票决办法"

BALLOT = Workflow("ballot", [
    act("change_method", BEFORE_ISSUE, STAYS, HOST, "改票决办法", "发出第一张票以后不能再改：本次会议的票决办法"),
    act("pass_method", (S.PREPARING, S.SIGNING_IN, S.QUORATE), STAYS, HOST, "记票决办法已通过", "陕西省票决制规定（2025）：差额票决，先通过票决办法", _has_options),
    act("appoint", (*BEFORE_ISSUE, S.VOTING), STAYS, HOST, "定计票人、监票人", "选举法（2020）第四十三条（参照）"),
    act("release", BEFORE_ISSUE, STAYS, HOST, "换人", "选举法（2020）第四十三条（参照）"),
    act("open", [S.PREPARING], S.SIGNING_IN, HOST, "开会，开始签到", "地方组织法（2022）第十四条：全体代表名册以开会时为准", _has_electorate, _has_options,
        confirm="开会以后，全体代表人数就定下来，不再变动。"),
    act("sign_in", (S.SIGNING_IN, S.QUORATE, S.SUSPENDED), STAYS, HOST, "记到会人数", "地方组织法（2022）第十四条"),
    act("ask_leave", (S.PREPARING, S.SIGNING_IN), STAYS, [Role.DEPUTY], "请假", "代表法（2025）第六十二条：不能出席会议的应当请假"),
    act("declare_quorum", (S.SIGNING_IN, S.SUSPENDED), S.QUORATE, HOST, "宣布到会够数", "地方组织法（2022）第十四条：三分之二以上代表出席", _quorate),
    act("lose_quorum", [S.QUORATE], S.SUSPENDED, [], "到会不够数", "地方组织法（2022）第十四条", _below_quorum),
    act("suspend", (S.SIGNING_IN, S.QUORATE, S.VOTING), S.SUSPENDED, HOST, "休会", "地方组织法（2022）第十四条",
        confirm="休会后，已经发出的票都不算，复会后重新发票。"),
    act("issue", [S.QUORATE], S.VOTING, HOST, "发票", "选举法（2020）第四十条（参照）：无记名投票", _quorate, _method_passed, _officers, _not_over_present,
        confirm="发出选票后，票决办法和各项都不能再改。"),
    act("close_box", (S.VOTING, S.COUNTING, S.MATCHED), S.COUNTING, HOST, "开箱清点", "选举法（2020）第四十四条（参照）：收回不多于发出", _not_over_issued),
    act("void_excess", (S.VOTING, S.COUNTING, S.MATCHED), S.VOID, [], "收回多于发出，无效", "选举法（2020）第四十四条（参照）", _over_issued),
    act("enter_sheet", [S.COUNTING], STAYS, TELLER, "录一捆", "选举法（2020）第四十三条（参照）；参数 ballot.tellers"),
    act("recount_batch", [S.COUNTING], STAYS, HOST, "这一捆重新清点", "选举法（2020）第四十三条（参照）：核对票数"),
    act("match", [S.COUNTING], S.MATCHED, [], "核对一致", "选举法（2020）第四十三条（参照）", _all_entered, _agree),
    act("decide", [S.MATCHED], S.DECIDED, HOST, "算出结果", "地方组织法（2022）第二十五条：全体代表过半数"),
    act("attach_scan", [S.DECIDED], STAYS, HOST, "上传签字的报告单", "选举法（2020）第四十三条（参照）：作出记录并签字"),
    act("announce", [S.DECIDED], S.ANNOUNCED, HOST, "公布结果", "选举法（2020）第四十六条（参照）：由大会主席团宣布", _scanned,
        confirm="公布后，各项的得票人人都能看到，不能再改。"),
    act("void", (S.VOTING, S.COUNTING, S.MATCHED, S.DECIDED), S.VOID, HOST, "宣布作废", OWN_METHOD,
        confirm="作废后，这次投的票都不算，要重新投票。"),
    act("next_round", [S.ANNOUNCED], STAYS, HOST, "再投一轮", "选举法（2020）第四十五条（参照）", _needs_round),
    act("start_anew", [S.VOID], STAYS, HOST, "重新投票", "选举法（2020）第四十四条（参照）", _not_followed),
])  # fmt: skip

BY_TELLER = frozenset({"enter_sheet"})
OVER = (State.ANNOUNCED, State.VOID)
