"""督导和巡查: the deputy's villages, the quarterly sheet, findings, who supervises whom."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianxin.campaigns import selectors, services
from lianxin.campaigns.models import Inspection
from lianxin.campaigns.permissions import (
    findings_visible_to,
    inspections_visible_to,
    may_assign,
    may_find,
    may_inspect,
)
from lianxin.campaigns.rules import LINK_PLAIN, Link, checklist, quarter_of, quarter_words
from lianxin.common import clock
from lianxin.common.actor import Role
from lianxin.common.errors import Denied, Invalid, LianxinError, NotFound
from lianxin.people.models import Deputy
from lianxin.regions.selectors import place_name
from lianxin.rulebook.selectors import value
from lianxin.villages.models import VillageProfile
from lianxin.villages.permissions import OVERSEERS, READERS, villages_visible_to
from lianxin.web.answering import REFUSALS, shown
from lianxin.web.campaigns.themes import GONE
from lianxin.web.door import actor_of, for_roles
from lianxin.web.typed import typed_day

SAID = {
    "mend": "写上了，监督代表会来复查。",
    "close": "复查通过，销号了。",
    "reopen": "定了新的期限，村里会看到。",
}
TABS = ("late", "open", "closed")


@for_roles(Role.DEPUTY)
@never_cache
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Show the villages that the deputy supervises, with this quarter's sheet."""
    actor = actor_of(request)
    page = {
        "rows": selectors.watched(actor, own=True),
        "quarter": quarter_words(quarter_of(clock.today())),
        "at": "/campaigns/mine",
    }
    return render(request, "web/campaigns/mine.html", page)


@for_roles(*READERS)
@never_cache
@require_GET
def findings(request: HttpRequest) -> HttpResponse:
    """List findings: past their day without a second look first; and the villages without a sheet."""
    actor, tab = actor_of(request), request.GET.get("tab", "late")
    tab = tab if tab in TABS else "late"
    rows = selectors.findings_page(actor, tab=tab)
    seen = selectors.watched(actor) if actor.has(*OVERSEERS) else []
    page = {
        "rows": [(row, place_name(row.division_code)) for row in rows],
        "tab": tab,
        "gaps": [one for one in seen if one.sheet is None],
        "total": len(seen),
        "quarter": quarter_words(quarter_of(clock.today())),
        "today": clock.today(),
        "at": "/campaigns/findings",
    }
    return render(request, "web/campaigns/findings.html", page)


@for_roles(Role.DEPUTY, Role.PRESIDIUM)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Fill the sheet of a village for the quarter."""
    actor, refusal = actor_of(request), None
    if not may_inspect(actor, code):
        raise Denied("只有这个村的监督代表或本镇可以填巡查单。")
    if request.method == "POST":
        try:
            made = services.inspection_record(
                actor=actor,
                village=code,
                on=typed_day(request, "on"),
                answers=_answers(request),
                problems={one.key: request.POST.get(f"{one.key}_words", "") for one in checklist()},
                note=request.POST.get("note", ""),
                request_id=request.POST.get("request_id"),
            )
            messages.success(request, _("巡查单交了。有问题的，村里会看到期限。"))
            return redirect("inspection", pk=made.pk)
        except REFUSALS as caught:
            refusal = caught
    page = {
        "place": place_name(code),
        "code": code,
        "groups": _groups(request, refusal),
        "today": clock.today(),
        "days": value("inspection.mend_days"),
        "at": "/campaigns/mine",
    }
    return shown(request, "web/campaigns/inspection_new.html", page, refusal)


def _answers(request: HttpRequest) -> dict[str, bool]:
    typed = {one.key: request.POST.get(one.key, "") for one in checklist()}
    return {key: said_so == "ok" for key, said_so in typed.items() if said_so in {"ok", "bad"}}


def _groups(request: HttpRequest, refusal: LianxinError | None) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return the sheet by link, each line with what was typed and what is missing."""
    errors = refusal.fields if refusal else {}
    return [
        (
            LINK_PLAIN[link],
            [
                {
                    "check": one,
                    "chosen": request.POST.get(one.key, ""),
                    "words": request.POST.get(f"{one.key}_words", ""),
                    "error": errors.get(one.key, ""),
                }
                for one in checklist()
                if one.link == link
            ],
        )
        for link in Link
    ]


@for_roles(*READERS)
@never_cache
@require_GET
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a sheet with its findings and what may be done about them."""
    return _page(request, selectors.one_of(inspections_visible_to(actor_of(request)), pk, GONE))


@for_roles(Role.VILLAGE, Role.DEPUTY, Role.PRESIDIUM)
@require_POST
def act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Say that a finding is mended, close it by a second look, or set a new day."""
    actor = actor_of(request)
    row = selectors.one_of(findings_visible_to(actor).select_related("inspection"), pk, GONE)
    if act not in SAID:
        raise NotFound("没有这个操作，请刷新页面。")
    if not may_find(actor, act, row):
        raise Denied("整改由村里报，复查由监督代表或本镇办。")
    try:
        key = {"request_id": request.POST.get("request_id"), "note": request.POST.get("note", "")}
        if act == "mend":
            services.finding_mend(actor=actor, row=row, **key)  # type: ignore[arg-type] # words of a form
        elif act == "close":
            services.finding_close(actor=actor, row=row, **key)  # type: ignore[arg-type] # words of a form
        else:
            day = typed_day(request, "due_on")
            services.finding_reopen(actor=actor, row=row, due_on=day, **key)  # type: ignore[arg-type] # words of a form
    except REFUSALS as refusal:
        return _page(request, row.inspection, refusal, f"{act}-{pk}")
    messages.success(request, _(SAID[act]))
    return redirect("inspection", pk=row.inspection_id)


def _page(
    request: HttpRequest, row: Inspection, refusal: LianxinError | None = None, tried: str = ""
) -> HttpResponse:
    actor = actor_of(request)
    rows = [
        {
            "finding": one,
            "mends": may_find(actor, "mend", one) and one.state == "open",
            "looks": may_find(actor, "close", one) and one.state != "closed",
            "late": one.state != "closed" and one.due_on < clock.today(),
            "events": list(one.events.exclude(act="register").order_by("at")),
        }
        for one in row.findings.order_by("id")
    ]
    page = {
        "row": row,
        "place": place_name(row.division_code),
        "quarter": quarter_words(row.quarter),
        "rows": rows,
        "lines": [(one, row.answers.get(one.key)) for one in checklist()],
        "tried": tried,
        "at": "/campaigns/findings" if actor.has(Role.VILLAGE, Role.PRESIDIUM) else "/campaigns/mine",
    }
    return shown(request, "web/campaigns/inspection.html", page, refusal)


@for_roles(*OVERSEERS)
@never_cache
@require_GET
def supervisors(request: HttpRequest) -> HttpResponse:
    """Show who supervises which village; a village without a deputy is a gap."""
    rows = selectors.watched(actor_of(request))
    gaps = [row for row in rows if row.profile.supervising_deputy is None]
    page = {
        "rows": gaps if request.GET.get("tab") == "gap" else rows,
        "tab": "gap" if request.GET.get("tab") == "gap" else "all",
        "gaps": len(gaps),
        "total": len(rows),
        "covered": len(rows) - len(gaps),
        "assigns": actor_of(request).has(Role.OFFICE, Role.PRESIDIUM),
        "at": "/campaigns/supervisors",
    }
    return render(request, "web/campaigns/supervisors.html", page)


@for_roles(Role.OFFICE, Role.PRESIDIUM)
@never_cache
@require_http_methods(["GET", "POST"])
def assign(request: HttpRequest, code: str) -> HttpResponse:
    """Name the supervising deputy of a village."""
    actor, refusal = actor_of(request), None
    profile: VillageProfile | None = villages_visible_to(actor).filter(division_code=code).first()
    if profile is None or not may_assign(actor, code):
        raise NotFound("没有找到这个村，或者不在您的范围内。")
    if request.method == "POST":
        try:
            key = request.POST.get("request_id")
            deputy = _deputy(code, request.POST.get("deputy", ""))
            services.supervisor_assign(actor=actor, profile=profile, deputy=deputy, request_id=key)
            messages.success(request, _("安排好了。"))
            return redirect("supervisors")
        except REFUSALS as caught:
            refusal = caught
    page = {
        "place": place_name(code),
        "code": code,
        "deputies": selectors.deputies_near(code),
        "now": profile.supervising_deputy_id,
        "at": "/campaigns/supervisors",
    }
    return shown(request, "web/campaigns/supervisor.html", page, refusal)


def _deputy(code: str, typed: str) -> Deputy:
    found = next((one for one in selectors.deputies_near(code) if str(one.pk) == typed), None)
    if found is None:
        raise Invalid("请选一位代表。", fields={"deputy": "请从列出的代表里选。"})
    return found
