"""Reading pairings: one's own, those of a place, what is broken."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from lianxin.common.actor import Actor
from lianxin.common.errors import NotFound
from lianxin.contacts.models import OF_HOUSEHOLDS, Pairing
from lianxin.contacts.permissions import own_deputies, visible_to
from lianxin.contacts.workflow import KEPT


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
