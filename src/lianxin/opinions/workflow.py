"""An opinion's way through a station: one table, after domain of 社情民意 (信访工作条例 where it binds).

A deputy does not decide the matter himself (代表法第三十一条): every way ends with an answer of
the station or the competent organ.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lianxin.common.actor import Role
from lianxin.common.workflow import STAYS, Workflow, act


class State(StrEnum):
    """Progress; outcome and visibility are axes of their own."""

    NEW = "new"
    NEED_MORE = "need_more"
    RECORDED = "recorded"
    SORTED = "sorted"
    TRANSFERRED = "transferred"
    OBJECTED = "objected"
    REPLIED = "replied"
    ANSWERED = "answered"
    CONVERTED = "converted"
    MERGED = "merged"
    FED_BACK = "fed_back"
    RATED = "rated"
    CLOSED = "closed"
    GUIDED = "guided"
    INVALID = "invalid"
    WITHDRAWN = "withdrawn"


PLAIN = {
    State.NEW: "收到了", State.NEED_MORE: "想请您再补充一点", State.RECORDED: "在核实", State.SORTED: "在核实",
    State.TRANSFERRED: "交给有关单位在办", State.OBJECTED: "正在换一个单位来办", State.REPLIED: "有答复了",
    State.ANSWERED: "有答复了", State.CONVERTED: "代表写进了建议", State.MERGED: "和同样的事一起在办",
    State.FED_BACK: "有答复了", State.RATED: "您已评价", State.CLOSED: "办完了", State.GUIDED: "告诉了您该找哪里",
    State.INVALID: "没有受理，已说明原因", State.WITHDRAWN: "您已撤回",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facts:
    """What the guards look at."""

    today: date
    outgoing_checked: bool = False
    sealed: bool = False
    reopened: int = 0
    fed_back_on: date | None = None
    reopen_days: int = 30
    about_cadre: bool = False
    can_rise: bool = True
    is_voice: bool = False
    live_parts: int = 0
    consents: bool = False
    is_public: bool = False


def _checked(facts: Facts) -> str | None:
    return None if facts.outgoing_checked else "请先核对「转出稿」，确认没有能认出群众的内容，再转办。"


def _not_sealed(facts: Facts) -> str | None:
    return "这是举报类密件，不能转给有关单位（信访工作条例第三十条）。" if facts.sealed else None


def _may_reopen(facts: Facts) -> str | None:
    if facts.reopened:
        return "这件事已经重新办过一次。还没解决的，请到联络站当面说，或再说一件。"
    if facts.fed_back_on and (facts.today - facts.fed_back_on).days > facts.reopen_days:
        return f"答复已超过 {facts.reopen_days} 天，请再说一件，我们会和原来的合在一起办。"
    return None


def _can_rise(facts: Facts) -> str | None:
    return None if facts.can_rise else "已经在市级联络站，不能再上报。"


def _is_voice(facts: Facts) -> str | None:
    return None if facts.is_voice else "这件民情不是录音，不用听写。"


def _somebody_works_on(facts: Facts) -> str | None:
    return None if facts.live_parts else "没有别的单位在办，请转给另一个单位，或收回本站办理。"


def _nobody_works_on(facts: Facts) -> str | None:
    return "还有单位在办，不能收回；请先同意退办，或由其余单位继续办。" if facts.live_parts else None


def _over(facts: Facts) -> str | None:
    if facts.fed_back_on and (facts.today - facts.fed_back_on).days > facts.reopen_days:
        return None
    return f"反馈后满 {facts.reopen_days} 天才自动办结。"


def _consents(facts: Facts) -> str | None:
    return None if facts.consents else "本人没有同意公开，不能公开。"


def _is_public(facts: Facts) -> str | None:
    return None if facts.is_public else "这件民情没有公开。"


S = State
STAFF = (Role.KEEPER, Role.PRESIDIUM, Role.OFFICE)
DESK = (S.RECORDED, S.SORTED)
LIVE = (S.NEW, S.NEED_MORE, *DESK, S.TRANSFERRED, S.OBJECTED, S.REPLIED, S.ANSWERED, S.CONVERTED, S.MERGED)
PUBLISHABLE = (
    *DESK,
    S.TRANSFERRED,
    S.OBJECTED,
    S.REPLIED,
    S.ANSWERED,
    S.CONVERTED,
    S.FED_BACK,
    S.RATED,
    S.CLOSED,
)

OPINION = Workflow("opinion", [
    act("accept", [S.NEW, S.NEED_MORE], S.RECORDED, (*STAFF, Role.GRID_WORKER), "受理", "参数 opinion.sort_workdays"),
    act("ask_more", [S.NEW, S.RECORDED], S.NEED_MORE, STAFF, "请补充", "信访工作条例第十九条：如实记录"),
    act("give_more", [S.NEED_MORE], S.RECORDED, [], "补充", "信访工作条例第十九条"),
    act("check_outgoing", (*DESK, S.OBJECTED), STAYS, STAFF, "核转出稿", "信访工作条例第三十条；个人信息保护法第五十一条",
        _not_sealed),
    act("write_down", (S.NEW, *DESK), STAYS, STAFF, "听写录音", "信访工作条例第十九条：如实记录", only=_is_voice),
    act("take_up", [S.RECORDED], S.SORTED, STAFF, "站内协调", "联络站制度；参数 opinion.sort_workdays"),
    act("answer", DESK, S.ANSWERED, STAFF, "当场答复", "联络站制度：政策解答、已知情况"),
    act("transfer", (*DESK, S.OBJECTED), S.TRANSFERRED, STAFF, "转办", "参数 opinion.reply_months、opinion.object_workdays",
        _checked, _not_sealed, confirm="转办后单位只看到转出稿，看不到是谁说的。"),
    act("follow_object", [S.TRANSFERRED], S.OBJECTED, [], "单位异议", "信访工作条例第二十三条：五个工作日内提出"),
    act("follow_kept", [S.OBJECTED], S.TRANSFERRED, [], "原单位继续办", "信访工作条例第二十三条"),
    act("go_on", [S.OBJECTED], S.TRANSFERRED, STAFF, "由其余单位继续办", "信访工作条例第二十三条", only=_somebody_works_on),
    act("take_back", [S.OBJECTED], S.RECORDED, STAFF, "收回本站办理", "信访工作条例第二十三条", only=_nobody_works_on),
    act("follow_reply", [S.TRANSFERRED], S.REPLIED, [], "单位答复", "参数 opinion.reply_months"),
    act("follow_correction", (S.REPLIED, S.FED_BACK, S.RATED, S.CLOSED), S.REPLIED, [], "单位更正答复", "旧答复保留：本系统规则"),
    act("convert", (*DESK, S.MERGED), S.CONVERTED, [], "转为建议", "代表法第二十四、三十六条：由代表提出", _not_sealed),
    act("follow_suggestion", [S.CONVERTED], S.FED_BACK, [], "建议已答复", "代表法第五十一条"),
    act("follow_suggestion_again", (S.FED_BACK, S.RATED, S.CLOSED), S.FED_BACK, [], "建议又有新答复", "代表法第五十一条"),
    act("unlink", [S.CONVERTED], S.RECORDED, [], "建议未成立", "本系统规则：回到原来的办理"),
    act("offer", DESK, STAYS, STAFF, "请代表看", "代表法第三十一条：反映群众意见", _not_sealed),
    act("to_project", DESK, S.CLOSED, STAFF, "进项目库", "陕西省民生实事项目票决制规定：征集", _not_sealed),
    act("guide", (S.NEW, S.NEED_MORE, *DESK), S.GUIDED, STAFF, "引导", "信访工作条例：申诉求决、诉讼、举报走法定途径"),
    act("refuse", (S.NEW, S.NEED_MORE, *DESK), S.INVALID, STAFF, "不予受理", "联络站制度：写明理由和去向"),
    act("report_urgent", (S.NEW, *DESK), STAYS, STAFF, "紧急报告", "信访工作条例第二十五条：当日报告"),
    act("merge", DESK, S.MERGED, STAFF, "合并", "本系统规则：可撤销，逐一告知", _not_sealed),
    act("unmerge", [S.MERGED], S.RECORDED, STAFF, "拆开", "本系统规则：合并可撤销"),
    act("follow_lead", [S.MERGED], S.FED_BACK, [], "同件已答复", "本系统规则：答复送达每一位"),
    act("follow_end", [S.MERGED], S.CLOSED, [], "同件已了结", "本系统规则：去向告知每一位"),
    act("follow_release", [S.MERGED], S.RECORDED, [], "单独办理", "本系统规则：并到的那件已撤回"),
    act("escalate", DESK, STAYS, STAFF, "上报", "三级联络站网格化体系", only=_can_rise),
    act("send_down", DESK, STAYS, STAFF, "下派", "三级联络站网格化体系"),
    act("consult", (*DESK, S.TRANSFERRED, S.OBJECTED), STAYS, STAFF, "会商", "三级联络站网格化体系", _not_sealed),
    act("give_view", (*DESK, S.TRANSFERRED, S.OBJECTED), STAYS, STAFF, "说会商意见", "三级联络站网格化体系", _not_sealed),
    act("feed_back", (S.REPLIED, S.ANSWERED), S.FED_BACK, STAFF, "反馈", "参数 opinion.feedback_workdays"),
    act("evaluate", (S.FED_BACK, S.RATED, S.CLOSED), S.RATED, [], "评价", "群众评价：本系统规则"),
    act("close", (S.FED_BACK, S.RATED), S.CLOSED, STAFF, "办结", "联络站制度"),
    act("lapse", (S.FED_BACK, S.RATED), S.CLOSED, [], "到期办结", "参数 opinion.reopen_days", _over),
    act("reopen", (S.FED_BACK, S.RATED, S.CLOSED), S.RECORDED, [], "再办一次", "参数 opinion.reopen_days", _may_reopen),
    act("withdraw", (S.NEW, S.NEED_MORE, *DESK, S.TRANSFERRED, S.OBJECTED, S.MERGED), S.WITHDRAWN, [], "撤回", "群众自愿"),
    act("register_support", LIVE, STAYS, STAFF, "登记「我也一样」", "本系统规则：来站登记，约计", _not_sealed),
    act("publish", PUBLISHABLE, STAYS, (Role.PRESIDIUM, Role.OFFICE), "公开", "个人信息保护法第二十五条：本人同意",
        _consents, _checked, _not_sealed, confirm="公众将看到核对过的转出稿和答复，看不到是谁说的。"),
    act("unpublish", (*PUBLISHABLE, S.MERGED), STAYS, (Role.PRESIDIUM, Role.OFFICE), "取消公开", "个人信息保护法第十五条", only=_is_public),
])  # fmt: skip

BY_CODE = frozenset({"give_more", "evaluate", "reopen", "withdraw"})
"""What the resident does with the query code."""
DERIVED = frozenset(name for name, row in OPINION.acts.items() if not row.by) - BY_CODE
"""What follows by itself from units, suggestions, merging or time; nobody presses these."""
ENDED = frozenset({S.CLOSED, S.GUIDED, S.INVALID, S.WITHDRAWN})
NOT_PUBLIC = frozenset({S.GUIDED, S.INVALID, S.WITHDRAWN})
"""What ends so leaves the public pages."""
