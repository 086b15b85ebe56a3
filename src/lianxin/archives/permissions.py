"""Who may read and bring in earlier records: the list rule and the object rule side by side."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from lianxin.archives.models import EarlierRecord, ImportBatch
from lianxin.common.actor import Actor, ActorKind, Role, place_prefix

KEEPERS = (Role.OFFICE, Role.PRESIDIUM)
READERS = (*KEEPERS, Role.LEADER, Role.KEEPER, Role.DEPUTY)


def _within(actor: Actor, *roles: Role) -> Q:
    rule = Q(pk=None)
    for place in actor.places(*roles):
        rule |= Q(division_code__startswith=place_prefix(place))
    return rule


def visible_to(actor: Actor) -> QuerySet[EarlierRecord]:
    """Return the records that the actor may read."""
    return EarlierRecord.objects.filter(_within(actor, *READERS))


def batches_visible_to(actor: Actor) -> QuerySet[ImportBatch]:
    """Return the sheets that the actor's body has brought in."""
    return ImportBatch.objects.filter(_within(actor, *KEEPERS))


def may(actor: Actor, act: str, record: EarlierRecord) -> bool:
    """Say whether the actor may try `act` ("view" included) on a record."""
    return actor.has_in(record.division_code, *(READERS if act == "view" else KEEPERS))


def may_import(actor: Actor, place: str) -> bool:
    """Say whether the actor may bring in records of a place."""
    return actor.kind is ActorKind.SYSTEM or actor.has_in(place, *KEEPERS)
