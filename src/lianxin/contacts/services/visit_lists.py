"""Visits entered in bulk, from paper lists and imports: the same checks, one entry in the trail a batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor, ActorKind, Role
from lianxin.common.errors import Denied, NotFound, Refused
from lianxin.common.sealing import seal
from lianxin.contacts.models import ContactVisit, Pairing, VisitMatter
from lianxin.contacts.services.keys import keys_of
from lianxin.contacts.services.visits import DUTY
from lianxin.contacts.workflow import MatterState
from lianxin.duties.services import NewDuty, duties_register


@dataclass(frozen=True, slots=True)
class NewVisit:
    """One visit of a list; `matter` and `outcome` where something was heard and what came of it."""

    pairing: Pairing
    on: date
    way: str
    text: str = ""
    matter: str = ""
    outcome: str = ""
    online: bool = True


def visits_register(*, actor: Actor, rows: Sequence[NewVisit]) -> int:
    """Enter visits of contacts in force."""
    if actor.kind is not ActorKind.SYSTEM and not all(
        actor.has_in(row.pairing.division_code, Role.OFFICE) for row in rows
    ):
        raise Denied("成批补录走访由代工委办理。")
    for row in rows:
        since = row.pairing.valid_from
        if since is None or not since <= row.on <= clock.today():
            raise Refused("有一次走访不在结对期间，请核对日期。")
    keys = keys_of({row.pairing.household_id for row in rows if row.pairing.household_id})
    visits = [_visit(actor, row, _key(row, keys)) for row in rows]
    ContactVisit.objects.bulk_create(visits, batch_size=500)
    pairs = list(zip(rows, visits, strict=True))
    matters = [_matter(row, visit, _key(row, keys)) for row, visit in pairs if row.matter]
    VisitMatter.objects.bulk_create(matters, batch_size=500)
    _last_contacts(rows)
    _post(actor, pairs)
    if rows:
        home6 = rows[0].pairing.home6
        facts = {"count": len(rows), "matters": len(matters)}
        record(
            actor=actor,
            tag="contacts.visits_register",
            kind="pairing",
            target=home6,
            home6=home6,
            facts=facts,
        )
    return len(rows)


def _key(row: NewVisit, keys: dict[UUID, str]) -> str | None:
    home = row.pairing.household_id
    return keys.get(home) if home else None


def _kept(text: str, row: NewVisit, key: str | None) -> str:
    if row.pairing.household_id is None:
        return text
    return seal(text, wrapped_key=key) if key else ""


def _visit(actor: Actor, row: NewVisit, key: str | None) -> ContactVisit:
    return ContactVisit(
        home6=row.pairing.home6,
        division_code=row.pairing.division_code,
        pairing=row.pairing,
        deputy_id=row.pairing.deputy_id,
        on=row.on,
        way=row.way,
        text=_kept(row.text, row, key),
        is_online=row.online,
        recorder_id=actor.id,
    )


def _matter(row: NewVisit, visit: ContactVisit, key: str | None) -> VisitMatter:
    done = bool(row.outcome)
    return VisitMatter(
        visit=visit,
        text=_kept(row.matter, row, key),
        outcome=row.outcome,
        state=MatterState.SETTLED if done else MatterState.OPEN,
        settled_on=row.on if done else None,
    )


def _last_contacts(rows: Sequence[NewVisit]) -> None:
    """Set each pairing's last contact, one statement a batch."""
    changed = {}
    for row in rows:
        if row.pairing.last_contact_on is None or row.pairing.last_contact_on < row.on:
            row.pairing.last_contact_on = row.on
            changed[row.pairing.pk] = row.pairing
    Pairing.objects.bulk_update(changed.values(), ["last_contact_on"], batch_size=300)


def _post(actor: Actor, pairs: Sequence[tuple[NewVisit, ContactVisit]]) -> None:
    """Put visits of households into the ledger, as `visit_record` does."""
    duties = [
        NewDuty(
            deputy_id=visit.deputy_id,
            kind=DUTY,
            on=visit.on,
            home6=visit.home6,
            division_code=visit.division_code,
            title=str(visit.get_way_display()),
            values={"pairing": str(row.pairing.pk)},
            online=row.online,
            source_room="contacts",
            source_id=str(visit.pk),
            at=datetime.combine(visit.on, time(20), tzinfo=clock.SHANGHAI),
        )
        for row, visit in pairs
        if row.pairing.household_id
    ]
    try:
        duties_register(actor=actor, rows=duties)
    except NotFound:  # a region without this kind of duty keeps the visits alone
        return
