"""我的10户: who is mine to contact, what I heard, and one tap from a visit to the station."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Invalid, LianxinError, NotFound
from lianxin.common.ids import uuid7
from lianxin.contacts import figures, selectors, services
from lianxin.contacts.models import OF_HOUSEHOLDS, ContactVisit, Kind, Pairing, VisitMatter, VisitWay
from lianxin.contacts.permissions import is_contact_person, led_deputies
from lianxin.contacts.services.opening import PURPOSES, names_of
from lianxin.contacts.workflow import KEPT, MatterState
from lianxin.documents.models import StoredFile
from lianxin.documents.photos import MAX_BYTES
from lianxin.opinions import services as opinions
from lianxin.opinions.models import Channel
from lianxin.opinions.permissions import visible_to
from lianxin.regions.models import Station
from lianxin.regions.selectors import place_name, town_station
from lianxin.rulebook.services import value
from lianxin.web.door import actor_of, for_roles
from lianxin.web.typed import typed_day_or_none

CONTACT_PERSONS = (Role.DEPUTY, Role.LEADER)
MISSING = "没有找到这一户，或者不是您联系的。"


@for_roles(*CONTACT_PERSONS)
@never_cache
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Show the ring of own households, and the deputies, groups and towns that a member contacts."""
    actor = actor_of(request)
    rows = list(selectors.own_pairings(actor))
    homes = sorted(
        (row for row in rows if row.kind in OF_HOUSEHOLDS),
        key=lambda row: (row.last_contact_on or date.min, row.target),
    )
    since = _since()
    names = names_of(homes)
    done = sum(1 for row in homes if row.last_contact_on and row.last_contact_on >= since)
    page = {
        "homes": [
            (row, names[str(row.id)], place_name(row.division_code), _fresh(row, since)) for row in homes
        ],
        "done": done,
        "ring": [place < done for place in range(len(homes))],
        "others": [
            (row, _other_name(row), _fresh(row, since)) for row in rows if row.kind not in OF_HOUSEHOLDS
        ],
        "matters": [(row, services.matter_words(row)) for row in selectors.matters_open(actor)[:20]],
        "days": value("contact.visit_days"),
        "answers": [(one, said, uuid7()) for one, said in selectors.own_answers(actor)],
        "members": figures.members_lines(led_deputies(actor)),
    }
    return _render(request, "web/deputy/households.html", page)


def _since() -> date:
    return clock.today() - timedelta(days=value("contact.visit_days"))


def _fresh(row: Pairing, since: date) -> bool:
    return bool(row.last_contact_on and row.last_contact_on >= since)


def _other_name(row: Pairing) -> str:
    if row.other is not None:
        return _("%(name)s代表") % {"name": row.other.name}
    return row.group.name if row.group is not None else place_name(row.target)


@for_roles(*CONTACT_PERSONS)
@never_cache
@require_GET
def household(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one contact: what was said before, what is open, and a sheet to record the next visit."""
    return _page(request, _own(actor_of(request), pk))


@for_roles(*CONTACT_PERSONS)
@never_cache
@require_POST
def visit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record a visit."""
    actor = actor_of(request)
    row = _own(actor, pk)
    try:
        _visited(request, actor, row)
    except LianxinError as refusal:
        return _page(request, row, refusal)
    messages.success(request, _("记下了。听到的事还在下面，办完写结果，或转为意见。"))
    return redirect("deputy_household", pk=pk)


@transaction.atomic
def _visited(request: HttpRequest, actor: Actor, row: Pairing) -> None:
    """Record the visit with its photos, all or nothing."""
    typed = request.POST
    made = services.visit_record(
        actor=actor,
        pairing=row,
        on=typed_day_or_none(request, "on") or clock.today(),
        way=typed.get("way", ""),
        text=typed.get("text", ""),
        matters=typed.getlist("matters"),
        return_on=typed_day_or_none(request, "return_on"),
        request_id=typed.get("request_id"),
    )
    for upload in request.FILES.getlist("photos"):
        if (upload.size or 0) > MAX_BYTES:
            raise Invalid(_("照片太大了，请换一张小一点的。"), fields={"photos": _("请换一张。")})
        services.visit_photo_add(actor=actor, visit=made, data=upload.read())


@for_roles(*CONTACT_PERSONS)
@never_cache
@require_GET
def visit_photo(request: HttpRequest, pk: UUID, file: UUID) -> HttpResponse:
    """Return a photo of one's own visit."""
    actor = actor_of(request)
    data, mime = services.visit_photo_open(actor=actor, pairing=_own(actor, pk), file=file)
    return HttpResponse(data, content_type=mime)


@for_roles(*CONTACT_PERSONS)
@never_cache
@require_POST
def open_contact(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show how to reach one household; the look is on the record."""
    row = _own(actor_of(request), pk)
    try:
        person = services.household_open(
            actor=actor_of(request), pairing=row, purpose=request.POST.get("purpose", "")
        )
    except LianxinError as refusal:
        return _page(request, row, refusal)
    return _page(request, row, person=person)


@for_roles(*CONTACT_PERSONS)
@require_POST
def heard(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Say what came of something heard: 去协调, 写结果, 转为意见."""
    actor = actor_of(request)
    matter = VisitMatter.objects.select_related("visit__pairing__household").filter(pk=pk).first()
    if matter is None or not is_contact_person(actor, matter.visit.pairing):
        raise NotFound(MISSING)
    pairing = matter.visit.pairing
    words, key = request.POST.get("words", ""), request.POST.get("request_id")
    try:
        if act == "convert":
            _to_opinion(actor, matter, key)
            messages.success(request, _("已转为意见，联络站会在期限内受理。"))
        elif act == "settle":
            services.matter_settle(actor=actor, matter=matter, outcome=words, request_id=key)
            messages.success(request, _("结果记下了。"))
        elif act == "coordinate":
            services.matter_coordinate(actor=actor, matter=matter, with_whom=words, request_id=key)
            messages.success(request, _("记下了，办好后请写结果。"))
        else:
            raise NotFound("没有这个操作，请刷新页面。")
    except (Invalid, NotFound) as refusal:
        return _page(request, pairing, refusal)
    return redirect("deputy_household", pk=pairing.pk)


@transaction.atomic
def _to_opinion(actor: Actor, matter: VisitMatter, key: str | None) -> None:
    """Join the visit and the station: the opinion is taken in as said on a visit, both know of each other."""
    if matter.state == MatterState.CONVERTED:
        return
    pairing = matter.visit.pairing
    said = opinions.Said(text=services.matter_words(matter), village=_village(pairing))
    done = opinions.opinion_submit(
        actor=actor, station=_station(pairing), said=said, channel=Channel.VISIT, request_id=key
    )
    services.matter_convert(actor=actor, matter=matter, opinion_id=done.opinion.id)


def _village(pairing: Pairing) -> str:
    return "" if pairing.division_code.endswith("000") else pairing.division_code


def _station(pairing: Pairing) -> Station:
    station = town_station(pairing.division_code)
    if station is None:
        raise NotFound("没有找到这里的联络站，请告诉代工委。")
    return station


def _own(actor: Actor, pk: UUID) -> Pairing:
    row = selectors.pairing_for(actor, pk)
    if not is_contact_person(actor, row):
        raise NotFound(MISSING)
    return row


def _page(
    request: HttpRequest, row: Pairing, refusal: LianxinError | None = None, person: Any = None
) -> HttpResponse:
    visits = list(row.visits.order_by("-on", "-id").prefetch_related("matters")[:12])
    names, photos = names_of([row]), services.photos_of(visits)
    page = {
        "row": row,
        "name": names.get(str(row.id)) or _other_name(row),
        "place": place_name(row.division_code),
        "visits": [_shown(one, row, photos.get(one.pk, [])) for one in visits],
        "seen": _seen(actor_of(request), visits),
        "ways": VisitWay.choices,
        "purposes": [(key, words) for key, words in PURPOSES.items() if key != "ask"],
        "typed": request.POST if refusal else {"on": str(clock.today()), "way": "home"},
        "errors": refusal.fields if refusal else {},
        "problem": refusal.message if refusal else "",
        "person": person,
        "in_force": row.state in KEPT,
        "is_deputy": row.kind == Kind.MEMBER_DEPUTY,
        "request_id": uuid7(),
    }
    return _render(request, "web/deputy/household.html", page, status=refusal.status if refusal else 200)


def _seen(actor: Actor, visits: list[ContactVisit]) -> set[UUID]:
    """Return the opinions born here that the actor may read already (the station has taken them up)."""
    born = [matter.opinion_id for one in visits for matter in one.matters.all() if matter.opinion_id]
    return set(visible_to(actor).filter(pk__in=born).values_list("pk", flat=True)) if born else set()


def _shown(one: ContactVisit, row: Pairing, photos: list[StoredFile]) -> dict[str, Any]:
    one.pairing = row
    matters = []
    for matter in one.matters.all():
        matter.visit = one
        open_one = matter.state in (MatterState.OPEN, MatterState.COORDINATING)
        matters.append((matter, services.matter_words(matter), open_one, uuid7()))
    return {"visit": one, "words": services.visit_words(one), "matters": matters, "photos": photos}


def _render(request: HttpRequest, template: str, page: dict[str, Any], status: int = 200) -> HttpResponse:
    """Render in the phone's frame for deputies, in the desk's for members who are no deputies here."""
    phone = actor_of(request).has(Role.DEPUTY)
    base = "base_phone.html" if phone else "base_desk.html"
    return render(
        request, template, {**page, "base": base, "tab": "more", "at": "/deputy/households"}, status=status
    )
