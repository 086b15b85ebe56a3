"""Registering a village's numbers: by its town or the city's office, one by one or from a sheet.

A meeting that has been prepared keeps the numbers it was prepared with.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lianxin.audit.services import record
from lianxin.common.actor import Actor
from lianxin.common.errors import Denied, Invalid, NotFound
from lianxin.common.inserting import insert_if_new
from lianxin.common.writes import write
from lianxin.regions.models import Division, DivisionKind
from lianxin.villages.models import NumbersSheet, VillageProfile
from lianxin.villages.numbers import Entry, faults, read_row
from lianxin.villages.permissions import divisions_numbered_by, may_number

Row = tuple[dict[str, str], Entry | list[str]]
TWICE = "这个村在表里有两行，请只留一行。"


@write
def village_numbers_set(  # noqa: PLR0913 - the numbers that the rules need
    *,
    actor: Actor,
    village: str,
    adults: int,
    households: int,
    representatives: int,
    meeting_members: int,
    many_dealings: bool = False,
    request_id: str | None = None,
) -> VillageProfile:
    """Register a village's numbers, or change them; the same numbers again change nothing."""
    if not may_number(actor, village):
        raise Denied("村的人数由镇人大主席团或人大代工委登记。")
    division = divisions_numbered_by(actor).filter(code=village).first()
    if division is None:
        raise NotFound("没有找到这个村或社区。")
    numbers = {
        "adults": adults,
        "households": households,
        "representatives": representatives,
        "meeting_members": meeting_members,
    }
    wrong = faults(numbers, is_community=_is_community(division))
    if wrong:
        raise Invalid("有几项还没填好。", fields=wrong)
    return _set(actor, division, Entry(village, numbers, many_dealings))[0]


@write
def numbers_import(
    *, actor: Actor, place: str, file_name: str, rows: Sequence[dict[str, str]], request_id: str | None = None
) -> NumbersSheet:
    """Register every row that is understood; `refused` of the sheet says what is wrong with the others."""
    if not may_number(actor, place):
        raise Denied("村的人数由镇人大主席团或人大代工委登记。")
    divisions = {one.code: one for one in divisions_numbered_by(actor)}
    known = {code: _is_community(one) for code, one in divisions.items()}
    read = _each_once([(cells, read_row(cells, known)) for cells in rows])
    done = [_set(actor, divisions[one.code], one)[1] for _, one in read if isinstance(one, Entry)]
    sheet = NumbersSheet.objects.create(
        home6=place[:6],
        division_code=place,
        source=file_name.strip()[-120:],
        brought_by=actor.name[:60],
        changed=sum(done),
        unchanged=len(done) - sum(done),
        refused=[{"cells": dict(cells), "faults": said} for cells, said in read if isinstance(said, list)],
    )
    counts = {"changed": sheet.changed, "unchanged": sheet.unchanged, "refused": len(sheet.refused)}
    _record(actor, "numbers_sheet", sheet.id, sheet.home6, counts)
    return sheet


def _each_once(read: list[Row]) -> list[Row]:
    """Refuse a village's second row: which of the two holds is not ours to guess."""
    seen: set[str] = set()
    found: list[Row] = []
    for cells, said in read:
        again = isinstance(said, Entry) and said.code in seen
        found.append((cells, [TWICE] if again else said))
        seen |= {said.code} if isinstance(said, Entry) else set()
    return found


def _is_community(division: Division) -> bool:
    return division.kind == DivisionKind.COMMUNITY


def _set(actor: Actor, division: Division, entry: Entry) -> tuple[VillageProfile, bool]:
    """Write the numbers and say whether they are others than before; the row is held meanwhile."""
    given = {**entry.numbers, "many_dealings": entry.many_dealings}
    place = {"home6": division.home6, "division_code": division.code}
    is_new = insert_if_new(VillageProfile(**place, is_community=_is_community(division), **given))
    row = VillageProfile.objects.select_for_update().get(division_code=division.code)
    before = {} if is_new else {name: getattr(row, name) for name in given}
    if before == given:
        return row, False
    for name, number in given.items():
        setattr(row, name, number)
    row.save(update_fields=list(given))
    _record(actor, "numbers", row.pk, row.home6, {"place": division.code, "before": before, "after": given})
    return row, True


def _record(actor: Actor, act: str, target: object, home6: str, facts: Mapping[str, object]) -> None:
    record(
        actor=actor,
        tag=f"village.{act}",
        kind="village",
        target=str(target),
        home6=home6,
        facts=dict(facts),
    )
