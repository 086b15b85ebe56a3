"""Preparing a vote that no other room prepares: a test of duty reports, another decision."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lianxin.ballots import services
from lianxin.ballots.models import BallotMode, Purpose, Shortfall, TieRule
from lianxin.ballots.services import SATISFACTION, Method, NewOption
from lianxin.ballots.workflow import HOST
from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Conflict, Invalid, LianxinError, Refused
from lianxin.common.ids import uuid7
from lianxin.congress.selectors import session_now
from lianxin.people.selectors import deputies_of_body
from lianxin.web.door import actor_of, for_roles

REFUSALS = (Invalid, Refused, Conflict)
OWN_PURPOSES = (Purpose.DUTY_REVIEW, Purpose.OTHER)


@for_roles(*HOST)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Prepare a vote; a refusal keeps what was typed."""
    actor, problem = actor_of(request), None
    if request.method == "POST":
        try:
            made = _prepare(request, actor)
            return redirect("ballot", pk=made.pk)
        except REFUSALS as refusal:
            problem = refusal
    return _page(request, problem)


def _prepare(request: HttpRequest, actor: Actor) -> Any:
    typed = request.POST
    body = _body(actor)
    return services.ballot_prepare(
        actor=actor,
        body=body,
        purpose=typed.get("purpose", ""),
        subject=typed.get("subject", ""),
        session=typed.get("session", ""),
        held_on=_day(typed.get("held_on", "")),
        options=_options(typed.get("options", ""), typed.get("purpose", ""), body),
        method=_method(request),
        request_id=typed.get("request_id"),
    )


def _body(actor: Actor) -> str:
    """Return the place whose votes the actor holds: the city for its office, a town for its presidium."""
    places = actor.places(Role.OFFICE) or actor.places(Role.PRESIDIUM)
    return places[0]


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        words = _("请选哪天票决。")
        raise Invalid(words, fields={"held_on": words}) from None


def _method(request: HttpRequest) -> Method:
    typed = request.POST
    mode = typed.get("mode", "")
    places = typed.get("places", "").strip()
    if mode == BallotMode.GRADES:
        return Method(mode, 1, grades=SATISFACTION)
    if not places.isdigit() or len(places) > 2:
        words = _("请填要选出几项。")
        raise Invalid(words, fields={"places": words})
    return Method(mode, int(places), typed.get("shortfall", ""), typed.get("tie_rule", ""))


def _options(typed: str, purpose: str, body: str) -> list[NewOption]:
    """Return one option a line: name, after a bar what to say of it; a reporting deputy is recognised."""
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    owners = _owners(body) if purpose == Purpose.DUTY_REVIEW else {}
    found = []
    for place, line in enumerate(lines, start=1):
        label, _bar, note = line.replace("｜", "|").partition("|")
        owner = owners.get(label.strip())
        found.append(NewOption(f"o{place}", label.strip(), note.strip(), owner))
    return found


def _owners(body: str) -> dict[str, UUID]:
    return {name: pk for pk, name in deputies_of_body(body).values_list("pk", "name")}


def _page(request: HttpRequest, problem: LianxinError | None) -> HttpResponse:
    page = {
        "sitting": session_now(_body(actor_of(request))),
        "purposes": [(one.value, one.label) for one in OWN_PURPOSES],
        "modes": BallotMode.choices,
        "shortfalls": Shortfall.choices,
        "tie_rules": TieRule.choices,
        "grade_words": "、".join(words for _key, words in SATISFACTION),
        "today": clock.today(),
        "typed": request.POST,
        "errors": problem.fields if problem else {},
        "problem": problem,
        "request_id": str(uuid7()),
        "at": "/ballots",
    }
    return render(request, "web/ballots/new.html", page, status=problem.status if problem else 200)
