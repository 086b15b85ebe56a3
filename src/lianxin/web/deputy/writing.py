"""建议编辑: the opinions on a rail, demands one by one, the legal checklist, like earlier ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lianxin.common import clock
from lianxin.common.actions import parse
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Conflict, Denied, Invalid, LianxinError, Refused
from lianxin.common.ids import uuid7
from lianxin.congress.selectors import session_now
from lianxin.opinions import selectors as opinions
from lianxin.people.actors import seats_of
from lianxin.people.selectors import organs
from lianxin.regions.selectors import place_name
from lianxin.rulebook.services import value
from lianxin.suggestions import selectors, services
from lianxin.suggestions.actions import DraftForm
from lianxin.suggestions.models import Suggestion
from lianxin.suggestions.sources import not_withdrawn, standing_sources, withdrawn_sources
from lianxin.web.acts import typed_data
from lianxin.web.checks import SELF_TICKS, automatic
from lianxin.web.door import actor_of, for_roles
from lianxin.web.matters import earlier_like

REFUSALS = (Invalid, Refused, Conflict)
SLOTS = 5


@for_roles(Role.DEPUTY)
@never_cache
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """Begin a suggestion, from ticked opinions or from nothing."""
    actor = actor_of(request)
    asked = _ids(request.POST.getlist("opinions") or request.GET.getlist("opinions"))
    problem: LianxinError | None = None
    if request.method == "POST":
        try:
            _own_level(actor, request.POST.get("body", ""))
            row = services.suggestion_draft(
                actor=actor,
                body_code=request.POST.get("body", ""),
                draft=_draft(request),
                opinions=asked,
                request_id=request.POST.get("request_id"),
            )
            return redirect("deputy_suggestion", pk=row.pk)
        except REFUSALS as refusal:
            problem = refusal
    ids = not_withdrawn(asked)
    quotes = opinions.quotable(actor, ids)
    typed = request.POST if request.method == "POST" else _start(request, quotes)
    page = _editor(request, typed, quotes, problem) | {"opinion_ids": ids, "tab": "new"}
    page |= {"taken_back": len(asked) - len(ids)}
    return render(request, "web/deputy/write.html", page, status=problem.status if problem else 200)


@for_roles(Role.DEPUTY)
@never_cache
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change one's own draft; a text that changed meanwhile is never overwritten silently."""
    actor = actor_of(request)
    row = selectors.suggestion_for(actor, pk)
    if row.lead.account_id != actor.id:
        raise Denied("只有领衔代表可以修改文字。")
    problem: LianxinError | None = None
    if request.method == "POST":
        try:
            services.suggestion_edit(
                actor=actor,
                suggestion=row,
                draft=_draft(request),
                seen_hash=request.POST.get("seen_hash", ""),
                request_id=request.POST.get("request_id"),
            )
            return redirect("deputy_suggestion", pk=pk)
        except REFUSALS as refusal:
            problem = refusal
            row.refresh_from_db()
    page = _editor(request, request.POST if problem else row, _cited(row), problem)
    page |= {
        "row": row,
        "tab": "suggestions",
        "similar": earlier_like(actor_of(request), row.title + row.situation, row),
    }
    page |= {"signed": row.cosignatures.filter(state="confirmed").count()}
    page |= {"taken_back": withdrawn_sources(row).count()}
    return render(request, "web/deputy/write.html", page, status=problem.status if problem else 200)


def _own_level(actor: Actor, body: str) -> None:
    """Refuse another level's congress with the two ways that are open instead."""
    seats = [seat for seat in seats_of(actor) if seat.level in {"city", "town"}]
    if any(seat.body_code == body for seat in seats):
        return
    if not seats:
        raise Refused("您现在没有在任的本级代表职务，不能再提交；写好的内容可以打印，交给在任代表领衔。")
    own = place_name(seats[0].body_code) + ("人大主席团" if seats[0].level == "town" else "人大常委会")
    raise Invalid(
        f"建议只能提给您自己所在的那一级。可以提交{own}，或者请上一级代表领衔。",
        fields={"body": f"请改选{own}，或请市代表领衔。"},
    )


def _draft(request: HttpRequest) -> services.Draft:
    said = request.POST.get("agree_to_publish", "")
    if said not in {"yes", "no"}:
        raise Invalid("请选择是否可以公开。", fields={"agree_to_publish": "请选「可以公开」或「不公开」。"})
    form = parse(DraftForm, {**typed_data(DraftForm, request.POST), "agree_to_publish": said == "yes"})
    assert isinstance(form, DraftForm)
    return form.draft()


def _editor(
    request: HttpRequest, typed: Any, quotes: Sequence[Cited | opinions.Quote], problem: LianxinError | None
) -> dict[str, Any]:
    posted = hasattr(typed, "getlist")
    demands = typed.getlist("demands") if posted else list(getattr(typed, "demands", []))
    return {
        "typed": typed,
        "quotes": quotes,
        "problem": problem,
        "bodies": _bodies(actor_of(request)),
        "units": organs(),
        "categories": value("opinion.categories"),
        "request_id": str(uuid7()),
        "slots": [
            (place, demands[place - 1] if len(demands) >= place else "") for place in range(1, SLOTS + 1)
        ],
        "checks": automatic(typed, demands),
        "ticks": SELF_TICKS,
        "publish": _publish(typed, posted),
        "sessions": _sessions(actor_of(request)),
        "form_fields": tuple(DraftForm.model_fields),
    }


def _publish(typed: Any, posted: bool) -> str:
    if posted:
        return str(typed.get("agree_to_publish", ""))
    return "yes" if getattr(typed, "agree_to_publish", False) else "no" if hasattr(typed, "pk") else ""


def _bodies(actor: Actor) -> list[tuple[str, str]]:
    seats = [seat for seat in seats_of(actor) if seat.level in {"city", "town"}]
    return [
        (seat.body_code, f"{place_name(seat.body_code)}人大{'主席团' if seat.level == 'town' else '常委会'}")
        for seat in seats
    ]


def _sessions(actor: Actor) -> list[str]:
    """Name the sessions that are on in the deputy's congresses, each with its last hour for papers."""
    found = filter(None, (session_now(body) for body, _name in _bodies(actor)))
    return [
        _("%(session)s，收到%(until)s为止")
        % {"session": one.name, "until": f"{one.papers_until.astimezone(clock.SHANGHAI):%m-%d %H:%M}"}
        for one in found
    ]


@dataclass(frozen=True)
class Cited:
    """One cited opinion on the rail."""

    number: str
    text: str
    place: str = ""


def _cited(row: Suggestion) -> list[Cited]:
    return [Cited(one.number, one.quote) for one in standing_sources(row)]


def _start(request: HttpRequest, quotes: list[opinions.Quote]) -> dict[str, str]:
    """Propose a beginning from the opinions: places, numbers and the reasons typed in 合并研判."""
    if not quotes:
        return {}
    places = "、".join(dict.fromkeys(quote.place for quote in quotes))
    numbers = "、".join(quote.number for quote in quotes)
    reasons = [text.strip() for text in request.GET.getlist("why") if text.strip()]
    return {
        "situation": f"{places}先后有 {len(quotes)} 位群众反映同一问题（{numbers}）。",
        "analysis": "；".join(dict.fromkeys(reasons)) + "。" if reasons else "",
    }


def _ids(texts: list[str]) -> tuple[UUID, ...]:
    try:
        return tuple(UUID(text) for text in texts)
    except ValueError as caught:
        raise Invalid("勾选的民情有误，请回到列表重新勾选。") from caught
