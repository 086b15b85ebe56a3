"""交办: choose units and their shares, see the due dates and the letter, then hand over."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lianxin.common import clock
from lianxin.common.actor import Role
from lianxin.common.errors import Conflict, Invalid, LianxinError, Refused
from lianxin.common.ids import uuid7
from lianxin.insight.routing import routed_before
from lianxin.people.selectors import organ_name, organs_with_head
from lianxin.rulebook.deadlines import due_for
from lianxin.suggestions import selectors
from lianxin.suggestions.models import Suggestion
from lianxin.web.door import actor_of, for_roles
from lianxin.web.matters import acts_of, options_of, perform

MODES = (("main", "主办和协办"), ("separate", "分办，各自答复"))
NO_UNIT = "请选择承办单位。"


@for_roles(Role.OFFICE, Role.PRESIDIUM)
@never_cache
@require_http_methods(["GET", "POST"])
def assign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the hand-over; `preview` computes the due dates and the letter, `assign` hands over."""
    actor = actor_of(request)
    row = selectors.suggestion_for(actor, pk)
    acts = acts_of(actor, row, base="").own
    problem: LianxinError | None = None
    if request.method == "POST":
        try:
            _checked(request)
            if "preview" not in request.POST:
                _hand_over(request, row, "reassign" if "reassign" in acts else "assign")
                messages.success(request, _("已交办，承办单位和代表都已收到通知。"))
                return redirect("suggestion", pk=pk)
        except (Invalid, Refused, Conflict) as refusal:
            problem = refusal
            row.refresh_from_db()
    units, headed = options_of(actor, row, {"assign"})["units"], organs_with_head()
    like = selectors.similar_earlier(row.title + row.situation, row)
    page = {
        "row": row,
        "act": acts.get("assign") or acts.get("reassign"),
        "units": [(code, name, code in headed) for code, name in units],
        "routed": routed_before(row, like),
        "problem": problem,
        "typed": request.POST,
        "assist": request.POST.getlist("assist_units"),
        "separate": request.POST.getlist("separate_units"),
        "preview": _preview(request, row) if request.method == "POST" and not problem else None,
        "dues": _dues(row),
        "request_id": str(uuid7()),
        "at": "/office/suggestions",
    }
    return render(request, "web/office/assign.html", page, status=problem.status if problem else 200)


def _checked(request: HttpRequest) -> None:
    main, assist = request.POST.get("main_unit", ""), request.POST.getlist("assist_units")
    separate = [unit for unit in request.POST.getlist("separate_units") if unit]
    if main and main in assist:
        raise Invalid(
            f"{organ_name(main)}已经是主办，不能再列为协办。", fields={"assist_units": "请去掉主办单位。"}
        )
    if main and separate:
        raise Invalid("主办和分办只能选一种。", fields={"main_unit": "选了分办，就不要再选主办。"})
    if "mark_key" in request.POST and not request.POST.get("leader", "").strip():
        raise Invalid("重点督办要写明由谁领衔。", fields={"leader": "请写领衔督办的负责人。"})
    if not main and not separate:
        raise Invalid(NO_UNIT, fields={"main_unit": "主办单位必填；几个单位各自答复的，请展开「改为分办」。"})


def _hand_over(request: HttpRequest, row: Suggestion, act: str) -> None:
    actor = actor_of(request)
    perform(request, actor, row, act)
    if "mark_key" in request.POST:
        perform(request, actor, row, "mark_key")


def _dues(row: Suggestion) -> list[dict[str, Any]]:
    """Return the due dates that a hand-over today gives, each with its calculation."""
    fast = row.fast_track
    aim = ((_("力争答复（直通车目标）"), "express.reply_months"),) if fast and row.round == 1 else ()
    rules = (
        (_("签收或退办"), "suggestion.return_workdays"),
        (_("首次与代表沟通"), "express.contact_workdays" if fast else "suggestion.first_contact_workdays"),
        (_("协办意见"), "suggestion.assist_opinion_months"),
        *aim,
        (_("答复"), "suggestion.reply_months"),
    )
    today = clock.today()
    dues = [(label, due_for(rule, today, home6=row.home6)) for label, rule in rules]
    return [
        {"label": label, "due_on": due.on, "provisional": due.provisional, "trace": due.trace}
        for label, due in dues
    ]


def _preview(request: HttpRequest, row: Suggestion) -> dict[str, Any]:
    """Return the hand-over letter as it will be issued to each leading unit."""
    main = request.POST.get("main_unit", "")
    leading = [main] if main else request.POST.getlist("separate_units")
    return {
        "addressees": [organ_name(code) for code in leading],
        "assists": [organ_name(code) for code in request.POST.getlist("assist_units")],
        "due_on": _dues(row)[-1]["due_on"],
        "today": clock.today(),
        "note": request.POST.get("note", ""),
    }
