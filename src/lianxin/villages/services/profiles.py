"""Registering villages with the numbers that the rules need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor, ActorKind, Role
from lianxin.common.errors import Denied, Invalid, Refused
from lianxin.common.writes import write
from lianxin.people.actors import active_seats
from lianxin.people.models import Deputy
from lianxin.regions.models import Division, DivisionKind
from lianxin.villages.models import VillageProfile

LEAST_COMMITTEE = 3
"""村民委员会组织法第六条: a villagers' committee has three members at least."""


@dataclass(frozen=True, slots=True)
class NewVillage:
    """A village as it is entered: how many may come, how many dealings, who supervises."""

    code: str
    adults: int
    households: int
    representatives: int
    many_dealings: bool = False
    supervising_deputy: UUID | None = None
    meeting_members: int | None = None

    @property
    def members(self) -> int:
        """Return the members of the representatives' meeting; untold, with the least committee there is."""
        return self.meeting_members or self.representatives + LEAST_COMMITTEE


def villages_register(*, actor: Actor, villages: Sequence[NewVillage], home6: str) -> int:
    """Register villages at once, those already known stay as they are; one record for the batch."""
    if actor.kind is not ActorKind.SYSTEM and not actor.has(Role.OFFICE):
        raise Denied("只有人大代工委可以登记村和社区的底数。")
    if any(min(one.adults, one.households, one.representatives) < 1 for one in villages):
        raise Invalid("村民、户和村民代表的人数都要填。")
    kinds = dict(Division.objects.filter(home6=home6).values_list("code", "kind"))
    known = set(VillageProfile.objects.values_list("division_code", flat=True))
    rows = [_row(one, kinds[one.code], home6) for one in villages if one.code not in known]
    VillageProfile.objects.bulk_create(rows, batch_size=500)
    record(
        actor=actor,
        tag="village.register",
        kind="village",
        target=home6,
        home6=home6,
        facts={"count": len(rows)},
    )
    return len(rows)


@write
def supervisor_set(
    *, actor: Actor, village: VillageProfile, deputy: Deputy, request_id: str | None = None
) -> VillageProfile:
    """Let another deputy supervise a village; its town or the office decides (村村有监督代表)."""
    if not actor.has_in(village.division_code, Role.PRESIDIUM, Role.OFFICE):
        raise Denied("督导代表由镇人大主席团或代工委安排。")
    if not active_seats(clock.today()).filter(deputy=deputy).exists():
        raise Refused("这位代表现在不在任，请另选一位。")
    village.supervising_deputy = deputy
    village.save(update_fields=["supervising_deputy"])
    record(
        actor=actor,
        tag="village.supervisor_set",
        kind="village",
        target=village.pk,
        home6=village.home6,
        facts={"deputy": str(deputy.pk), "place": village.division_code},
    )
    return village


def _row(one: NewVillage, kind: str, home6: str) -> VillageProfile:
    return VillageProfile(
        home6=home6,
        division_code=one.code,
        is_community=kind == DivisionKind.COMMUNITY,
        adults=one.adults,
        households=one.households,
        representatives=one.representatives,
        meeting_members=one.members,
        many_dealings=one.many_dealings,
        supervising_deputy_id=one.supervising_deputy,
    )
