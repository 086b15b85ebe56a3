"""Say a thing at a station: one page, no login, no script needed (J1)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from lianxin.common.actor import RESIDENT
from lianxin.common.errors import LianxinError, TooMany
from lianxin.common.ids import uuid7
from lianxin.opinions import selectors, services
from lianxin.opinions.models import Channel, Opinion
from lianxin.opinions.rules import emergency_numbers, is_accusation
from lianxin.regions.models import Station
from lianxin.regions.selectors import station_by_code, towns, villages_of
from lianxin.rulebook.services import value
from lianxin.stations.selectors import on_duty_today
from lianxin.web.door import keep_token, public, with_token
from lianxin.web.resident.forms import SayForm
from lianxin.web.resident.own import code_held, matter_open
from lianxin.web.resident.qr import progress_link

LIKE = 3


@public
@never_cache
@require_http_methods(["GET", "POST"])
def say(request: HttpRequest, code: str) -> HttpResponse:
    """Show the page, or take in what was said; a refusal keeps every word."""
    station = station_by_code(code)
    if request.method == "GET" and station.code != code:
        messages.warning(request, _("您扫的联络点已经撤并，这里由上一级联络站接待。"))
        return redirect("say", code=station.code)
    form = SayForm(request.POST if request.method == "POST" else None)
    form.is_valid()
    if request.method == "GET" or "towns" in request.POST:
        return _page(request, station, form)
    if _needs_advice(form):
        return _page(request, station, form, accusation=True)
    return _take_in(request, station, form)


def _needs_advice(form: SayForm) -> bool:
    """Say whether 12388 must be explained before the text may be kept at all."""
    return is_accusation(form.cleaned_data.get("text", "")) and not form.cleaned_data.get("insists")


def _take_in(request: HttpRequest, station: Station, form: SayForm) -> HttpResponse:
    try:
        done = services.opinion_submit(
            actor=RESIDENT,
            station=station,
            said=form.said(request.FILES.getlist("photos"), request.FILES.get("voice")),
            channel=Channel.QR,
            browser_token=with_token(request),
            request_id=request.POST.get("request_id") or None,
        )
    except LianxinError as refusal:
        return _page(request, station, form, refusal=refusal)
    matter_open(request, done.code)
    if done.again:
        messages.success(request, _("您刚才已提交，这是原来的查询码。"))
    return keep_token(request, redirect("said"))


def _page(
    request: HttpRequest,
    station: Station,
    form: SayForm,
    *,
    refusal: LianxinError | None = None,
    accusation: bool = False,
) -> HttpResponse:
    with_token(request)
    typed = form.data if form.is_bound else {}
    town = typed.get("town") or station.town_code or ""
    page: dict[str, Any] = {
        "station": station,
        "on_duty": on_duty_today(station),
        "errors": (refusal.fields or {"text": refusal.message}) if refusal else {},
        "wait": _minutes(refusal.retry_after) if isinstance(refusal, TooMany) else 0,
        "files_again": bool(request.FILES),
        "typed": typed,
        "towns": towns(),
        "town": town,
        "accusation": accusation,
        "numbers": emergency_numbers(typed.get("text", "")),
        "villages": villages_of(town) if town else [],
        "village": typed.get("village") or station.division_code,
        "categories": value("opinion.categories"),
        "keep_days": value("retention.contact_days"),
        "max_photos": value("opinion.max_photos"),
        "request_id": typed.get("request_id") or str(uuid7()),
    }
    answer = render(request, "web/resident/say.html", page, status=refusal.status if refusal else 200)
    if isinstance(refusal, TooMany):
        answer["Retry-After"] = str(refusal.retry_after)
    return keep_token(request, answer)


def _minutes(seconds: int) -> int:
    return max(1, -(-seconds // 60))


@public
@never_cache
@require_GET
def said(request: HttpRequest) -> HttpResponse:
    """Show the query code after saying, with its QR and ways to keep it."""
    code = code_held(request)
    if not code:
        return redirect("progress")
    opinion = selectors.opinion_by_code(code, browser_token=with_token(request))
    page = {
        "code": code,
        "groups": code.split("-"),
        "opinion": opinion,
        "due": opinion.sort_due_on,
        "days": value("opinion.sort_workdays"),
        "numbers": emergency_numbers(opinion.text),
        "link": progress_link(code),
        "like": _published_like(opinion),
    }
    return render(request, "web/resident/said.html", page)


def _published_like(opinion: Opinion) -> list[Opinion]:
    """Return published matters like this one, with their answers: nothing else of others is shown."""
    found = selectors.similar_published(opinion.outgoing_text, opinion.home6, limit=LIKE)
    rows = selectors.published(opinion.home6).in_bulk([match.object_id for match in found])
    return [rows[match.object_id] for match in found if match.object_id in rows]
