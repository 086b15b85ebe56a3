"""联名 and 提交: invite, answer an invitation, put one's name under the text."""

from __future__ import annotations

from difflib import SequenceMatcher
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lianxin.common.actor import Role
from lianxin.common.errors import Conflict, Invalid, LianxinError, Refused
from lianxin.common.ids import uuid7
from lianxin.people.models import Deputy
from lianxin.people.selectors import deputies_of_body
from lianxin.regions.selectors import place_name
from lianxin.suggestions import selectors
from lianxin.suggestions.attachments import attachments
from lianxin.suggestions.models import Cosignature, Suggestion
from lianxin.suggestions.sources import standing_sources
from lianxin.web.acts import Tried
from lianxin.web.checks import SELF_TICKS, automatic
from lianxin.web.door import actor_of, for_roles
from lianxin.web.matters import acts_of, earlier_like, perform

REFUSALS = (Invalid, Refused, Conflict)
FOUND_AT_ONCE = 30
SAID = {
    "invited": ("还没回复", "warn", "hourglass"),
    "confirmed": ("已同意", "ok", "check"),
    "declined": ("不联名", "plain", "x"),
    "void": ("文字改过，要重新确认", "warn", "circle-alert"),
}


@for_roles(Role.DEPUTY)
@never_cache
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, pk: UUID) -> HttpResponse:
    """邀请联名: pick colleagues of the same congress by name or pinyin; see how each has answered."""
    actor = actor_of(request)
    row = selectors.suggestion_for(actor, pk)
    problem: LianxinError | None = None
    if request.method == "POST":
        try:
            perform(request, actor, row, request.POST.get("act", "invite"))
            removed = request.POST.get("act") == "remove_cosigner"
            told = _("已移出名单。") if removed else _("已发出，对方的待办里会看到。")
            messages.success(request, told)
            return redirect("invite", pk=pk)
        except REFUSALS as refusal:
            problem = refusal
            row.refresh_from_db()
    words = request.GET.get("q", "").strip()
    page = {
        "row": row,
        "q": words,
        "people": _found(row, words),
        "asked": [(one, *SAID[one.state]) for one in selectors.cosignatures(row)],
        "acts": acts_of(actor, row, base="").own,
        "problem": problem,
        "picked": request.POST.getlist("deputies"),
        "request_id": str(uuid7()),
        "tab": "suggestions",
    }
    return render(request, "web/deputy/invite.html", page, status=problem.status if problem else 200)


def _found(row: Suggestion, words: str) -> list[tuple[Deputy, str]]:
    people = deputies_of_body(row.division_code).exclude(pk__in=selectors.asked_before(row))
    if words:
        plain = words.lower().replace(" ", "")
        people = people.filter(name__contains=words) | people.filter(pinyin__icontains=plain)
    return [(one, place_name(one.division_code)) for one in people.distinct()[:FOUND_AT_ONCE]]


@for_roles(Role.DEPUTY)
@never_cache
@require_http_methods(["GET", "POST"])
def cosign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """联名: the invited deputy reads the very text and agrees, asks for changes, or does not."""
    actor = actor_of(request)
    row = selectors.suggestion_for(actor, pk)
    problem: LianxinError | None = None
    if request.method == "POST":
        try:
            _answer(request, row)
            return redirect("deputy_suggestion", pk=pk)
        except REFUSALS as refusal:
            problem = refusal
            row.refresh_from_db()
    mine = row.cosignatures.filter(deputy__account=actor.id).first()
    page = {
        "row": row,
        "attachments": attachments(row.pk),
        "mine": mine,
        "acts": acts_of(actor, row, base="").own,
        "others": [(one, *SAID[one.state]) for one in selectors.cosignatures(row)],
        "changes": _changes(row, mine) if mine and mine.state == "void" else [],
        "problem": problem,
        "words": request.POST.get("words", ""),
        "request_id": str(uuid7()),
        "tab": "suggestions",
    }
    return render(request, "web/deputy/cosign.html", page, status=problem.status if problem else 200)


def _answer(request: HttpRequest, row: Suggestion) -> None:
    """Say yes or no; asking for a change is a no with words that the lead reads."""
    answer = request.POST.get("answer", "")
    if answer not in {"agree", "change", "decline"}:
        raise Invalid("请选一项。", fields={"answer": "同意、提出修改或不联名，请选一项。"})
    if answer == "change" and len(request.POST.get("words", "").strip()) < 5:
        raise Invalid("请写明要改哪里。", fields={"words": "至少写 5 个字，领衔代表会看到。"})
    perform(request, actor_of(request), row, "cosign" if answer == "agree" else "decline")
    said = {
        "agree": _("已同意联名。"),
        "change": _("已把修改意见告诉领衔代表。"),
        "decline": _("已回复不联名。"),
    }
    messages.success(request, said[answer])


def _changes(row: Suggestion, mine: Cosignature) -> list[tuple[str, str]]:
    """Return what was changed since one's own consent, piece by piece: (same, del or ins; words)."""
    old = selectors.text_before(row, mine)
    if not old:
        return []
    new = whole_text(row)
    pieces: list[tuple[str, str]] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            pieces.append(("same", old[a:b]))
        else:
            pieces += [(kind, words) for kind, words in (("del", old[a:b]), ("ins", new[c:d])) if words]
    return pieces


def whole_text(row: Suggestion) -> str:
    """Return the text that a co-signature confirms, as one piece."""
    return "\n".join([row.title, row.situation, row.analysis, row.proposal, *row.demands])


@for_roles(Role.DEPUTY)
@never_cache
@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """提交: what it means, the checklist, the names, the password once more."""
    actor = actor_of(request)
    row = selectors.suggestion_for(actor, pk)
    problem: LianxinError | None = None
    if request.method == "POST":
        try:
            if len(request.POST.getlist("tick")) < len(SELF_TICKS):
                raise Invalid("请逐项核对并勾选。", fields={"ticks": "每一项都要您自己确认。"})
            perform(request, actor, row, "submit")
            messages.success(request, _("已提交，办事机构会在 5 个工作日内审核。"))
            return redirect("deputy_suggestion", pk=pk)
        except REFUSALS as refusal:
            problem = refusal
            row.refresh_from_db()
    acts = acts_of(actor, row, base="", tried=Tried("submit", request.POST, problem) if problem else None)
    page = {
        "row": row,
        "act": acts.own.get("submit"),
        "problem": problem,
        "cosigners": [(one, *SAID[one.state]) for one in selectors.cosignatures(row)],
        "checks": automatic(row, row.demands),
        "ticks": SELF_TICKS,
        "ticked": request.POST.getlist("tick"),
        "similar": earlier_like(actor_of(request), row.title + row.situation, row),
        "sources": standing_sources(row),
        "taken_back": acts.own.get("drop_withdrawn"),
        "request_id": str(uuid7()),
        "tab": "suggestions",
    }
    return render(request, "web/deputy/submit.html", page, status=problem.status if problem else 200)
