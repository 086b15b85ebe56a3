"""制度参数 and the work calendar: value, 依据 and mark; changed from a day on by the system administrator."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lianxin.common import clock
from lianxin.common.actor import Role
from lianxin.common.errors import Invalid, LianxinError
from lianxin.rulebook.calendar import Calendar, DayKind
from lianxin.rulebook.models import CalendarDay, Parameter
from lianxin.rulebook.selectors import calendar_for
from lianxin.rulebook.services import calendar_day_set, calendar_year_confirm, parameter_change
from lianxin.rulebook.words import WORDS, said
from lianxin.web.administration.parts import ADMINS, attempt, show, typed_date
from lianxin.web.basis import UNITS
from lianxin.web.door import actor_of, for_roles

GROUPS = (
    ("suggestion", "代表建议"),
    ("express", "直通车"),
    ("activity_opinion", "活动中的意见"),
    ("opinion", "社情民意"),
    ("reception", "接待日"),
    ("contact", "联系群众"),
    ("contact_access", "联系方式开封"),
    ("deputy", "代表履职"),
    ("project", "民生实事票决"),
    ("ballot", "票决和测评"),
    ("village", "村民自治"),
    ("retention", "保留期限"),
    ("privacy", "个人信息"),
    ("security", "安全"),
)
OTHERS = ("", "其他")
DAY_WORDS = {True: "班", False: "休"}


@for_roles(*ADMINS)
@never_cache
@require_http_methods(["GET", "POST"])
def parameters(request: HttpRequest) -> HttpResponse:
    """List the parameters in force by subject; those who may change them from a day on."""
    problem: LianxinError | None = None
    if request.method == "POST":
        problem = attempt(request, lambda: _change(request), _("已修改；已经开始的事项仍按原来的规定。"))
        if problem is None:
            return redirect("parameters")
    page = {"groups": _groups(), "may_edit": actor_of(request).has(Role.SYSTEM_ADMIN), "today": clock.today()}
    return show(request, "parameters", "/administration/parameters", page, problem)


def _change(request: HttpRequest) -> Parameter:
    return parameter_change(
        actor=actor_of(request),
        name=request.POST.get("name", "")[:60],
        value=_value(request.POST.get("value", "")[:2000]),
        basis=request.POST.get("basis", ""),
        mark=request.POST.get("mark", ""),
        valid_from=typed_date(request, "valid_from", empty=clock.today()),
        home6=settings.LIANXIN_HOME6,
    )


def _value(typed: str) -> Any:
    try:
        return json.loads(typed)
    except ValueError:
        return typed


def _groups() -> list[tuple[str, list[dict[str, Any]]]]:
    """Return (subject, rows); each row is the value in force with what is to come and what was."""
    today = clock.today()
    by_name: dict[str, list[Parameter]] = {}
    rows = Parameter.objects.filter(home6__in=["", settings.LIANXIN_HOME6]).order_by("home6", "valid_from")
    for row in rows:
        by_name.setdefault(row.name, []).append(row)
    found: dict[str, list[dict[str, Any]]] = {}
    for name, history in by_name.items():
        now = [
            row for row in history if row.valid_from <= today and not (row.valid_to and row.valid_to <= today)
        ]
        row = (now or history)[-1]
        shown = UNITS.get(row.unit, "") if isinstance(row.value, int) else ""
        entry = {
            "row": row,
            "typed": _typed(row.value),
            "said": said(name, row.value) or _typed(row.value),
            "words": list(WORDS.get(name, {}).items()),
            "unit": shown,
            "history": history,
        }
        found.setdefault(name.partition(".")[0], []).append(entry)
    known = [(label, found.pop(key)) for key, label in GROUPS if key in found]
    return known + [(OTHERS[1], entries) for entries in found.values()]


def _typed(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


@for_roles(*ADMINS)
@never_cache
@require_http_methods(["GET", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """Show a year's rest days and working weekends; days and whole years are entered here."""
    problem: LianxinError | None = None
    if request.method == "POST":
        problem = attempt(request, lambda: _edit_calendar(request), _("工作日历已更新。"))
    shown = calendar_for(settings.LIANXIN_HOME6)
    year = _year(request, clock.today().year)
    page = {
        "year": year,
        "known": year in shown.complete_years,
        "months": _months(shown, year),
        "edits": CalendarDay.objects.filter(home6=settings.LIANXIN_HOME6, date__year=year).order_by("date"),
        "years": range(clock.today().year - 1, clock.today().year + 4),
        "may_edit": actor_of(request).has(Role.SYSTEM_ADMIN),
        "version": shown.version,
    }
    return show(request, "calendar", "/administration/calendar", page, problem)


def _edit_calendar(request: HttpRequest) -> object:
    actor, home6 = actor_of(request), settings.LIANXIN_HOME6
    if request.POST.get("act") == "year":
        year, notice = _year(request, 0), request.POST.get("notice", "")
        return calendar_year_confirm(actor=actor, home6=home6, year=year, notice=notice)
    kind = request.POST.get("kind", "")
    if kind not in set(DayKind):
        raise Invalid("请选放假还是上班。", fields={"kind": "请选放假还是上班。"})
    first = typed_date(request, "day")
    last = typed_date(request, "until", empty=first)
    if not first <= last <= first + timedelta(days=31):
        raise Invalid("起止日期不对。", fields={"until": "一次最多录一个月，止日不能早于起日。"})
    for place in range((last - first).days + 1):
        day = first + timedelta(days=place)
        note = request.POST.get("note", "").strip()
        calendar_day_set(actor=actor, home6=home6, day=day, kind=DayKind(kind), note=note)
    return first


def _year(request: HttpRequest, default: int) -> int:
    typed = request.POST.get("year") or request.GET.get("year", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else default


def _months(shown: Calendar, year: int) -> list[tuple[int, list[tuple[int, str, str]]]]:
    """Return (month, days); a day is its number, its kind as a word and the holiday's name."""
    months: list[tuple[int, list[tuple[int, str, str]]]] = [(month, []) for month in range(1, 13)]
    day = date(year, 1, 1)
    while day.year == year:
        if day in shown.days and shown.is_workday(day) != (day.weekday() < 5):
            word = DAY_WORDS[shown.is_workday(day)]
            months[day.month - 1][1].append((day.day, word, shown.names.get(day, "")))
        day += timedelta(days=1)
    return [month for month in months if month[1]]
