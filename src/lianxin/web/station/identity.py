"""Opening who said it, or a sealed text, on the record; others ask, a second person decides."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lianxin.common.actor import Role
from lianxin.common.errors import LianxinError
from lianxin.opinions import selectors, services
from lianxin.opinions.models import ContactAccess
from lianxin.web.acts import Tried
from lianxin.web.door import actor_of, for_roles
from lianxin.web.station.views import STAFF, opinion_page


@for_roles(*STAFF)
@never_cache
@require_POST
def contact(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open one contact for a stated purpose; the look is logged and shown to the person."""
    actor = actor_of(request)
    row = selectors.opinion_for(actor, pk)
    person = services.contact_open(actor=actor, opinion=row, purpose=request.POST.get("purpose", ""))
    page = {"row": row, "person": person, "at": "/station/opinions"}
    return render(request, "web/station/contact.html", page)


@for_roles(*STAFF)
@never_cache
@require_POST
def unseal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open a sealed accusation that a second person has approved for this actor."""
    actor = actor_of(request)
    row = selectors.opinion_for(actor, pk)
    page = {"row": row, "text": services.sealed_open(actor=actor, opinion=row), "at": "/station/opinions"}
    return render(request, "web/station/contact.html", page)


@for_roles(*STAFF)
@require_POST
def ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask a second person for leave to look, with a reason."""
    actor = actor_of(request)
    row = selectors.opinion_for(actor, pk)
    try:
        services.contact_ask(
            actor=actor,
            opinion=row,
            reason=request.POST.get("reason", ""),
            what="text" if row.is_sealed else "contact",
            request_id=request.POST.get("request_id"),
        )
    except LianxinError as refusal:
        return opinion_page(request, row, Tried("ask", request.POST, refusal))
    messages.success(request, _("已申请，等另一位负责人批准。"))
    return redirect("opinion", pk=pk)


@for_roles(Role.PRESIDIUM, Role.OFFICE)
@require_POST
def decide(request: HttpRequest, pk: UUID, access: UUID) -> HttpResponse:
    """Approve or refuse somebody else's request."""
    actor = actor_of(request)
    row = selectors.opinion_for(actor, pk)
    services.contact_decide(
        actor=actor,
        access=get_object_or_404(ContactAccess, pk=access, opinion=row),
        agree=request.POST.get("agree") == "1",
        request_id=request.POST.get("request_id"),
    )
    messages.success(request, _("已记下您的决定。"))
    return redirect("opinion", pk=pk)
