"""The screen in the hall: where the vote stands; every figure once announced, never a count on its way."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from lianxin.ballots import selectors
from lianxin.ballots.models import BallotMode
from lianxin.ballots.permissions import may_hold
from lianxin.ballots.quorum import is_quorate, needed
from lianxin.ballots.workflow import HOST, State
from lianxin.common.errors import Denied
from lianxin.regions.selectors import place_name
from lianxin.web.door import actor_of, for_roles

STAGES = {
    State.PREPARING: "会前准备",
    State.SIGNING_IN: "请各位代表签到",
    State.QUORATE: "到会够数，准备发票",
    State.SUSPENDED: "休会",
    State.VOTING: "正在投票",
    State.COUNTING: "正在计票",
    State.MATCHED: "计票核对一致",
    State.DECIDED: "等待宣布结果",
    State.ANNOUNCED: "票决结果",
    State.VOID: "本次投票作废，重新投票",
}


@for_roles(*HOST)
@never_cache
@require_GET
def board(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the vote in type that the last row can read; the page renews itself."""
    actor = actor_of(request)
    row = selectors.ballot_for(actor, pk)
    if not may_hold(actor, row.division_code, row.level):
        raise Denied("大屏由组织这次票决的机关打开。")
    announced = row.state == State.ANNOUNCED
    lines = selectors.result_lines(row) if announced else []
    page = {
        "row": row,
        "place": place_name(row.division_code),
        "stage": STAGES[State(row.state)],
        "lines": lines,
        "heads": [words for words, _n in lines[0].figures] if lines else [],
        "standings": selectors.STANDINGS,
        "limited": row.mode != BallotMode.GRADES,
        "quorate": is_quorate(row),
        "need": needed(row),
        "signing": row.state in {State.SIGNING_IN, State.SUSPENDED, State.QUORATE},
        "options": [] if announced else list(row.options.all()),
    }
    return render(request, "web/ballots/board.html", page)
