"""代表建议、批评和意见: the whole way of a suggestion as one table.

Articles are those of 代表法 as amended in 2025 unless another law is named. Numbers of local habit
are parameters. Signature and delivery of a reply are one act, so 待签发 leads straight to 已答复.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lianxin.common.actor import Role
from lianxin.common.workflow import STAYS, Workflow, act


class State(StrEnum):
    """Progress; outcome and visibility are axes of their own."""

    DRAFT = "draft"
    COSIGNING = "cosigning"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    REJECTED = "rejected"
    REGISTERED = "registered"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"
    ASSIGNED = "assigned"
    ACCEPTED = "accepted"
    RETURN_REQUESTED = "return_requested"
    IN_HANDLING = "in_handling"
    EXTENDED = "extended"
    REPLY_DRAFTED = "reply_drafted"
    REPLIED = "replied"
    EVALUATED = "evaluated"
    EVALUATION_LAPSED = "evaluation_lapsed"
    REHANDLING = "rehandling"
    ESCALATED = "escalated"
    TRACKING = "tracking"
    CLOSED = "closed"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the guards look at."""

    is_lead: bool = False
    seat_active: bool = True
    own_term: bool = True
    lead_seated: bool = True
    cosigners_seated: int = 0
    complete: tuple[str, ...] = ()
    cosigners_waiting: int = 0
    sources_withdrawn: int = 0
    main_answered: bool = False
    rejection_proposed: bool = False
    proposed_by_me: bool = False
    appealed: bool = False
    overall: str = ""
    round: int = 1
    open_promises: int = 0
    returned_parts: int = 0
    fast_track: bool = False
    is_key: bool = False
    is_public: bool = False
    may_publish: bool = True
    publish_proposed: bool = False
    publish_proposed_by_me: bool = False


def _lead(facts: Facts) -> str | None:
    return None if facts.is_lead else "这一步要由领衔代表本人来办。"


def _seated(facts: Facts) -> str | None:
    if facts.seat_active:
        return None
    return "您在本级人大的代表职务已经届满、暂停或终止，不能再提交（代表法第六十一、六十二条）。"


def _own_term(facts: Facts) -> str | None:
    if facts.own_term:
        return None
    return "这份草稿是上一届写的，那一届已经结束，只能看。请在本届新写一份，原来的文字可以抄过来。"


def _lead_gone(facts: Facts) -> str | None:
    return "领衔代表仍然在任，由领衔代表本人办理。" if facts.lead_seated else None


def _no_cosigner(facts: Facts) -> str | None:
    return "还有在任的联名代表，由联名代表接着评价。" if facts.cosigners_seated else None


def _complete(facts: Facts) -> str | None:
    return "；".join(facts.complete) + "。" if facts.complete else None


def _all_answered(facts: Facts) -> str | None:
    if facts.cosigners_waiting:
        return f"还有 {facts.cosigners_waiting} 位代表没有确认联名，请等他们确认，或先把他们移出名单。"
    return None


def _somebody_waits(facts: Facts) -> str | None:
    return None if facts.cosigners_waiting else "没有代表要重新确认联名。"


def _sources_stand(facts: Facts) -> str | None:
    if facts.sources_withdrawn:
        n = facts.sources_withdrawn
        return f"引用的民情有 {n} 件已由群众撤回。请先看看文字里有没有他的话，再把它取下。"
    return None


def _taken_back(facts: Facts) -> str | None:
    return None if facts.sources_withdrawn else "引用的民情都没有撤回。"


def _main_open(facts: Facts) -> str | None:
    return "并到的那一件已经答复，不能再撤回。" if facts.main_answered else None


def _second_person(facts: Facts) -> str | None:
    if not facts.rejection_proposed:
        return "要先由一人写明依据提出，再由另一人批准。"
    return "要由另一位同志批准，提出的人自己不能批准。" if facts.proposed_by_me else None


def _not_appealed(facts: Facts) -> str | None:
    return "这件建议已经申诉过一次。" if facts.appealed else None


def _dissatisfied_first(facts: Facts) -> str | None:
    if facts.overall != "dissatisfied":
        return "代表没有评价不满意，不用重新办理。"
    return "已经重新办理过一次，请提请督办。" if facts.round > 1 else None


def _dissatisfied_twice(facts: Facts) -> str | None:
    ok = facts.overall == "dissatisfied" and facts.round > 1
    return None if ok else "第二次评价仍不满意，才提请督办。"


def _settled(facts: Facts) -> str | None:
    if facts.open_promises:
        return f"还有 {facts.open_promises} 项承诺没有兑现确认，请转入跟踪。"
    return None


def _not_dissatisfied(facts: Facts) -> str | None:
    return "代表不满意，要先重新办理或提请督办。" if facts.overall == "dissatisfied" else None


def _promised(facts: Facts) -> str | None:
    return None if facts.open_promises else "没有未兑现的承诺，可以直接办结。"


def _consented(facts: Facts) -> str | None:
    return None if facts.may_publish else "代表不同意公开，或答复注明不予公开。"


def _second_look(facts: Facts) -> str | None:
    if not facts.publish_proposed:
        return "要先由一人提出公开，再由另一人审查。"
    return "要由另一位同志审查，提出的人自己不能批准公开。" if facts.publish_proposed_by_me else None


def _not_public_yet(facts: Facts) -> str | None:
    return "已经公开了。" if facts.is_public else None


def _public(facts: Facts) -> str | None:
    return None if facts.is_public else "这件还没有公开。"


def _express(facts: Facts) -> str | None:
    return None if facts.fast_track else "这件没有走直通车。"


def _not_key(facts: Facts) -> str | None:
    return "已经列为重点督办。" if facts.is_key else None


def _key(facts: Facts) -> str | None:
    return None if facts.is_key else "这件不是重点督办建议。"


def _part_missing(facts: Facts) -> str | None:
    return None if facts.returned_parts else "没有需要另行交办的退办部分。"


S = State
D = (Role.DEPUTY,)
R = (Role.OFFICE, Role.PRESIDIUM)
BEFORE_REPLY = (
    S.DRAFT, S.COSIGNING, S.SUBMITTED, S.RETURNED, S.REGISTERED, S.ASSIGNED, S.ACCEPTED, S.RETURN_REQUESTED,
    S.IN_HANDLING, S.EXTENDED, S.REPLY_DRAFTED,
)  # fmt: skip
HANDLED = (
    S.ASSIGNED,
    S.ACCEPTED,
    S.RETURN_REQUESTED,
    S.IN_HANDLING,
    S.EXTENDED,
    S.REPLY_DRAFTED,
    S.REHANDLING,
)


def _followed(*but: State) -> tuple[State, ...]:
    """Return the states that follow the units' parts; between them any way is open, for parts differ."""
    return tuple(state for state in HANDLED if state not in {S.REHANDLING, *but})


ANSWERED = (S.REPLIED, S.EVALUATED, S.EVALUATION_LAPSED, S.TRACKING, S.ESCALATED, S.CLOSED, S.ARCHIVED)

SUGGESTION = Workflow("suggestion", [
    act("edit", (S.DRAFT, S.COSIGNING, S.RETURNED), S.DRAFT, D, "修改", "各地规定：改动文字后联名要重新确认", _lead),
    act("invite", (S.DRAFT, S.COSIGNING), S.COSIGNING, D, "邀请联名", "青岛规定第九条：领衔代表告知每位联名代表", _lead),
    act("reask", [S.DRAFT], S.COSIGNING, D, "请他们重新确认", "各地规定：改动文字后联名要重新确认", _lead,
        only=_somebody_waits),
    act("remove_cosigner", (S.DRAFT, S.COSIGNING), STAYS, D, "移出联名", "各地规定", _lead),
    act("cosign", [S.COSIGNING], STAYS, D, "同意联名", "河南规定：联名须为本人真实意愿", _seated),
    act("decline", [S.COSIGNING], STAYS, D, "不联名", "河南规定：联名须为本人真实意愿"),
    act("drop_withdrawn", (S.DRAFT, S.COSIGNING, S.RETURNED), STAYS, D, "取下群众撤回的民情",
        "个人信息保护法第十五条、第四十七条", _lead, only=_taken_back),
    act("submit", (S.DRAFT, S.COSIGNING), S.SUBMITTED, D, "提交",
        "代表法第二十四、三十六条；地方组织法第二十二条", _lead, _seated, _own_term, _complete, _all_answered, _sources_stand,
        confirm="提交后由办事机构审核，文字不能再改；要改只能请他们退回。"),
    act("send_back", [S.SUBMITTED], S.RETURNED, R, "退回修改", "参数 suggestion.review_workdays"),
    act("propose_rejection", [S.SUBMITTED], STAYS, R, "提议不作建议", "各地规定列明的情形"),
    act("reject", [S.SUBMITTED], S.REJECTED, R, "批准不作建议", "各地规定：须经另一人批准", _second_person,
        confirm="批准后这件不作为建议办理，可作为代表来信转交，代表可以申诉一次。"),
    act("appeal", [S.REJECTED], S.SUBMITTED, D, "申诉", "本系统规则", _lead, _not_appealed),
    act("register", [S.SUBMITTED], S.REGISTERED, R, "通过并编号", "参数 suggestion.ack_days、suggestion.number_pattern"),
    act("merge", [S.REGISTERED], S.MERGED, R, "并案", "各地规定：逐一告知、逐一答复",
        confirm="并案后由另一件统一办理，每位代表仍各自收到答复。"),
    act("follow_unmerged", [S.MERGED], S.REGISTERED, [], "恢复单独办理", "并案的那一件已撤回：本系统规则"),
    act("withdraw", (*BEFORE_REPLY, S.MERGED), S.WITHDRAWN, D, "撤回", "代表法第十五条；青岛第十二条、重庆第十二条", _lead,
        _main_open,
        confirm="撤回要书面写明，撤回后办理即行终止，联名代表会收到通知。"),
    act("lapse_returned", [S.RETURNED], S.WITHDRAWN, [], "终止", "本系统规则：领衔代表不在任，退回修改的建议终止",
        _lead_gone),
    act("assign", [S.REGISTERED], S.ASSIGNED, R, "交办",
        "参数 suggestion.assign_workdays；代表法第五十一条：自交办之日起三个月", confirm="交办后承办单位的期限从今天开始计算。"),
    act("reassign", HANDLED, STAYS, R, "另行交办", "参数 suggestion.reassign_workdays；自新的交办之日起三个月", only=_part_missing,
        confirm="退办的那一部分交给新的单位，期限从今天算起，最早的交办日期仍然保留。"),
    act("follow_accepted", _followed(S.ACCEPTED), S.ACCEPTED, [], "单位签收", "由承办环节推出"),
    act("follow_return_requested", _followed(S.RETURN_REQUESTED), S.RETURN_REQUESTED, [], "单位申请退办",
        "参数 suggestion.return_workdays"),
    act("follow_assigned", _followed(S.ASSIGNED), S.ASSIGNED, [], "等待签收", "参数 suggestion.reassign_workdays"),
    act("follow_registered", _followed(), S.REGISTERED, [], "退办已同意", "重新交办之日起重新计算三个月"),
    act("follow_in_handling", _followed(S.IN_HANDLING), S.IN_HANDLING, [], "开始办理", "由承办环节推出"),
    act("follow_extended", _followed(S.EXTENDED), S.EXTENDED, [], "已延期", "代表法第五十一条：最长六个月"),
    act("follow_reply_drafted", _followed(S.REPLY_DRAFTED), S.REPLY_DRAFTED, [], "待签发", "由承办环节推出"),
    act("follow_replied", (*_followed(), S.REHANDLING), S.REPLIED, [], "已答复", "代表法第五十一条"),
    act("evaluate", [S.REPLIED], S.EVALUATED, D, "评价", "参数 suggestion.evaluate_workdays；上海规定第二十一条", _lead, _seated),
    act("evaluate_as_cosigner", [S.REPLIED], S.EVALUATED, D, "接着评价",
        "本系统规则：领衔代表不在任时由联名代表评价", _seated, only=_lead_gone),
    act("evaluate_for_body", [S.REPLIED], S.EVALUATED, R, "代为评价",
        "本系统规则：没有在任的联名代表时由办事机构、主席团研究评价", _no_cosigner, only=_lead_gone),
    act("co_evaluate", (S.REPLIED, S.EVALUATED), STAYS, D, "联名评价", "本系统规则：联名代表的评价一并列出", _seated),
    act("change_evaluation", [S.EVALUATED], STAYS, D, "修改评价", "参数 suggestion.evaluate_edit_hours", _lead, _seated),
    act("lapse", [S.REPLIED], S.EVALUATION_LAPSED, [], "逾期未评价", "重庆规定第二十九条：不计入满意"),
    act("order_rehandling", [S.EVALUATED], S.REHANDLING, R, "重新办理",
        "参数 suggestion.rehandle_months；上海规定第二十一条", only=_dissatisfied_first),
    act("escalate", [S.EVALUATED], S.ESCALATED, R, "提请督办", "河南第二十二条、重庆第二十七条；代表法第五十二条",
        only=_dissatisfied_twice),
    act("track", (S.EVALUATED, S.EVALUATION_LAPSED), S.TRACKING, R, "转入跟踪", "重庆规定第二十四条；上海规定第二十二条",
        _not_dissatisfied, only=_promised),
    act("report_promise", (S.TRACKING, S.ESCALATED), STAYS, (Role.UNIT_CLERK, Role.UNIT_HEAD), "报承诺进展",
        "重庆规定第二十四条：每年第四季度通报；本地每季一次"),
    act("give_proof", (S.TRACKING, S.ESCALATED), STAYS, (Role.UNIT_CLERK, Role.UNIT_HEAD), "交兑现材料", "重庆规定第二十八条"),
    act("confirm_promise", (S.TRACKING, S.ESCALATED), STAYS, D, "确认兑现", "参数 suggestion.fulfil_workdays", _lead, _seated),
    act("confirm_promise_for_lead", (S.TRACKING, S.ESCALATED), STAYS, R, "代为确认兑现",
        "上海规定第二十二条：跨届的承诺接着督办", only=_lead_gone),
    act("close", (S.EVALUATED, S.EVALUATION_LAPSED, S.TRACKING), S.CLOSED, R, "办结", "材料齐全：各地规定",
        _not_dissatisfied, _settled),
    act("close_escalated", [S.ESCALATED], S.CLOSED, R, "督办办结", "代表法第五十二条", _settled),
    act("archive", [S.CLOSED], S.ARCHIVED, R, "归档", "年度档案：各地规定"),
    act("mark_key", (S.REGISTERED, *HANDLED), STAYS, R, "列为重点", "代表法第五十二条：重点督办", only=_not_key),
    act("unmark_key", (S.REGISTERED, *HANDLED), STAYS, R, "移出重点", "代表法第五十二条：重点督办", only=_key),
    act("refuse_express", (S.SUBMITTED, S.REGISTERED), STAYS, R, "转普通办理", "参数 express.accept_workdays", only=_express),
    act("propose_publish", ANSWERED, STAYS, R, "提出公开",
        "参数 suggestion.publish_workdays；国办发〔2014〕46 号", _consented, only=_not_public_yet),
    act("publish", ANSWERED, STAYS, R, "审查并公开", "参数 suggestion.publish_workdays；国办发〔2014〕46 号",
        _consented, _second_look, only=_not_public_yet),
    act("unpublish", (*ANSWERED, S.REHANDLING), STAYS, R, "撤下公开", "本系统规则：撤下要写明原因", only=_public),
])  # fmt: skip

ENDED = frozenset({S.REJECTED, S.MERGED, S.WITHDRAWN, S.CLOSED, S.ARCHIVED})
"""States in which nothing is due any more."""
