"""A deputy's first screen, the opinions of his place, what else is his."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.insight.homes import home_of
from lianxin.opinions import selectors as opinions
from lianxin.opinions.models import Opinion
from lianxin.opinions.permissions import visible_to
from lianxin.people.actors import seats_of
from lianxin.people.models import CongressLevel
from lianxin.regions.selectors import place_name
from lianxin.web.door import actor_of, for_roles

HIGHER = (CongressLevel.PREFECTURE, CongressLevel.PROVINCE)
"""Congresses above this house: their suggestions are filed there, here one only prints a draft."""
TABS = (("todo", "待办"), ("going", "进行中"), ("done", "已完成"))


@for_roles(Role.DEPUTY)
@never_cache
@require_GET
def todo(request: HttpRequest) -> HttpResponse:
    """Show what waits for the deputy."""
    actor = actor_of(request)
    page = {"home": home_of(actor), "tab": "todo", "greeting": _greeting(actor.name), "day": _day()}
    return render(request, "web/deputy/home.html", page)


def _day() -> str:
    today = clock.today()
    return date_format(today, _("n月j日（l）"))


def _greeting(name: str) -> str:
    hour = clock.now().astimezone(clock.SHANGHAI).hour
    words = _("%(name)s代表，上午好") if hour < 12 else _("%(name)s代表，下午好")
    if hour >= 18:
        words = _("%(name)s代表，晚上好")
    return words % {"name": name.removesuffix("代表")}


@for_roles(Role.DEPUTY)
@never_cache
@require_GET
def opinion_list(request: HttpRequest) -> HttpResponse:
    """List the opinions of the deputy's place; tick like ones to write a suggestion."""
    tab = request.GET.get("tab", "todo")
    rows = opinions.opinions_page(actor_of(request), tab=tab, limit=40)
    page = {
        "rows": [(row, place_name(row.division_code)) for row in rows],
        "tab": "opinions",
        "shown": tab,
        "tabs": TABS,
    }
    return render(request, "web/deputy/opinions.html", page)


@dataclass(frozen=True)
class Column:
    """One opinion beside others, as 合并研判 shows it; `score` is None for the one it began with."""

    row: Opinion
    place: str
    words: str
    score: float | None
    terms: list[str]

    @property
    def why(self) -> str:
        """Propose the reason for taking it together with the others; the deputy may change it."""
        return f"说的是同一件事，都提到{'、'.join(self.terms)}" if self.terms else ""


@for_roles(Role.DEPUTY)
@never_cache
@require_GET
def opinion(request: HttpRequest, pk: UUID) -> HttpResponse:
    """合并研判: one opinion and those like it side by side, without their persons."""
    actor = actor_of(request)
    row = opinions.opinion_for(actor, pk)
    first = Column(row, place_name(row.division_code), opinions.text_for(actor, row), None, [])
    page = {"row": row, "columns": [first, *_like(actor, row)], "tab": "opinions"}
    return render(request, "web/deputy/opinion.html", page)


def _like(actor: Actor, row: Opinion) -> list[Column]:
    matches = opinions.similar_for(actor, row.outgoing_text, limit=5, exclude=(row.id,))
    rows: dict[Any, Opinion] = visible_to(actor).in_bulk([match.object_id for match in matches])
    return [
        Column(
            rows[match.object_id],
            place_name(rows[match.object_id].division_code),
            opinions.text_for(actor, rows[match.object_id]),
            match.score,
            match.common_terms,
        )
        for match in matches
    ]


@for_roles(Role.DEPUTY)
@never_cache
@require_GET
def more(request: HttpRequest) -> HttpResponse:
    """Show one's seats and further pages."""
    seats = [(seat, place_name(seat.body_code)) for seat in seats_of(actor_of(request))]
    higher = any(seat.level in HIGHER for seat, _place in seats)
    return render(request, "web/deputy/more.html", {"seats": seats, "higher": higher, "tab": "more"})
