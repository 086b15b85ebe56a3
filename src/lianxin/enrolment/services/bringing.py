"""Bringing a sheet in: good rows at once, faulty rows back with what to mend, nobody twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import IntegrityError, transaction

from lianxin.audit.services import record
from lianxin.common.actor import Actor
from lianxin.common.errors import Conflict, Denied, Invalid
from lianxin.common.writes import write
from lianxin.enrolment.models import EnrolmentSheet, SheetKind
from lianxin.enrolment.permissions import may_bring
from lianxin.enrolment.services import deputies, staff, units
from lianxin.enrolment.services.parts import Brought, Cells

NOT_YOURS = "代表名册由人大代工委和镇主席团登记，单位名册由人大代工委登记，工作人员账号由系统管理员登记。"
ONE = "逐个登记"
AT_ONCE = "刚刚有人登记了同样的人或单位，这一份没有登记。请再传一次，已经有的不会重复。"
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
    try:
        with transaction.atomic():
            brought = TAKERS[kind](actor, place, rows)
    except IntegrityError:
        raise Conflict(AT_ONCE) from None
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


@write
def person_enter(
    *, actor: Actor, kind: SheetKind, place: str, cells: Cells, request_id: str | None = None
) -> EnrolmentSheet:
    """Enter one row from a form: a fault is refused beside its field, under the column's name."""
    with transaction.atomic():  # a refused row leaves no sheet behind
        sheet = people_bring(actor=actor, kind=kind, place=place, file_name=ONE, rows=[cells])
        if sheet.refused:
            faults = [fault.partition("：") for fault in sheet.refused[0]["faults"]]
            fields = {name: words for name, _, words in faults}
            raise Invalid("还没有登记，请看每一项的提示。", fields=fields)
        if sheet.repeated:
            raise Conflict("已经在名册里了，没有重复登记。")
    return sheet
