"""What an act rests on, in words for people: parameters are named with value and standing."""

from __future__ import annotations

import re

from django.conf import settings

from lianxin.rulebook.models import Parameter
from lianxin.rulebook.selectors import parameter
from lianxin.rulebook.words import said

STANDING = {"law": "法定", "text": "有文可查", "like": "参照", "own": "本地约定"}
UNITS = {
    "days": "天",
    "workdays": "个工作日",
    "months": "个月",
    "years": "年",
    "hours": "小时",
    "minutes": "分钟",
    "seconds": "秒",
}


def said_basis(basis: str) -> str:
    """Return a row's basis with its parameters' labels, values and standing in place of their names."""
    names = r"参数 ([a-z_.]+(?:、[a-z_.]+)*)"
    return re.sub(names, lambda found: "、".join(_said(name) for name in found[1].split("、")), basis)


def amount(row: Parameter) -> str:
    """Return a parameter's number with its unit, or what its word means; of a table nothing."""
    is_number = isinstance(row.value, int) and not isinstance(row.value, bool)
    return f"{row.value} {UNITS.get(row.unit, '')}".strip() if is_number else said(row.name, row.value)


def _said(name: str) -> str:
    row = parameter(name, home6=settings.LIANXIN_HOME6)
    words = " ".join(part for part in (row.label, amount(row)) if part)
    return f"{words}（{STANDING[row.standing]}）"
