"""Bringing in earlier records: good rows at once, faulty rows back with what to mend, no row twice."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from lianxin.archives.models import OWNER, EarlierRecord, ImportBatch
from lianxin.archives.permissions import may, may_import
from lianxin.archives.rules import Entry, read_row
from lianxin.audit.chain import canonical
from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Denied
from lianxin.common.writes import write
from lianxin.documents.services import scan_accept
from lianxin.regions.selectors import names_within


@write
def records_import(
    *, actor: Actor, place: str, file_name: str, rows: Sequence[dict[str, str]], request_id: str | None = None
) -> ImportBatch:
    """Keep every row that is understood; `refused` of the batch says what is wrong with the others."""
    if not may_import(actor, place):
        raise Denied("您只能导入本级和下级的历史资料。")
    places, today = names_within(place), clock.today()
    read = [(cells, read_row(cells, places, today)) for cells in rows]
    batch = ImportBatch.objects.create(
        home6=place[:6],
        division_code=place,
        file_name=file_name.strip()[-120:],
        imported_by=actor.id,
        importer=actor.name,
        refused=[{"cells": dict(cells), "faults": said} for cells, said in read if isinstance(said, list)],
    )
    entries = [said for _, said in read if isinstance(said, Entry)]
    _keep(batch, entries)
    counts = {"taken": batch.taken, "repeated": batch.repeated, "refused": len(batch.refused)}
    record(
        actor=actor,
        tag="archives.import",
        kind="import_batch",
        target=batch.id,
        home6=batch.home6,
        facts=counts,
    )
    return batch


def _keep(batch: ImportBatch, entries: list[Entry]) -> None:
    """Insert what is new; what came before, or stands twice in the sheet, is counted as repeated."""
    rows = {(row := _row(batch, entry)).digest: row for entry in entries}
    have = set(
        EarlierRecord.objects.filter(home6=batch.home6, digest__in=list(rows)).values_list(
            "digest", flat=True
        )
    )
    EarlierRecord.objects.bulk_create(
        [row for digest, row in rows.items() if digest not in have], ignore_conflicts=True
    )
    batch.taken = batch.records.count()
    batch.repeated = len(entries) - batch.taken
    batch.save(update_fields=["taken", "repeated"])


def _row(batch: ImportBatch, entry: Entry) -> EarlierRecord:
    known: dict[str, Any] = {
        "on": entry.dated.on,
        "exact": entry.dated.exact,
        "kind": entry.kind,
        "title": entry.title,
        "number": entry.number,
        "division_code": entry.place,
    }
    digest = hashlib.sha256(
        canonical({name: str(field) for name, field in known.items()}).encode()
    ).hexdigest()
    return EarlierRecord(batch=batch, home6=batch.home6, summary=entry.summary, digest=digest, **known)


@write
def scan_add(
    *, actor: Actor, earlier: EarlierRecord, data: bytes, request_id: str | None = None
) -> EarlierRecord:
    """Keep the scan of the paper behind a record: a photo or a PDF."""
    if not may(actor, "scan", earlier):
        raise Denied("您只能给本级和下级的历史资料添加扫描件。")
    file = scan_accept(data=data, owner_kind=OWNER, owner_id=earlier.id, home6=earlier.home6)
    record(
        actor=actor,
        tag="archives.scan",
        kind=OWNER,
        target=earlier.id,
        home6=earlier.home6,
        facts={"file": str(file.id)},
    )
    return earlier
