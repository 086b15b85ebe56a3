"""A unit's part of a matter: which act leads from where to where, and which rule says so.

One table for suggestions, opinions and forums. Pure Python. K marks statute; the numbers of local
habit are parameters of the rulebook and reach the guards as dates.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lianxin.common.actor import Role
from lianxin.common.workflow import STAYS, Workflow, act


class State(StrEnum):
    """How far a unit has come with its part."""

    ASSIGNED = "assigned"
    RETURN_REQUESTED = "return_requested"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    IN_HANDLING = "in_handling"
    OPINION_GIVEN = "opinion_given"
    REPLY_DRAFTED = "reply_drafted"
    REPLIED = "replied"
    WITHDRAWN = "withdrawn"


class Mode(StrEnum):
    """How a unit takes part (单办、主办、协办、分办; 转办 for opinions)."""

    SOLE = "sole"
    MAIN = "main"
    ASSIST = "assist"
    SEPARATE = "separate"
    TRANSFER = "transfer"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the guards look at; dates are local dates, `None` where there is none."""

    today: date
    mode: Mode
    kind: str = "suggestion"
    round: int = 1
    needs_contact: bool = False
    contacted: bool = False
    return_until: date | None = None
    reply_due: date | None = None
    extension: str = ""
    return_refused: bool = False
    assist_outstanding: int = 0
    draft_problems: tuple[str, ...] = ()


def _return_not_decided(facts: Facts) -> str | None:
    if facts.return_refused:
        return "退办申请已经研究过一次，决定是最终的，请继续办理。"
    return None


def _in_time_to_return(facts: Facts) -> str | None:
    if facts.return_until and facts.today > facts.return_until:
        return f"退办期限（{facts.return_until:%Y-%m-%d}）已过，不能再退；确有困难请与交办机关当面协商。"
    return None


def _answers_itself(facts: Facts) -> str | None:
    return "协办单位不单独答复，请提交协办意见，由主办单位汇总。" if facts.mode is Mode.ASSIST else None


def _assists(facts: Facts) -> str | None:
    return None if facts.mode is Mode.ASSIST else "您是承办单位，请起草答复；协办意见由协办单位提交。"


def _contacted(facts: Facts) -> str | None:
    if facts.needs_contact and not facts.contacted:
        return (
            "答复前必须与代表沟通、听取意见（代表法第五十一条），代表说没有联系的不算。请先填「与代表沟通」。"
        )
    return None


def _assistants_heard(facts: Facts) -> str | None:
    if facts.assist_outstanding:
        return f"还有 {facts.assist_outstanding} 个协办单位没有提交意见，请先收齐。"
    return None


def _draft_complete(facts: Facts) -> str | None:
    return "；".join(facts.draft_problems) + "。请补齐后再送签。" if facts.draft_problems else None


def _extendable(facts: Facts) -> str | None:
    """Article 51 lengthens the first reply to a suggestion, nothing else."""
    if facts.kind != "suggestion":
        return "延期只用于代表建议（代表法第五十一条）；这件事没有延期的规定，请按期限答复。"
    if facts.round > 1:
        return "重新办理的第二次答复不能延期，请在重新办理的期限内答复。"
    return _answers_itself(facts)


def _extension_open(facts: Facts) -> str | None:
    if facts.extension:
        return "延期只能申请一次。"
    if facts.reply_due and facts.today > facts.reply_due:
        return "已经超过答复期限，不能再申请延期，请尽快答复。"
    return None


def _extension_asked(facts: Facts) -> str | None:
    return None if facts.extension == "requested" else "没有等待批准的延期申请。"


S = State
UNIT = (Role.UNIT_CLERK, Role.UNIT_HEAD)
HEAD = (Role.UNIT_HEAD,)
DESK = (Role.OFFICE, Role.OVERSIGHT, Role.PRESIDIUM, Role.KEEPER)
WORKING = (S.ACCEPTED, S.IN_HANDLING)
OPEN = (S.ASSIGNED, S.RETURN_REQUESTED, *WORKING, S.REPLY_DRAFTED)

HANDLING = Workflow("handling", [
    act("accept", [S.ASSIGNED], S.ACCEPTED, UNIT, "签收",
        "代表建议办理规定（各地）；参数 suggestion.return_workdays"),
    act("request_return", [S.ASSIGNED], S.RETURN_REQUESTED, HEAD, "申请退办",
        "不得自行转办；参数 suggestion.return_workdays、opinion.object_workdays", _return_not_decided, _in_time_to_return,
        confirm="退办由负责人提出，要写明理由和建议承办单位，由交办机关决定；决定前仍由贵单位负责。"),
    act("approve_return", [S.RETURN_REQUESTED], S.RETURNED, DESK, "同意退办",
        "参数 suggestion.reassign_workdays", confirm="同意后要在期限内重新交办，三个月从新的交办之日算起。"),
    act("refuse_return", [S.RETURN_REQUESTED], S.ASSIGNED, DESK, "不同意退办",
        "参数 suggestion.reassign_workdays"),
    act("start", [S.ACCEPTED], S.IN_HANDLING, UNIT, "开始办理", "办理方案：本地制度"),
    act("record_progress", [S.IN_HANDLING], STAYS, UNIT, "记进展", "每 30 天至少一次：本地制度"),
    act("record_contact", (*WORKING, S.REPLY_DRAFTED), STAYS, UNIT, "记沟通", "代表法第五十一条：应当与代表联系、充分听取意见"),
    act("confirm_contact", (*WORKING, S.REPLY_DRAFTED), STAYS, [Role.DEPUTY], "确认沟通", "代表法第五十一条"),
    act("request_extension", WORKING, STAYS, UNIT, "申请延期",
        "代表法第五十一条：涉及面广、处理难度大的，自交办之日起六个月内答复",
        _extension_open, only=_extendable),
    act("approve_extension", WORKING, STAYS, DESK, "同意延期",
        "代表法第五十一条；参数 suggestion.extension_needs_approval", only=_extension_asked),
    act("refuse_extension", WORKING, STAYS, DESK, "不同意延期",
        "参数 suggestion.extension_needs_approval", only=_extension_asked),
    act("give_opinion", [S.IN_HANDLING, S.ACCEPTED], S.OPINION_GIVEN, UNIT, "交协办意见",
        "参数 suggestion.assist_opinion_months", only=_assists),
    act("draft_reply", [S.IN_HANDLING], S.REPLY_DRAFTED, UNIT, "起草答复",
        "逐条答复：代表建议办理规定（各地）", only=_answers_itself),
    act("send_back_draft", [S.REPLY_DRAFTED], S.IN_HANDLING, HEAD, "退回修改", "负责人审签：本地制度"),
    act("sign_reply", [S.REPLY_DRAFTED], S.REPLIED, HEAD, "签发",
        "代表法第五十一条：自交办之日起三个月内答复；由负责人签发（各地规定）",
        _contacted, _assistants_heard, _draft_complete,
        confirm="签发后答复函立即送达领衔代表和每位联名代表，不能收回，只能用「更正答复」另出新版本。"),
    act("correct_reply", [S.REPLIED], STAYS, HEAD, "更正答复", "旧版本保留：本系统规则"),
    act("urge", (S.ASSIGNED, *WORKING, S.REPLY_DRAFTED), STAYS, DESK, "催办",
        "代表法第五十二条；参数 suggestion.urge_days"),
    act("urge_by_time", OPEN, STAYS, [], "催办", "到期自动发出：参数 suggestion.urge_days"),
    act("withdraw", OPEN, S.WITHDRAWN, [], "终止办理", "代表书面撤回，办理即行终止（各地规定）"),
])  # fmt: skip

ENDED = frozenset({S.RETURNED, S.OPINION_GIVEN, S.REPLIED, S.WITHDRAWN})
