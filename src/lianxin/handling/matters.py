"""What an upper room hands over to units, and in which parts."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from lianxin.handling.workflow import Mode


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter as units may see it; `brief` is the checked outgoing copy, never the original.

    `division_code` is the place of the body that hands over; `deputies` are ids, the lead first;
    `session` is the session that took it (第六次会议), empty for one of the closing period;
    `confidential` asks every unit to keep their names to itself (代表法第五十五条).
    """

    kind: str
    id: UUID
    number: str
    title: str
    brief: str
    demands: tuple[str, ...]
    home6: str
    division_code: str
    needs_contact: bool
    deputies: tuple[UUID, ...] = ()
    fast_track: bool = False
    confidential: bool = False
    wants_meeting: bool = False
    session: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One unit's share of a matter."""

    unit: str
    mode: Mode
    scope: str = ""
