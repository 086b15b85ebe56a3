"""十有自查 and 规范化验收: the overview with what is missing, one room's list with photos, the decision."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianxin.common.actor import Actor
from lianxin.common.errors import LianxinError, NotFound
from lianxin.common.ids import uuid7
from lianxin.documents.models import StoredFile
from lianxin.documents.services import file_read
from lianxin.regions.models import Station, StationLevel
from lianxin.stations import selectors, services
from lianxin.stations.models import CheckKind, RoomCheck
from lianxin.stations.permissions import check_may, keeps
from lianxin.stations.services.standards import PHOTO, facts_of
from lianxin.stations.workflow import CHECK, DESK
from lianxin.web.door import actor_of, for_roles

KINDS = {"ten_haves": CheckKind.TEN_HAVES, "acceptance": CheckKind.ACCEPTANCE}
LEVELS = {CheckKind.TEN_HAVES: StationLevel.VILLAGE, CheckKind.ACCEPTANCE: StationLevel.TOWN}
MOST = 400


@for_roles(*DESK)
@never_cache
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Show the rooms with what each lacks, and the town stations with their acceptance."""
    actor = actor_of(request)
    kind = KINDS.get(request.GET.get("kind", ""), CheckKind.TEN_HAVES)
    checks = selectors.latest_checks(actor, kind)
    rooms = selectors.stations_of(actor).filter(level=LEVELS[kind], is_open=True).order_by("division_code")
    rows = [(room, checks.get(room.id)) for room in rooms[:MOST]]
    shown = request.GET.get("show", "")
    page = {
        "kind": kind.value,
        "rows": [row for row in rows if _shown(row[1], shown)],
        "show": shown,
        "counts": _counts(rows),
        "whole": len(rows),
        "at": "/station/standards",
    }
    return render(request, "web/station/standards.html", page)


def _shown(check: RoomCheck | None, wanted: str) -> bool:
    return not wanted or (check.state if check else "none") == wanted


def _counts(rows: list[tuple[Station, RoomCheck | None]]) -> list[tuple[str, str, int]]:
    states = [check.state if check else "none" for _room, check in rows]
    names = (("met", _("达标")), ("gap", _("待补齐")), ("submitted", _("待审核")), ("none", _("还没有自查")))
    return [(key, name, states.count(key)) for key, name in names]


@for_roles(*DESK)
@never_cache
@require_http_methods(["GET", "POST"])
def fill(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Check a room line by line, with a photo of each thing that is there."""
    actor = actor_of(request)
    station = selectors.stations_of(actor).filter(code=code).first()
    if station is None or kind not in KINDS:
        raise NotFound(_("没有找到这个联络室，或者不在您的范围内。"))
    items = services.checklist(KINDS[kind], station)
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            made = services.check_submit(
                actor=actor,
                station=station,
                kind=KINDS[kind],
                met={one.key: f"met_{one.key}" in request.POST for one in items},
                photos=_photos(request, [one.key for one in items]),
                seen_on_site="seen" in request.POST,
                request_id=request.POST.get("request_id"),
            )
            messages.success(request, _("交上去了，等审核。"))
            return redirect("room_check", pk=made.pk)
        except LianxinError as refusal:
            errors = refusal.fields or {"met": refusal.message}
    page = {
        "station": station,
        "kind": kind,
        "items": [(one, f"met_{one.key}" in request.POST) for one in items],
        "may_see": keeps(actor, station, *CHECK.acts["pass_check"].by),
        "errors": errors,
        "request_id": str(uuid7()),
        "at": "/station/standards",
    }
    return render(request, "web/station/check_fill.html", page, status=422 if errors else 200)


def _photos(request: HttpRequest, keys: list[str]) -> dict[str, bytes]:
    files = {key: request.FILES.get(f"photo_{key}") for key in keys}
    return {key: file.read() for key, file in files.items() if isinstance(file, UploadedFile)}


@for_roles(*DESK)
@never_cache
@require_GET
def check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one check: each line with its photo, what is missing, and what may be decided."""
    actor = actor_of(request)
    row = selectors.check_for(actor, pk)
    return render(request, "web/station/check.html", _check_page(actor, row))


def _check_page(actor: Actor, row: RoomCheck) -> dict[str, Any]:
    facts = facts_of(row)
    acts = [
        (act.name, act.verb, CHECK.refusal(row.state, act.name, facts))
        for act in CHECK.open_from(row.state)
        if check_may(actor, act.name, row)
    ]
    return {
        "row": row,
        "lines": list(row.lines.all()),
        "met": sum(one.is_met for one in row.lines.all()),
        "missing": [one.label for one in row.lines.all() if not one.is_met],
        "needed": facts.needed,
        "acts": acts,
        "request_id": str(uuid7()),
        "at": "/station/standards",
    }


@for_roles(*DESK)
@require_POST
def decide(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Find a room up to the list, or ask for what is missing."""
    actor = actor_of(request)
    row = selectors.check_for(actor, pk)
    if act not in CHECK.acts:
        raise NotFound(_("没有这个操作，请刷新页面。"))
    note = request.POST.get("note", "")
    services.check_decide(
        actor=actor, check=row, act=act, note=note, request_id=request.POST.get("request_id")
    )
    messages.success(request, _("审好了。"))
    return redirect("room_check", pk=pk)


@for_roles(*DESK)
@never_cache
@require_GET
def photo(request: HttpRequest, pk: UUID, file: UUID) -> HttpResponse:
    """Return the photo of one line."""
    row = selectors.check_for(actor_of(request), pk)
    kept = StoredFile.objects.filter(owner_kind=PHOTO, owner_id=row.id, erased_at=None)
    found = get_object_or_404(kept, pk=file)
    return HttpResponse(file_read(found), content_type=found.mime)
