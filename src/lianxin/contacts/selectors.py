"""Reading pairings: one's own, those of a place, what is broken."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, Q, QuerySet

from lianxin.common import clock
from lianxin.common.actor import Actor, Role, place_prefix
from lianxin.common.errors import NotFound
from lianxin.contacts.models import OF_HOUSEHOLDS, Alarm, ContactMember, Kind, Pairing, VisitMatter
from lianxin.contacts.permissions import own_deputies, visible_to
from lianxin.contacts.rules import Off, quotas_off
from lianxin.contacts.workflow import KEPT, MatterState
from lianxin.people.actors import active_seats
from lianxin.people.models import Deputy
from lianxin.rulebook.services import value


def own_pairings(actor: Actor) -> QuerySet[Pairing]:
    """Return the contacts in force that the actor keeps or covers."""
    own = own_deputies(actor)
    kept = Pairing.objects.filter(Q(deputy__in=own) | Q(cover__in=own), state__in=KEPT)
    return kept.select_related("household", "other", "group").order_by("kind", "division_code", "target")


def own_households(actor: Actor) -> QuerySet[Pairing]:
    """Return the actor's pairings with households (「我的10户」), those longest not visited first."""
    own = own_pairings(actor).filter(kind__in=OF_HOUSEHOLDS, household__erased_at=None)
    return own.order_by("last_contact_on", "household__number")


def pairing_for(actor: Actor, pk: UUID) -> Pairing:
    """Return a pairing that the actor may see."""
    found = visible_to(actor).select_related("household", "other", "group", "deputy").filter(pk=pk).first()
    if found is None:
        raise NotFound("没有找到这一对，或者您不能查看。")
    return found


def quotas_off_in(place: str) -> list[Off]:
    """Return everybody in a place who has not exactly the number of contacts that the rules ask for."""
    home6 = place[:6]
    five, ten = (int(value(name, home6=home6)) for name in ("contact.member", "contact.deputy"))
    people = Deputy.objects.filter(
        division_code__startswith=place_prefix(place), seats__in=active_seats(clock.today())
    )
    ids = [str(pk) for pk in people.distinct().values_list("pk", flat=True)]
    members = set(ContactMember.objects.filter(until=None).values_list("deputy_id", flat=True))
    counts = _counts()
    return [
        *quotas_off(ids, {Kind.DEPUTY_HOUSEHOLD: ten}, counts),
        *quotas_off(
            [pk for pk in ids if UUID(pk) in members],
            {Kind.MEMBER_DEPUTY: five, Kind.MEMBER_HOUSEHOLD: five},
            counts,
        ),
    ]


def _counts() -> dict[tuple[str, str], int]:
    rows = Pairing.objects.filter(state__in=KEPT).values_list("deputy_id", "kind").annotate(n=Count("id"))
    return {(str(deputy), kind): n for deputy, kind, n in rows.order_by()}


def open_alarms(actor: Actor) -> QuerySet[Alarm]:
    """Return the broken links of the places that the actor answers for."""
    rule = Q(pk=None)
    for place in actor.places(Role.PRESIDIUM, Role.OFFICE):
        rule |= Q(division_code__startswith=place_prefix(place))
    return Alarm.objects.filter(rule, ended_at=None).order_by("seen_at")


def matters_open(actor: Actor) -> QuerySet[VisitMatter]:
    """Return what the actor has heard and not yet settled."""
    own = own_deputies(actor)
    mine = Q(visit__pairing__deputy__in=own) | Q(visit__pairing__cover__in=own)
    open_ones = VisitMatter.objects.filter(mine, state__in=[MatterState.OPEN, MatterState.COORDINATING])
    return open_ones.select_related("visit__pairing__household", "visit__pairing__other").order_by("id")


def matter_of_opinion(opinion_id: UUID) -> VisitMatter | None:
    """Return the matter of a visit from which an opinion was born."""
    return VisitMatter.objects.select_related("visit__pairing").filter(opinion_id=opinion_id).first()
