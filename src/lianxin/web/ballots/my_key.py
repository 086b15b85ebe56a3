"""A scrutineer's own page: which round is on, what to run on his device, what to hand in, who is missing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from lianxin.ballots.electronic import materials, services
from lianxin.ballots.electronic.keys import name_of
from lianxin.ballots.electronic.permissions import PEOPLE, trustee_of
from lianxin.ballots.electronic.selectors import material_of, trial_for
from lianxin.ballots.electronic.workflow import State
from lianxin.ballots.models import Trial, Trustee
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Invalid, LianxinError, NotFound, Refused
from lianxin.common.ids import uuid7
from lianxin.documents.papers import quoted
from lianxin.web.door import actor_of, for_roles

REFUSALS = (Invalid, Refused, Conflict)
LONGEST_FILE = 400_000


@for_roles(*PEOPLE)
@never_cache
@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the round that is on, or take the file of it."""
    actor = actor_of(request)
    trial, own = _mine(actor, pk)
    if request.method != "POST":
        return _page(request, trial, own)
    try:
        _give(request, actor, trial)
    except REFUSALS as refusal:
        trial.refresh_from_db()
        own.refresh_from_db()
        return _page(request, trial, own, refusal)
    messages.success(request, _("收到了。"))
    return redirect("ballot_my_key", pk=pk)


@for_roles(*PEOPLE)
@never_cache
@require_GET
def material(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return what the own device needs for the round that is on."""
    trial, own = _mine(actor_of(request), pk)
    name, content = material_of(trial, own)
    answer = HttpResponse(content, content_type="application/zip")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quoted(name)}"
    return answer


def _mine(actor: Actor, pk: UUID) -> tuple[Trial, Trustee]:
    trial = trial_for(actor, pk)
    own = trustee_of(actor, trial)
    if own is None:
        raise NotFound("您没有管这次投票的钥匙。")
    return trial, own


def _give(request: HttpRequest, actor: Actor, trial: Trial) -> None:
    given = request.FILES.get("part")
    if given is None or (given.size or 0) > LONGEST_FILE:
        words = _("请选在自己设备上生成的文件。")
        raise Invalid(words, fields={"part": words})
    content = given.read().decode("utf-8", "replace")
    key, part = request.POST.get("request_id"), request.POST.get("kind", "")
    if part == "share":
        services.share_give(actor=actor, trial=trial, content=content, request_id=key)
    else:
        services.part_give(actor=actor, trial=trial, part=part, content=content, request_id=key)


def _page(
    request: HttpRequest, trial: Trial, own: Trustee, refusal: LianxinError | None = None
) -> HttpResponse:
    rows = list(trial.trustees.all())
    now = services.part_now(rows) if trial.state == State.KEYS else "share" if _unlocking(trial) else ""
    page: dict[str, Any] = {
        "trial": trial,
        "row": trial.ballot,
        "own": own,
        "now": now,
        "handed_in": bool(now and getattr(own, now)),
        "file": materials.HAND_IN.get(now, ""),
        "rounds": services.rounds_of(rows),
        "names": [(one.name, name_of(one.certificate)[:16]) for one in rows if one.certificate],
        "unlocked": [one.name for one in rows if one.share],
        "problem": refusal,
        "errors": refusal.fields if refusal else {},
        "request_id": str(uuid7()),
        "at": "/ballots",
    }
    return render(request, "web/ballots/my_key.html", page, status=refusal.status if refusal else 200)


def _unlocking(trial: Trial) -> bool:
    return trial.state == State.CLOSED
