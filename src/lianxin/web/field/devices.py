"""下乡准备: telephones with the server's part of their keys, and what goes along."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST, require_safe

from lianxin.common import clock
from lianxin.common.actor import Role
from lianxin.people import devices
from lianxin.people.models import FieldDevice
from lianxin.web.door import actor_of, for_roles
from lianxin.web.field.answers import in_json, sent
from lianxin.web.field.package import package_of
from lianxin.web.signin.gate import ENTERED


@in_json
@for_roles(Role.DEPUTY)
@require_POST
def prepare(request: HttpRequest) -> HttpResponse:
    """Prepare this telephone: a row here, both parts for closing its keys, and the package."""
    actor = actor_of(request)
    device = devices.device_prepare(actor=actor)
    parts = devices.parts_of(device)
    answer = {
        **_about(device),
        "account": str(actor.id),
        "carry": parts.carry,
        "rescue": parts.rescue,
        "package": package_of(actor),
    }
    return JsonResponse(answer)


@in_json
@for_roles()
@require_safe
def state(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say whether this telephone may still hold households, by the server's clock."""
    return JsonResponse(_about(devices.device_of(actor_of(request), pk)))


@in_json
@for_roles()
@require_POST
def wipe(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note that the telephone has wiped its households."""
    failures = sent(request).get("failures")
    count = failures if isinstance(failures, int) else devices.MOST_FAILURES
    return JsonResponse(_about(devices.device_wipe(actor=actor_of(request), pk=pk, failures=count)))


@in_json
@for_roles()
@require_POST
def rescue(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open unsent drafts for whoever has just signed in."""
    entered = datetime.fromtimestamp(float(request.session.get(ENTERED, 0)), UTC)
    part = devices.rescue_part(actor=actor_of(request), pk=pk, signed_in_at=entered)
    return JsonResponse({"rescue": part})


@in_json
@for_roles()
@require_POST
def forget(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Destroy the parts of this telephone: somebody signs out of it."""
    return JsonResponse(_about(devices.device_forget(actor=actor_of(request), pk=pk)))


def _about(device: FieldDevice) -> dict[str, Any]:
    over = device.wiped_at is not None or device.expires_at <= clock.now()
    return {
        "device": str(device.pk),
        "expires_at": device.expires_at.isoformat(),
        "now": clock.now().isoformat(),
        "over": over or device.forgotten_at is not None,
    }
