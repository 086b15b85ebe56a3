"""Entering past years at once (imports of paper archives, the demo city)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.common.errors import Denied
from lianxin.duties.assessing.deciding import decision_check
from lianxin.duties.assessment_workflow import BODY, State
from lianxin.duties.models import FileEvent, YearlyFile

BATCH = 400


@dataclass(frozen=True, slots=True)
class PastResult:
    """What a body decided on one deputy's year, with the group's view and the day of signing."""

    deputy_id: UUID
    result: str
    reason: str
    group_view: str
    on: date
    ground: str = ""
    good: tuple[str, ...] = ()


def results_register(*, actor: Actor, year: int, rows: Sequence[PastResult]) -> int:
    """Enter decided and signed results of a past year on files that still accrue."""
    files = {
        file.deputy_id: file
        for file in YearlyFile.objects.filter(
            year=year, state=State.ACCRUING, deputy_id__in=[row.deputy_id for row in rows]
        ).select_related("deputy")
    }
    done = [_decided(actor, files[row.deputy_id], row) for row in rows if row.deputy_id in files]
    if not done:
        return 0
    with transaction.atomic():
        columns = [
            "state", "result", "result_reason", "ground", "good_said", "group_view", "decided_by",
            "decided_on", "signed_on",
        ]  # fmt: skip
        YearlyFile.objects.bulk_update(done, columns, batch_size=BATCH)
        FileEvent.objects.bulk_create([_event(actor, file) for file in done], batch_size=BATCH)
        home6 = done[0].home6
        facts = {"year": year, "count": len(done)}
        record(
            actor=actor, tag="assessment.register", kind="yearly_file", target=home6, home6=home6, facts=facts
        )
    return len(done)


def _decided(actor: Actor, file: YearlyFile, row: PastResult) -> YearlyFile:
    if not actor.has_in(file.body_code, *BODY):
        raise Denied("只有代工委或镇人大主席团可以登记考核结果。")
    decision_check(file, row.result, row.reason, row.ground, row.good)
    file.state, file.result, file.result_reason, file.ground = (
        State.ARCHIVED,
        row.result,
        row.reason,
        row.ground,
    )
    file.group_view, file.decided_by = row.group_view, actor.id
    file.good_said = dict.fromkeys(row.good, True)
    file.decided_on = file.signed_on = row.on
    return file


def _event(actor: Actor, file: YearlyFile) -> FileEvent:
    return FileEvent(
        file=file,
        at=clock.now(),
        actor_id=actor.id,
        actor_name=actor.name,
        act="register",
        from_state=State.ACCRUING,
        to_state=file.state,
        facts={"result": file.result},
    )
