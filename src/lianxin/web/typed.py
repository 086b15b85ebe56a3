"""Numbers, days and instants as they are typed into plain forms, with a sentence for what is wrong."""

from __future__ import annotations

from datetime import date, datetime

from django.http import HttpRequest
from django.utils.translation import gettext as _

from lianxin.common import clock
from lianxin.common.errors import Invalid


def typed_count(request: HttpRequest, name: str) -> int:
    """Return a number that was typed; nothing counts as none."""
    typed = request.POST.get(name, "").strip() or "0"
    if not (typed.isascii() and typed.isdecimal()) or len(typed) > 6:
        words = _("请填整数。")
        raise Invalid(words, fields={name: words})
    return int(typed)


def typed_day(request: HttpRequest, name: str) -> date:
    """Return a day that was typed."""
    try:
        return date.fromisoformat(request.POST.get(name, "").strip())
    except ValueError:
        words = _("请选日期，写成 2026-11-23 这样。")
        raise Invalid(words, fields={name: words}) from None


def typed_day_or_none(request: HttpRequest, name: str) -> date | None:
    """Return a day that was typed, or None where it was left empty."""
    return typed_day(request, name) if request.POST.get(name, "").strip() else None


def typed_instant(request: HttpRequest) -> datetime:
    """Return the instant that the typed day and hour of a meeting mean."""
    try:
        typed = datetime.fromisoformat(
            "T".join(request.POST.get(name, "").strip() for name in ("day", "hour"))
        )
    except ValueError:
        words = _("请选开会的日期和时间。")
        raise Invalid(words, fields={"day": words}) from None
    return typed.replace(tzinfo=clock.SHANGHAI)
