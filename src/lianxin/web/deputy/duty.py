"""One duty record: its words for whom they are meant, its proof, the beneficiary's code, what may be done."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianxin.common.actor import Actor, Role
from lianxin.common.errors import LianxinError
from lianxin.common.ids import uuid7
from lianxin.documents.services import file_read
from lianxin.duties import selectors, services
from lianxin.duties.actions import duty_book
from lianxin.duties.models import DutyRecord
from lianxin.duties.permissions import is_own
from lianxin.regions.selectors import place_name
from lianxin.web.acts import Sheet, Tried, sheet, typed_data
from lianxin.web.deputy.duties import REFUSALS, linked
from lianxin.web.door import actor_of, for_roles
from lianxin.web.duty_forms import fields_of, privacies, proofs_typed, shown_values, values_typed
from lianxin.web.station.from_diary import DIARY, opinion_of

READERS = (Role.DEPUTY, Role.KEEPER, Role.PRESIDIUM, Role.OFFICE)
PLACED = frozenset({"amend", "add_proof"})
"""Acts that have a place of their own on the screen."""
WAYS = [("phone", "电话"), ("paper", "纸质签字")]


@for_roles(Role.DEPUTY)
@never_cache
@require_GET
def duty(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one record to its author or a deputy of his group."""
    return _page(request, selectors.duty_for(actor_of(request), pk))


def _page(request: HttpRequest, row: DutyRecord, tried: Tried | None = None, code: str = "") -> HttpResponse:
    page = {
        **record_page(actor_of(request), row, base=f"/deputy/duties/{row.id}", tried=tried),
        "tab": "more",
        **_turning(actor_of(request), row),
    }
    if code:
        page["link"] = f"{settings.LIANXIN_SITE_URL}/deeds/{code}"
        page["qr"] = _qr(page["link"])
    return render(request, "web/deputy/duty.html", page, status=tried.refusal.status if tried else 200)


def _turning(actor: Actor, row: DutyRecord) -> dict[str, Any]:
    """Return whether the author may turn his diary entry into an opinion, or the one that was made of it."""
    if row.kind.slug != DIARY or row.state == "draft" or not is_own(actor, row.deputy):
        return {}
    made = opinion_of(row)
    return {"turned": made, "may_turn": made is None}


def record_page(actor: Actor, row: DutyRecord, *, base: str, tried: Tried | None = None) -> dict[str, Any]:
    """Return what a page shows of a record: words, proof, history, acts that are open."""
    words = selectors.own_words(actor.id, row)
    own = is_own(actor, row.deputy)
    acts = acts_of(actor, row, base=base, tried=tried)
    return {
        "row": row,
        "words": words,
        "values": shown_values(row.kind, words),
        "place": place_name(row.division_code),
        "own": own,
        "proofs": list(row.proofs.select_related("file")),
        "verdict": selectors.verdict_of(row),
        "said": getattr(row, "beneficiary", None),
        "similar": selectors.similar_shown(actor, row),
        "events": list(row.events.all()),
        "acts": [one for name, one in acts.items() if name not in PLACED],
        "may_amend": "amend" in acts,
        "may_prove": own and row.state in {"draft", "recorded", "rejected"},
        "wants_code": own and row.kind.counting.get("needs_confirmation") and row.state == "recorded",
        "base": base,
    }


def acts_of(actor: Actor, row: DutyRecord, *, base: str, tried: Tried | None) -> dict[str, Sheet]:
    """Return the acts that are open to the actor, each ready for the page."""
    options = {"way": WAYS}
    return {
        one.act.name: sheet(one, url=f"{base}/acts/{one.act.name}", options=options, tried=tried)
        for one in duty_book.open_for(actor, row)
    }


@for_roles(Role.DEPUTY)
@require_POST
def duty_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Carry out one act on a record; a refusal keeps what was typed."""
    row = selectors.duty_for(actor_of(request), pk)
    tried = try_act(request, row, act)
    if tried:
        row.refresh_from_db()
        return _page(request, row, tried)
    messages.success(request, _("已办好。"))
    return redirect("duty", pk=pk)


def try_act(request: HttpRequest, row: DutyRecord, act: str) -> Tried | None:
    """Carry an act out; return what was refused, or None."""
    try:
        data = typed_data(duty_book.input(act), request.POST)
        key = request.POST.get("request_id")
        duty_book.perform(actor=actor_of(request), obj=row, name=act, data=data, request_id=key)
    except REFUSALS as refusal:
        return Tried(act, request.POST, refusal)
    return None


@for_roles(Role.DEPUTY)
@never_cache
@require_http_methods(["GET", "POST"])
def duty_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct one's own record before it is verified, and who may see it."""
    actor = actor_of(request)
    row = selectors.own_duty(actor, pk)
    problem: LianxinError | None = None
    if request.method == "POST":
        try:
            _amend(request, actor, row)
            messages.success(request, _("已改好。"))
            return redirect("duty", pk=pk)
        except REFUSALS as refusal:
            problem = refusal
            row.refresh_from_db()
    words = selectors.own_words(actor.id, row)
    errors = problem.fields if problem else {}
    page = {
        "row": row,
        "kind": row.kind,
        "words": words,
        "typed": request.POST,
        "fields": fields_of(row.kind, request.POST, errors, words.values),
        "privacies": privacies(row.kind),
        "privacy": request.POST.get("privacy") or row.privacy,
        "problem": problem,
        "errors": linked(row.kind, errors),
        "request_id": str(uuid7()),
        "tab": "more",
    }
    return render(request, "web/deputy/duty_edit.html", page, status=problem.status if problem else 200)


def _amend(request: HttpRequest, actor: Actor, row: DutyRecord) -> None:
    typed = request.POST
    services.duty_amend(
        actor=actor,
        record=row,
        title=typed.get("title", ""),
        text=typed.get("text", ""),
        privacy=typed.get("privacy", ""),
        values=values_typed(row.kind, typed),
        request_id=typed.get("request_id") or None,
    )


@for_roles(Role.DEPUTY)
@require_POST
def duty_proof(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add photos or a recording to one's own record."""
    actor = actor_of(request)
    row = selectors.own_duty(actor, pk)
    try:
        said = proofs_typed(request, actor, row)
    except REFUSALS as refusal:
        return _page(request, row, Tried("add_proof", request.POST, refusal))
    messages.success(request, _("材料已补上。") if said else _("没有选照片，什么都没有改。"))
    return redirect("duty", pk=pk)


@for_roles(Role.DEPUTY)
@never_cache
@require_POST
def duty_code(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a fresh QR code for the person whom the deed helped."""
    actor = actor_of(request)
    row = selectors.own_duty(actor, pk)
    try:
        code = services.code_make(actor=actor, record=row)
    except REFUSALS as refusal:
        return _page(request, row, Tried("code", request.POST, refusal))
    return _page(request, row, code=code)


@for_roles(*READERS)
@never_cache
@require_GET
def duty_file(request: HttpRequest, pk: UUID, file: UUID) -> HttpResponse:
    """Return a photo or recording to those who may read the record."""
    row = selectors.duty_for(actor_of(request), pk)
    found = get_object_or_404(row.proofs.select_related("file"), file_id=file, file__erased_at=None)
    return HttpResponse(file_read(found.file), content_type=found.file.mime)


def _qr(link: str) -> str:
    """Return the QR of a link as a data address: the code is not kept, so it has no address of its own."""
    return str(segno.make(link, error="m").svg_data_uri(scale=5, border=2))
