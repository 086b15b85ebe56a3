"""记一笔, 民情日记, 办实事 and 履职记录: what a deputy did, written once, phone first."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Conflict, Denied, Invalid, LianxinError, NotFound, Refused
from lianxin.common.ids import uuid7
from lianxin.duties import selectors
from lianxin.duties.models import DutyKind
from lianxin.people.actors import deputy_of
from lianxin.people.models import Deputy
from lianxin.web.door import actor_of, for_roles
from lianxin.web.duty_forms import fields_of, places_near, privacies, record_typed

REFUSALS = (Invalid, Refused, Conflict, NotFound)
DIARY, DEED = "field_diary", "practical_deed"
SHOWN = 60
HINTS = {
    DIARY: "到了哪里、见了谁、听到什么、打算怎么办",
    DEED: "帮谁办成了什么，写一句群众看得懂的话",
}


@for_roles(Role.DEPUTY)
@never_cache
@require_GET
def note(request: HttpRequest) -> HttpResponse:
    """＋记一笔: what one may write down, each one tap away."""
    deputy = own_deputy(actor_of(request))
    kinds = [kind for kind in selectors.kinds_in_force(deputy.home6) if kind.self_entered]
    return render(request, "web/deputy/note.html", {"kinds": kinds, "tab": "new"})


@for_roles(Role.DEPUTY)
@never_cache
@require_http_methods(["GET", "POST"])
def note_kind(request: HttpRequest, slug: str) -> HttpResponse:
    """Write one record down; its form comes from the kind's data."""
    actor = actor_of(request)
    deputy = own_deputy(actor)
    kind = selectors.kind_in_force(slug, deputy.home6, clock.today())
    problem: LianxinError | None = None
    if request.method == "POST":
        try:
            row = record_typed(request, actor, kind)
            messages.success(request, _("已存为草稿。") if row.state == "draft" else _("已记下。"))
            return redirect("duty", pk=row.pk)
        except REFUSALS as refusal:
            problem = refusal
    page = form_page(request, kind, deputy, problem)
    return render(request, "web/deputy/note_kind.html", page, status=problem.status if problem else 200)


def form_page(
    request: HttpRequest, kind: DutyKind, deputy: Deputy, problem: LianxinError | None
) -> dict[str, Any]:
    """Return what the form of a kind shows."""
    errors = problem.fields if problem else {}
    options = privacies(kind)
    first = "station" if len(options) < 4 else "group"
    return {
        "kind": kind,
        "fields": fields_of(kind, request.POST, errors),
        "hint": _(HINTS.get(kind.slug, "一句话说清做了什么")),
        "problem": problem,
        "errors": linked(kind, errors),
        "typed": request.POST,
        "day": request.POST.get("on") or clock.today().isoformat(),
        "today": clock.today(),
        "places": places_near(deputy.division_code),
        "place": request.POST.get("division_code") or deputy.division_code,
        "privacies": options,
        "privacy": request.POST.get("privacy") or first,
        "request_id": request.POST.get("request_id") or str(uuid7()),
        "tab": "new",
    }


def linked(kind: DutyKind, errors: dict[str, str]) -> dict[str, str]:
    """Return the errors by the name of the field's box, so that a tap leads to it."""
    own = {one["name"] for one in kind.fields}
    return {(f"v_{name}" if name in own else name): said for name, said in errors.items()}


@for_roles(Role.DEPUTY)
@never_cache
@require_GET
def diary(request: HttpRequest) -> HttpResponse:
    """民情日记: one's own diary of a year, private pages among them, with the year's target."""
    return _ledger(request, DIARY, "web/deputy/diary.html")


@for_roles(Role.DEPUTY)
@never_cache
@require_GET
def deeds(request: HttpRequest) -> HttpResponse:
    """办实事: the year's deeds; only verified ones count."""
    return _ledger(request, DEED, "web/deputy/deeds.html")


def _ledger(request: HttpRequest, slug: str, template: str) -> HttpResponse:
    actor = actor_of(request)
    deputy, year = own_deputy(actor), year_of(request)
    kind = selectors.kind_in_force(slug, deputy.home6, clock.today())
    rows = [one for one in selectors.own_year(actor, deputy, year) if one.record.kind.slug == slug]
    page = {
        "kind": kind,
        "rows": list(reversed(rows))[:SHOWN],
        "counted": sum(one.counted for one in rows),
        "target": selectors.target_of(kind, year),
        "year": year,
        "years": years(),
        "tab": "more",
    }
    return render(request, template, page)


@for_roles(Role.DEPUTY)
@never_cache
@require_GET
def duty_list(request: HttpRequest) -> HttpResponse:
    """履职记录: each record of a year, counted or not and why, by kind."""
    actor = actor_of(request)
    deputy, year, shown = own_deputy(actor), year_of(request), request.GET.get("kind", "")
    every = selectors.own_year(actor, deputy, year)
    kinds: dict[str, list[Any]] = {}
    for one in every:
        kinds.setdefault(one.record.kind.slug, [one.record.kind.name, 0, 0])
        kinds[one.record.kind.slug][1] += one.counted
        kinds[one.record.kind.slug][2] += 1
    rows = [one for one in reversed(every) if shown in {"", one.record.kind.slug}]
    page = {
        "rows": rows[:SHOWN],
        "more": max(len(rows) - SHOWN, 0),
        "kinds": [(slug, *said) for slug, said in kinds.items()],
        "shown": shown,
        "year": year,
        "years": years(),
        "counted": sum(one.counted for one in every),
        "total": len(every),
        "tab": "more",
    }
    return render(request, "web/deputy/duties.html", page)


def own_deputy(actor: Actor) -> Deputy:
    """Return the deputy who asks; an account without one has nothing to write down."""
    deputy = deputy_of(actor)
    if deputy is None:
        raise Denied("这个页面只给人大代表本人用。")
    return deputy


def year_of(request: HttpRequest) -> int:
    """Return the year that was asked for, this one where it makes no sense."""
    typed, now = request.GET.get("year", ""), clock.today().year
    return int(typed) if typed.isascii() and typed.isdigit() and now - 20 < int(typed) <= now else now


def years() -> list[int]:
    """Return the years that a list offers."""
    now = clock.today().year
    return [now, now - 1, now - 2]


def uuid_of(typed: str) -> UUID | None:
    """Return an id that was typed, or None where it is none."""
    try:
        return UUID(typed)
    except ValueError:
        return None
