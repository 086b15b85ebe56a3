"""Say a thing, see where it is, say how it went."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianxin.common import clock
from lianxin.common.actor import RESIDENT
from lianxin.common.errors import Invalid, LianxinError, Refused
from lianxin.opinions import selectors, services
from lianxin.opinions.codes import code_of
from lianxin.opinions.models import Channel, Opinion
from lianxin.opinions.rules import emergency_numbers, is_accusation
from lianxin.opinions.services.step import facts_of
from lianxin.opinions.workflow import OPINION, State
from lianxin.people.selectors import deputies_in
from lianxin.regions.models import Station
from lianxin.regions.selectors import place_name, station_by_code, stations, towns, villages_of
from lianxin.rulebook.services import value
from lianxin.web.door import keep_token, public, with_token
from lianxin.web.resident.forms import SayForm

SAID = "said_code"


@public
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the four doors of the first page."""
    home6 = settings.LIANXIN_HOME6
    return render(
        request, "web/resident/home.html", {"results": selectors.published(home6)[:4], "towns": towns()}
    )


@public
@never_cache
@require_http_methods(["GET", "POST"])
def say(request: HttpRequest, code: str) -> HttpResponse:
    """Say a thing at a station; one page, no login, no script needed."""
    station = station_by_code(code)
    if request.method == "GET":
        return keep_token(request, _say_page(request, station, SayForm(), {}, token=with_token(request)))
    form = SayForm(request.POST)
    form.is_valid()
    if "towns" in request.POST:
        return _say_page(request, station, form, {}, token=with_token(request))
    if is_accusation(form.cleaned_data.get("text", "")) and not form.cleaned_data.get("insists"):
        return _say_page(request, station, form, {}, token=with_token(request), accusation=True)
    try:
        done = services.opinion_submit(
            actor=RESIDENT,
            station=station,
            said=form.said(request.FILES.getlist("photos")),
            channel=Channel.QR,
            browser_token=with_token(request),
            request_id=request.POST.get("request_id") or None,
        )
    except (Invalid, Refused) as refusal:
        return _say_page(
            request,
            station,
            form,
            refusal.fields or {"text": refusal.message},
            token=with_token(request),
            status=422,
        )
    request.session[SAID] = done.code
    if done.again:
        messages.success(request, _("您刚才已提交，这是原来的查询码。"))
    return keep_token(request, redirect("said"))


def _say_page(
    request: HttpRequest,
    station: Station,
    form: SayForm,
    errors: dict[str, str],
    *,
    token: str,
    status: int = 200,
    accusation: bool = False,
) -> HttpResponse:
    typed = form.data if form.is_bound else {}
    town = typed.get("town") or station.town_code or ""
    page: dict[str, Any] = {
        "station": station,
        "errors": errors,
        "typed": typed,
        "towns": towns(),
        "town": town,
        "accusation": accusation,
        "villages": villages_of(town) if town else [],
        "village": typed.get("village") or station.division_code,
        "categories": value("opinion.categories"),
        "days": value("opinion.sort_workdays"),
        "keep_days": value("retention.contact_days"),
        "request_id": typed.get("request_id") or _fresh_key(),
    }
    return keep_token(request, render(request, "web/resident/say.html", page, status=status))


@public
@never_cache
@require_GET
def said(request: HttpRequest) -> HttpResponse:
    """Show the query code once after saying, with its QR and a print button of the browser."""
    code = request.session.get(SAID)
    if not code:
        return redirect("progress")
    opinion = selectors.opinion_by_code(code, browser_token=with_token(request))
    page = {
        "code": code,
        "opinion": opinion,
        "due": opinion.sort_due_on,
        "numbers": emergency_numbers(opinion.text),
        "link": f"{settings.LIANXIN_SITE_URL}/progress",
    }
    return render(request, "web/resident/said.html", page)


@public
@never_cache
@require_http_methods(["GET", "POST"])
def progress(request: HttpRequest) -> HttpResponse:
    """Ask for the code and keep it in the session: codes never stand in an address."""
    typed, errors = request.POST.get("code", ""), {}
    if request.method == "POST":
        try:
            opinion = selectors.opinion_by_code(typed, browser_token=with_token(request))
            request.session[SAID] = code_of(opinion)
            return keep_token(request, redirect("matter"))
        except Invalid as refusal:
            errors = refusal.fields
        except LianxinError as refusal:
            errors = {"code": refusal.message}
    answer = render(
        request,
        "web/resident/progress.html",
        {"typed": typed, "errors": errors},
        status=422 if errors else 200,
    )
    return keep_token(request, answer)


@public
@never_cache
@require_GET
def matter(request: HttpRequest) -> HttpResponse:
    """Show where one's own matter is, in plain words."""
    return _matter_page(request, _own(request), {})


@public
@require_POST
def matter_act(request: HttpRequest, act: str) -> HttpResponse:
    """Evaluate, add, reopen or withdraw one's own matter."""
    opinion = _own(request)
    try:
        _ACTS[act](request, opinion)
    except (Invalid, Refused) as refusal:
        opinion.refresh_from_db()
        return _matter_page(request, opinion, refusal.fields or {act: refusal.message}, status=422)
    messages.success(request, _("记下了，谢谢您。"))
    return redirect("matter")


def _own(request: HttpRequest) -> Opinion:
    code = request.session.get(SAID)
    if not code:
        raise Invalid(_("请先输入查询码。"))
    return selectors.opinion_by_code(code, browser_token=with_token(request))


def _matter_page(
    request: HttpRequest, opinion: Opinion, errors: dict[str, str], status: int = 200
) -> HttpResponse:
    steps = selectors.public_steps(opinion)
    shown = opinion.state in {State.FED_BACK, State.RATED, State.CLOSED}
    page = {
        "opinion": opinion,
        "place": place_name(opinion.division_code),
        "steps": steps,
        "plain": selectors.plain_state(opinion),
        "answer": opinion.answer if shown else "",
        "looks": selectors.who_looked(opinion),
        "errors": errors,
        "typed": request.POST,
        "may": {act: OPINION.refusal(opinion.state, act, facts_of(opinion)) is None for act in _ACTS},
        "evaluation": opinion.evaluations.filter(round=opinion.reopened).first(),
        "request_id": _fresh_key(),
    }
    return render(request, "web/resident/matter.html", page, status=status)


def _evaluate(request: HttpRequest, opinion: Opinion) -> None:
    services.opinion_evaluate(
        opinion=opinion,
        rating=request.POST.get("rating", ""),
        unresolved="unresolved" in request.POST,
        text=request.POST.get("text", ""),
        request_id=request.POST.get("request_id"),
    )


def _reopen(request: HttpRequest, opinion: Opinion) -> None:
    services.opinion_reopen(
        opinion=opinion, text=request.POST.get("text", ""), request_id=request.POST.get("request_id")
    )


def _give_more(request: HttpRequest, opinion: Opinion) -> None:
    services.opinion_give_more(
        opinion=opinion, text=request.POST.get("text", ""), request_id=request.POST.get("request_id")
    )


def _withdraw(request: HttpRequest, opinion: Opinion) -> None:
    services.opinion_withdraw(opinion=opinion, request_id=request.POST.get("request_id"))


_ACTS = {"evaluate": _evaluate, "reopen": _reopen, "give_more": _give_more, "withdraw": _withdraw}


@public
@require_GET
def station_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show one station: how to reach it, what it has done, who its deputies are."""
    station = station_by_code(code)
    page = {
        "station": station,
        "rooms": stations().filter(parent=station)[:80],
        "place": place_name(station.division_code),
        "deputies": deputies_in(station.division_code)[:12],
    }
    return render(request, "web/resident/station.html", page)


@public
@require_GET
def station_list(request: HttpRequest) -> HttpResponse:
    """List stations by town."""
    town = request.GET.get("town", "")
    found = stations().filter(town_code=town) if town else stations().filter(level__in=["city", "town"])
    page = {"stations": found[:120], "towns": towns(), "town": town, "counts": _counts()}
    return render(request, "web/resident/stations.html", page)


def _counts() -> dict[str, int]:
    return {
        level: Station.objects.filter(level=level).count()
        for level in ("city", "town", "constituency", "village")
    }


@public
@require_GET
def results(request: HttpRequest) -> HttpResponse:
    """Show published suggestions with their results."""
    from lianxin.suggestions.selectors import suggestions_page, units_of

    rows = suggestions_page(RESIDENT, limit=30)
    parts = units_of(rows)
    return render(
        request, "web/resident/results.html", {"rows": [(row, parts.get(row.id, [])) for row in rows]}
    )


@public
@require_GET
def text_page(request: HttpRequest, name: str) -> HttpResponse:
    """Show one of the plain pages."""
    return render(
        request,
        f"web/resident/{name}.html",
        {"keep_days": value("retention.contact_days"), "today": clock.today()},
    )


@public
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Keep the chosen look in a cookie and go back."""
    back = request.POST.get("next", "/")
    answer = redirect(back if back.startswith("/") and not back.startswith("//") else "/")
    for name, allowed in (("theme", {"light", "dark", "contrast"}), ("elder", {"0", "1"})):
        if request.POST.get(name) in allowed:
            answer.set_cookie(
                name, request.POST[name], max_age=365 * 24 * 3600, samesite="Lax", httponly=True
            )
    return answer


def _fresh_key() -> str:
    from lianxin.common.ids import uuid7

    return str(uuid7())
