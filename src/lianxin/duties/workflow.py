"""The tables of a duty record and of a pledge: who may move what, and which rule says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from lianxin.common.actor import Role
from lianxin.common.workflow import STAYS, Workflow, act

OWN = (Role.DEPUTY,)
JUDGES = (Role.DEPUTY, Role.PRESIDIUM, Role.OFFICE)
"""Who looks at others' records: the leader of the group (a deputy), the presidium, the office."""
BODIES = (Role.PRESIDIUM, Role.OFFICE)
LEDGER = "代表法（2025）第五十八条：记录代表履职情况"
LOCAL = "本地约定：旬阳示范市代表履职规范"


class State(StrEnum):
    """States of a duty record."""

    DRAFT = "draft"
    RECORDED = "recorded"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class PledgeState(StrEnum):
    """States of a pledge; 「未兑现」 is not a state but an open pledge whose day has passed."""

    DRAFT = "draft"
    OPEN = "open"
    PROOF_GIVEN = "proof_given"
    FULFILLED = "fulfilled"
    RELEASED = "released"


LIVE = (State.RECORDED, State.CONFIRMED)
UNFULFILLED = (PledgeState.OPEN, PledgeState.PROOF_GIVEN)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the guards of a record look at."""

    is_own: bool = False
    is_private: bool = False
    needs_proof: bool = False
    needs_confirmation: bool = False
    proofs: int = 0
    beneficiary_said: str = ""
    copy_state: str = ""
    from_room: bool = False


@dataclass(frozen=True, slots=True)
class PledgeFacts:
    """What the guards of a pledge look at."""

    is_own: bool = False
    overdue: bool = False
    proof: bool = False


def _other(facts: Facts) -> str | None:
    return "自己的记录要由别人核实。" if facts.is_own else None


def _shared(facts: Facts) -> str | None:
    return "仅自己可见的记录，别人不能核实。" if facts.is_private else None


def _asks(facts: Facts) -> str | None:
    return None if facts.needs_confirmation else "这一类记录不用核实，登记了就算数。"


def _proved(facts: Facts) -> str | None:
    if facts.needs_proof and not facts.proofs:
        return "还没有佐证材料，请代表先补上照片或单据。"
    return None


def _beneficiary(facts: Facts) -> str | None:
    if facts.beneficiary_said == "no":
        return "受益人说没有办成，请先了解情况。"
    return None if facts.beneficiary_said == "yes" else "还没有受益人确认（纸质、电话或扫码）。"


def _suspected(facts: Facts) -> str | None:
    return None if facts.copy_state == "suspected" else "这篇没有疑似重复的提示，或已经判断过了。"


def _self_entered(facts: Facts) -> str | None:
    return "这一条是办事时自动记下的，请到那件事里更正。" if facts.from_room else None


def _benefits(facts: Facts) -> str | None:
    return None if facts.needs_confirmation else "这一类记录没有受益人。"


def _not_said(facts: Facts) -> str | None:
    return "受益人已经确认过了。" if facts.beneficiary_said == "yes" else None


DUTY = Workflow(
    "duty_record",
    [
        act("record", [State.DRAFT], State.RECORDED, OWN, "登记", LEDGER),
        act(
            "amend",
            [State.DRAFT, State.RECORDED, State.REJECTED],
            STAYS,
            OWN,
            "修改",
            LOCAL,
            only=_self_entered,
        ),
        act("add_proof", [State.DRAFT, State.RECORDED, State.REJECTED], STAYS, OWN, "补材料", LOCAL),
        act(
            "hear_beneficiary",
            [State.RECORDED],
            STAYS,
            JUDGES,
            "登记受益人确认",
            LOCAL,
            _other,
            _not_said,
            only=_benefits,
        ),
        act(
            "confirm",
            [State.RECORDED],
            State.CONFIRMED,
            JUDGES,
            "核实",
            LOCAL,
            _shared,
            _other,
            _proved,
            _beneficiary,
            only=_asks,
        ),
        act("reject", [State.RECORDED], State.REJECTED, JUDGES, "退回", LOCAL, _shared, _other),
        act("resubmit", [State.REJECTED], State.RECORDED, OWN, "改好再登记", LOCAL, only=_self_entered),
        act(
            "judge_copy",
            [State.RECORDED, State.CONFIRMED],
            STAYS,
            JUDGES,
            "判断是否重复",
            LOCAL,
            _shared,
            _other,
            only=_suspected,
        ),
        act(
            "withdraw",
            [State.DRAFT, State.RECORDED, State.CONFIRMED, State.REJECTED],
            State.WITHDRAWN,
            OWN,
            "撤回",
            LOCAL,
            confirm="撤回后这一条不再计入，履职情况会重新计算。",
            only=_self_entered,
        ),
    ],
)


def _due(facts: PledgeFacts) -> str | None:
    return None if facts.overdue else "还没有到承诺的日子。"


def _given(facts: PledgeFacts) -> str | None:
    return None if facts.proof else "请先写明怎样兑现的。"


def _not_own(facts: PledgeFacts) -> str | None:
    return "自己的承诺要由别人确认兑现。" if facts.is_own else None


PLEDGE = Workflow(
    "duty_pledge",
    [
        act(
            "publish",
            [PledgeState.DRAFT],
            PledgeState.OPEN,
            OWN,
            "公开承诺",
            LOCAL,
            confirm="承诺将在您的公开页上展示，公开后不能自己删除。",
        ),
        act("half_year_note", [PledgeState.OPEN, PledgeState.PROOF_GIVEN], STAYS, OWN, "半年自查", LOCAL),
        act("give_proof", [PledgeState.OPEN], PledgeState.PROOF_GIVEN, OWN, "交兑现材料", LOCAL),
        act("explain", list(UNFULFILLED), STAYS, OWN, "说明情况", LOCAL, only=_due),
        act(
            "fulfil",
            [PledgeState.PROOF_GIVEN],
            PledgeState.FULFILLED,
            JUDGES,
            "确认兑现",
            LOCAL,
            _not_own,
            _given,
        ),
        act("send_back", [PledgeState.PROOF_GIVEN], PledgeState.OPEN, JUDGES, "材料不足", LOCAL, _not_own),
        act(
            "release",
            [PledgeState.OPEN, PledgeState.PROOF_GIVEN],
            PledgeState.RELEASED,
            BODIES,
            "同意不再兑现",
            LOCAL,
            _not_own,
            confirm="理由会一并公开，这一项不再计入兑现率。",
        ),
    ],
)


def counted_states(rule: Mapping[str, object]) -> frozenset[State]:
    """Return the states that count under a kind's rule: only verified ones where it asks for it."""
    return frozenset({State.CONFIRMED}) if rule.get("needs_confirmation") else frozenset(LIVE)
