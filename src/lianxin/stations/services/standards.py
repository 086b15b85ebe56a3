"""Checks of rooms: 十有 with photos, 规范化验收 of town stations; somebody outside the room decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lianxin.audit.services import record
from lianxin.common import clock
from lianxin.common.actor import Actor, Role
from lianxin.common.errors import Conflict, Denied, Invalid
from lianxin.common.writes import write
from lianxin.documents.services import photo_accept
from lianxin.regions.models import Station, StationLevel
from lianxin.rulebook.services import value
from lianxin.stations.models import CheckKind, CheckLine, RoomCheck
from lianxin.stations.permissions import check_may, must_keep
from lianxin.stations.rules import Item, items_of, missing, points
from lianxin.stations.workflow import CHECK, Check, CheckFacts

PHOTO = "room_check"
LISTS = {CheckKind.TEN_HAVES: "station.ten_haves", CheckKind.ACCEPTANCE: "station.acceptance_items"}


@dataclass(frozen=True, slots=True)
class Seen:
    """One room as it was seen in one year, for the register of earlier years."""

    station: Station
    kind: CheckKind
    year: int
    met: Mapping[str, bool]


def checklist(kind: CheckKind, station: Station) -> list[Item]:
    """Return the lines of a list as they stand in the parameters today."""
    return items_of(value(LISTS[kind], home6=station.home6, place=station.division_code))


def facts_of(check: RoomCheck) -> CheckFacts:
    """Return what the table's guards look at."""
    lines = list(check.lines.all())
    ten = check.kind == CheckKind.TEN_HAVES
    lacking = tuple(one.label for one in lines if not one.is_met) if ten else ()
    unproved = tuple(one.label for one in lines if one.is_met and one.photo_id is None)
    needed = 0 if ten else value("station.acceptance_points", home6=check.home6)
    return CheckFacts(lacking, () if check.seen_on_site else unproved, check.points, needed)


@write
def check_submit(
    *,
    actor: Actor,
    station: Station,
    kind: CheckKind,
    met: Mapping[str, bool],
    photos: Mapping[str, bytes] | None = None,
    seen_on_site: bool = False,
    request_id: str | None = None,
) -> RoomCheck:
    """Say line by line what is there, with a photo of each; somebody else decides."""
    must_keep(actor, station)
    if kind == CheckKind.ACCEPTANCE and station.level != StationLevel.TOWN:
        raise Invalid("规范化验收只针对镇联络站。", fields={"kind": "联络室请做十有自查。"})
    if seen_on_site and not actor.has_in(station.division_code, Role.PRESIDIUM, Role.OFFICE):
        raise Denied("「现场看过」由镇人大主席团或代工委填写。")
    items = checklist(kind, station)
    unknown = set(met) - {one.key for one in items}
    if unknown:
        raise Invalid("清单里没有这一项，请刷新后再填。", fields={"met": "、".join(sorted(unknown))})
    check = RoomCheck.objects.create(**_row(station, kind, clock.today().year, items, met, seen_on_site))
    lines = _lines(check, items, met)
    for line in lines:
        photo = (photos or {}).get(line.key)
        if photo:
            line.photo_id = photo_accept(
                data=photo, owner_kind=PHOTO, owner_id=check.id, home6=check.home6
            ).id
    CheckLine.objects.bulk_create(lines)
    record(
        actor=actor, tag="stations.check_submit", kind="room_check", target=check.id, home6=check.home6,
        facts={"station": station.code, "kind": kind.value, "points": check.points},
    )  # fmt: skip
    return check


@write
def check_decide(
    *, actor: Actor, check: RoomCheck, act: str, note: str = "", request_id: str | None = None
) -> RoomCheck:
    """Find a room up to the list, or say what is missing; nobody decides on his own station's word alone."""
    if not check_may(actor, act, check):
        raise Denied("十有由镇人大主席团审核，镇联络站由代工委验收。")
    old = check.state
    new = CHECK.next_state(old, act, facts_of(check))
    changes: dict[str, Any] = {
        "state": new, "note": note.strip()[:300], "decided_on": clock.today(), "decided_by": actor.id,
    }  # fmt: skip
    if RoomCheck.objects.filter(pk=check.pk, state=old).update(**changes) != 1:
        raise Conflict("这份自查刚刚有人审过了，请刷新后再看。")
    check.refresh_from_db()
    record(
        actor=actor, tag=f"stations.{act}", kind="room_check", target=check.id, home6=check.home6,
        facts={"points": check.points},
    )  # fmt: skip
    return check


@write
def checks_register(*, actor: Actor, rows: Sequence[Seen], request_id: str | None = None) -> RoomCheck:
    """Enter checks that were made on site before (one audit record); the same rules decide their state.

    Returns the last row.
    """
    if not rows:
        raise Invalid("没有要登记的自查。", fields={"rows": "请至少填一个联络室。"})
    checks, lines = [], []
    for seen in rows:
        must_keep(actor, seen.station, Role.PRESIDIUM, Role.OFFICE)
        items = checklist(seen.kind, seen.station)
        check = RoomCheck(**_row(seen.station, seen.kind, seen.year, items, seen.met, True))
        check.state = _state(check, items, seen.met)
        check.decided_on, check.decided_by = clock.today(), actor.id
        checks.append(check)
        lines += _lines(check, items, seen.met)
    RoomCheck.objects.bulk_create(checks, batch_size=500)
    CheckLine.objects.bulk_create(lines, batch_size=1000)
    record(
        actor=actor, tag="stations.checks_register", kind="room_check", target=checks[-1].id,
        home6=checks[-1].home6, facts={"rows": len(checks)},
    )  # fmt: skip
    return checks[-1]


def _state(check: RoomCheck, items: Sequence[Item], met: Mapping[str, bool]) -> str:
    ten = check.kind == CheckKind.TEN_HAVES
    needed = 0 if ten else value("station.acceptance_points", home6=check.home6)
    facts = CheckFacts(missing(items, met) if ten else (), (), check.points, needed)
    said = CHECK.refusal(Check.SUBMITTED, "pass_check", facts)
    return Check.GAP if said else Check.MET


def _row(
    station: Station, kind: CheckKind, year: int, items: Sequence[Item], met: Mapping[str, bool], seen: bool
) -> dict[str, Any]:
    return {
        "station": station,
        "kind": kind,
        "year": year,
        "points": points(items, met),
        "seen_on_site": seen,
        "home6": station.home6,
        "division_code": station.division_code,
    }


def _lines(check: RoomCheck, items: Sequence[Item], met: Mapping[str, bool]) -> list[CheckLine]:
    return [
        CheckLine(check_of=check, key=one.key, label=one.label, place=place, is_met=bool(met.get(one.key)))
        for place, one in enumerate(items)
    ]
