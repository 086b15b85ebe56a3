"""The screen that shows the changing code, the list beside it, and the deputy's telephone.

The QR holds the address of the page with the code of the moment; the same six digits can be typed, and
who has no telephone is ticked. Nothing is asked of where the telephone is or which one it is.
"""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lianxin.activities import selectors, services
from lianxin.activities.models import Gathering, Presence
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Conflict, Invalid, LianxinError, Refused, TooMany
from lianxin.common.ids import uuid7
from lianxin.documents.papers import qr_svg
from lianxin.people.actors import deputy_of
from lianxin.people.models import Deputy, GroupMember
from lianxin.people.selectors import deputies_in
from lianxin.web.door import actor_of, for_roles

KEEPERS = (Role.DEPUTY, Role.KEEPER, Role.PRESIDIUM, Role.OFFICE)


@for_roles(*KEEPERS)
@never_cache
@require_GET
def screen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the code large, for a wall or a telephone held up, and the list to tick."""
    actor = actor_of(request)
    event = selectors.gathering_kept(actor, pk)
    people = selectors.attendance(event, expected(event))
    page = {
        "event": event,
        **_code(actor, event),
        "people": sorted(people, key=lambda one: (one.is_present, one.deputy.pinyin)),
        "came": sum(bool(one.spans) for one in people),
        "request_id": str(uuid7()),
    }
    return render(request, "web/gatherings/screen.html", page)


def expected(event: Gathering) -> list[Deputy]:
    """Return who is expected: the invited, the group, or the deputies of the place (200 at most)."""
    if event.by_invitation:
        return list(Deputy.objects.filter(pk__in=event.guests.values("deputy")).order_by("pinyin"))
    if event.group_id:
        members = GroupMember.objects.filter(group_id=event.group_id, valid_to=None)
        return list(Deputy.objects.filter(memberships__in=members))
    return list(deputies_in(event.division_code).order_by("pinyin")[:200])


@for_roles(*KEEPERS)
@never_cache
@require_GET
def code(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return the code of the moment as the piece of the page that renews itself."""
    actor = actor_of(request)
    event = selectors.gathering_kept(actor, pk)
    page = {"event": event, **_code(actor, event)}
    return render(request, "web/gatherings/code_part.html", page)


def _code(actor: Actor, event: Gathering) -> dict[str, object]:
    digits, left = services.code_now(actor=actor, event=event)
    link = f"{settings.LIANXIN_SITE_URL}/sign-in/{event.pk}?code={digits}"
    picture = mark_safe(qr_svg(link))  # noqa: S308 - drawn by us from an address of our own
    came = Presence.objects.filter(gathering=event).values("deputy").distinct().count()
    return {"digits": f"{digits[:3]} {digits[3:]}", "left": left, "qr": picture, "came": came}


@for_roles(*KEEPERS)
@require_POST
def tick(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note that somebody has come, or has left."""
    actor = actor_of(request)
    event = selectors.gathering_kept(actor, pk)
    deputy = get_object_or_404(Deputy, pk=_key(request.POST.get("deputy", "")))
    act = services.presence_sign_out if request.POST.get("left") else services.presence_tick
    act(actor=actor, event=event, deputy=deputy, request_id=request.POST.get("request_id"))
    messages.success(request, _("已登记：%(name)s") % {"name": deputy.name})
    return redirect("gathering", pk=pk)


def _key(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


@for_roles(Role.DEPUTY)
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Sign in by the scanned or typed code; the page then says since when one is there."""
    actor = actor_of(request)
    event = selectors.gathering_for(pk)
    problem: LianxinError | None = None
    if request.method == "POST":
        try:
            services.presence_sign_in(
                actor=actor,
                event=event,
                code=request.POST.get("code", "").replace(" ", ""),
                request_id=request.POST.get("request_id"),
            )
            messages.success(request, _("签到好了。"))
            return redirect("sign_in_here", pk=pk)
        except (Invalid, Refused, Conflict, TooMany) as refusal:
            problem = refusal
    page = {
        "event": event,
        "spans": _own_spans(actor, event),
        "typed": request.POST.get("code") or request.GET.get("code", ""),
        "problem": problem,
        "request_id": str(uuid7()),
        "tab": "more",
    }
    status = problem.status if problem else 200
    return render(request, "web/gatherings/sign_in.html", page, status=status)


def _own_spans(actor: Actor, event: Gathering) -> list[Presence]:
    deputy = deputy_of(actor)
    return list(Presence.objects.filter(gathering=event, deputy=deputy).order_by("came_at")) if deputy else []


@for_roles(Role.DEPUTY)
@require_POST
def sign_out(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Leave earlier than the others; coming back one signs in again."""
    services.presence_sign_out(
        actor=actor_of(request),
        event=selectors.gathering_for(pk),
        request_id=request.POST.get("request_id"),
    )
    messages.success(request, _("已签退。"))
    return redirect("sign_in_here", pk=pk)
