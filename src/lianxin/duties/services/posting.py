"""What other rooms write into the ledger: a duty is recorded by being done, once.

The calling room has decided who may; here only the rules of the ledger are checked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from lianxin.audit.services import record as on_record
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Invalid
from lianxin.common.sealing import new_wrapped_key, seal
from lianxin.duties.copies import copies
from lianxin.duties.models import CopyState, DutyKind, DutyRecord, EnteredBy, Privacy, SealedDuty
from lianxin.duties.selectors import kind_in_force
from lianxin.duties.words import Words, parcel
from lianxin.duties.workflow import State
from lianxin.rulebook.services import value

BATCH = 500


@dataclass(frozen=True, slots=True)
class NewDuty:
    """One record for `duties_register`; `at` and `by` say when and by whom it was entered."""

    deputy_id: UUID
    kind: str
    on: date
    home6: str
    division_code: str
    title: str = ""
    text: str = ""
    privacy: str = Privacy.STATION
    values: Mapping[str, Any] = field(default_factory=dict)
    hours: float | None = None
    online: bool = True
    source_room: str = ""
    source_id: str = ""
    at: datetime | None = None
    by: UUID | None = None


@transaction.atomic(savepoint=False)
def duty_post(
    *,
    actor: Actor,
    deputy_id: UUID,
    kind: str,
    on: date,
    home6: str,
    division_code: str,
    source_room: str,
    source_id: str,
    online: bool,
    hours: float | None = None,
    facts: Mapping[str, Any] | None = None,
) -> DutyRecord:
    """Write down what another room saw done; the same source is written once.

    `facts` are ids and numbers of the other room; its `title` (a few plain words) becomes the title.
    """
    values = dict(facts or {})
    version = kind_in_force(kind, home6, on)
    row, made = DutyRecord.objects.get_or_create(
        source_room=_named(source_room),
        source_id=_named(source_id),
        defaults={
            "home6": home6,
            "division_code": division_code,
            "deputy_id": deputy_id,
            "kind": version,
            "on": on,
            "hours": hours,
            "online": online,
            "title": str(values.pop("title", ""))[:80],
            "values": values,
            "privacy": Privacy.STATION,
            "entered_by": EnteredBy.ROOM,
            "entered_by_id": actor.id,
        },
    )
    if made:
        facts_kept = {"kind": kind, "room": source_room, "online": online}
        on_record(actor=actor, tag="duty.post", kind="duty", target=row.id, home6=home6, facts=facts_kept)
    return row


@transaction.atomic(savepoint=False)
def duty_unpost(*, actor: Actor, source_room: str, source_id: str) -> int:
    """Take back what a room posted, because the thing itself was undone; the row stays as withdrawn."""
    rows = DutyRecord.objects.filter(source_room=_named(source_room), source_id=source_id)
    live = rows.exclude(state=State.WITHDRAWN).first()
    if live is None:
        return 0
    changed = rows.filter(pk=live.pk, state=live.state).update(state=State.WITHDRAWN)
    on_record(actor=actor, tag="duty.unpost", kind="duty", target=live.id, home6=live.home6)
    return changed


@transaction.atomic(savepoint=False)
def duties_register(*, actor: Actor, rows: Sequence[NewDuty]) -> int:
    """Write many records at once (imports, the demo city): one entry on the trail a batch.

    Sources that stand in the ledger already are left alone; copies among diaries are flagged.
    """
    if not rows:
        return 0
    kinds = _Kinds()
    made = [(new, _row(actor, new, kinds.of(new))) for new in _unknown(rows)]
    _flag(made)
    DutyRecord.objects.bulk_create([row for _, row in made], batch_size=BATCH)
    _seal_private(made)
    home6 = rows[0].home6
    facts = {"count": len(made), "room": rows[0].source_room, "kind": rows[0].kind}
    on_record(actor=actor, tag="duty.register", kind="duty", target=home6, home6=home6, facts=facts)
    return len(made)


def _unknown(rows: Sequence[NewDuty]) -> list[NewDuty]:
    """Leave out what stands in the ledger already, and what comes twice in the batch."""
    seen: set[tuple[str, str]] = set()
    for room in {row.source_room for row in rows} - {""}:
        ids = [row.source_id for row in rows if row.source_room == room]
        for start in range(0, len(ids), BATCH):
            known = DutyRecord.objects.filter(source_room=room, source_id__in=ids[start : start + BATCH])
            seen |= {(room, one) for one in known.values_list("source_id", flat=True)}
    fresh = []
    for row in rows:
        key = (row.source_room, row.source_id)
        if not row.source_room or key not in seen:
            fresh.append(row)
            seen.add(key)
    return fresh


class _Kinds:
    """Looks versions up once a region instead of once a row."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], list[DutyKind]] = {}

    def of(self, new: NewDuty) -> DutyKind:
        key = (new.home6, new.kind)
        if key not in self._known:
            self._known[key] = list(DutyKind.objects.filter(home6=new.home6, slug=new.kind))
        for kind in self._known[key]:
            if kind.valid_from <= new.on and (kind.valid_to is None or new.on < kind.valid_to):
                return kind
        return kind_in_force(new.kind, new.home6, new.on)


def _row(actor: Actor, new: NewDuty, kind: DutyKind) -> DutyRecord:
    private = new.privacy == Privacy.SELF
    if private and not kind.counting.get("may_be_private"):
        raise Invalid("这一类记录不能仅自己可见。", fields={"privacy": "请选小组、联络站或公开。"})
    at = new.at or clock.now()
    entered = EnteredBy.ROOM if new.source_room else EnteredBy.SELF
    return DutyRecord(
        created_at=at,
        received_at=at,
        home6=new.home6,
        division_code=new.division_code,
        deputy_id=new.deputy_id,
        kind=kind,
        on=new.on,
        hours=new.hours,
        online=new.online,
        title="" if private else new.title[:80],
        text="" if private else new.text,
        values={} if private else dict(new.values),
        privacy=new.privacy,
        entered_by=entered if new.online or new.source_room else EnteredBy.ORGANISER,
        entered_by_id=new.by or actor.id,
        source_room=new.source_room,
        source_id=new.source_id,
    )


def _flag(made: Sequence[tuple[NewDuty, DutyRecord]]) -> None:
    """Point at diaries that repeat an earlier one of their town; private ones are not compared."""
    towns: dict[str, dict[str, str]] = {}
    by_id = {str(row.id): row for _, row in made}
    for new, row in sorted(made, key=lambda one: (one[0].on, str(one[1].id))):
        if row.kind.counting.get("checks_copies") and not row.is_private:
            towns.setdefault(new.division_code[:9], {})[str(row.id)] = new.text
    for texts in towns.values():
        least = int(value("duty.copy_percent"))
        for key, (other, much) in copies(texts, {}, least=least).items():
            mark_suspected(by_id[key], by_id[other], much)


def mark_suspected(row: DutyRecord, other: DutyRecord, much: int) -> None:
    """Note that a record is like another; what that means is for a person to say."""
    row.copy_state, row.similarity, row.similar_to = CopyState.SUSPECTED, much, other


def _seal_private(made: Sequence[tuple[NewDuty, DutyRecord]]) -> None:
    sealed = [
        sealed_row(row, Words(new.title, new.text, dict(new.values))) for new, row in made if row.is_private
    ]
    SealedDuty.objects.bulk_create(sealed, batch_size=BATCH)


def sealed_row(row: DutyRecord, words: Words) -> SealedDuty:
    """Return the sealed words of a private record, under a fresh key."""
    key = new_wrapped_key()
    return SealedDuty(record=row, wrapped_key=key, words=seal(parcel(words), wrapped_key=key))


def _named(text: str) -> str:
    if not text:
        raise ValueError("a post names its room and its source")
    return text
