"""The public board: receipts, the mark, the download, and how anybody checks it on his own machine."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from lianxin.ballots.electronic import selectors
from lianxin.ballots.electronic.verifier import SECONDS_A_BALLOT
from lianxin.ballots.electronic.workflow import ON_BOARD, State
from lianxin.ballots.models import BallotMode, Trial
from lianxin.regions.selectors import place_name
from lianxin.web.door import public


@public
@never_cache
@require_GET
def board(request: HttpRequest, code: str) -> HttpResponse:
    """Show the board; while voting goes on only that it does."""
    trial = selectors.board_of(code)
    receipts = selectors.receipts_of(trial)
    page = {**_about(trial), "receipts": receipts, "lines": _lines(trial), "unanimous": _unanimous(trial)}
    return render(request, "web/evote/board.html", page)


@public
@never_cache
@require_GET
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Find a receipt on the board, and say how to check the whole of it apart from this machine."""
    trial = selectors.board_of(code)
    wanted = request.GET.get("receipt", "").strip().rstrip("=")[:60]
    listed = wanted in set(selectors.receipts_of(trial)) if wanted else False
    page = {
        **_about(trial),
        "wanted": wanted,
        "listed": listed,
        "seconds": max(1, round(trial.cast * SECONDS_A_BALLOT)),
        "address": request.build_absolute_uri(f"/evote/{trial.code}/board.zip"),
    }
    return render(request, "web/evote/verify.html", page)


@public
@require_GET
def download(request: HttpRequest, code: str) -> HttpResponse:
    """Return the whole board."""
    trial = selectors.board_of(code)
    answer = HttpResponse(selectors.board_zip(trial), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{trial.code}.zip"'
    return answer


def _about(trial: Trial) -> dict[str, Any]:
    return {
        "trial": trial,
        "row": trial.ballot,
        "place": place_name(trial.ballot.division_code),
        "on_board": trial.state in ON_BOARD,
        "published": trial.state == State.PUBLISHED,
    }


def _lines(trial: Trial) -> list[dict[str, Any]]:
    """Return each option with its figures by machine and on paper, which alone counts."""
    counts, on_paper = trial.result.get("counts", {}), trial.ballot.outcome.get("counts", {})
    if trial.state != State.PUBLISHED:
        return []
    ticks = trial.ballot.mode == BallotMode.APPROVAL
    words = ("for",) if ticks else ("for", "against", "abstain")
    return [
        {
            "label": one.label,
            "number": one.number,
            "machine": [counts[one.key][word] for word in words],
            "paper": [on_paper.get(one.key, {}).get(word, 0) for word in words],
        }
        for one in trial.ballot.options.all()
        if one.key in counts
    ]


def _unanimous(trial: Trial) -> bool:
    rows = trial.result.get("counts", {}).values() if trial.state == State.PUBLISHED else ()
    return any(n == trial.cast > 0 for row in rows for n in row.values())
