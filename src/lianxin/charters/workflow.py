"""The way of a charter or covenant from its draft to the town's file. A pure table.

Articles are those of the 2018 text of the 村民委员会组织法. Residents' communities (社区) have their own
law, whose text is not entered: for them the meeting is only recorded (`is_community`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lianxin.common.actor import Role
from lianxin.common.workflow import STAYS, Workflow, act


class Kind(StrEnum):
    """The two texts of a village."""

    CHARTER = "charter"
    COVENANT = "covenant"


class State(StrEnum):
    """Progress of one version of a text."""

    DRAFT = "draft"
    COMMENTING = "commenting"
    CHECKING = "checking"
    TO_VOTE = "to_vote"
    ADOPTED = "adopted"
    TO_FILE = "to_file"
    FILED = "filed"
    CORRECTION = "correction"


PLAIN = {
    State.DRAFT: "起草", State.COMMENTING: "征求意见", State.CHECKING: "预审", State.TO_VOTE: "待表决",
    State.ADOPTED: "已通过", State.TO_FILE: "待备案", State.FILED: "已备案", State.CORRECTION: "责令改正",
}  # fmt: skip
WAY = tuple(PLAIN)[:-1]
OPEN = (State.DRAFT, State.COMMENTING, State.CHECKING, State.TO_VOTE, State.ADOPTED)
"""States in which the next version is still being made: a village has one of each kind at a time."""
IN_FORCE = (State.TO_FILE, State.FILED)
"""Published: in force from its day on. Filing reports to the town, it does not make the text."""
READABLE = (State.COMMENTING, *IN_FORCE)
"""What everybody may read without signing in."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the guards look at."""

    today: date
    clauses: int = 0
    unanswered_hints: int = 0
    without_reason: int = 0
    comment_until: date | None = None
    comment_days: int = 7
    planned_until: date | None = None
    open_comments: int = 0
    effective_on: date | None = None
    is_sent: bool = False


def _has_clauses(facts: Facts) -> str | None:
    return None if facts.clauses else "还没有条款，请先写几条再往下走。"


def _hints_answered(facts: Facts) -> str | None:
    many = facts.unanswered_hints
    return f"还有 {many} 条有合法性提示。请改掉，或写明为什么可以保留。" if many else None


def _reasons_given(facts: Facts) -> str | None:
    many = facts.without_reason
    return f"还有 {many} 条改动没有写理由，请补上。" if many else None


def _long_enough(facts: Facts) -> str | None:
    if facts.planned_until is None or (facts.planned_until - facts.today).days >= facts.comment_days:
        return None
    return f"征求意见至少 {facts.comment_days} 天，请把截止日往后推。"


def _not_while_read(facts: Facts) -> str | None:
    if facts.comment_until is None or facts.today > facts.comment_until:
        return None
    return f"正在征求意见，文字不能动；{facts.comment_until}以后再按意见修改。"


def _still_open(facts: Facts) -> str | None:
    over = facts.comment_until is not None and facts.today > facts.comment_until
    return f"征求意见已经在 {facts.comment_until} 结束。" if over else None


def _heard(facts: Facts) -> str | None:
    if facts.comment_until is None:
        return "还没有征求过意见，不能送预审。"
    over = facts.today > facts.comment_until
    return None if over else f"征求意见到 {facts.comment_until} 为止，期满以后再送预审。"


def _all_settled(facts: Facts) -> str | None:
    return f"还有 {facts.open_comments} 条意见没有写怎么处理。" if facts.open_comments else None


def _not_backdated(facts: Facts) -> str | None:
    early = facts.effective_on is not None and facts.effective_on < facts.today
    return "生效日不能早于公布那天。" if early else None


def _not_sent(facts: Facts) -> str | None:
    return "已经报镇了，等镇里备案。" if facts.is_sent else None


def _sent(facts: Facts) -> str | None:
    return None if facts.is_sent else "村里还没有报来备案。"


S = State
VILLAGE, TOWN = (Role.VILLAGE,), (Role.PRESIDIUM,)
LAW_27 = "村民委员会组织法（2018）第二十七条"
GUIDE = "民政部等七部门《关于做好村规民约和居民公约工作的指导意见》（2018）"

CHARTERS = Workflow("charter", [
    act("edit", (S.DRAFT, S.COMMENTING), STAYS, VILLAGE, "改条款", LAW_27, _not_while_read),
    act("open_comments", [S.DRAFT], S.COMMENTING, VILLAGE, "征求意见", f"{GUIDE}：征集民意；参数 charter.comment_days",
        _has_clauses, _reasons_given, _hints_answered, _long_enough,
        confirm="公开以后，群众不用登录就能逐条提意见；期满以前文字不能再改。"),
    act("comment", [S.COMMENTING], STAYS, [], "提意见", GUIDE, _still_open),
    act("paper_comment", [S.COMMENTING], STAYS, VILLAGE, "录纸质意见", f"{GUIDE}：不用手机的人同样算数"),
    act("settle", (S.COMMENTING, S.DRAFT), STAYS, VILLAGE, "写处理结果", GUIDE),
    act("ask_check", (S.COMMENTING, S.DRAFT), S.CHECKING, VILLAGE, "送镇预审", f"{GUIDE}：提请乡镇审核",
        _heard, _all_settled, _reasons_given, _hints_answered),
    act("check_pass", [S.CHECKING], S.TO_VOTE, TOWN, "预审通过", f"{GUIDE}：提请乡镇审核"),
    act("check_return", [S.CHECKING], S.DRAFT, TOWN, "退回改正", f"{LAW_27}：不得与法律相抵触，不得侵犯村民权利"),
    act("record_vote", [S.TO_VOTE], S.ADOPTED, VILLAGE, "登记表决", f"{LAW_27}：由村民会议制定和修改"),
    act("vote_failed", [S.TO_VOTE], STAYS, VILLAGE, "登记没有开成", "村民委员会组织法（2018）第二十二条"),
    act("redraft", [S.TO_VOTE], S.DRAFT, VILLAGE, "拿回来修改", LAW_27),
    act("publish", [S.ADOPTED], S.TO_FILE, VILLAGE, "公布", f"{GUIDE}：备案公布", _not_backdated,
        confirm="公布以后人人都能看到；生效日以前，旧版仍然有效。"),
    act("send", [S.TO_FILE], STAYS, VILLAGE, "报镇备案", f"{LAW_27}；参数 charter.filing_days", _not_sent),
    act("file", [S.TO_FILE], S.FILED, TOWN, "予以备案", f"{LAW_27}：报乡镇人民政府备案", _sent),
    act("order_correction", (S.TO_FILE, S.FILED), S.CORRECTION, TOWN, "责令改正",
        f"{LAW_27}：由乡镇人民政府责令改正；参数 charter.correction_days", _sent,
        confirm="责令改正以后这一版不再有效，旧版接着有效，直到新版生效。"),
])  # fmt: skip

BY_RESIDENT = frozenset({"comment"})
