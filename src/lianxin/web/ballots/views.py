"""Votes: the list, one vote at each of its stages, the comparison of the two counts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from pydantic import BaseModel

from lianxin.ballots import selectors
from lianxin.ballots.actions import BOOK
from lianxin.ballots.electronic.selectors import trial_of
from lianxin.ballots.further import shortfall_in
from lianxin.ballots.models import Ballot, BallotMode, Coming, OfficerKind, Shortfall, TieRule
from lianxin.ballots.permissions import PEOPLE, may_hold, slot_of
from lianxin.ballots.quorum import enough, is_quorate, needed
from lianxin.ballots.scheme import Count, count_of
from lianxin.ballots.workflow import BALLOT, HOST, PLACE_ON_WAY, WAY, State
from lianxin.common.errors import Conflict, Denied, Invalid, LianxinError, NotFound, Refused
from lianxin.common.ids import uuid7
from lianxin.regions.selectors import place_name
from lianxin.rulebook.selectors import parameter
from lianxin.web.basis import said_basis
from lianxin.web.door import actor_of, for_roles

REFUSALS = (Invalid, Refused, Conflict)
TEMPLATES = {
    State.PREPARING: "prepare", State.SIGNING_IN: "sign_in", State.SUSPENDED: "suspended",
    State.QUORATE: "issue", State.VOTING: "voting", State.COUNTING: "counting", State.MATCHED: "matched",
    State.DECIDED: "decided", State.ANNOUNCED: "announced", State.VOID: "void",
}  # fmt: skip
SAID = {
    "change_method": "票决办法改好了，要重新由大会通过。",
    "pass_method": "已记下：票决办法通过。",
    "appoint": "人定下了，计票人会收到消息。",
    "release": "已经去掉。",
    "open": "已经开会，全体代表人数定下来了。",
    "sign_in": "到会人数记下了。",
    "declare_quorum": "到会够数，可以发票了。",
    "suspend": "已经休会。人到齐后再记到会人数，接着开。",
    "issue": "选票已发，票决办法和各项都锁定了。",
    "close_box": "收回张数记下了，两名计票人可以开始录。",
    "recount_batch": "已请两位重新清点这一捆。",
    "decide": "结果算出来了，请打印报告单，由监票人签字。",
    "attach_scan": "签字的报告单收到了。",
    "announce": "结果已公布，全体代表都看得到。",
    "void": "已宣布作废。",
    "next_round": "再投一轮准备好了。",
    "start_anew": "重新投票准备好了。",
}


@for_roles(*PEOPLE)
@never_cache
@require_GET
def ballots(request: HttpRequest) -> HttpResponse:
    """List the votes that the actor may see: those at work, or those that are over."""
    actor = actor_of(request)
    holds = actor.has(*HOST)
    tab = "done" if request.GET.get("tab") == "done" else "open"
    rows = selectors.ballots_page(actor, tab=tab)
    page = {
        "rows": [(row, place_name(row.division_code)) for row in rows],
        "tab": tab,
        "holds": holds,
        "at": "/ballots",
    }
    return render(request, "web/ballots/list.html", page)


@for_roles(*PEOPLE)
@never_cache
@require_GET
def ballot(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a vote at its stage; a teller goes to his bundles: results show once they are announced."""
    actor = actor_of(request)
    row = selectors.ballot_for(actor, pk)
    if row.state != State.ANNOUNCED and not may_hold(actor, row.division_code, row.level):
        if slot_of(actor, row) is None:
            raise Denied("结果公布以前，只有组织票决的机关看得到这一页。")
        return redirect("ballot_entry", pk=pk)
    return _page(request, row)


@for_roles(*HOST)
@require_POST
def act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Carry out an act; a refusal keeps what was typed."""
    actor = actor_of(request)
    row = selectors.ballot_for(actor, pk)
    if act not in SAID:
        raise NotFound("没有这个操作，请刷新页面。")
    try:
        data = _typed(request, BOOK.input(act))
        done = BOOK.perform(
            actor=actor, obj=row, name=act, data=data, request_id=request.POST.get("request_id")
        )
    except REFUSALS as refusal:
        row.refresh_from_db()
        tried = f"{act}-{request.POST['kind']}" if request.POST.get("kind") else act
        return _page(request, row, tried, refusal)
    messages.success(request, _(SAID[act]))
    return redirect("ballot", pk=done.pk if isinstance(done, Ballot) else pk)


def _typed(request: HttpRequest, form: type[BaseModel]) -> dict[str, Any]:
    """Return what was typed; an empty number is an error beside its field, not a zero."""
    data: dict[str, Any] = {name: request.POST.get(name, "") for name in form.model_fields if name != "scan"}
    if "scan" in form.model_fields:
        scan = request.FILES.get("scan")
        data["scan"] = scan.read() if scan else b""
    return data


def _page(
    request: HttpRequest, row: Ballot, tried: str = "", refusal: LianxinError | None = None
) -> HttpResponse:
    acts = {one.act.name: one for one in BOOK.open_for(actor_of(request), row)}
    page: dict[str, Any] = {
        **_about(row),
        "acts": acts,
        "basis": {name: said_basis(one.act.basis) for name, one in acts.items()},
        "confirm": {name: one.act.confirm for name, one in acts.items()},
        "tried": tried,
        "problem": refusal,
        "errors": refusal.fields if refusal else {},
        "typed": request.POST,
        "request_id": str(uuid7()),
        "at": "/ballots",
    } | _more(row, acts)
    template = f"web/ballots/{TEMPLATES[State(row.state)]}.html"
    return render(request, template, page, status=refusal.status if refusal else 200)


def _about(row: Ballot) -> dict[str, Any]:
    """Return what every stage shows."""
    now = PLACE_ON_WAY[State(row.state)]
    officers = list(row.officers.all())
    need = needed(row)
    return {
        "row": row,
        "place": place_name(row.division_code),
        "way": [(words, "done" if n < now else "now" if n == now else "todo") for n, words in enumerate(WAY)],
        "options": list(row.options.all()),
        "tellers": [one for one in officers if one.kind == OfficerKind.TELLER],
        "scrutineers": [one for one in officers if one.kind == OfficerKind.SCRUTINEER],
        "quorate": is_quorate(row),
        "need": need,
        "missing": max(0, need - row.present),
        "called": row.attendance.exclude(coming=Coming.LEAVE).exists(),
        "has_limit": row.mode != BallotMode.GRADES,
        "enough": enough(row),
        "pass_basis": parameter("project.pass", home6=row.home6).basis,
        "grade_words": "、".join(words for _key, words in row.grades),
        "following": Ballot.objects.filter(previous=row).first(),
        "trial": trial_of(row),
        "events": [(event, _verb(event.act), event.facts) for event in row.events.order_by("-at")[:30]],
    }


def _verb(name: str) -> str:
    return BALLOT.acts[name].verb if name in BALLOT.acts else "补录"


def _more(row: Ballot, acts: dict[str, Any]) -> dict[str, Any]:
    """Return what only some stages show."""
    more: dict[str, Any] = {}
    if "appoint" in acts:
        more["teller_choices"] = selectors.teller_candidates(row)
        more["scrutineer_choices"] = selectors.scrutineer_candidates(row)
    if "change_method" in acts:
        more |= {"shortfalls": _shortfalls(row), "tie_rules": TieRule.choices}
    if row.state in {State.COUNTING, State.MATCHED}:
        more["count"] = count_of(row)
    if row.state in {State.DECIDED, State.ANNOUNCED}:
        lines = selectors.result_lines(row)
        more |= {
            "lines": lines,
            "heads": [words for words, _n in lines[0].figures] if lines else [],
            "standings": selectors.STANDINGS,
            "scan": selectors.scan_of(row),
            "unanimous": any(n == row.outcome["valid"] > 0 for line in lines for _words, n in line.figures),
        }
    return more


def _shortfalls(row: Ballot) -> list[tuple[str, Any]]:
    """Return what a method may say of a shortfall; in a further round there is nothing to choose."""
    known: tuple[Any, ...] = tuple(Shortfall)
    return [(one.value, one.label) for one in known if shortfall_in(row.round_number, one.value) == one]


@for_roles(*HOST)
@never_cache
@require_GET
def compare(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show where the two counts differ: bundle, option, by how many; not who counted what."""
    actor = actor_of(request)
    row = selectors.ballot_for(actor, pk)
    if not may_hold(actor, row.division_code, row.level):
        raise Denied("只有组织这次票决的机关看得到核对页。")
    count = count_of(row)
    page = {
        **_about(row),
        "count": count,
        "bundles": [(one, _places(row, count, one.row.number)) for one in count.bundles],
        "acts": {one.act.name: one for one in BOOK.open_for(actor, row)},
        "request_id": str(uuid7()),
        "at": "/ballots",
    }
    return render(request, "web/ballots/compare.html", page)


def _places(row: Ballot, count: Count, number: int) -> list[tuple[str, str, int]]:
    """Return (what, which figure, by how many) for a bundle's differences."""
    words = selectors.choice_words(row)
    totals = {"valid": _("有效票"), "void": _("无效票"), "blank": _("空白票")}
    labels = {one.key: f"{one.number} {one.label}" for one in row.options.all()}
    return [
        (
            labels.get(one.key, _("整捆")),
            totals.get(one.choice) or words.get(one.choice, one.choice),
            one.apart,
        )
        for one in count.differing
        if one.batch == number
    ]
