"""Lights, urging and the check-up of a reply, as pure functions.

`reply_findings` is advice to the clerk and the head; only `reply_problems` blocks a signature.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lianxin.handling.workflow import Mode


class Light(StrEnum):
    """How near a deadline is; overdue is computed, never typed in."""

    GREEN = "green"
    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"
    MET = "met"


def light(due: date, today: date, *, yellow: int, orange: int, met_on: date | None = None) -> Light:
    """Return the light of a deadline: yellow and orange from so many days before it, red after it."""
    if met_on is not None:
        return Light.MET
    left = (due - today).days
    if left < 0:
        return Light.RED
    if left <= orange:
        return Light.ORANGE
    return Light.YELLOW if left <= yellow else Light.GREEN


class UrgingKind(StrEnum):
    """Three steps of urging, each once for a unit's part (催办单、督办单、约谈建议)."""

    REMINDER = "reminder"
    SUPERVISION = "supervision"
    TALK = "talk"


def urging_due(due: date, today: date, steps: Mapping[UrgingKind, int]) -> UrgingKind | None:
    """Return the strongest step that is due: `steps` gives days after the due date for each."""
    late = (today - due).days
    return max(
        (kind for kind, days in steps.items() if late >= days), key=lambda kind: steps[kind], default=None
    )


@dataclass(frozen=True, slots=True)
class ReplyText:
    """What the check-up reads of a reply; answers stand in the order of the demands."""

    reply_class: str
    answers: tuple[str, ...]
    promise_text: str = ""
    promise_due: date | None = None
    promise_person: str = ""
    reason: str = ""
    publish_level: str = ""
    publish_reason: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark of the check-up: which demand (from 1; 0 for the whole) and what to do."""

    code: str
    demand: int
    message: str
    blocks: bool = False


def parts_problem(modes: Sequence[Mode], scopes: Sequence[str]) -> str | None:
    """Return what is wrong with a division among units, or None.

    单办 stands alone; 协办 needs exactly one 主办; 分办 needs several units, the scope of each written.
    """
    kinds = set(modes)
    if Mode.ASSIST in kinds and modes.count(Mode.MAIN) != 1:
        return "有协办就要有且只有一个主办单位。"
    if modes.count(Mode.MAIN) > 1 or (Mode.SOLE in kinds and len(modes) > 1):
        return "单办和主办都只能有一个单位；几个单位各办各的请选「分办」。"
    if Mode.SEPARATE in kinds and (kinds != {Mode.SEPARATE} or len(modes) < 2):
        return "分办要有两个以上单位，且不能与单办、主办、协办混用。"
    if Mode.SEPARATE in kinds and any(not scope.strip() for scope in scopes):
        return "分办要写清每个单位的分工。"
    return None


def warning_due(due: date, today: date, steps: Sequence[int]) -> int | None:
    """Return the nearest step of warning (15, 7, 1 days before) that has been reached, if any."""
    left = (due - today).days
    return min((days for days in steps if 0 <= left <= days), default=None)


EMPTY_PHRASES = ("正在研究", "进一步加强", "高度重视", "积极争取", "适时", "逐步推进", "加大力度", "条件成熟")
_NUMBER = r"[\d一二三四五六七八九十百千万两]+\s*"
_CONCRETE = re.compile(
    _NUMBER + r"(?:年|月|个工作日|日|万元|公里|米|盏|户|人|处|件|亩|吨)"
    r"|由.{1,12}(?:负责|牵头|管护)|(?:责任人|负责人|联系人)"
)
_WILL = re.compile(r"将(?:于|在|会|对|把|组织|安排|积极)|计划|拟(?:于|在|定)|下一步")
_DONE = re.compile(r"已(?:经)?(?:完成|解决|安装|修复|建成|落实|开通)")


def reply_problems(reply: ReplyText, demands: Sequence[str], scheme: Sequence[str]) -> list[Finding]:
    """Return what must be mended before a head may sign."""
    found = [
        Finding("unanswered", place, f"第 {place} 条诉求还没有答复", blocks=True)
        for place in range(1, max(len(demands), 1) + 1)
        if len(reply.answers) < place or len(reply.answers[place - 1].strip()) < 5
    ]
    if reply.reply_class not in scheme:
        found.append(Finding("class_missing", 0, "请选择结果类别", blocks=True))
    if reply.reply_class == "B" and not (reply.promise_text and reply.promise_due and reply.promise_person):
        found.append(Finding("promise_missing", 0, "B 类要写清承诺事项、完成时限和责任人", blocks=True))
    if reply.reply_class in {"C", "D"} and len(reply.reason.strip()) < 5:
        found.append(Finding("reason_missing", 0, "暂时不能解决的，要写明理由和依据", blocks=True))
    if not reply.publish_level:
        found.append(Finding("publish_missing", 0, "请选择公开属性", blocks=True))
    if reply.publish_level == "not_public" and not reply.publish_reason.strip():
        found.append(Finding("publish_reason_missing", 0, "不予公开要写明理由", blocks=True))
    return found


def reply_findings(
    reply: ReplyText, demands: Sequence[str], scheme: Sequence[str], *, earlier: Sequence[str] = ()
) -> list[Finding]:
    """Return the whole check-up (答复体检): what blocks and what only makes a poor reply."""
    found = reply_problems(reply, demands, scheme)
    for place, answer in enumerate(reply.answers, start=1):
        phrases = [phrase for phrase in EMPTY_PHRASES if phrase in answer]
        if phrases and not _CONCRETE.search(answer):
            words = "、".join(f"「{phrase}」" for phrase in phrases)
            found.append(
                Finding("empty_phrase", place, f"第 {place} 条只写了{words}，没有时间、数量或责任人")
            )
        if reply.reply_class == "A" and _WILL.search(answer) and not _DONE.search(answer):
            found.append(
                Finding("class_mismatch", place, f"选了 A 类（已解决），第 {place} 条写的却是将来要办的事")
            )
    whole = "".join(reply.answers)
    if reply.reply_class == "A" and not _DONE.search(whole):
        found.append(Finding("class_mismatch", 0, "选了 A 类（已解决），正文里没有写已经办成了什么"))
    if reply.reply_class in {"C", "D"} and _DONE.search(whole):
        found.append(Finding("class_mismatch", 0, "正文写了已经办成的事，类别却是暂不能解决，请核对"))
    if any(likeness(whole, old) >= 0.8 for old in earlier):
        found.append(Finding("copy", 0, "与以前的一份答复几乎相同，请写清这次办了什么"))
    return found


def likeness(one: str, other: str) -> float:
    """Return the share (0..1, Jaccard) of character pairs that two texts have in common."""
    first, second = ({text[place : place + 2] for place in range(len(text) - 1)} for text in (one, other))
    return len(first & second) / len(first | second) if first | second else 0.0
