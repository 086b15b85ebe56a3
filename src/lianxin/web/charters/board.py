"""The town's and the city's view: which village has which texts, and how far a round of revision is."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianxin.charters import selectors, services
from lianxin.charters.models import RevisionRound
from lianxin.charters.permissions import rounds_visible_to
from lianxin.common.actor import Role
from lianxin.common.errors import Conflict, Invalid, LianxinError, NotFound
from lianxin.common.ids import uuid7
from lianxin.regions.selectors import division_names
from lianxin.villages.permissions import OVERSEERS
from lianxin.web.answering import shown
from lianxin.web.door import actor_of, for_roles
from lianxin.web.typed import typed_day

TABS = ("all", "gap", "making", "late")


@for_roles(*OVERSEERS)
@never_cache
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Show each village's two texts, what is being made and what is late."""
    lines = selectors.board(actor_of(request))
    groups = {
        "all": lines,
        "gap": [line for line in lines if not line.is_covered],
        "making": [line for line in lines if line.making],
        "late": [line for line in lines if line.late],
    }
    tab = request.GET.get("tab", "all")
    page = {
        "lines": groups.get(tab, lines),
        "tab": tab if tab in TABS else "all",
        "counts": {name: len(found) for name, found in groups.items()},
        "charters": sum(line.charter is not None for line in lines),
        "covenants": sum(line.covenant is not None for line in lines),
        "total": len(lines),
        "at": "/charters/board",
    }
    return render(request, "web/charters/board.html", page)


@for_roles(*OVERSEERS)
@never_cache
@require_GET
def rounds(request: HttpRequest) -> HttpResponse:
    """List the rounds of revision with how many villages are done."""
    actor = actor_of(request)
    rows = []
    for one in rounds_visible_to(actor).order_by("-year"):
        entries = selectors.entries_of(actor, one)
        rows.append((one, entries.exclude(done_on=None).count(), entries.count()))
    page = {"rows": rows, "opens": actor.has(Role.OFFICE), "at": "/charters/rounds"}
    return render(request, "web/charters/rounds.html", page)


@for_roles(Role.OFFICE)
@never_cache
@require_http_methods(["GET", "POST"])
def round_new(request: HttpRequest) -> HttpResponse:
    """Open a round for all villages."""
    problem: LianxinError | None = None
    if request.method == "POST":
        try:
            made = services.round_open(
                actor=actor_of(request),
                home6=actor_of(request).places(Role.OFFICE)[0][:6],
                name=request.POST.get("name", ""),
                due_on=typed_day(request, "due_on"),
                request_id=request.POST.get("request_id"),
            )
            return redirect("charter_round", pk=made.pk)
        except (Invalid, Conflict) as refusal:
            problem = refusal
    page = {
        "at": "/charters/rounds",
    }
    return shown(request, "web/charters/round_new.html", page, problem)


@for_roles(*OVERSEERS)
@never_cache
@require_GET
def round_one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a round village by village, the gaps first."""
    row, names = _round(request, pk), division_names()
    entries = list(selectors.entries_of(actor_of(request), row))
    lines = [
        (one, names.get(one.division_code, ""), names.get(f"{one.division_code[:9]}000", ""))
        for one in entries
    ]
    wanted = request.GET.get("tab", "gap")
    gaps = [line for line in lines if line[0].done_on is None]
    page = {
        "row": row,
        "lines": gaps if wanted == "gap" else [line for line in lines if line[0].done_on],
        "tab": wanted,
        "gaps": len(gaps),
        "done": len(lines) - len(gaps),
        "total": len(lines),
        "closes": actor_of(request).has(Role.OFFICE) and row.closed_on is None,
        "request_id": str(uuid7()),
        "at": "/charters/rounds",
    }
    return render(request, "web/charters/round.html", page)


@for_roles(Role.OFFICE)
@require_POST
def round_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close a round; what is not done stays shown."""
    row = _round(request, pk)
    services.round_close(actor=actor_of(request), row=row, request_id=request.POST.get("request_id"))
    messages.success(request, _("这一轮结束了，没有完成的村还列在这里。"))
    return redirect("charter_round", pk=pk)


def _round(request: HttpRequest, pk: UUID) -> RevisionRound:
    row = rounds_visible_to(actor_of(request)).filter(pk=pk).first()
    if row is None:
        raise NotFound("没有找到这一轮修订。")
    return row
