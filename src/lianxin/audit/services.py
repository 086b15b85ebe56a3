"""Writing to the trail; nothing here changes or deletes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from lianxin.audit.chain import GENESIS, canonical, entry_hash
from lianxin.audit.models import AuditEntry, AuditHead, PersonalRead
from lianxin.common import clock
from lianxin.common.actor import Actor


@transaction.atomic(savepoint=False)  # joins the writer's transaction, or is one: the head must stay locked
def record(
    *,
    actor: Actor,
    tag: str,
    kind: str,
    target: UUID | str,
    home6: str,
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Append one act to the region's chain, inside the writer's transaction.

    `facts` hold ids and codes only: the trail forgets people.
    """
    batch = _batch.get()
    head = batch.head(home6) if batch else _locked_head(home6)
    entry = AuditEntry(
        home6=home6,
        seq=head.seq + 1,
        at=clock.now(),
        actor_kind=actor.kind,
        actor_id=actor.id,
        tag=tag,
        target_kind=kind,
        target_id=str(target),
        facts=canonical(facts or {}),
        prev_hash=head.hash,
    )
    entry.hash = entry_hash(head.hash, content_of(entry))
    if batch:
        batch.add(head, entry)
        return
    AuditEntry.objects.bulk_create([entry])
    AuditHead.objects.filter(home6=home6).update(seq=entry.seq, hash=entry.hash)


class _Batch:
    """Entries of one long transaction, written together at its end; the head stays locked meanwhile."""

    def __init__(self) -> None:
        self.heads: dict[str, AuditHead] = {}
        self.entries: list[AuditEntry] = []

    def head(self, home6: str) -> AuditHead:
        if home6 not in self.heads:
            self.heads[home6] = _locked_head(home6)
        return self.heads[home6]

    def add(self, head: AuditHead, entry: AuditEntry) -> None:
        head.seq, head.hash = entry.seq, entry.hash
        self.entries.append(entry)

    def write(self) -> None:
        AuditEntry.objects.bulk_create(self.entries, batch_size=500)
        for head in self.heads.values():
            head.save()


_batch: ContextVar[_Batch | None] = ContextVar("audit_batch", default=None)


@contextmanager
def batch() -> Iterator[None]:
    """Write the trail of many acts at the end of their common transaction (imports, demo city)."""
    mine = _Batch()
    token = _batch.set(mine)
    try:
        yield
        mine.write()
    finally:
        _batch.reset(token)


def content_of(entry: AuditEntry) -> dict[str, Any]:
    """Return the part of an entry that its hash covers."""
    return {
        "id": str(entry.id),
        "home6": entry.home6,
        "seq": entry.seq,
        "at": instant_text(entry.at),
        "actor_kind": str(entry.actor_kind),
        "actor_id": str(entry.actor_id or ""),
        "tag": entry.tag,
        "target_kind": entry.target_kind,
        "target_id": entry.target_id,
        "facts": entry.facts,
        "created_at": instant_text(entry.created_at),
    }


def instant_text(instant: datetime) -> str:
    """Return an instant in UTC with microseconds, the same on every database."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def personal_read(
    *,
    actor: Actor,
    role: str,
    kind: str,
    subject: UUID,
    home6: str,
    purpose: str,
    approved_by: UUID | None = None,
) -> PersonalRead:
    """Log one look at a person's data, in the read log and on the chain."""
    row = PersonalRead.objects.create(
        home6=home6,
        at=clock.now(),
        actor_id=actor.id,
        role=role,
        subject_kind=kind,
        subject_id=str(subject),
        purpose=purpose,
        approved_by=approved_by,
    )
    record(
        actor=actor,
        tag="personal_read",
        kind=kind,
        target=subject,
        home6=home6,
        facts={"read": str(row.id), "purpose": purpose},
    )
    return row


def _locked_head(home6: str) -> AuditHead:
    heads = AuditHead.objects.select_for_update()
    head = heads.filter(pk=home6).first()
    if head is None:
        AuditHead.objects.bulk_create([AuditHead(home6=home6, hash=GENESIS)], ignore_conflicts=True)
        head = heads.get(pk=home6)
    return head
