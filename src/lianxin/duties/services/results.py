"""How well a thing went that another room has posted: a share of 0 to 1 beside the record."""

from __future__ import annotations

from lianxin.audit.services import record
from lianxin.common.actor import Actor
from lianxin.duties.models import DutyRecord


def duty_result(*, actor: Actor, source_room: str, source_id: str, result: float) -> int:
    """Set the result of a posted record; a later result replaces an earlier one."""
    if not 0 <= result <= 1:
        raise ValueError("a result is a share of 0 to 1")
    row = DutyRecord.objects.filter(source_room=source_room, source_id=source_id).first()
    if row is None:
        return 0
    changed = DutyRecord.objects.filter(pk=row.pk).update(values={**row.values, "result": result})
    facts = {"result": str(result)}
    record(actor=actor, tag="duty.result", kind="duty", target=row.id, home6=row.home6, facts=facts)
    return changed
