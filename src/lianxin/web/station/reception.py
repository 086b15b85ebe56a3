"""今日接待: who is here, the queue, the register, the paper forms, the summary."""

from __future__ import annotations

import base64
import binascii
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Invalid, LianxinError
from lianxin.common.ids import uuid7
from lianxin.documents.papers import qr_svg
from lianxin.opinions.services import Said, Submitted
from lianxin.regions.selectors import villages_of
from lianxin.rulebook.services import value
from lianxin.stations import selectors, services
from lianxin.stations.models import Confirmed, Outcome, ReceptionDay
from lianxin.stations.services.reception import noon_of
from lianxin.stations.workflow import DESK, Turn
from lianxin.web.door import actor_of, for_roles
from lianxin.web.papers.receipts import receipt_keep
from lianxin.web.station.rota import day_from, uuid_from

TABLE = (*DESK, Role.DEPUTY)


@for_roles(*DESK)
@never_cache
@require_GET
def door(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The screen at the door: a code that changes every 30 seconds; the page asks for the next by itself."""
    actor = actor_of(request)
    day = selectors.day_for(actor, pk)
    code, left = services.door_code(actor=actor, day=day)
    link = f"{settings.LIANXIN_SITE_URL}/station/days/{day.pk}/in?code={code}"
    drawn = base64.b64encode(qr_svg(link).encode()).decode()
    page = {"day": day, "code": code, "left": left, "qr": f"data:image/svg+xml;base64,{drawn}"}
    answer = render(request, "web/station/door.html", page)
    answer["Refresh"] = str(left + 1)
    return answer


@for_roles(*TABLE)
@require_POST
def ticket(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give out a number, call it, or note that nobody came."""
    actor = actor_of(request)
    day = selectors.day_for(actor, pk)
    try:
        _queue(request, actor, day)
    except LianxinError as refusal:
        messages.warning(request, refusal.message)
    return redirect("reception_day", pk=pk)


def _queue(request: HttpRequest, actor: Actor, day: ReceptionDay) -> None:
    wanted = uuid_from(request.POST.get("ticket", ""))
    if wanted is None:
        made = services.ticket_issue(actor=actor, day=day, request_id=request.POST.get("request_id"))
        messages.success(request, _("%(n)s 号") % {"n": made.number})
        return
    row = get_object_or_404(day.tickets.select_related("day"), pk=wanted)
    services.ticket_call(actor=actor, ticket=row, gone="gone" in request.POST)


@for_roles(*TABLE)
@never_cache
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest, pk: UUID) -> HttpResponse:
    """接待登记: one visit becomes an opinion; the code is shown once, large, and can be printed."""
    actor = actor_of(request)
    day = selectors.day_for(actor, pk)
    errors: dict[str, str] = {}
    done = None
    if request.method == "POST":
        try:
            key = request.POST.get("request_id")
            done = services.reception_register(
                actor=actor, day=day, visit=_visit(request, day), request_id=key
            )
            if done.reception.opinion:
                receipt_keep(request, Submitted(done.reception.opinion, done.code))
        except LianxinError as refusal:
            errors = refusal.fields or {"text": refusal.message}
    page = {
        **choices(day),
        "day": day,
        "done": done,
        "groups": done.code.split("-") if done else [],
        "errors": errors,
        "typed": {} if done else request.POST,
        "ticket": request.GET.get("ticket", "") or request.POST.get("ticket", ""),
        "request_id": str(uuid7()) if done else request.POST.get("request_id") or str(uuid7()),
        "me": _me(actor, day),
        "at": "/station/rota",
    }
    return render(request, "web/station/register.html", page, status=422 if errors else 200)


def _me(actor: Actor, day: ReceptionDay) -> str:
    """Return the deputy who is registering, else the first who signed in."""
    turns = list(day.turns.all())
    own = [turn for turn in turns if turn.deputy.account_id == actor.id]
    here = [turn for turn in turns if turn.state == Turn.SIGNED_IN]
    first = next(iter([*own, *here]), None)
    return str(first.deputy_id) if first else ""


def choices(day: ReceptionDay) -> dict[str, Any]:
    """Return what the forms of a day offer."""
    station = day.station
    return {
        "deputies": [(str(turn.deputy_id), turn.deputy.name) for turn in day.turns.all()],
        "categories": value("opinion.categories", home6=day.home6),
        "villages": villages_of(station.town_code) if station.town_code else [],
        "outcomes": Outcome.choices,
        "confirms": Confirmed.choices,
    }


def _visit(request: HttpRequest, day: ReceptionDay) -> services.Visit:
    typed = request.POST
    voice = request.FILES.get("voice")
    outcome, confirmed = typed.get("outcome", ""), typed.get("confirmed", "")
    problems = {}
    if outcome not in Outcome.values:
        problems["outcome"] = _("请选现场怎么处理的。")
    if confirmed not in Confirmed.values:
        problems["confirmed"] = _("请选群众怎么确认的。")
    deputy = uuid_from(typed.get("deputy", ""))
    if deputy is None:
        problems["deputy"] = _("请选哪位代表接待的。")
    if problems or deputy is None:
        raise Invalid(_("还差一点，写的内容都在。"), fields=problems)
    return services.Visit(
        said=said_from(typed),
        deputy=deputy,
        outcome=Outcome(outcome),
        confirmed=Confirmed(confirmed),
        words=typed.get("words", "").strip()[:500],
        appointment_on=appointment_from(typed.get("appointment_on", "")),
        ticket=uuid_from(typed.get("ticket", "")),
        deputy_sign=drawn(typed.get("deputy_sign", ""), "deputy_sign"),
        resident_sign=drawn(typed.get("resident_sign", ""), "confirmed"),
        resident_voice=voice.read() if isinstance(voice, UploadedFile) else b"",
    )


def appointment_from(typed: str) -> date | None:
    """Return the day of an appointment, None where none was written."""
    return day_from(typed, "appointment_on") if typed else None


def drawn(typed: str, name: str) -> bytes:
    """Return the picture that the signature pad drew."""
    head, _comma, data = typed.partition(",")
    if not typed or head != "data:image/png;base64":
        return b""
    try:
        return base64.b64decode(data, validate=True)
    except binascii.Error:
        raise Invalid(_("签名没有传上来，请再签一次。"), fields={name: _("请再签一次。")}) from None


def said_from(typed: QueryDict, row: str = "", on: ReceptionDay | None = None) -> Said:
    """Return the matter from the form, or from row `row` of the papers (with the day\'s own date)."""

    def at(name: str) -> str:
        return typed.get(f"{name}{row}", "").strip()

    return Said(
        text=at("text"),
        village=at("village"),
        category=at("category")[:20],
        name=at("name")[:40],
        phone=at("phone")[:30],
        call_back=f"call_back{row}" in typed,
        confidential=f"confidential{row}" in typed,
        may_publish=f"may_publish{row}" in typed,
        insists_sealed=f"insists{row}" in typed,
        received_at=noon_of(on) if on else None,
    )
