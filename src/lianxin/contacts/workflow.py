"""A pairing's way: proposed, asked, approved, in force, broken, ended (结对).

Nobody is paired against his will: a pairing waits for approval only when both sides have said yes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lianxin.common.actor import Role
from lianxin.common.workflow import STAYS, Workflow, act


class State(StrEnum):
    """Progress of one pairing."""

    PROPOSED = "proposed"
    ASKING = "asking"
    WAITING = "waiting"
    ACTIVE = "active"
    REPLACING = "replacing"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the guards look at."""

    today: date
    both_agree: bool = False
    refused: bool = False
    avoided: bool = False
    contact_in_office: bool = True


def _agreed(facts: Facts) -> str | None:
    if facts.refused:
        return "有一方不同意结对，不能批准；请改派，或结束这一对。"
    return None if facts.both_agree else "还没有征得双方同意（或同意已过期），不能批准；请先征求意见。"


def _not_avoided(facts: Facts) -> str | None:
    return "双方声明过相互回避，不能结对；请改派给别人。" if facts.avoided else None


def _in_office(facts: Facts) -> str | None:
    return None if facts.contact_in_office else "联系人已不在任，请改派给在任的代表。"


S = State
TOWN = (Role.PRESIDIUM, Role.OFFICE)
OPEN = (S.PROPOSED, S.ASKING, S.WAITING)
"""What is proposed and not yet approved; a household has one of these at most for each kind of contact."""
KEPT = (S.ACTIVE, S.REPLACING)
"""What is in force; one to be replaced is covered meanwhile. A household has one of these at most, too."""
LIVE = (*OPEN, *KEPT)
OWN = "联系群众工作制度（2016）第二条：就近就便，充分征求意见"

PAIRING = Workflow("pairing", [
    act("ask", [S.PROPOSED], S.ASKING, (*TOWN, Role.KEEPER), "征求意见", OWN),
    act("follow_consent", (S.PROPOSED, S.ASKING), S.WAITING, [], "双方同意", OWN, _agreed),
    act("follow_expiry", [S.WAITING], S.ASKING, [], "同意已过期，再问一次", "个人信息保护法第十四条"),
    act("approve", [S.WAITING], S.ACTIVE, TOWN, "批准发布", "联系群众工作制度（2016）第三条：主席团批准",
        _agreed, _not_avoided, _in_office, confirm="批准后双方都会收到通知；没有手机的户由联络员电话告知。"),
    act("break", [S.ACTIVE], S.REPLACING, TOWN, "列入重新结对", "联系群众工作制度（2016）第五条：离任即交接"),
    act("follow_leaving", [S.ACTIVE], S.REPLACING, [], "联系人离任", "代表法第六十二条：代表资格终止"),
    act("follow_change", [S.ACTIVE], S.REPLACING, [], "户里希望换人", OWN),
    act("cover", [S.REPLACING], STAYS, TOWN, "请人临时联系", "联系群众工作制度（2016）第五条"),
    act("reassign", OPEN, S.ENDED, TOWN, "改派给别人", "联系群众工作制度（2016）第四条：写明理由"),
    act("replace", KEPT, S.REPLACING, TOWN, "改派给别人", "联系群众工作制度（2016）第四条：写明理由"),
    act("follow_replacement", KEPT, S.ENDED, [], "新的联系人已批准", "联系群众工作制度（2016）第五条"),
    act("end", LIVE, S.ENDED, TOWN, "结束结对", "联系群众工作制度（2016）第五条"),
    act("follow_refusal", LIVE, S.ENDED, [], "不参加", "个人信息保护法第十五条：撤回同意"),
    act("follow_plan", OPEN, S.ENDED, [], "重新计算", "本系统规则：新的方案代替没批准的"),
])  # fmt: skip

DERIVED = frozenset(name for name, row in PAIRING.acts.items() if not row.by)
"""What follows by itself from an answer, an election or a new plan; nobody presses these."""


class MatterState(StrEnum):
    """Progress of what was heard on a visit."""

    OPEN = "open"
    COORDINATING = "coordinating"
    SETTLED = "settled"
    CONVERTED = "converted"


M = MatterState
BY_CONTACT = (Role.DEPUTY, Role.LEADER)

MATTER = Workflow("visit_matter", [
    act("coordinate", [M.OPEN], M.COORDINATING, BY_CONTACT, "去协调", "联系群众工作制度（2016）第六条：协调解决困难问题"),
    act("settle", (M.OPEN, M.COORDINATING), M.SETTLED, BY_CONTACT, "写结果", "参数 contact.heard_months"),
    act("convert", (M.OPEN, M.COORDINATING), M.CONVERTED, BY_CONTACT, "转为意见", "代表法第三十一条：反映群众意见"),
])  # fmt: skip
