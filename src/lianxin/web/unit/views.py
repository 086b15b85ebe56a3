"""承办台 and one matter: take it or give it back, work, talk with the deputy, help, ask for time."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Conflict, Invalid, Refused
from lianxin.handling.actions import BOOK
from lianxin.handling.models import Assignment, Deadline, Reply
from lianxin.handling.selectors import assignment_for, latest_reply, letters_of, light_of
from lianxin.handling.workflow import HANDLING, Mode
from lianxin.insight import lists
from lianxin.insight.board import unit_board
from lianxin.meetings.services import forum_unit_act
from lianxin.opinions.services import opinion_unit_act
from lianxin.people.selectors import deputy_names, organ_name, organs
from lianxin.suggestions.actions import BOOK as PAPERS
from lianxin.suggestions.attachments import attachments
from lianxin.suggestions.models import Commitment, Suggestion
from lianxin.suggestions.services import suggestion_unit_act
from lianxin.suggestions.workflow import SUGGESTION
from lianxin.web.acts import Sheet, Tried, sheet, typed_data
from lianxin.web.door import actor_of, for_roles
from lianxin.web.office.detail import TONES, file_links, shown_due
from lianxin.web.reauth import SOLEMN, confirmed

UNIT = (Role.UNIT_CLERK, Role.UNIT_HEAD)
TABS = (
    ("open", "在办"),
    ("sign_for", "待签收"),
    ("soon", "快到期"),
    ("late", "逾期"),
    ("to_sign", "待签发"),
    ("returned", "退办中"),
    ("extension", "延期待批"),
    ("done", "已办完"),
)
ROOMS: dict[str, Any] = {
    "suggestion": suggestion_unit_act,
    "opinion": opinion_unit_act,
    "forum": forum_unit_act,
}
"""The room that owns a matter follows what its units do."""
PLACED = frozenset({"accept", "request_return", "start", "record_progress", "record_contact",
                    "request_extension", "give_opinion", "draft_reply", "sign_reply", "send_back_draft",
                    "correct_reply", "urge", "approve_extension", "refuse_extension",
                    "approve_return", "refuse_return"})  # fmt: skip
"""Acts that have a place of their own on these screens."""


@for_roles(*UNIT, Role.OVERSIGHT)
@never_cache
@require_GET
def matter_list(request: HttpRequest) -> HttpResponse:
    """承办台: the unit's matters, the most urgent first."""
    actor, tab = actor_of(request), request.GET.get("tab", "open")
    found = lists.parts(actor, tab)
    if request.GET.get("unit"):
        found = found.filter(unit_code=request.GET["unit"])
    page = {
        "rows": [(row, organ_name(row.unit_code), *due_of(row)) for row in found[:200]],
        "tab": tab,
        "tabs": [(key, name, lists.parts(actor, key).count()) for key, name in TABS],
        "at": "/unit/matters",
    }
    return render(request, "web/unit/matters.html", page)


def due_of(row: Assignment) -> tuple[str, str]:
    """Return a part's next due date in words and the tone of its light."""
    due = row.return_until if row.state == "assigned" else row.reply_due_on
    if row.ended or due is None:
        return "", "ok"
    left = (due - clock.today()).days
    words = _("逾期 %(n)s 天") % {"n": -left} if left < 0 else _("还剩 %(n)s 天") % {"n": left}
    return words, TONES.get(light_of(Deadline(due_on=due), clock.today()), "plain")


@for_roles(Role.OVERSIGHT, Role.OFFICE, Role.PRESIDIUM)
@never_cache
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """单位红黄绿: each unit's replies in time and returns (organs, not people)."""
    return render(
        request, "web/unit/board.html", {"rows": unit_board(actor_of(request)), "at": "/unit/board"}
    )


@for_roles(*UNIT, Role.OVERSIGHT)
@never_cache
@require_GET
def matter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one matter as the unit may see it: the outgoing copy, never who said it."""
    return _page(request, assignment_for(actor_of(request), pk))


def _page(request: HttpRequest, part: Assignment, tried: Tried | None = None) -> HttpResponse:
    actor = actor_of(request)
    reply = latest_reply(part)
    acts = acts_on(actor, part, tried)
    page = {
        "part": part,
        "unit": organ_name(part.unit_code),
        "reply": reply,
        "answers": pairs(part, reply),
        "deputies": list(deputy_names(part.deputies).values()) if part.deputies else [],
        "at": "/unit/matters",
        "deadlines": [shown_due(one) for one in part.deadlines.filter(replaced=False)],
        "acts": acts,
        "rest": [one for name, one in acts.items() if name not in PLACED],
        "letters": [
            (letter, file_links(letter)) for letter in letters_of(part.matter_id).filter(part_id=part.id)
        ],
        "assists": _assists(part),
        "attachments": attachments(part.matter_id) if part.matter_kind == "suggestion" else [],
        "progress_steps": _steps(part),
        "due": due_of(part),
        **_promises(actor, part, tried),
    }
    return render(request, "web/unit/matter.html", page, status=tried.refusal.status if tried else 200)


def _promises(actor: Actor, part: Assignment, tried: Tried | None) -> dict[str, Any]:
    """Return what this part's reply promised, and the form for showing that it came true."""
    rows = list(Commitment.objects.filter(assignment_id=part.id).select_related("suggestion__lead"))
    page: dict[str, Any] = {"own_promises": [(row, (row.due_on - clock.today()).days) for row in rows]}
    for action in PAPERS.open_for(actor, rows[0].suggestion) if rows else ():
        if action.act.name == "give_proof":
            page["proof_act"] = sheet(
                action, url=f"/unit/matters/{part.id}/acts/give_proof", options={}, tried=tried
            )
    return page


def pairs(part: Assignment, reply: Reply | None) -> list[tuple[str, str]]:
    """Return each demand beside its answer."""
    answers = list(reply.answers) if reply else []
    return [
        (demand, str(answers[place]) if place < len(answers) else "")
        for place, demand in enumerate(part.demands)
    ]


def _assists(part: Assignment) -> list[tuple[Assignment, str]]:
    """Return the assisting units' parts with their names, for the main unit to merge."""
    found = Assignment.objects.filter(matter_id=part.matter_id, round=part.round, mode=Mode.ASSIST)
    return [(one, organ_name(one.unit_code)) for one in found.exclude(pk=part.pk)]


def _steps(part: Assignment) -> list[dict[str, Any]]:
    """Return what the unit has done, as the parcel track shows it."""
    events = sorted(part.events.all(), key=lambda event: event.at)
    return [
        {
            "title": HANDLING.acts[event.act].verb if event.act in HANDLING.acts else _("交办"),
            "text": event.note,
            "at": event.at,
            "is_last": event is events[-1],
        }
        for event in events
    ]


def acts_on(actor: Actor, part: Assignment, tried: Tried | None = None) -> dict[str, Sheet]:
    """Return the acts open on a unit's part, by name."""
    options = {
        "proposed_unit": [
            (organ.code, organ.short_name) for organ in organs() if organ.code != part.unit_code
        ]
    }
    found = [
        sheet(
            action,
            url=f"/unit/matters/{part.id}/acts/{action.act.name}",
            options=options,
            demands=part.demands,
            tried=tried,
        )
        for action in BOOK.open_for(actor, part)
    ]
    return {one.name: one for one in found}


@for_roles(*UNIT, Role.OVERSIGHT)
@require_POST
def matter_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Carry out one act; a refusal keeps what was typed."""
    actor = actor_of(request)
    part = assignment_for(actor, pk)
    try:
        (_prove if act == "give_proof" else perform)(request, actor, part, act)
    except (Invalid, Refused, Conflict) as refusal:
        return _page(request, assignment_for(actor, pk), Tried(act, request.POST, refusal))
    messages.success(
        request, _("已办：%(act)s") % {"act": (HANDLING.acts.get(act) or SUGGESTION.acts[act]).verb}
    )
    return redirect("unit_matter", pk=pk)


def perform(request: HttpRequest, actor: Actor, part: Assignment, act: str) -> None:
    """Carry out an act on a part through the room that owns the matter."""
    if act in SOLEMN:
        confirmed(request)
    form = BOOK.form(act, typed_data(BOOK.input(act), request.POST))
    ROOMS[part.matter_kind](
        actor=actor, assignment=part, act=act, form=form, request_id=request.POST.get("request_id")
    )


def _prove(request: HttpRequest, actor: Actor, part: Assignment, act: str) -> None:
    paper = Suggestion.objects.get(pk=part.matter_id)
    data = typed_data(PAPERS.input(act), request.POST)
    PAPERS.perform(actor=actor, obj=paper, name=act, data=data, request_id=request.POST.get("request_id"))
