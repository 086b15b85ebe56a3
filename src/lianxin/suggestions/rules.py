"""Decisions about suggestions as pure functions: progress, hashes, hints, evaluation, figures."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from lianxin.handling.rules import likeness
from lianxin.handling.workflow import Mode
from lianxin.handling.workflow import State as Part
from lianxin.suggestions.workflow import State


class Rating(StrEnum):
    """满意、基本满意、不满意."""

    SATISFIED = "satisfied"
    BASICALLY = "basically_satisfied"
    DISSATISFIED = "dissatisfied"


RANK = {Rating.SATISFIED: 0, Rating.BASICALLY: 1, Rating.DISSATISFIED: 2}


class RejectReason(StrEnum):
    """Why a paper is sent back or not taken as a suggestion (union of local rules)."""

    PERSONAL = "personal"
    FORWARDED_LETTER = "forwarded_letter"
    ACCUSATION = "accusation"
    JUDICIAL = "judicial"
    COMMERCIAL = "commercial"
    ACADEMIC = "academic"
    EMPTY = "empty"
    SEVERAL_MATTERS = "several_matters"
    OUTSIDE_LEVEL = "outside_level"
    CLASSIFIED = "secret"
    DUPLICATE = "duplicate"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class PartState:
    """A unit's part as far as progress depends on it."""

    state: Part
    mode: Mode
    extended: bool = False
    replaced: bool = False


def progress(parts: Sequence[PartState], *, round_number: int = 1) -> State:
    """Return how far a suggestion is, from its units' parts of the present round.

    Assisting units do not decide; with separate handling the slowest unit does, and a part that was
    given back waits until it is handed to somebody else.
    """
    leading = [part for part in parts if part.mode is not Mode.ASSIST and part.state is not Part.WITHDRAWN]
    live = [part for part in leading if part.state is not Part.RETURNED]
    missing_part = any(part.state is Part.RETURNED and not part.replaced for part in leading)
    if live and not missing_part and all(part.state is Part.REPLIED for part in live):
        return State.REPLIED
    if round_number > 1:
        return State.REHANDLING
    if any(part.state is Part.RETURN_REQUESTED for part in live):
        return State.RETURN_REQUESTED
    if not live:
        return State.REGISTERED
    if missing_part:
        return State.ASSIGNED
    return _slowest([part for part in live if part.state is not Part.REPLIED])


def _slowest(working: Sequence[PartState]) -> State:
    states = {part.state for part in working}
    if Part.ASSIGNED in states:
        return State.ASSIGNED
    if Part.ACCEPTED in states:
        return State.ACCEPTED
    if states == {Part.REPLY_DRAFTED}:
        return State.REPLY_DRAFTED
    return State.EXTENDED if any(part.extended for part in working) else State.IN_HANDLING


def text_hash(*parts: str) -> str:
    """Return the fingerprint that a co-signature confirms; any change of text voids it."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


REPETITION_FROM = 0.8


def is_repetition(one: str, other: str) -> bool:
    """Say whether two papers say nearly the same."""
    return likeness(one, other) >= REPETITION_FROM


def overall(attitude: Rating, result: Rating, rule: str) -> Rating:
    """Return the overall mark: the result, or the worse of the two (parameter overall_rule)."""
    return result if rule == "result" else max(attitude, result, key=lambda rating: RANK[rating])


def missing(*, title: str, situation: str, proposal: str, demands: Sequence[str]) -> list[str]:
    """Return what a suggestion still lacks (有情况、有分析、有具体意见)."""
    found = []
    if not 8 <= len(title.strip()) <= 40:
        found.append("标题要 8 到 40 个字")
    if len(situation.strip()) < 20:
        found.append("案由和情况至少写 20 个字")
    if len(proposal.strip()) < 10 and not demands:
        found.append("要有具体建议")
    if not 1 <= len(demands) <= 5:
        found.append("请把诉求列成 1 到 5 条")
    return found


@dataclass(frozen=True, slots=True)
class Hint:
    """One remark of the legal checklist; advice, the person decides."""

    code: RejectReason
    message: str


_HINTS = (
    (
        RejectReason.PERSONAL,
        re.compile(r"本人|我家|我儿子|我女儿|我的亲属|我公司"),
        "像是本人或亲属的个人事项",
    ),
    (
        RejectReason.JUDICIAL,
        re.compile(r"判决|一审|二审|法院.{0,6}案|检察院.{0,6}案|再审"),
        "涉及具体司法案件",
    ),
    (RejectReason.FORWARDED_LETTER, re.compile(r"转交.{0,4}来信|代转|附群众来信"), "像是代转群众来信"),
    (RejectReason.ACCUSATION, re.compile(r"举报|控告|检举"), "申诉、控告、检举走信访或监察渠道"),
    (RejectReason.COMMERCIAL, re.compile(r"中标|招标结果|承揽|推广.{0,6}产品"), "涉及招投标或商业利益"),
)


def checklist(*, title: str, situation: str, proposal: str, demands: Sequence[str]) -> list[Hint]:
    """Return hints of the legal checklist (各地规定列明的不作建议的情形)."""
    whole = "\n".join([title, situation, proposal, *demands])
    found = [Hint(code, words) for code, pattern, words in _HINTS if pattern.search(whole)]
    if len(re.findall(r"[、和及]", title)) >= 3:
        found.append(Hint(RejectReason.SEVERAL_MATTERS, "标题里像有几件事，请一事一议"))
    if not demands and len(proposal) < 15:
        found.append(Hint(RejectReason.EMPTY, "还没有具体意见"))
    return found


@dataclass(frozen=True, slots=True)
class Indicator:
    """A yearly figure and what it counts; the definition is shown wherever the figure is."""

    name: str
    definition: str


INDICATORS = {
    "in_time": Indicator("按时答复率", "按期答复的 ÷ 本年应答复的（已答复的和逾期未答复的）"),
    "contacted": Indicator("面商率", "答复前有沟通记录且代表没有否认的 ÷ 已答复的"),
    "content": Indicator("满意率", "满意和基本满意 ÷ 已评价的；逾期未评价不计入"),
    "solved": Indicator("办成率", "A 类和承诺全部兑现的 B 类 ÷ 已答复的"),
    "published": Indicator("公开率", "已公开的 ÷ 已答复的"),
}


@dataclass(frozen=True, slots=True)
class Rate:
    """A share with its n; None where there is nothing to divide."""

    name: str
    numerator: int
    denominator: int
    definition: str
    key: str = ""

    @property
    def percent(self) -> float | None:
        """Return the share in percent with one decimal."""
        return round(100 * self.numerator / self.denominator, 1) if self.denominator else None
