"""From a parameter and a start date to a due date that explains itself."""

from __future__ import annotations

from datetime import date

from lianxin.rulebook.calendar import Due, due_after_days, due_after_months, due_after_workdays
from lianxin.rulebook.selectors import calendar_for, parameter

COUNT = {"workdays": due_after_workdays, "days": due_after_days, "months": due_after_months}


def due_for(name: str, start: date, *, home6: str) -> Due:
    """Return the due date that the parameter `name` gives; its trace names value, 依据 and mark."""
    rule = parameter(name, on=start, home6=home6)
    due = COUNT[rule.unit](start, int(rule.value), calendar_for(home6))
    standing = "依据" if rule.mark == "K" else "本地设置（可修改），参考"
    return Due(due.on, due.provisional, [f"{rule.label}：{standing}：{rule.basis}。", *due.trace])
