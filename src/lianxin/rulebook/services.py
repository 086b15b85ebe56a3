"""Editing the rulebook: only a system administrator, never over what a statute fixes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F

from lianxin.audit.services import record
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Denied, Invalid, Refused
from lianxin.common.writes import write
from lianxin.rulebook.calendar import DayKind
from lianxin.rulebook.models import CalendarDay, CalendarYear, Parameter, RulebookVersion
from lianxin.rulebook.selectors import forget, parameter, value

__all__ = ["calendar_day_set", "calendar_year_confirm", "parameter_change", "value"]


@write
def parameter_change(
    *,
    actor: Actor,
    name: str,
    value: Any,
    basis: str,
    valid_from: date,
    home6: str,
    place: str = "",
    request_id: str | None = None,
) -> Parameter:
    """Set a parameter from a day on; the old row ends that day and stays readable."""
    _may_edit(actor)
    old = parameter(name, on=valid_from, home6=home6, place=place)
    _check_value(old, value)
    if not basis.strip():
        raise Invalid("请写明依据。", fields={"basis": "写明文件名称和条款，没有就写「本地约定」。"})
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
            "mark": old.mark,
            "upper_bound": old.upper_bound,
        },
    )
    record(
        actor=actor,
        tag="rulebook.parameter_change",
        kind="parameter",
        target=row.id,
        home6=home6,
        facts={"name": name, "value": value, "from": str(valid_from)},
    )
    _edited()
    return row


@write
def calendar_day_set(
    *, actor: Actor, home6: str, day: date, kind: DayKind, note: str, request_id: str | None = None
) -> CalendarDay:
    """Say of one day whether offices work."""
    _may_edit(actor)
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
    if type(new) is not type(old.value):
        raise Invalid("这一项的写法不对。", fields={"value": f"请填和原来一样的写法，例如：{old.value}"})
    if old.upper_bound is not None and not 0 < int(new) <= old.upper_bound:
        raise Refused(f"「{old.label}」不能超过 {old.upper_bound}：{old.basis}。")


def _edited() -> None:
    RulebookVersion.objects.get_or_create(pk=1)
    RulebookVersion.objects.filter(pk=1).update(number=F("number") + 1)
    forget()
