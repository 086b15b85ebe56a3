"""Editing the rulebook: only a system administrator, never over what a statute fixes."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.db.models import F

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Denied, Invalid, Refused
from lianxin.common.writes import write
from lianxin.rulebook.calendar import Calendar, DayKind
from lianxin.rulebook.models import CalendarDay, CalendarYear, Parameter, RulebookVersion
from lianxin.rulebook.selectors import forget, parameter, value
from lianxin.rulebook.words import not_a_word

__all__ = ["calendar_day_set", "calendar_year_confirm", "parameter_change", "value"]

COUNTED = {"days", "workdays", "months", "years", "hours", "minutes", "seconds"}
BASIS_LENGTH = 200
FIRST_YEAR, LAST_YEAR = 2004, 2100


@write
def parameter_change(
    *,
    actor: Actor,
    name: str,
    value: Any,
    basis: str,
    valid_from: date,
    home6: str,
    mark: str = "A",
    place: str = "",
    request_id: str | None = None,
) -> Parameter:
    """Set a parameter from a day on; the old row ends that day and stays readable.

    Matters that began earlier keep the old value, so no day before today can be chosen.
    """
    _may_edit(actor)
    if valid_from < clock.today():
        raise Refused("只能从今天或以后的日子起改，已经开始的事项仍按原来的规定。")
    old = parameter(name, on=valid_from, home6=home6, place=place)
    _check_value(old, value)
    _check_basis(basis, mark)
    Parameter.objects.filter(
        name=name, home6=home6, place=place, valid_to=None, valid_from__lt=valid_from
    ).update(valid_to=valid_from)
    row, _ = Parameter.objects.update_or_create(
        name=name,
        home6=home6,
        place=place,
        valid_from=valid_from,
        defaults={
            "value": value,
            "basis": basis,
            "label": old.label,
            "unit": old.unit,
            "mark": mark,
            "upper_bound": old.upper_bound,
            "lower_bound": old.lower_bound,
            "is_fixed": old.is_fixed,
        },
    )
    record(
        actor=actor,
        tag="rulebook.parameter_change",
        kind="parameter",
        target=row.id,
        home6=home6,
        facts={"name": name, "value": value, "mark": mark, "from": str(valid_from)},
    )
    _edited()
    return row


@write
def calendar_day_set(
    *, actor: Actor, home6: str, day: date, kind: DayKind, note: str, request_id: str | None = None
) -> CalendarDay:
    """Say of one day whether offices work."""
    _may_edit(actor)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Invalid("日期不对。", fields={"day": f"请填 {FIRST_YEAR} 到 {LAST_YEAR} 年之间的日子。"})
    if len(note) > 60:
        raise Invalid("说明太长了。", fields={"note": "请不要超过 60 个字。"})
    row, _ = CalendarDay.objects.update_or_create(
        home6=home6, date=day, defaults={"kind": kind, "note": note}
    )
    record(
        actor=actor,
        tag="rulebook.calendar_day_set",
        kind="calendar_day",
        target=row.id,
        home6=home6,
        facts={"day": str(day), "kind": kind.value},
    )
    _edited()
    return row


@write
def calendar_year_confirm(
    *, actor: Actor, home6: str, year: int, notice: str, request_id: str | None = None
) -> CalendarYear:
    """Say that a year's State Council notice has been entered; its dates are no longer provisional."""
    _may_edit(actor)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Invalid("年份不对。", fields={"year": f"请填 {FIRST_YEAR} 到 {LAST_YEAR} 之间的年份。"})
    if not notice.strip() or len(notice) > 120:
        raise Invalid("请写明通知。", fields={"notice": "写明国务院办公厅通知的文号，不超过 120 个字。"})
    if not CalendarDay.objects.filter(home6=home6, date__year=year, kind=DayKind.REST).exists() and (
        year not in Calendar.china().complete_years
    ):
        raise Refused(f"{year} 年还没有录入任何放假的日子，请先按通知逐日录入，再确认全年。")
    row, _ = CalendarYear.objects.update_or_create(home6=home6, year=year, defaults={"notice": notice})
    record(
        actor=actor,
        tag="rulebook.calendar_year_confirm",
        kind="calendar_year",
        target=row.id,
        home6=home6,
        facts={"year": year},
    )
    _edited()
    return row


def _may_edit(actor: Actor) -> None:
    if not actor.has(Role.SYSTEM_ADMIN):
        raise Denied("只有系统管理员可以修改制度参数。")


def _check_value(old: Parameter, new: Any) -> None:
    if old.is_fixed and new != old.value:
        raise Refused(f"「{old.label}」由法律直接规定，不能修改：{old.basis}。")
    if not _same_shape(old.value, new):
        raise Invalid("这一项的写法不对。", fields={"value": f"请填和原来一样的写法，例如：{old.value}"})
    if words := not_a_word(old.name, new):
        raise Invalid("没有这一种写法。", fields={"value": words})
    if isinstance(new, bool) or not isinstance(new, int | float):
        return
    if new < 0 or (old.unit in COUNTED and new == 0):
        raise Invalid("这一项要大于零。", fields={"value": "请填大于零的数。"})
    if old.upper_bound is not None and new > old.upper_bound:
        raise Refused(f"「{old.label}」不能超过 {old.upper_bound}：{old.basis}。")
    if old.lower_bound is not None and new < old.lower_bound:
        raise Refused(f"「{old.label}」不能少于 {old.lower_bound}：{old.basis}。")


def _same_shape(old: Any, new: Any) -> bool:
    """Say whether a value can stand where another stood: same kind, same keys, same kind of items."""
    if type(new) is not type(old):
        return False
    if isinstance(old, dict):
        return set(new) == set(old) and all(_same_shape(old[key], new[key]) for key in old)
    if isinstance(old, list):
        return bool(new) and all(type(one) is type(old[0]) for one in new)
    return not isinstance(old, str) or bool(new.strip())


def _check_basis(basis: str, mark: str) -> None:
    """Law is only what names its article: a local habit can never be entered as law."""
    if not basis.strip() or len(basis) > BASIS_LENGTH:
        raise Invalid("请写明依据。", fields={"basis": "写明文件名称和条款，没有就写「本地约定」。"})
    if mark not in {"K", "L", "A"}:
        raise Invalid("请选依据的性质。", fields={"mark": "请从法定、参照、本地约定中选一项。"})
    if mark == "K" and not re.search(r"第[一二三四五六七八九十百零\d]+条", basis):
        raise Invalid("法定依据要写明条款。", fields={"basis": "写明文件和第几条；没有条款的请选「参照」。"})


def _edited() -> None:
    RulebookVersion.objects.get_or_create(pk=1)
    RulebookVersion.objects.filter(pk=1).update(number=F("number") + 1)
    forget()
