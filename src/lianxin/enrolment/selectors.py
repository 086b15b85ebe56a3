"""Reading the roll: deputies with their seats, units, sheets, accounts that wait for a first password."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import NotFound
from lianxin.enrolment.models import EnrolmentSheet
from lianxin.enrolment.permissions import (
    deputies_visible_to,
    sheets_visible_to,
    units_visible_to,
)
from lianxin.enrolment.services.opening import closed_by_place
from lianxin.people.actors import active_seats
from lianxin.people.models import Deputy, Organ, Seat
from lianxin.regions.selectors import place_name

PAGE = 50


def roll(actor: Actor, *, words: str = "", body: str = "") -> QuerySet[Deputy]:
    """Return the deputies of the actor's roll by name, with their seats; found by name, pinyin or number."""
    seats = Prefetch("seats", Seat.objects.order_by("-valid_from").prefetch_related("suspensions"))
    found = deputies_visible_to(actor).prefetch_related(seats).order_by("pinyin", "id")
    if words:
        found = found.filter(
            Q(name__contains=words) | Q(pinyin__icontains=words) | Q(card_number__icontains=words)
        )
    return found.filter(seats__body_code=body) if body else found


def seats_by_body(actor: Actor) -> dict[str, int]:
    """Return congress → how many of its seats are filled today, as far as the actor keeps it (one query)."""
    seats = active_seats(clock.today()).filter(deputy__in=deputies_visible_to(actor))
    rows = seats.values("body_code").annotate(count=Count("id")).order_by("body_code")
    return {row["body_code"]: row["count"] for row in rows}


def deputy_for(actor: Actor, pk: UUID) -> Deputy:
    """Return a deputy of the actor's roll."""
    row = deputies_visible_to(actor).select_related("account").filter(pk=pk).first()
    if row is None:
        raise NotFound("没有找到这位代表，或者不在您登记的名册里。")
    return row


def seat_for(deputy: Deputy, pk: str) -> Seat:
    """Return one of a deputy's seats."""
    row = next((one for one in deputy.seats.all() if str(one.pk) == pk), None)
    if row is None:
        raise NotFound("没有找到这个席位，请刷新页面。")
    return row


def unit_for(actor: Actor, pk: UUID) -> Organ:
    """Return a unit of the actor's county."""
    row = units_visible_to(actor).filter(pk=pk).first()
    if row is None:
        raise NotFound("没有找到这个单位。")
    return row


def sheet_for(actor: Actor, pk: UUID) -> EnrolmentSheet:
    """Return a sheet that the actor may see."""
    row = sheets_visible_to(actor).filter(pk=pk).first()
    if row is None:
        raise NotFound("没有找到这份表，或者不归您登记。")
    return row


@dataclass(frozen=True, slots=True)
class Waiting:
    """A place and how many of its accounts nobody has ever opened."""

    code: str
    name: str
    count: int


def waiting_places(actor: Actor) -> list[Waiting]:
    """Return the city and its towns with accounts that wait for a first password."""
    closed = closed_by_place(actor)
    return [Waiting(code, place_name(code), len(closed[code])) for code in sorted(closed)]
