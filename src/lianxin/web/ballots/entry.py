"""The teller's screens: which bundles are left, and one bundle, keyed in paper by paper or as sums."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from lianxin.ballots import selectors, services
from lianxin.ballots.models import Ballot, BallotBatch
from lianxin.ballots.papers import SIGNS, Counted, Misread, Scheme, count_lines
from lianxin.ballots.permissions import PEOPLE, slot_of
from lianxin.ballots.scheme import count_of, scheme_of
from lianxin.ballots.workflow import State
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Denied, Invalid, LianxinError, NotFound, Refused
from lianxin.common.ids import uuid7
from lianxin.regions.selectors import place_name
from lianxin.web.door import actor_of, for_roles

REFUSALS = (Invalid, Refused, Conflict)


def _mine(actor: Actor, pk: UUID) -> tuple[Ballot, int]:
    ballot = selectors.ballot_for(actor, pk)
    slot = slot_of(actor, ballot)
    if slot is None:
        raise Denied("只有这次票决的计票人可以录入。")
    return ballot, slot


@for_roles(*PEOPLE)
@never_cache
@require_GET
def bundles(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a teller his bundles; what the other one has entered is not shown."""
    ballot, slot = _mine(actor_of(request), pk)
    rows = [(one.row, slot in one.entered) for one in count_of(ballot).bundles]
    left = [row for row, entered in rows if not entered]
    page = {
        "row": ballot,
        "place": place_name(ballot.division_code),
        "slot": slot,
        "bundles": rows,
        "left": len(left),
        "following": left[0].number if left and ballot.state == State.COUNTING else 0,
        "counting": ballot.state == State.COUNTING,
        "at": "/ballots",
    }
    return render(request, "web/ballots/bundles.html", page)


@for_roles(*PEOPLE)
@never_cache
@require_http_methods(["GET", "POST"])
def bundle(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Enter one bundle; a refusal keeps every key that was typed."""
    actor = actor_of(request)
    ballot, slot = _mine(actor, pk)
    batch = ballot.batches.filter(count_run=ballot.count_run, number=number).first()
    if batch is None:
        raise NotFound("没有这一捆，可能已经重新开箱清点，请回到「我的票捆」再看。")
    problem: LianxinError | None = None
    if request.method == "POST":
        try:
            services.sheet_enter(
                actor=actor,
                ballot=ballot,
                batch=batch,
                counted=_counted(request, scheme_of(ballot)),
                request_id=request.POST.get("request_id"),
            )
        except REFUSALS as refusal:
            problem = refusal
        else:
            messages.success(request, _("第 %(n)s 捆录好了。") % {"n": number})
            return redirect("ballot_entry", pk=pk)
    return _page(request, ballot, batch, slot, problem)


def _page(
    request: HttpRequest, ballot: Ballot, batch: BallotBatch, slot: int, problem: LianxinError | None
) -> HttpResponse:
    scheme, options = scheme_of(ballot), list(ballot.options.all())
    errors = dict(problem.fields) if problem else {}
    page: dict[str, Any] = {
        "row": ballot,
        "batch": batch,
        "slot": slot,
        "scheme": scheme,
        "options": list(zip(SIGNS, options, strict=False)),
        "choices": _choices(ballot, scheme),
        "sums": _sums(request, ballot, scheme, options, errors),
        "by_sums": request.POST.get("way") == "sums" or request.GET.get("way") == "sums",
        "entered": batch.sheets.filter(again=batch.again, slot=slot).exists(),
        "counting": ballot.state == State.COUNTING,
        "draft": f"ballot-{batch.id}-{batch.again}-{slot}",
        "problem": problem,
        "errors": _named(errors, options),
        "typed": request.POST,
        "request_id": str(uuid7()),
        "at": "/ballots",
    }
    return render(request, "web/ballots/bundle.html", page, status=problem.status if problem else 200)


def _choices(ballot: Ballot, scheme: Scheme) -> list[tuple[str, str]]:
    """Return key → words where one key speaks of one option."""
    if scheme.mode == "approval_max_n":
        return []
    words = selectors.choice_words(ballot)
    names = scheme.grades if scheme.mode == "grades" else scheme.choices
    return [(SIGNS[place], words[name]) for place, name in enumerate(names)]


def _sums(
    request: HttpRequest, ballot: Ballot, scheme: Scheme, options: list[Any], errors: dict[str, str]
) -> list[dict[str, Any]]:
    words = selectors.choice_words(ballot)
    return [
        {
            "option": one,
            "error": errors.get(one.key, ""),
            "boxes": [
                (f"n{one.number}_{choice}", words[choice], request.POST.get(f"n{one.number}_{choice}", ""))
                for choice in scheme.choices
            ],
        }
        for one in options
    ]


def _named(errors: dict[str, str], options: list[Any]) -> dict[str, str]:
    """Return errors under the names that the fields carry on the page."""
    first = {one.key: f"n{one.number}" for one in options}
    return {first.get(name, name): words for name, words in errors.items()}


def _counted(request: HttpRequest, scheme: Scheme) -> Counted:
    if request.POST.get("way") != "sums":
        text = request.POST.get("papers", "")[:40_000]
        try:
            return count_lines(text, scheme)
        except Misread as misread:
            raise Invalid(str(misread), fields={"papers": str(misread)}) from None
    votes = {
        key: {choice: _number(request, f"n{place}_{choice}") for choice in scheme.choices}
        for place, key in enumerate(scheme.keys, start=1)
    }
    return Counted(_number(request, "valid"), _number(request, "void"), _number(request, "blank"), votes)


def _number(request: HttpRequest, name: str) -> int:
    typed = request.POST.get(name, "").strip()
    if not typed.isdigit() or len(typed) > 4:
        words = _("请填张数，没有就填 0。")
        raise Invalid(words, fields={name.partition("_")[0]: words})
    return int(typed)
