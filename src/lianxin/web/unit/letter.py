"""答复函: one block for each demand with its check-up, then the head's signature."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lianxin.common import clock
from lianxin.common.actor import Role
from lianxin.common.errors import Conflict, Invalid, LianxinError, Refused
from lianxin.common.ids import uuid7
from lianxin.handling.facts import class_scheme, reply_text
from lianxin.handling.models import Assignment, Reply
from lianxin.handling.rules import Finding, ReplyText, reply_findings
from lianxin.handling.selectors import assignment_for, latest_reply
from lianxin.people.selectors import deputy_names, organ_name
from lianxin.web.act_words import WORDS
from lianxin.web.acts import Tried
from lianxin.web.door import actor_of, for_roles
from lianxin.web.unit.views import UNIT, acts_on, pairs, perform

REFUSALS = (Invalid, Refused, Conflict)
EARLIER = 40


@for_roles(*UNIT)
@never_cache
@require_http_methods(["GET", "POST"])
def reply(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write the reply; `check` shows the check-up, otherwise the draft goes before the head."""
    actor = actor_of(request)
    part = assignment_for(actor, pk)
    problem: LianxinError | None = None
    if request.method == "POST" and "check" not in request.POST:
        try:
            perform(request, actor, part, "draft_reply")
            messages.success(request, _("已提交负责人签发。"))
            return redirect("unit_matter", pk=pk)
        except REFUSALS as refusal:
            problem = refusal
    last = latest_reply(part)
    posted = request.method == "POST"
    answers = request.POST.getlist("answers") if posted else list(last.answers) if last else []
    page = {
        "part": part,
        "typed": request.POST if posted else last,
        "promise_due": _due_typed(request.POST if posted else last),
        "problem": problem,
        "act": acts_on(actor, part).get("draft_reply"),
        "request_id": str(uuid7()),
        "at": "/unit/matters",
        "remarks": _remarks(part),
        "findings": _findings(part, _typed(request.POST)) if posted else [],
        "checked": posted,
        "blocks": [
            (place, demand, answers[place - 1] if len(answers) >= place else "")
            for place, demand in enumerate(part.demands or [part.title], 1)
        ],
        "classes": [(one, _(WORDS[one])) for one in class_scheme(part.home6)],
        "levels": [(one, _(WORDS[one])) for one in ("public", "on_request", "not_public")],
        "assists": Assignment.objects.filter(
            matter_id=part.matter_id, round=part.round, mode="assist"
        ).exclude(pk=part.pk),
    }
    return render(request, "web/unit/reply.html", page, status=problem.status if problem else 200)


def _due_typed(typed: QueryDict | Reply | None) -> str:
    """Return the promised day as the date field wants it."""
    if isinstance(typed, QueryDict):
        return typed.get("promise_due", "")
    return typed.promise_due.isoformat() if typed and typed.promise_due else ""


def _remarks(part: Assignment) -> str:
    """Return why the head sent the last draft back."""
    back = part.events.filter(act="send_back_draft").order_by("-at").first()
    return back.note if back and part.state == "in_handling" else ""


def _typed(typed: QueryDict) -> ReplyText:
    try:
        due: date | None = date.fromisoformat(typed.get("promise_due", ""))
    except ValueError:
        due = None
    names = ("promise_text", "promise_person", "reason", "publish_level", "publish_reason")
    given: dict[str, Any] = {name: typed.get(name, "") for name in names}
    return ReplyText(
        reply_class=typed.get("reply_class", ""),
        answers=tuple(typed.getlist("answers")),
        promise_due=due,
        **given,
    )


def _findings(part: Assignment, text: ReplyText) -> list[Finding]:
    old = Reply.objects.filter(assignment__unit_code=part.unit_code, state="signed")
    earlier = [
        "".join(map(str, row.answers)) for row in old.exclude(assignment=part).order_by("-id")[:EARLIER]
    ]
    return reply_findings(text, part.demands, class_scheme(part.home6), earlier=earlier)


@for_roles(Role.UNIT_HEAD)
@never_cache
@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """签发: the letter as it will go out, its check-up, the password once more."""
    actor = actor_of(request)
    part = assignment_for(actor, pk)
    tried: Tried | None = None
    if request.method == "POST":
        act = "send_back_draft" if "send_back" in request.POST else "sign_reply"
        try:
            perform(request, actor, part, act)
            messages.success(
                request, _("已签发，答复函已送达。") if act == "sign_reply" else _("已退回经办人修改。")
            )
            return redirect("unit_matter", pk=pk)
        except REFUSALS as refusal:
            tried = Tried(act, request.POST, refusal)
            part = assignment_for(actor, pk)
    draft = latest_reply(part)
    acts = acts_on(actor, part, tried)
    page = {
        "part": part,
        "unit": organ_name(part.unit_code),
        "reply": draft,
        "pairs": pairs(part, draft),
        "deputies": list(deputy_names(part.deputies).values()),
        "findings": _findings(part, reply_text(draft)) if draft and draft.state == "draft" else [],
        "acts": acts,
        "problem": tried.refusal if tried else None,
        "today": clock.today(),
        "at": "/unit/matters",
    }
    return render(request, "web/unit/sign.html", page, status=tried.refusal.status if tried else 200)
