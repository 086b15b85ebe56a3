"""Bringing a whole year in at once: deeds with their proof, pledges with what became of them.

The rules of the single acts hold: nobody verifies his own, and only what a beneficiary confirmed
is verified. One entry on the trail a batch.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from lianxin.audit.services import record as on_record
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Invalid, Refused
from lianxin.common.ids import uuid7
from lianxin.common.sealing import keyed_hash
from lianxin.documents.services import photo_accept
from lianxin.duties.models import Beneficiary, DutyPledge, DutyProof, DutyRecord
from lianxin.duties.services.deeds import WAYS
from lianxin.duties.services.pledges import KIND, ROOM
from lianxin.duties.services.posting import BATCH, NewDuty, duties_register
from lianxin.duties.workflow import PledgeState, State
from lianxin.people.models import Deputy


@dataclass(frozen=True, slots=True)
class NewDeed:
    """A deed with its proof; `way` is how the beneficiary confirmed it, `verified_by` who looked."""

    duty: NewDuty
    photo: bytes = b""
    way: str = ""
    verified_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class NewPledge:
    """A published pledge with what became of it."""

    deputy_id: UUID
    item: str
    due_on: date
    home6: str
    division_code: str
    proof: str = ""
    proof_on: date | None = None
    confirmed_by: UUID | None = None
    explanation: str = ""
    half_year_note: str = ""
    half_year_on: date | None = None


@transaction.atomic(savepoint=False)
def deeds_register(*, actor: Actor, rows: Sequence[NewDeed]) -> int:
    """Bring deeds in; each names its source, by which it is found again."""
    _deeds_checked(rows)
    done = duties_register(actor=actor, rows=[one.duty for one in rows])
    room = rows[0].duty.source_room if rows else ""
    sources = {one.duty.source_id: one for one in rows}
    found = DutyRecord.objects.filter(
        source_room=room, source_id__in=list(sources), proofs=None, beneficiary=None
    )
    pairs = [(row, sources[row.source_id]) for row in found]
    _prove(pairs)
    heard = [(row, deed) for row, deed in pairs if deed.way]
    Beneficiary.objects.bulk_create([_heard(row, deed) for row, deed in heard], batch_size=BATCH)
    for row, deed in pairs:
        if deed.verified_by:
            row.state, row.confirmed_by, row.confirmed_at = State.CONFIRMED, deed.verified_by, clock.now()
    DutyRecord.objects.bulk_update(
        [row for row, _ in pairs], ["state", "confirmed_by", "confirmed_at"], batch_size=BATCH
    )
    return done


def _deeds_checked(rows: Sequence[NewDeed]) -> None:
    accounts = _accounts([one.duty.deputy_id for one in rows])
    for one in rows:
        if not one.duty.source_room or not one.duty.source_id:
            raise Invalid("每件实事要写明出处。")
        if one.way and one.way not in WAYS:
            raise Invalid("确认方式只能是扫码、电话或纸质。")
        if one.verified_by and not (one.way and one.photo):
            raise Refused("没有佐证或受益人确认的，不能核实。")
        if one.verified_by and one.verified_by == accounts.get(one.duty.deputy_id):
            raise Refused("自己的记录要由别人核实。")


def _prove(pairs: Sequence[tuple[DutyRecord, NewDeed]]) -> None:
    proofs = []
    for row, deed in pairs:
        if deed.photo:
            file = photo_accept(data=deed.photo, owner_kind="duty", owner_id=row.id, home6=row.home6)
            proofs.append(DutyProof(record=row, file=file))
    DutyProof.objects.bulk_create(proofs, batch_size=BATCH)


def _heard(row: DutyRecord, deed: NewDeed) -> Beneficiary:
    return Beneficiary(
        record=row,
        code_hash=keyed_hash(secrets.token_urlsafe(12), purpose="deed"),
        expires_on=row.on,
        said="yes",
        way=deed.way,
        said_at=row.received_at,
        heard_by=deed.verified_by if deed.way != "qr" else None,
    )


@transaction.atomic(savepoint=False)
def pledges_register(*, actor: Actor, rows: Sequence[NewPledge]) -> int:
    """Bring published pledges in; fulfilled ones become duty records as well."""
    accounts = _accounts([one.deputy_id for one in rows])
    made = [_pledge(one, accounts) for one in rows]
    DutyPledge.objects.bulk_create(made, batch_size=BATCH)
    kept = [one for one in made if one.state == PledgeState.FULFILLED]
    duties_register(actor=actor, rows=[_kept(one) for one in kept])
    if made:
        facts = {"count": len(made), "fulfilled": len(kept)}
        home6 = made[0].home6
        on_record(actor=actor, tag="pledge.register", kind="pledge", target=home6, home6=home6, facts=facts)
    return len(made)


def _pledge(new: NewPledge, accounts: dict[UUID, UUID | None]) -> DutyPledge:
    if new.confirmed_by and (not new.proof or new.confirmed_by == accounts.get(new.deputy_id)):
        raise Refused("确认兑现要有材料，并由别人确认。")
    state = PledgeState.PROOF_GIVEN if new.proof else PledgeState.OPEN
    fulfilled = new.confirmed_by is not None
    return DutyPledge(
        id=uuid7(),
        home6=new.home6,
        division_code=new.division_code,
        deputy_id=new.deputy_id,
        year=new.due_on.year,
        item=new.item,
        due_on=new.due_on,
        state=PledgeState.FULFILLED if fulfilled else state,
        proof=new.proof,
        proof_on=new.proof_on,
        confirmed_by=new.confirmed_by,
        confirmed_on=new.proof_on if fulfilled else None,
        explanation=new.explanation,
        explained_on=clock.today() if new.explanation else None,
        half_year_note=new.half_year_note,
        half_year_on=new.half_year_on,
    )


def _kept(pledge: DutyPledge) -> NewDuty:
    return NewDuty(
        deputy_id=pledge.deputy_id,
        kind=KIND,
        on=pledge.proof_on or pledge.due_on,
        home6=pledge.home6,
        division_code=pledge.division_code,
        title=pledge.item[:80],
        source_room=ROOM,
        source_id=str(pledge.id),
    )


def _accounts(deputies: Sequence[UUID]) -> dict[UUID, UUID | None]:
    found: dict[UUID, UUID | None] = {}
    for start in range(0, len(deputies), BATCH):
        rows = Deputy.objects.filter(pk__in=deputies[start : start + BATCH])
        found |= dict(rows.values_list("pk", "account_id"))
    return found
