"""征求意见, and one pair with what may be done about it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Invalid, LianxinError, NotFound
from lianxin.common.ids import uuid7
from lianxin.contacts import selectors, services
from lianxin.contacts.actions import BOOK
from lianxin.contacts.geography import Walk
from lianxin.contacts.models import Answer, Consent, ConsentWay, Household, Pairing
from lianxin.contacts.permissions import households_visible_to, may
from lianxin.contacts.services.problems import valid_answers
from lianxin.contacts.workflow import PAIRING
from lianxin.people.models import Deputy
from lianxin.people.selectors import deputies_in
from lianxin.regions.selectors import place_name, villages_of
from lianxin.web.door import actor_of, for_roles
from lianxin.web.office.pairing import LOOKERS, town_of, why_of

STAFF = (Role.KEEPER, Role.PRESIDIUM, Role.OFFICE)
SHOWN = 50
BEGINNINGS = {"register": "登记结对", "propose": "提出结对"}
"""What begins a history and stands in no table of acts."""
TABS = (
    ("unasked", "还没问"),
    ("agree", "同意"),
    ("change", "希望更换"),
    ("no", "不参加"),
    ("deputies", "代表意见"),
)


@for_roles(*STAFF)
@never_cache
@require_GET
def consents(request: HttpRequest) -> HttpResponse:
    """List households (by number) and deputies of a town with what they said."""
    return _list(request, town_of(request, STAFF))


@for_roles(*STAFF)
@never_cache
@require_POST
def household_new(request: HttpRequest) -> HttpResponse:
    """Register a household."""
    typed, town = request.POST, town_of(request, STAFF)
    group = typed.get("group_no", "")
    new = services.NewHousehold(
        typed.get("village", ""),
        int(group) if group.isdigit() else 0,
        typed.get("name", ""),
        typed.get("phone", ""),
        typed.get("answer", ""),
        typed.get("way") or ConsentWay.PERSON,
    )
    try:
        row = _registered(request, town, new)
    except LianxinError as refusal:
        return _list(request, town, refusal)
    messages.success(request, _("登记好了，编号 %(number)s。") % {"number": row.number})
    return redirect(f"/office/pairing/consents?town={town}&tab={new.answer or 'unasked'}")


@for_roles(*STAFF)
@never_cache
@require_POST
def answer(request: HttpRequest, side: str, pk: UUID) -> HttpResponse:
    """Enter what a household or a deputy said."""
    actor, typed = actor_of(request), request.POST
    household = households_visible_to(actor).filter(pk=pk).first() if side == "households" else None
    deputy = _deputy(actor, pk) if side == "deputies" else None
    if household is None and deputy is None:
        raise NotFound("没有找到，或者不是您镇里的。")
    try:
        services.consent_record(
            actor=actor,
            household=household,
            deputy=deputy,
            answer=typed.get("answer", ""),
            way=typed.get("way", ""),
            request_id=typed.get("request_id"),
        )
        messages.success(request, _("记下了。"))
    except LianxinError as refusal:
        messages.warning(request, refusal.message)
    town = (household or deputy).division_code[:9] + "000"  # type: ignore[union-attr] # one of the two is there
    return redirect(f"/office/pairing/consents?town={town}&tab={typed.get('tab', 'unasked')}")


@for_roles(*LOOKERS, Role.KEEPER)
@never_cache
@require_GET
def pair(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one pair: why, how often, its history, and what may be done."""
    return _pair_page(request, selectors.pairing_for(actor_of(request), pk))


@for_roles(*STAFF)
@never_cache
@require_POST
def pair_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Carry out an act on a pair: 改派给…, 批准, 请人临时联系, 结束."""
    actor = actor_of(request)
    row = selectors.pairing_for(actor, pk)
    typed = {key: request.POST[key] for key in ("deputy", "reason") if request.POST.get(key)}
    try:
        done: Pairing = BOOK.perform(
            actor=actor, obj=row, name=act, data=typed, request_id=request.POST.get("request_id")
        )
    except LianxinError as refusal:
        return _pair_page(request, row, refusal)
    messages.success(request, _("办好了，已留下记录。"))
    return redirect("pairing_pair", pk=done.pk)


@for_roles(*STAFF)
@never_cache
@require_POST
def avoid(request: HttpRequest, pk: UUID) -> HttpResponse:
    """不要配在一起: keep these two apart from now on; nobody is asked why."""
    row = selectors.pairing_for(actor_of(request), pk)
    try:
        services.avoidance_declare(
            actor=actor_of(request),
            deputy=row.deputy,
            household=row.household,
            other=row.other,
            request_id=request.POST.get("request_id"),
        )
    except LianxinError as refusal:
        return _pair_page(request, row, refusal)
    messages.success(request, _("记下了，以后不会再把这两方配在一起。"))
    return redirect("pairing_pair", pk=pk)


@transaction.atomic
def _registered(request: HttpRequest, town: str, new: services.NewHousehold) -> Household:
    """Register a household and, where it asks for it, whom it is not to be paired with: both or neither."""
    actor, chosen = actor_of(request), request.POST.get("avoid", "")
    known = {str(one.pk): one for one in deputies_in(town)} if chosen else {}
    if chosen and chosen not in known:
        raise Invalid("没有找到这位代表。", fields={"avoid": "请从名单里选。"})
    row = services.household_register(actor=actor, new=new, request_id=request.POST.get("request_id"))
    if chosen:
        services.avoidance_declare(actor=actor, deputy=known[chosen], household=row)
    return row


def _deputy(actor: Actor, pk: UUID) -> Deputy | None:
    row = Deputy.objects.filter(pk=pk).first()
    return row if row is not None and actor.has_in(row.division_code, *STAFF) else None


def _list(request: HttpRequest, town: str, refusal: LianxinError | None = None) -> HttpResponse:
    tab, after = request.GET.get("tab", "unasked"), request.GET.get("after", "")
    deputies = _deputies(town) if tab == "deputies" else []
    homes = [] if tab == "deputies" else _homes(town, tab, after)
    figures = selectors.asked_figures(town)
    page = {
        "town": town,
        "place": place_name(town),
        "tab": tab,
        "tabs": [(key, words, figures.get(key, 0)) for key, words in TABS],
        "homes": [(row, place_name(row.division_code), uuid7()) for row in homes],
        "deputies": [(row, said, uuid7()) for row, said in deputies],
        "next": homes[-1].number if len(homes) == SHOWN else "",
        "villages": villages_of(town),
        "to_avoid": deputies_in(town).order_by("pinyin"),
        "answers": Answer.choices,
        "ways": ConsentWay.choices,
        "typed": request.POST,
        "errors": refusal.fields if refusal else {},
        "problem": refusal.message if refusal else "",
        "request_id": uuid7(),
        "at": "/office/pairing/consents",
    }
    return render(
        request, "web/office/pairing_consents.html", page, status=refusal.status if refusal else 200
    )


def _homes(town: str, tab: str, after: str) -> list[Household]:
    said = Consent.objects.filter(replaced_at=None, household__isnull=False)
    rows = Household.objects.filter(division_code__startswith=town[:9], erased_at=None, number__gt=after)
    if tab in Answer.values:
        rows = rows.filter(pk__in=said.filter(answer=tab).values("household_id"))
    else:
        rows = rows.exclude(pk__in=said.values("household_id"))
    return list(rows.order_by("number")[:SHOWN])


def _deputies(town: str) -> list[tuple[Deputy, str]]:
    rows = list(deputies_in(town).order_by("pinyin"))
    said = {one.deputy_id: one for one in Consent.objects.filter(replaced_at=None, deputy__in=rows)}
    return [(row, str(said[row.pk].get_answer_display()) if row.pk in said else "") for row in rows]


@for_roles(Role.KEEPER)
@never_cache
@require_GET
def pair_photo(request: HttpRequest, pk: UUID, file: UUID) -> HttpResponse:
    """Return a photo of a visit to the keeper of the place; the look is on the record."""
    actor = actor_of(request)
    row = selectors.pairing_for(actor, pk)
    data, mime = services.visit_photo_open(actor=actor, pairing=row, file=file)
    return HttpResponse(data, content_type=mime)


def _pair_page(request: HttpRequest, row: Pairing, refusal: LianxinError | None = None) -> HttpResponse:
    actor = actor_of(request)
    visits = list(row.visits.order_by("-on")[:10])
    photos = services.photos_of(visits) if services.sees_photos(actor, row) else {}
    page = {
        "row": row,
        "place": place_name(row.division_code),
        "why": why_of(row),
        "events": [(one, words_of(one.act)) for one in row.events.order_by("at", "id")],
        "visits": [(one, photos.get(one.pk, [])) for one in visits],
        "may": {
            name
            for name in ("approve", "reassign", "replace", "cover", "break", "end", "ask")
            if _open(actor, name, row)
        },
        "avoided": selectors.kept_apart(row),
        "may_avoid": bool(row.household or row.other) and actor.has_in(row.division_code, *STAFF),
        "people": _people(row) if _open(actor, "reassign", row) or _open(actor, "replace", row) else [],
        "typed": request.POST,
        "problem": refusal.message if refusal else "",
        "errors": refusal.fields if refusal else {},
        "request_id": uuid7(),
        "at": "/office/pairing",
    }
    return render(request, "web/office/pairing_pair.html", page, status=refusal.status if refusal else 200)


def words_of(act: str) -> str:
    """Return what a step of the history is called."""
    return PAIRING.acts[act].verb if act in PAIRING.acts else BEGINNINGS.get(act, act)


def _open(actor: Actor, name: str, row: Pairing) -> bool:
    return row.state in BOOK.workflow.acts[name].sources and may(actor, name, row)


def _people(row: Pairing) -> list[tuple[Deputy, Walk, int]]:
    """Return whom one may choose instead, the nearest first: how far, how many they have."""
    agreed = valid_answers().filter(answer=Answer.AGREE, deputy__isnull=False)
    rows = deputies_in(row.division_code[:9] + "000").filter(pk__in=agreed.values("deputy_id"))
    held = selectors.loads(row.kind)
    group, roads = row.household.group_no if row.household else 0, services.roads_of(row.home6)
    found = [
        (one, roads.walk(one.division_code, row.division_code, group), held.get(one.pk, 0))
        for one in rows.exclude(pk=row.deputy_id)
    ]
    return sorted(found, key=lambda one: one[1].minutes)
