"""看村务: what a village has published and decided, for everybody, without signing in or JavaScript."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianxin.common import clock
from lianxin.common.actor import RESIDENT
from lianxin.common.errors import Conflict, Invalid, LianxinError, NotFound, TooMany
from lianxin.common.ids import uuid7
from lianxin.documents.models import StoredFile
from lianxin.documents.services import file_read
from lianxin.documents.village_papers import (
    DISCLOSURE_SIZES,
    DisclosureSheet,
    MeetingNotice,
    disclosure_pdf,
    notice_pdf,
)
from lianxin.opinions import guesses
from lianxin.regions.models import Division, DivisionKind
from lianxin.regions.selectors import place_name, towns, villages_of
from lianxin.rulebook.selectors import value
from lianxin.villages import selectors, services
from lianxin.villages.models import DisclosureQuestion
from lianxin.villages.selectors import Published
from lianxin.villages.services.questions import code_of
from lianxin.web.door import address_of, keep_token, public, with_token

ASKED = "village_question_code"
SHOWN = 12
VILLAGES = (DivisionKind.VILLAGE, DivisionKind.COMMUNITY)


@public
@require_GET
def pick(request: HttpRequest) -> HttpResponse:
    """Choose a village: the towns, then the villages of one."""
    town = next((one for one in towns() if one.code == request.GET.get("town", "")), None)
    page = {"towns": towns(), "town": town, "villages": villages_of(town.code) if town else []}
    return render(request, "web/resident/villages.html", page)


@public
@require_GET
def village(request: HttpRequest, code: str) -> HttpResponse:
    """Show a village: its latest accounts, what else is published or missing, decisions with results."""
    division = Division.objects.filter(code=code, kind__in=VILLAGES).first()
    if division is None:
        raise NotFound("没有找到这个村，请从镇里选。")
    rows = list(selectors.published(code)[: SHOWN * 2])
    accounts = next((row for row in rows if row.kind == "finance"), None)
    page = {
        "division": division,
        "is_community": division.kind == DivisionKind.COMMUNITY,
        "place": place_name(code),
        "accounts": selectors.published_item(accounts.pk) if accounts else None,
        "rows": [row for row in rows if row != accounts][:SHOWN],
        "missing": selectors.missing_of(code),
        "meetings": selectors.coming_meetings(code),
        "decisions": selectors.decisions_of(code, limit=8),
    }
    return render(request, "web/resident/village.html", page)


@public
@never_cache
@require_GET
def item(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one published item, and take questions about it."""
    return _page(request, selectors.published_item(pk))


def _page(request: HttpRequest, shown: Published, refusal: LianxinError | None = None) -> HttpResponse:
    page = {
        "shown": shown,
        "place": place_name(shown.item.division_code),
        "days": value("village.question_reply_days", home6=shown.item.home6),
        "errors": (refusal.fields or {"text": refusal.message}) if refusal else {},
        "typed": request.POST,
        "request_id": str(uuid7()),
    }
    with_token(request)
    answer = render(
        request, "web/resident/village_item.html", page, status=refusal.status if refusal else 200
    )
    return keep_token(request, answer)


@public
@require_GET
def version(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Show an earlier version: a correction never wipes out what stood before."""
    row, old = selectors.version_of(pk, number)
    page = {"item": row, "version": old, "place": place_name(row.division_code)}
    return render(request, "web/resident/village_version.html", page)


@public
@never_cache
@require_POST
def ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """「有疑问」: take in a question and give its code."""
    shown = selectors.published_item(pk)
    try:
        question = services.question_ask(
            actor=RESIDENT,
            item=shown.item,
            text=request.POST.get("text", ""),
            browser_token=with_token(request),
            request_id=request.POST.get("request_id"),
        )
    except (Invalid, Conflict, TooMany) as refusal:
        return _page(request, shown, refusal)
    request.session[ASKED] = code_of(question)
    return keep_token(request, redirect("village_asked"))


@public
@never_cache
@require_GET
def asked(request: HttpRequest) -> HttpResponse:
    """Show the code of the question that was just asked."""
    code = request.session.get(ASKED)
    if not code:
        return redirect("village_answer")
    question = selectors.question_by_code(code)
    page = {"code": code, "question": question, "place": place_name(question.division_code)}
    return render(request, "web/resident/village_asked.html", page)


@public
@never_cache
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest) -> HttpResponse:
    """Look the answer to a question up by its code."""
    errors, question = {}, None
    if request.method == "POST":
        try:
            question = _question(request)
        except (Invalid, NotFound) as refusal:
            errors = refusal.fields or {"code": refusal.message}
    page = {"errors": errors, "question": question, "typed": request.POST.get("code", "")[:40]}
    answered = render(request, "web/resident/village_answer.html", page, status=422 if errors else 200)
    return keep_token(request, answered)


def _question(request: HttpRequest) -> DisclosureQuestion:
    """Return the question of a code; whoever guesses has to wait, as with other query codes."""
    token, address = with_token(request), address_of(request)
    guesses.hold(token, address)
    try:
        return selectors.question_by_code(request.POST.get("code", "")[:40])
    except NotFound:
        guesses.note(token, address)
        raise


@public
@require_GET
def photo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand out a photo of a notice board."""
    wanted = {"owner_kind": "disclosure", "visibility": "public", "erased_at": None}
    file = get_object_or_404(StoredFile, pk=pk, **wanted)
    selectors.published_item(file.owner_id)
    return HttpResponse(file_read(file), content_type=file.mime)


@public
@require_GET
def paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand out a published item as a sheet for the notice board (A4) or a poster for market day (A3)."""
    shown = selectors.published_item(pk)
    row = shown.item
    size = request.GET.get("size", "")
    sheet = DisclosureSheet(
        place=place_name(row.division_code),
        title=row.what,
        text=shown.version.text,
        table=shown.version.table,
        published=row.published_on,
        days=value("village.question_reply_days", home6=row.home6),
        link=f"{settings.LIANXIN_SITE_URL}/villages/items/{row.pk}",
    )
    size = size if size in DISCLOSURE_SIZES else DISCLOSURE_SIZES[0]
    made = disclosure_pdf(sheet, size=size, demo=settings.LIANXIN_DEMO)
    return _pdf(made, _("村务公开") + f"{size}.pdf")


@public
@require_GET
def notice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand out the notice of a meeting as a sheet for the notice board."""
    row = selectors.called_meeting(pk)
    assert row.noticed_on is not None  # only called meetings are found
    sheet = MeetingNotice(
        place=place_name(row.division_code),
        kind=str(row.get_kind_display()),
        title=row.title,
        held_at=row.held_at.astimezone(clock.SHANGHAI),
        spot=row.place,
        topics=[topic.title for topic in row.topics_on_notice],  # type: ignore[attr-defined] # prefetched
        by="居民委员会" if row.is_community else "村民委员会",
        noticed=row.noticed_on,
        urgent=row.urgent_reason,
        link=f"{settings.LIANXIN_SITE_URL}/villages/{row.division_code}",
    )
    return _pdf(notice_pdf(sheet, demo=settings.LIANXIN_DEMO), _("会议通知") + ".pdf")


def _pdf(made: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(name)}"
    return answer
