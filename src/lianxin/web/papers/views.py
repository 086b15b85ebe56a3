"""Papers to print and take along; each is drawn when it is asked for, none is stored."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_GET, require_http_methods

from lianxin.common import clock
from lianxin.common.actor import Role
from lianxin.common.errors import Denied, Invalid
from lianxin.documents import letters, papers
from lianxin.people.actors import active_seats, deputy_of
from lianxin.people.models import CongressLevel
from lianxin.regions.models import Station
from lianxin.regions.selectors import station_by_code
from lianxin.rulebook.services import value
from lianxin.suggestions.attachments import attachment_for
from lianxin.web.door import actor_of, for_roles, public
from lianxin.web.handing import handed_file
from lianxin.web.papers.letters import letter_for
from lianxin.web.papers.receipts import receipt_of

PARTIES = (
    Role.DEPUTY, Role.KEEPER, Role.PRESIDIUM, Role.OFFICE, Role.UNIT_CLERK, Role.UNIT_HEAD, Role.OVERSIGHT,
)  # fmt: skip
AT_THE_COUNTER = (Role.KEEPER, Role.GRID_WORKER, Role.PRESIDIUM, Role.OFFICE)
HIGHER = (CongressLevel.PREFECTURE, CongressLevel.PROVINCE)
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@for_roles(*PARTIES)
@never_cache
@require_GET
def letter_pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand out a letter as PDF; `copy` counts the deputies it is addressed to from 1."""
    letter, copy = letter_for(actor_of(request), pk, wanted=_wanted(request))
    return _paper(letters.letter_pdf(letter, copy), f"{letter.content['title']}.pdf", PDF)


@for_roles(*PARTIES)
@never_cache
@require_GET
def letter_docx(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand out a letter as DOCX with the official fonts."""
    letter, copy = letter_for(actor_of(request), pk, wanted=_wanted(request))
    return _paper(letters.letter_docx(letter, copy), f"{letter.content['title']}.docx", DOCX)


@for_roles(*PARTIES)
@never_cache
@require_GET
def feedback(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand out the form enclosed in a reply, to fill in by hand."""
    letter, copy = letter_for(actor_of(request), pk, wanted=_wanted(request))
    return _paper(letters.feedback_pdf(letter, copy), "征询意见表.pdf", PDF)


def _wanted(request: HttpRequest) -> int | None:
    typed = request.GET.get("copy", "")
    return int(typed) - 1 if typed.isascii() and typed.isdigit() and 0 < int(typed) < 1000 else None


@public
@cache_control(max_age=3600)
@require_GET
def poster(request: HttpRequest, code: str) -> HttpResponse:
    """Hand out a station's poster, A4 or A3."""
    station = station_by_code(code)
    size = _choice(request, papers.POSTER_SIZES)
    made = papers.poster_pdf(
        _facts(station),
        size=size,
        workdays=value("opinion.sort_workdays", home6=station.home6),
        demo=settings.LIANXIN_DEMO,
    )
    return _paper(made, f"{station.name}海报{size}.pdf", PDF)


@for_roles(*AT_THE_COUNTER)
@never_cache
@require_GET
def forms(request: HttpRequest, code: str) -> HttpResponse:
    """Hand out one paper form, or a set of twenty with its register (`count=20`)."""
    station = station_by_code(code)
    if not actor_of(request).has_in(station.division_code, *AT_THE_COUNTER):
        raise Denied(_("这个联络站不在您的职责范围内。"))
    count = papers.BATCH if request.GET.get("count") == str(papers.BATCH) else 1
    made = papers.form_pdf(
        _facts(station),
        numbers=papers.form_numbers(station.code, count),
        categories=value("opinion.categories", home6=station.home6),
        demo=settings.LIANXIN_DEMO,
    )
    return _paper(made, f"{station.name}民情登记表.pdf", PDF)


@for_roles(*PARTIES)
@never_cache
@require_GET
def attachment(request: HttpRequest, pk: UUID, file: UUID) -> HttpResponse:
    """Hand out what a deputy enclosed with a suggestion, to whoever may read the suggestion."""
    return handed_file(attachment_for(actor_of(request), pk, file))


@public
@never_cache
@require_GET
def receipt(request: HttpRequest) -> HttpResponse:
    """Hand out a receipt: the resident's own, or what this keeper has just taken in."""
    size = _choice(request, papers.RECEIPT_SIZES)
    return _paper(
        papers.receipt_pdf(receipt_of(request), size=size, demo=settings.LIANXIN_DEMO), "回执.pdf", PDF
    )


@for_roles()
@never_cache
@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest) -> HttpResponse:
    """Print a draft for a deputy's own higher congress; nothing is filed or kept here.

    Who sits only there has no role in this house, so the seat is asked for, not a role.
    """
    deputy = deputy_of(actor_of(request))
    seats = list(active_seats(clock.today()).filter(deputy=deputy, level__in=HIGHER)) if deputy else []
    if deputy is None or not seats:
        raise Denied(_("这个页面只给在上级人大任职的代表打印草稿用。"))
    page = {"seats": seats, "typed": request.POST, "errors": {}, "tab": "suggestions"}
    if request.method == "GET":
        return render(request, "web/papers/draft.html", page)
    try:
        made = papers.draft_pdf(_draft(request, deputy.name), demo=settings.LIANXIN_DEMO)
    except Invalid as refusal:
        return render(request, "web/papers/draft.html", {**page, "errors": refusal.fields}, status=422)
    return _paper(made, "建议草稿.pdf", PDF)


def _draft(request: HttpRequest, name: str) -> papers.HigherDraft:
    typed = {
        key: request.POST.get(key, "").strip()[:20_000]
        for key in ("congress", "title", "situation", "analysis")
    }
    missing = {key: _("这一项要写。") for key in ("congress", "title", "situation") if not typed[key]}
    if missing:
        raise Invalid(_("还差几项没有写。"), fields=missing)
    demands = request.POST.get("demands", "")[:20_000].splitlines()
    return papers.HigherDraft(deputy=name, demands=demands, **{**typed, "title": typed["title"][:80]})


def _facts(station: Station) -> papers.StationFacts:
    return papers.StationFacts(
        station.code, station.name, station.phone, station.address, settings.LIANXIN_SITE_URL
    )


def _choice(request: HttpRequest, sizes: tuple[str, ...]) -> str:
    asked = request.GET.get("size", "")
    return asked if asked in sizes else sizes[0]


def _paper(data: bytes, name: str, kind: str) -> HttpResponse:
    shown = "inline" if kind == PDF else "attachment"
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = f"{shown}; filename*=UTF-8''{quote(name)}"
    return answer
