"""Entering for others: one matter at the counter, or a pile of paper forms; the code is shown once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Invalid, LianxinError
from lianxin.common.ids import uuid7
from lianxin.duties.models import DutyRecord
from lianxin.opinions import selectors, services
from lianxin.opinions.models import STAFF_CHANNELS, Channel
from lianxin.opinions.rules import phone_checked, text_checked
from lianxin.opinions.services import Said
from lianxin.regions.models import Station
from lianxin.regions.selectors import station_by_code, stations, villages_of
from lianxin.rulebook.services import value
from lianxin.web.door import actor_of, for_roles
from lianxin.web.papers.receipts import receipt_keep
from lianxin.web.station.from_diary import diary_for, diary_submit, first_words, source_of
from lianxin.web.station.views import STAFF

CHOSEN = STAFF_CHANNELS - {Channel.DIARY}
"""Channels that are chosen in the form; a diary's is given by the entry that it comes from."""
ROWS = 8
"""Paper forms on one page of the batch entry."""


@for_roles(*STAFF, Role.DEPUTY)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Enter what somebody said at the counter, by telephone, on paper; like ones are shown before saving."""
    actor = actor_of(request)
    errors: dict[str, str] = {}
    done, status = None, 200
    if request.method == "POST" and "look" not in request.POST:
        try:
            done = _enter(request, actor)
            receipt_keep(request, done)
        except LianxinError as refusal:
            errors, status = refusal.fields or {"text": refusal.message}, refusal.status
    text = request.POST.get("text", "")
    diary = _diary(request, actor)
    begun = first_words(actor, diary) if diary and request.method == "GET" else request.POST
    page = {
        **choices(actor),
        "errors": errors,
        "diary": diary,
        "typed": {} if done else begun,
        "done": done,
        "groups": done.code.split("-") if done else [],
        "request_id": str(uuid7()) if done else request.POST.get("request_id") or str(uuid7()),
        "at": "/station/new",
        "like": selectors.similar_for(actor, text) if text and not done else [],
        "looked": bool(text) and not done,
    }
    page["channel"] = request.POST.get("channel") or _usual_channel(actor)
    return render(request, "web/station/new.html", page, status=status)


def _diary(request: HttpRequest, actor: Actor) -> DutyRecord | None:
    """Return the entry of the own diary that the form comes from, if it comes from one."""
    named = request.POST.get("diary") or request.GET.get("diary")
    return diary_for(actor, named) if named else None


def _usual_channel(actor: Actor) -> str:
    only_grid = actor.has(Role.GRID_WORKER) and not actor.has(Role.KEEPER)
    return Channel.GRID.value if only_grid else Channel.ON_BEHALF.value


def choices(actor: Actor) -> dict[str, Any]:
    """Return what the forms of this folder offer: stations, channels, categories, villages."""
    mine = stations_of(actor)
    return {
        "stations": mine,
        "channels": [pair for pair in Channel.choices if pair[0] in CHOSEN],
        "categories": value("opinion.categories"),
        "villages": villages_of(mine[0].town_code or mine[0].division_code) if mine else [],
        "today": clock.today().isoformat(),
    }


def _enter(request: HttpRequest, actor: Actor) -> services.Submitted:
    typed, key = request.POST, request.POST.get("request_id")
    station, said = station_by_code(typed.get("station", "")), _said(typed)
    diary = _diary(request, actor)
    if diary:
        said = replace(said, source_ref=source_of(diary.pk))
        return diary_submit(actor=actor, station=station, row=diary, said=said, request_id=key)
    channel = Channel(typed["channel"]) if typed.get("channel") in CHOSEN else Channel.ON_BEHALF
    return services.opinion_submit(actor=actor, station=station, said=said, channel=channel, request_id=key)


def _said(typed: QueryDict, row: str = "") -> Said:
    """Return one matter from a form, or from row `row` of the batch page."""

    def at(name: str) -> str:
        return typed.get(f"{name}{row}", "").strip()

    return Said(
        text=at("text"),
        village=at("village"),
        spot=at("spot")[:80],
        category=at("category")[:20],
        name=at("name")[:40],
        phone=at("phone")[:30],
        call_back=f"call_back{row}" in typed,
        may_publish=f"may_publish{row}" in typed,
        confidential=f"confidential{row}" in typed,
        insists_sealed=f"insists{row}" in typed,
        received_at=_day(at("on"), f"on{row}"),
        source_ref=at("paper")[:60],
    )


def _day(typed: str, name: str) -> datetime | None:
    """Return the real day on which it was said: paper forms come later; tomorrow cannot have been."""
    if not typed or typed == clock.today().isoformat():
        return None
    try:
        day = parse_date(typed)
    except ValueError:
        day = None
    if day is None or day > clock.today():
        raise Invalid(_("日期不对。"), fields={name: _("写当天或以前的日期。")})
    return timezone.make_aware(datetime.combine(day, time(9)))


def stations_of(actor: Actor) -> list[Station]:
    """Return the stations in whose name the actor may enter: his own first, then its rooms."""
    places = actor.places(*STAFF, Role.DEPUTY)
    own = list(stations().filter(division_code__in=places)[:6])
    towns = [place for place in places if not place.endswith("000000")]
    villages = [place for place in places if not place.endswith("000")]
    rooms = stations().filter(town_code__in=towns)[:60]
    near = stations().filter(town_code__in=[place[:9] + "000" for place in villages], level="town")
    return own + [one for one in (*near, *rooms) if one not in own]


@for_roles(Role.KEEPER, Role.PRESIDIUM, Role.OFFICE)
@never_cache
@require_http_methods(["GET", "POST"])
def batch(request: HttpRequest) -> HttpResponse:
    """Enter several paper forms on one page: all or none; each gets its code, to hand out or read out."""
    actor = actor_of(request)
    errors: dict[str, str] = {}
    done: list[services.Submitted] = []
    status = 200
    if request.method == "POST":
        try:
            done = _enter_all(request, actor)
        except LianxinError as refusal:
            errors, status = refusal.fields or {"text1": refusal.message}, refusal.status
    typed = {} if done else request.POST
    rows = [{name: typed.get(f"{name}{n}", "") for name in FIELDS} | {"n": n} for n in range(1, ROWS + 1)]
    page = {
        **choices(actor),
        "errors": errors,
        "rows": rows,
        "station": typed.get("station", ""),
        "done": done,
        "request_id": typed.get("request_id") or str(uuid7()),
        "at": "/station/new",
    }
    return render(request, "web/station/batch.html", page, status=status)


FIELDS = ("text", "village", "category", "name", "phone", "on", "paper")


def _enter_all(request: HttpRequest, actor: Actor) -> list[services.Submitted]:
    typed = request.POST
    filled = [str(n) for n in range(1, ROWS + 1) if typed.get(f"text{n}", "").strip()]
    if not filled:
        raise Invalid(_("还没有填。"), fields={"text1": _("至少填一张表。")})
    papers = []
    for row in filled:
        try:
            papers.append(_said(typed, row))
            text_checked(papers[-1].text)
            phone_checked(papers[-1].phone)
        except Invalid as refusal:
            fields = {f"{name.rstrip(row)}{row}": words for name, words in refusal.fields.items()}
            raise Invalid(refusal.message, fields=fields) from refusal
    return services.paper_batch(
        actor=actor,
        station=station_by_code(typed.get("station", "")),
        papers=papers,
        request_id=typed.get("request_id"),
    )
