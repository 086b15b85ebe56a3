"""The legal checklist as a screen shows it: what the system sees, and what the deputy ticks himself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from lianxin.suggestions.rules import checklist, missing

SELF_TICKS = (
    "一事一议，只说一件事",
    "属于本级国家机关的职权",
    "不是本人或亲属的个人事项",
    "不涉及具体司法案件",
    "不是代转群众来信",
    "不是产品广告或学术探讨",
)


@dataclass(frozen=True, slots=True)
class Check:
    """One line: fine, or what to look at."""

    ok: bool
    text: str


def automatic(typed: Any, demands: Sequence[str]) -> list[Check]:
    """Return what the system can see; advice for a person, who decides."""
    said = {name: _said(typed, name) for name in ("title", "situation", "proposal")}
    wanted = [demand for demand in demands if demand.strip()]
    if not any(said.values()):
        return []
    lacks = missing(demands=wanted, **said)
    hints = [hint.message for hint in checklist(demands=wanted, **said)]
    found = [Check(False, text) for text in [*lacks, *hints]]
    return found or [Check(True, _("情况、分析、具体意见都有；没有看到不宜作为建议的内容"))]


def _said(typed: Any, name: str) -> str:
    return str(typed.get(name, "") if hasattr(typed, "get") else getattr(typed, name, "") or "")
