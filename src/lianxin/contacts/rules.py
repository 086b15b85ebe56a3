"""Pure rules of contacts: how far, how many, and why this one. No Django, no rows."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """How a walk is estimated: minutes before one is on the way, speed, how much a hill path winds.

    The parameters contact.walk_* hold the values of a place; these are the ones they start from.
    """

    setting_out: int = 5
    km_an_hour: float = 4.2
    winding: float = 1.3


USUAL = Pace()


@dataclass(frozen=True, slots=True)
class Point:
    """A place on a plane, in kilometres; `estimated` where nobody has measured it (「估」)."""

    x: float
    y: float
    estimated: bool = True


def travel_minutes(start: Point, end: Point, pace: Pace = USUAL) -> int:
    """Return how long one walks, estimated: setting out + straight line × winding ÷ speed."""
    kilometres = math.dist((start.x, start.y), (end.x, end.y)) * pace.winding
    return pace.setting_out + round(kilometres / pace.km_an_hour * 60)


def group_point(village: Point, group_no: int) -> Point:
    """Return where a village group lies: around the centre (0), the higher its number the farther."""
    if not group_no:
        return village
    turn, far = group_no * 2.4, 0.15 + 0.08 * min(group_no, 12)
    return Point(village.x + far * math.cos(turn), village.y + far * math.sin(turn), True)


@dataclass(frozen=True, slots=True)
class Off:
    """A person whose number of contacts is not what the rule says: warned of, never blocked."""

    person: str
    kind: str
    has: int
    wants: int

    @property
    def difference(self) -> int:
        """Return how many are missing (negative) or too many."""
        return self.has - self.wants


def quotas_off(
    people: Iterable[str], kinds: Mapping[str, int], counts: Mapping[tuple[str, str], int]
) -> list[Off]:
    """Return everybody who has not exactly what `kinds` asks for; `counts` is (person, kind) → number."""
    return [
        Off(person, kind, has, wants)
        for person in people
        for kind, wants in kinds.items()
        if (has := counts.get((person, kind), 0)) != wants
    ]


@dataclass(frozen=True, slots=True)
class Why:
    """What decided a pairing."""

    minutes: int | None
    same_area: bool
    was_before: bool
    by_hand: str = ""
    estimated: bool = True


def reason_sentence(why: Why) -> str:
    """Return in one sentence why this household has this contact person."""
    if why.by_hand:
        return f"人工改派：{why.by_hand}"
    parts = []
    if why.was_before:
        parts.append("原来就由他联系")
    if why.same_area:
        parts.append("同一选区")
    if why.minutes is not None:
        parts.append(f"步行约 {why.minutes} 分钟（{'估' if why.estimated else '按登记的路程'}）")
    return "，".join(parts) + "。" if parts else "按名单结对。"


@dataclass(frozen=True, slots=True)
class Shortage:
    """How many households of a village found nobody."""

    village: str
    households: int


def quota_wanted(households: int, people: int) -> int:
    """Return the quota at which everybody would find somebody."""
    return -(-households // people) if people else 0
