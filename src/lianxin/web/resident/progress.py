"""Where a matter is, in plain words, and what its author may still do (J7)."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianxin.common.actor import RESIDENT
from lianxin.common.errors import Conflict, Invalid, LianxinError, NotFound, Refused, TooMany
from lianxin.common.ids import uuid7
from lianxin.documents.models import StoredFile
from lianxin.documents.services import file_read
from lianxin.opinions import selectors, services
from lianxin.opinions.codes import code_of
from lianxin.opinions.models import Contact, Opinion
from lianxin.opinions.services.step import facts_of
from lianxin.opinions.workflow import OPINION, State
from lianxin.regions.selectors import place_name
from lianxin.rulebook.services import value
from lianxin.suggestions.models import SourceOpinion, Suggestion
from lianxin.suggestions.permissions import visible_to
from lianxin.web.door import address_of, keep_token, public, with_token
from lianxin.web.resident.own import code_held, matter_close, matter_open, own_matter

ANSWERED = frozenset({State.FED_BACK, State.RATED, State.CLOSED})
WAY = ("收到了", "在核实", "交给有关单位在办", "有答复了", "您来评价")
"""The ordinary way of a matter; what lies ahead is shown in grey."""
AT = {
    State.NEW: 0,
    State.NEED_MORE: 0,
    State.RECORDED: 1,
    State.SORTED: 1,
    State.TRANSFERRED: 2,
    State.OBJECTED: 2,
    State.CONVERTED: 2,
    State.MERGED: 2,
    State.REPLIED: 3,
    State.ANSWERED: 3,
    State.FED_BACK: 3,
}


@public
@never_cache
@require_http_methods(["GET", "POST"])
def progress(request: HttpRequest) -> HttpResponse:
    """Ask for the code and keep it in the session: codes never stand in an address."""
    typed = request.POST.get("code", "")
    if request.method == "GET":
        return keep_token(request, render(request, "web/resident/progress.html", {}))
    try:
        opinion = selectors.opinion_by_code(
            typed, browser_token=with_token(request), address=address_of(request)
        )
    except LianxinError as refusal:
        return _not_found(request, typed, refusal)
    matter_open(request, code_of(opinion))
    return keep_token(request, redirect("matter"))


def _not_found(request: HttpRequest, typed: str, refusal: LianxinError) -> HttpResponse:
    page = {"typed": typed, "errors": {"code": refusal.message}}
    status = refusal.status if isinstance(refusal, TooMany) else 422
    answer = render(request, "web/resident/progress.html", page, status=status)
    if isinstance(refusal, TooMany):
        answer["Retry-After"] = str(refusal.retry_after)
    return keep_token(request, answer)


@public
@never_cache
@require_GET
def matter(request: HttpRequest) -> HttpResponse:
    """Show where one's own matter is, in plain words."""
    if not code_held(request):
        return redirect("progress")
    return _page(request, own_matter(request))


@public
@require_POST
def matter_leave(request: HttpRequest) -> HttpResponse:
    """Close one's own matter on a device that others use after."""
    matter_close(request)
    messages.success(request, _("已退出，这台设备上看不到您的事了。再看请输查询码。"))
    return redirect("home")


def _page(
    request: HttpRequest, opinion: Opinion, act: str = "", refusal: LianxinError | None = None
) -> HttpResponse:
    errors = (refusal.fields or {act: refusal.message}) if refusal else {}
    page = {
        "opinion": opinion,
        "place": place_name(opinion.division_code),
        "steps": selectors.public_steps(opinion),
        "ahead": WAY[AT[State(opinion.state)] + 1 :] if State(opinion.state) in AT else (),
        "plain": selectors.plain_state(opinion),
        "answer": opinion.answer if State(opinion.state) in ANSWERED else "",
        "letters": _letters(opinion),
        "photos": _photos(opinion),
        "looks": selectors.who_looked(opinion),
        "contact": Contact.objects.filter(opinion=opinion, erased_at=None).first(),
        "keep_days": value("retention.contact_days"),
        "reopen_days": value("opinion.reopen_days"),
        "errors": errors,
        "tried": act,
        "typed": request.POST,
        "may": {name: OPINION.refusal(opinion.state, name, facts_of(opinion)) is None for name in _ACTS},
        "evaluation": opinion.evaluations.filter(round=opinion.reopened).first(),
        "request_id": str(uuid7()),
    }
    return render(request, "web/resident/matter.html", page, status=refusal.status if refusal else 200)


def _letters(opinion: Opinion) -> list[Suggestion]:
    """Return the suggestions into which a deputy wrote the matter, those that are public."""
    found = SourceOpinion.objects.filter(opinion_id=opinion.id).values("suggestion_id")
    return list(visible_to(RESIDENT).filter(pk__in=found))


def _photos(opinion: Opinion) -> list[StoredFile]:
    files = StoredFile.objects.filter(owner_kind="opinion", owner_id=opinion.id, purpose="photo")
    return list(files.filter(erased_at=None).order_by("created_at"))


@public
@never_cache
@require_GET
def photo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return a photo of one's own matter."""
    if not code_held(request):
        raise NotFound("请先输入查询码。")
    file = get_object_or_404(StoredFile, pk=pk, pk__in=[one.pk for one in _photos(own_matter(request))])
    return HttpResponse(file_read(file), content_type=file.mime)


@public
@require_POST
def matter_act(request: HttpRequest, act: str) -> HttpResponse:
    """Evaluate, add, reopen or withdraw one's own matter; a refusal keeps what was typed."""
    if act not in _ACTS:
        raise NotFound("没有这个操作，请刷新页面。")
    if not code_held(request):
        return redirect("progress")
    opinion = own_matter(request)
    try:
        _ACTS[act](request, opinion)
    except (Invalid, Refused, Conflict) as refusal:
        opinion.refresh_from_db()
        return _page(request, opinion, act, refusal)
    messages.success(request, _("记下了，谢谢您。"))
    return redirect("matter")


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


_ACTS: dict[str, Callable[[HttpRequest, Opinion], None]] = {
    "evaluate": _evaluate,
    "reopen": _reopen,
    "give_more": _give_more,
    "withdraw": _withdraw,
}
