"""The organiser's page of a trial by machine: begin, cards, open, close, publish, or give it up."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from lianxin.ballots import selectors as votes
from lianxin.ballots.electronic import services
from lianxin.ballots.electronic.permissions import may, may_hold_trial
from lianxin.ballots.electronic.selectors import trial_of
from lianxin.ballots.electronic.services.step import facts_of
from lianxin.ballots.electronic.workflow import ON_BOARD, PLACE_ON_WAY, TRIAL, WAY, State
from lianxin.ballots.models import Ballot, BallotMode, Trial
from lianxin.ballots.workflow import HOST
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Denied, Invalid, LianxinError, NotFound, Refused
from lianxin.common.ids import uuid7
from lianxin.regions.selectors import place_name
from lianxin.web.basis import said_basis
from lianxin.web.door import actor_of, for_roles

REFUSALS = (Invalid, Refused, Conflict)
LONGEST_FILE = 8 * 1024 * 1024
SAID = {
    "start": "电子试用开始准备，监票人会收到消息，各自制钥匙。",
    "again": "下一轮准备好了，监票人会收到消息，重新制钥匙。",
    "take_cards": "码卡登记好了。请把卡裁开打乱，放进箱里。",
    "open": "开投了。请在每台投票机上输入会场口令。",
    "close": "停止投票了。请当场宣读校验码，写进情况记录。",
    "publish": "试用结果公布了。",
    "abandon": "电子试用停用了，只用纸票。",
}
OFFERED = ("take_cards", "open", "close", "publish", "abandon")


@for_roles(*HOST)
@never_cache
@require_GET
def trial(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show where the trial stands and the one thing to do next."""
    return _page(request, _held(actor_of(request), pk))


@for_roles(*HOST)
@require_POST
def act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Carry out a step; a refusal keeps what was typed."""
    actor = actor_of(request)
    row = _held(actor, pk)
    if act not in SAID:
        raise NotFound("没有这个操作，请刷新页面。")
    try:
        at = _run(request, actor, row, act)
    except REFUSALS as refusal:
        return _page(request, row, act, refusal)
    messages.success(request, _(SAID[act]))
    return redirect("ballot_trial", pk=at)


def _held(actor: Actor, pk: UUID) -> Ballot:
    row = votes.ballot_for(actor, pk)
    if not may_hold_trial(actor, row):
        raise Denied("电子试用由组织这次票决的机关准备。")
    return row


def _run(request: HttpRequest, actor: Actor, row: Ballot, act: str) -> UUID:
    """Carry a step out; return the vote on whose page it goes on."""
    key = request.POST.get("request_id")
    begin = {"start": services.trial_start, "again": services.trial_again}.get(act)
    if begin is not None:
        return begin(actor=actor, ballot=row, request_id=key).ballot_id
    _step(request, actor, row, act, key)
    return row.pk


def _step(request: HttpRequest, actor: Actor, row: Ballot, act: str, key: str | None) -> None:
    found = trial_of(row)
    if found is None:
        raise Conflict("还没有开始准备电子试用，请刷新后再看。")
    whole: dict[str, Any] = {"actor": actor, "trial": found, "request_id": key}
    steps: dict[str, Callable[[], object]] = {
        "take_cards": lambda: services.cards_take(content=_file(request, "cards"), **whole),
        "open": lambda: services.trial_open(**whole),
        "close": lambda: services.trial_close(**whole),
        "publish": lambda: services.trial_publish(**whole),
        "abandon": lambda: services.trial_abandon(reason=request.POST.get("reason", ""), **whole),
    }
    steps[act]()
    if act == "close":
        services.board_close(found)


def _file(request: HttpRequest, name: str) -> str:
    given = request.FILES.get(name)
    if given is None or (given.size or 0) > LONGEST_FILE:
        words = _("请选印卡时生成的 public_creds.json。")
        raise Invalid(words, fields={name: words})
    return str(given.read().decode("utf-8", "replace"))


def _page(
    request: HttpRequest, row: Ballot, tried: str = "", refusal: LianxinError | None = None
) -> HttpResponse:
    found = trial_of(row)
    page: dict[str, Any] = {
        "row": row,
        "place": place_name(row.division_code),
        "trial": found,
        "said_against": services.said_against_start(row) if found is None else None,
        "was_beside": services.held_beside(row.previous),
        "tried": tried,
        "problem": refusal,
        "errors": refusal.fields if refusal else {},
        "typed": request.POST,
        "request_id": str(uuid7()),
        "at": "/ballots",
    } | (_about(actor_of(request), found, request) if found else {})
    return render(request, "web/ballots/trial.html", page, status=refusal.status if refusal else 200)


def _about(actor: Actor, found: Trial, request: HttpRequest) -> dict[str, Any]:
    now, rows = PLACE_ON_WAY[State(found.state)], list(found.trustees.all())
    facts = facts_of(found)
    shown = [name for name in OFFERED if found.state in TRIAL.acts[name].sources and may(actor, name, found)]
    return {
        "way": [(words, "done" if n < now else "now" if n == now else "todo") for n, words in enumerate(WAY)],
        "acts": {name: {"refusal": TRIAL.refusal(found.state, name, facts)} for name in shown},
        "basis": {name: said_basis(TRIAL.acts[name].basis) for name in shown},
        "confirm": {name: TRIAL.acts[name].confirm for name in shown},
        "rounds": services.rounds_of(rows),
        "unlocked": [one.name for one in rows if one.share],
        "locked": [one.name for one in rows if not one.share],
        "electorate": facts.electorate,
        "title_word": shlex.quote(found.ballot.subject),
        "hall_key": services.hall_key_of(found) if found.state == State.OPEN else "",
        "site": f"{request.scheme}://{request.get_host()}",
        "on_board": found.state in ON_BOARD,
        "per_item": found.ballot.mode == BallotMode.PER_ITEM,
        "events": [
            (one, TRIAL.acts[one.act].verb if one.act in TRIAL.acts else "开始准备")
            for one in found.events.order_by("-at")[:30]
        ],
    }
