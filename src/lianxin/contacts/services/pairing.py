"""Pairings made by hand or entered from paper: the same checks for one and for thousands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor, ActorKind
from lianxin.common.errors import Denied, Invalid, Refused
from lianxin.common.writes import write
from lianxin.contacts.models import (
    OF_HOUSEHOLDS,
    Answer,
    Avoidance,
    Consent,
    Household,
    Kind,
    Pairing,
    PairingEvent,
)
from lianxin.contacts.workflow import TOWN, State
from lianxin.people.models import Deputy, DeputyGroup


@dataclass(frozen=True, slots=True)
class NewPairing:
    """A pairing that is in force on paper; exactly one other side is given."""

    kind: str
    deputy: Deputy
    since: date
    household: Household | None = None
    other: Deputy | None = None
    group: DeputyGroup | None = None
    town: str = ""
    minutes: int | None = None
    same_area: bool = False

    @property
    def target(self) -> str:
        """Return the key of the other side."""
        side = self.household or self.other or self.group
        return str(side.pk) if side else self.town

    @property
    def place(self) -> str:
        """Return where the other side is."""
        side = self.household or self.other or self.group
        return side.division_code if side else self.town


@write
def pairing_register(*, actor: Actor, new: NewPairing, request_id: str | None = None) -> Pairing:
    """Enter one pairing that is in force (an appointment, a list on paper)."""
    return pairings_register(actor=actor, rows=[new])[0]


def pairings_register(*, actor: Actor, rows: Sequence[NewPairing]) -> list[Pairing]:
    """Enter pairings that are in force; a side that has not agreed stops the whole list."""
    for new in rows:
        _check(actor, new)
    _agreed(rows)
    _not_avoided(rows)
    made = [_row(new) for new in rows]
    Pairing.objects.bulk_create(made, batch_size=500)
    PairingEvent.objects.bulk_create([_event(actor, row) for row in made], batch_size=500)
    if made:
        home6 = made[0].home6
        facts = {"count": len(made)}
        record(
            actor=actor,
            tag="contacts.pairings_register",
            kind="pairing",
            target=home6,
            home6=home6,
            facts=facts,
        )
    return made


def _check(actor: Actor, new: NewPairing) -> None:
    if not new.place or new.kind not in Kind.values:
        raise Invalid("请选择和谁结对。", fields={"target": "请选户、代表、小组或镇。"})
    if actor.kind is not ActorKind.SYSTEM and not actor.has_in(new.place, *TOWN):
        raise Denied("结对由镇人大主席团或代工委登记。")
    if new.other and new.other.pk == new.deputy.pk:
        raise Refused("自己不能联系自己，请另选一位。")


def _agreed(rows: Sequence[NewPairing]) -> None:
    """Refuse the list where a side has not agreed; a wish for somebody else is a yes to the new one."""
    asked = [new for new in rows if new.kind in (*OF_HOUSEHOLDS, Kind.MEMBER_DEPUTY)]
    valid = Q(valid_until=None) | Q(valid_until__gte=clock.today())
    said = Consent.objects.filter(valid, replaced_at=None).exclude(answer=Answer.NO)
    homes = dict(said.filter(household__isnull=False).values_list("household_id", "not_deputy_id"))
    yes = said.filter(deputy__isnull=False, answer=Answer.AGREE)
    deputies = set(yes.values_list("deputy_id", flat=True))
    for new in asked:
        if new.household is not None:
            other = homes.get(new.household.pk, new.deputy.pk) != new.deputy.pk
        else:
            other = new.other is not None and new.other.pk in deputies
        if not other or new.deputy.pk not in deputies:
            raise Refused("有一方还没有同意（或同意已过期），不能结对；请先征求意见。")


def _not_avoided(rows: Sequence[NewPairing]) -> None:
    kept_apart = set(Avoidance.objects.filter(ended_at=None).values_list("deputy_id", "target"))
    if any((new.deputy.pk, new.target) in kept_apart for new in rows):
        raise Refused("双方声明过相互回避，不能结对；请另选一位。")


def _row(new: NewPairing) -> Pairing:
    return Pairing(
        home6=new.place[:6],
        division_code=new.place,
        kind=new.kind,
        deputy=new.deputy,
        target=new.target,
        household=new.household,
        other=new.other,
        group=new.group,
        state=State.ACTIVE,
        minutes=new.minutes,
        same_area=new.same_area,
        valid_from=new.since,
    )


def _event(actor: Actor, row: Pairing) -> PairingEvent:
    return PairingEvent(
        pairing=row,
        at=clock.now(),
        actor_id=actor.id,
        actor_name=actor.name,
        act="register",
        to_state=row.state,
    )
