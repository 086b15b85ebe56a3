"""连心卡 and the slips with which households are asked: drawn when asked for, none is stored."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from lianxin.audit.services import record
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import NotFound
from lianxin.contacts.codes import slip_code
from lianxin.contacts.models import OF_HOUSEHOLDS, Consent, Household
from lianxin.contacts.permissions import households_visible_to, visible_to
from lianxin.contacts.workflow import State
from lianxin.documents import papers
from lianxin.regions.selectors import place_name, town_station
from lianxin.web.door import actor_of, for_roles

STAFF = (Role.KEEPER, Role.PRESIDIUM, Role.OFFICE)
MOST = 60


@for_roles(*STAFF)
@never_cache
@require_GET
def cards(request: HttpRequest) -> HttpResponse:
    """Print the cards of one pair or of an approved plan."""
    actor = actor_of(request)
    rows = (
        visible_to(actor)
        .filter(state=State.ACTIVE, kind__in=OF_HOUSEHOLDS)
        .select_related("deputy", "household")
    )
    rows = rows.filter(**_asked(request)).order_by("division_code", "target")[:MOST]
    made = [_card(row.household, row.deputy.name) for row in rows if row.household]
    return _answer(actor, made, "连心卡.pdf", "cards")


@for_roles(*STAFF)
@never_cache
@require_GET
def slips(request: HttpRequest) -> HttpResponse:
    """Print slips for the households of a town that have not been asked."""
    actor, town = actor_of(request), request.GET.get("town", "")
    asked = Consent.objects.filter(replaced_at=None, household__isnull=False)
    rows: QuerySet[Household] = households_visible_to(actor).filter(erased_at=None)
    rows = rows.filter(division_code__startswith=town[:9]).exclude(pk__in=asked.values("household_id"))
    return _answer(
        actor, [_card(row, "") for row in rows.order_by("number")[:MOST]], "征求意见单.pdf", "slips"
    )


def _asked(request: HttpRequest) -> dict[str, UUID]:
    try:
        if request.GET.get("pair"):
            return {"pk": UUID(request.GET["pair"])}
        return {"plan_id": UUID(request.GET.get("plan", ""))}
    except ValueError as caught:
        raise NotFound("请从结对方案里打印。") from caught


def _card(row: Household, deputy: str) -> papers.ContactCard:
    station = town_station(row.division_code)
    return papers.ContactCard(
        number=row.number,
        place=f"{place_name(row.division_code)}{row.group_no}组",
        deputy=deputy,
        station=station.name if station else "",
        phone=station.phone if station else "",
        code=slip_code(row.id),
        site=settings.LIANXIN_SITE_URL,
    )


def _answer(actor: Actor, made: list[papers.ContactCard], name: str, tag: str) -> HttpResponse:
    if not made:
        raise NotFound("没有要打印的。")
    home6 = actor.roles[0].place[:6]
    record(
        actor=actor,
        tag=f"contacts.{tag}",
        kind="household",
        target=home6,
        home6=home6,
        facts={"count": len(made)},
    )
    return papers_answer(papers.contact_cards_pdf(made, demo=settings.LIANXIN_DEMO), name)


def papers_answer(data: bytes, name: str) -> HttpResponse:
    """Return a PDF to look at."""
    answer = HttpResponse(data, content_type="application/pdf")
    answer["Content-Disposition"] = f"inline; filename*=UTF-8''{papers.quoted(name)}"
    return answer
