"""The steps of an election as data: the shipped template, and what the office may change in it. Pure.

An election copies the steps when it begins: a change of the template is for the next one. The steps
that the law asks for stay, in their order; the office words them and puts steps of its own between.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Any

Step = dict[str, Any]
SHIPPED: tuple[Step, ...] = tuple(
    json.loads(resources.files("lianxin.elections").joinpath("data/steps.json").read_text("utf-8"))
)
CORE = tuple(step["key"] for step in SHIPPED)
BEFORE_VOTING = CORE[:6]
MAX_STEPS, MAX_TITLE, MAX_WORDS = 24, 20, 200


def refusal(steps: Sequence[Mapping[str, Any]]) -> str:
    """Return why these steps cannot be a template, or nothing."""
    keys = [str(step.get("key", "")) for step in steps]
    if tuple(key for key in keys if key in CORE) != CORE:
        return "法律要求的十步不能少，也不能换顺序；可以改写说明，可以在中间加本地的步骤。"
    if len(keys) != len(set(keys)):
        return "两个步骤用了同一个编号，请刷新后再改。"
    if len(keys) > MAX_STEPS:
        return f"步骤太多了，最多 {MAX_STEPS} 步。"
    if any(not 2 <= len(str(step.get("title", "")).strip()) <= MAX_TITLE for step in steps):
        return f"每一步的名称写 2 到 {MAX_TITLE} 个字。"
    if any(len(str(step.get("words", ""))) > MAX_WORDS for step in steps):
        return f"每一步的说明最多 {MAX_WORDS} 个字。"
    return ""


def own_keys(steps: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return the keys of the office's own steps."""
    return tuple(str(step["key"]) for step in steps if step["key"] not in CORE)


def own_before(steps: Sequence[Mapping[str, Any]], key: str) -> tuple[str, ...]:
    """Return the own steps that stand before the step `key`: they are done before it is taken."""
    keys = [str(step["key"]) for step in steps]
    return tuple(one for one in keys[: keys.index(key)] if one not in CORE)
