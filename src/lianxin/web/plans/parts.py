"""What the pages of plans share: refusals, typed ids, files, the options of owners and documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Conflict, Denied, Invalid, Refused
from lianxin.plans.permissions import documents_visible_to
from lianxin.web.presses import Missed, Press

REFUSALS = (Invalid, Refused, Conflict)
PDF = "application/pdf"


def desk_of(actor: Actor) -> str:
    """Return the city whose office the actor is."""
    places = actor.places(Role.OFFICE)
    if not places:
        raise Denied("只有人大代工委可以办这件事。")
    return places[0]


def said_once(
    missed: Missed | None, offers: Mapping[str, Press], hidden: Iterable[str] = ()
) -> dict[str, Any]:
    """Keep a refusal from standing above the page as well, where the act's own form already says it."""
    shown_there = missed is not None and missed.name in offers and missed.name not in set(hidden)
    return {"problem": None, "errors": {}} if shown_there else {}


def sent_file(request: HttpRequest, name: str) -> bytes | None:
    """Return the bytes of a file that was sent, or nothing."""
    sent = request.FILES.get(name)
    return sent.read() if sent else None


def typed_uuid(typed: str, name: str) -> UUID:
    """Return an id that was picked from a list."""
    try:
        return UUID(typed)
    except ValueError:
        words = _("请从清单里选。")
        raise Invalid(words, fields={name: words}) from None


def document_options(actor: Actor) -> list[tuple[str, str]]:
    """Return the registered documents to choose from, the newest first."""
    rows = documents_visible_to(actor).order_by("-received_on")[:200]
    return [(str(one.pk), f"{one.issuer}　{one.title}") for one in rows]
