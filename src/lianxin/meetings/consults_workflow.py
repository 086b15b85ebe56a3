"""两说一商: two sides say, all consult, and it does not end without a result. Pure.

Only the name of this habit is known; what the three stages are called is a parameter (consult.stages).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lianxin.common.actor import Role
from lianxin.common.workflow import Workflow, act


class State(StrEnum):
    """Progress of a 两说一商."""

    PLANNED = "planned"
    FIRST_SAID = "first_said"
    SECOND_SAID = "second_said"
    SETTLED = "settled"
    FOLLOWED = "followed"


class Result(StrEnum):
    """What the consulting came to."""

    AGREED = "agreed"
    NOT_AGREED = "not_agreed"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the guards look at: the result that is to be written."""

    result: str = ""
    plan: str = ""
    next_step: str = ""
    trying: bool = False


def _settled(facts: Facts) -> str | None:
    if not facts.trying:
        return None
    if facts.result not in set(Result):
        return "没有商定结果，不能结束：请选谈成了还是没谈成。"
    if facts.result == Result.AGREED and len(facts.plan.strip()) < 5:
        return "谈成了的，要写清商定了什么（至少 5 个字）。"
    if facts.result == Result.NOT_AGREED and len(facts.next_step.strip()) < 5:
        return "没谈成的，要写清下一步怎么办（至少 5 个字）。"
    return None


S = State
HOSTS = (Role.KEEPER, Role.PRESIDIUM, Role.OFFICE)
BASIS = "两说一商：本地制度；参数 consult.stages"

CONSULT = Workflow("consult", [
    act("say_first", [S.PLANNED], S.FIRST_SAID, HOSTS, "记一说", BASIS),
    act("say_second", [S.FIRST_SAID], S.SECOND_SAID, HOSTS, "记二说", BASIS),
    act("settle", [S.SECOND_SAID], S.SETTLED, HOSTS, "记商定结果", BASIS, _settled),
    act("follow", [S.SETTLED], S.FOLLOWED, HOSTS, "记落实情况", BASIS),
])  # fmt: skip
