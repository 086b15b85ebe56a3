"""民生实事 for everybody: wishes, the projects of my town, one project with photos, the poll, the years."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianxin.common import clock
from lianxin.common.actor import RESIDENT
from lianxin.common.errors import Conflict, Invalid, LianxinError, NotFound, TooMany
from lianxin.common.ids import uuid7
from lianxin.documents.services import file_read
from lianxin.opinions import guesses
from lianxin.people.selectors import organ_name
from lianxin.projects import public, services
from lianxin.projects.lines import by_lamp, lines
from lianxin.projects.models import Grade, Project, Wish
from lianxin.projects.services.wishes import code_of
from lianxin.projects.workflow import TESTED
from lianxin.regions.models import Division, DivisionKind
from lianxin.regions.selectors import place_name, towns
from lianxin.web.door import address_of, keep_token, with_token
from lianxin.web.door import public as for_everybody
from lianxin.web.projects.forms import typed_wish

WISHED = "project_wish_code"
CITY = f"{settings.LIANXIN_HOME6}000000"


@for_everybody
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Say what 民生实事 are, where wishes are taken, and lead to each congress's projects."""
    page = {
        "rounds": [(row, place_name(row.division_code)) for row in public.collecting()[:30]],
        "towns": towns(),
        "city": CITY,
        "years": public.years()[:1],
    }
    return render(request, "web/projects/home.html", page)


@for_everybody
@require_GET
def place(request: HttpRequest, code: str) -> HttpResponse:
    """Show the projects of one congress with their lamps, and the wishes people may join."""
    division = Division.objects.filter(code=code, kind__in=(DivisionKind.TOWN, DivisionKind.CITY)).first()
    if division is None:
        raise NotFound("没有找到这个镇，请从列表里选。")
    years = public.years_of(code)
    year = _year(request, years)
    found = lines(public.public_projects(code, year)) if year else []
    page = {
        "code": code,
        "place": place_name(code),
        "years": years,
        "year": year,
        "lines": found,
        "counts": by_lamp(found),
        "wishes": public.shown_wishes(code),
        "round": public.collecting().filter(division_code=code).first(),
        "request_id": str(uuid7()),
    }
    with_token(request)
    return keep_token(request, render(request, "web/projects/place.html", page))


def _year(request: HttpRequest, years: list[int]) -> int | None:
    typed = request.GET.get("year", "")
    if typed.isdecimal() and int(typed) in years:
        return int(typed)
    return years[0] if years else None


@for_everybody
@never_cache
@require_http_methods(["GET", "POST"])
def wish(request: HttpRequest) -> HttpResponse:
    """想办的事: take in a wish without signing in, and give its code."""
    problem: LianxinError | None = None
    if request.method == "POST":
        try:
            return _wished(request)
        except (Invalid, Conflict, NotFound, TooMany) as refusal:
            problem = refusal
    with_token(request)
    page = {
        "rounds": [(row, place_name(row.division_code)) for row in public.collecting()[:60]],
        "chosen": request.POST.get("round") or request.GET.get("round", ""),
        "typed": request.POST,
        "problem": problem,
        "errors": (problem.fields or {"round": problem.message}) if problem else {},
        "request_id": str(uuid7()),
    }
    answer = render(request, "web/projects/wish.html", page, status=problem.status if problem else 200)
    return keep_token(request, answer)


def _wished(request: HttpRequest) -> HttpResponse:
    try:
        row = public.collecting_round(UUID(request.POST.get("round", "")))
    except ValueError:
        raise Invalid("请选想在哪里办。", fields={"round": "请从列出的地方里选一个。"}) from None
    made = services.wish_add(
        actor=RESIDENT,
        row=row,
        wished=typed_wish(request),
        browser_token=with_token(request),
        request_id=request.POST.get("request_id"),
    )
    request.session[WISHED] = code_of(made)
    return keep_token(request, redirect("project_wished"))


@for_everybody
@never_cache
@require_GET
def wished(request: HttpRequest) -> HttpResponse:
    """Show the code of the wish that was just taken in."""
    code = request.session.get(WISHED)
    if not code:
        return redirect("project_wish_answer")
    row = public.wish_by_code(code)
    page = {"code": code, "wish": row, "place": place_name(row.division_code)}
    return render(request, "web/projects/wished.html", page)


@for_everybody
@never_cache
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest) -> HttpResponse:
    """Look up what has become of a wish, with the reason where it was left out."""
    errors, row = {}, None
    if request.method == "POST":
        try:
            row = _by_code(request)
        except (Invalid, NotFound, TooMany) as refusal:
            errors = refusal.fields or {"code": refusal.message}
    page = {
        "errors": errors,
        "wish": row,
        "place": place_name(row.round.division_code) if row else "",
        "typed": request.POST.get("code", "")[:40],
    }
    with_token(request)
    shown = render(request, "web/projects/wish_answer.html", page, status=422 if errors else 200)
    return keep_token(request, shown)


def _by_code(request: HttpRequest) -> Wish:
    """Return the wish of a code; whoever guesses has to wait, as with other query codes."""
    token, address = with_token(request), address_of(request)
    guesses.hold(token, address)
    try:
        return public.wish_by_code(request.POST.get("code", "")[:40])
    except NotFound:
        guesses.note(token, address)
        raise


@for_everybody
@require_POST
def support(request: HttpRequest, pk: UUID) -> HttpResponse:
    """「我也想办」, counted once for a browser."""
    row = public.shown_wish(pk)
    services.wish_support(actor=RESIDENT, wish=row, browser_token=with_token(request))
    messages.success(request, _("记下了，您也想办这件事。"))
    return keep_token(request, redirect("project_place", code=row.round.division_code))


@for_everybody
@require_GET
def project(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one project: what, where, how much, by when, how far, with photos; and the poll."""
    return _project_page(request, public.public_project(pk))


def _project_page(request: HttpRequest, row: Project, refusal: LianxinError | None = None) -> HttpResponse:
    photos = public.photos_of(row)
    page: dict[str, Any] = {
        "row": row,
        "place": place_name(row.division_code),
        "unit": organ_name(row.unit_code),
        "line": lines(Project.objects.filter(pk=row.pk))[0],
        "steps": [(step, photos.get(step.pk, [])) for step in row.milestones.all()],
        "supervisors": row.supervisors.select_related("deputy"),
        "visits": row.visits.select_related("deputy")[:12],
        "changes": row.changes.exclude(decided_on=None).order_by("decided_on"),
        "rectifications": row.rectifications.order_by("due_on", "id"),
        "test": getattr(row, "year_test", None),
        "poll": public.poll_of(row),
        "may_poll": row.state in TESTED,
        "today": clock.today(),
        "grades": Grade.choices,
        "problem": refusal,
        "errors": (refusal.fields or {"grade": refusal.message}) if refusal else {},
        "request_id": str(uuid7()),
    }
    with_token(request)
    shown = render(request, "web/projects/project.html", page, status=refusal.status if refusal else 200)
    return keep_token(request, shown)


@for_everybody
@require_POST
def poll(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a resident's grade of a finished project."""
    row = public.public_project(pk)
    try:
        services.poll_answer(
            actor=RESIDENT,
            project=row,
            grade=request.POST.get("grade", ""),
            browser_token=with_token(request),
        )
    except (Invalid, Conflict) as refusal:
        return _project_page(request, row, refusal)
    messages.success(request, _("谢谢，您的评价记下了。"))
    return keep_token(request, redirect("project_public", pk=pk))


@for_everybody
@require_GET
def photo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand out a photo of a milestone."""
    file = public.public_photo(pk)
    return HttpResponse(file_read(file), content_type=file.mime)


@for_everybody
@require_GET
def history(request: HttpRequest) -> HttpResponse:
    """Show how many projects were voted in each year, by congress; each figure leads to its list."""
    years = public.years()
    chosen = request.GET.get("year", "")
    year = int(chosen) if chosen.isdecimal() else (years[0].year if years else 0)
    page = {
        "years": years,
        "year": year,
        "bodies": [(row, place_name(row.code)) for row in public.bodies(year)],
        "most": max((row.chosen for row in years), default=1),
    }
    return render(request, "web/projects/history.html", page)


@for_everybody
@require_GET
def history_list(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Show the list behind a figure: the projects voted in, or all candidates with their votes."""
    whole = code == "all"
    if not whole and not Division.objects.filter(code=code).exists():
        raise NotFound("没有这个地方，请从列表里选。")
    every = request.GET.get("what") == "candidates"
    rows = public.voted_list(year, "" if whole else code, chosen_only=not every)
    page = {
        "year": year,
        "code": code,
        "place": "" if whole else place_name(code),
        "every": every,
        "rows": [(row, place_name(row.division_code)) for row in rows],
    }
    return render(request, "web/projects/history_list.html", page)
