"""Bringing a sheet in: good rows at once, faulty rows back with what to mend, nobody twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from lianxin.audit.services import record
from lianxin.common.actor import Actor
from lianxin.common.errors import Denied
from lianxin.common.writes import write
from lianxin.enrolment.models import EnrolmentSheet, SheetKind
from lianxin.enrolment.permissions import may_bring
from lianxin.enrolment.services import deputies, staff, units
from lianxin.enrolment.services.parts import Brought, Cells

NOT_YOURS = "代表名册由人大代工委和镇主席团登记，单位名册由人大代工委登记，工作人员账号由系统管理员登记。"
TAKERS: dict[SheetKind, Callable[[Actor, str, Sequence[Cells]], Brought]] = {
    SheetKind.DEPUTIES: deputies.take,
    SheetKind.UNITS: units.take,
    SheetKind.STAFF: staff.take,
}


@write
def people_bring(
    *,
    actor: Actor,
    kind: SheetKind,
    place: str,
    file_name: str,
    rows: Sequence[Cells],
    request_id: str | None = None,
) -> EnrolmentSheet:
    """Keep every row that is understood; `refused` of the sheet says what is wrong with the others."""
    if not may_bring(actor, kind, place):
        raise Denied(NOT_YOURS)
    brought = TAKERS[kind](actor, place, rows)
    sheet = EnrolmentSheet.objects.create(
        home6=place[:6],
        division_code=place,
        kind=kind,
        file_name=file_name.strip()[-120:],
        brought_by=actor.id,
        bringer=actor.name,
        taken=brought.taken,
        repeated=brought.repeated,
        refused=brought.refused,
        asked=brought.asked,
    )
    facts: dict[str, Any] = {
        "kind": kind.value,
        "taken": sheet.taken,
        "repeated": sheet.repeated,
        "refused": len(sheet.refused),
    }
    record(
        actor=actor,
        tag="enrolment.bring",
        kind="enrolment_sheet",
        target=sheet.id,
        home6=sheet.home6,
        facts=facts,
    )
    return sheet
