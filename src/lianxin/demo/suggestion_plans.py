"""Which suggestions the demo city has: whose, how they are handled, and where each stands today."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from lianxin.common import clock
from lianxin.demo.city import TOUR_TOWN, City
from lianxin.demo.shares import allot, dealt
from lianxin.regions.loading import CITY
from lianxin.suggestions.rules import Rating

AGE = {  # of a paper without a reply, in days, by the state in which it stands
    "draft": 6,
    "cosigning": 5,
    "submitted": 10,
    "returned": 12,
    "rejected": 24,
    "registered": 12,
    "merged": 60,
    "withdrawn": 40,
    "assigned": 14,
    "accepted": 20,
    "return_requested": 19,
    "in_handling": 40,
    "extended": 70,
    "reply_drafted": 75,
}
SINCE_REPLY = {"replied": 8, "evaluated": 18, "evaluation_lapsed": 60, "rehandling": 24, "closed": 40}
LATE = {"accepted": 2, "in_handling": 4, "reply_drafted": 3}
FULL_OPEN = {**dict.fromkeys(AGE, 3), "merged": 18, "in_handling": 7, "reply_drafted": 6}
SMALL_OPEN = {**dict.fromkeys(AGE, 2), "merged": 1, "in_handling": 3}
BODIES = {"city": 430, "town": 312}
CLASSES = {"A": 430, "B": 230, "C": 82}
FULL_REPLIED = 742
COSIGNERS = {0: 14, 1: 22, 2: 18, 3: 14, 4: 10, 5: 8, 6: 5, 7: 4, 8: 3, 9: 2}
YEARS = 3 * 365
BEFORE_ASSIGNMENT = 16


@dataclass(frozen=True)
class Plan:
    """How one suggestion will go; `stop` is the state in which it is left, `place` its own number."""

    stop: str
    reply_class: Literal["A", "B", "C"] = "A"
    rating: Rating = Rating.SATISFIED
    promise: str = ""
    place: int = 0
    at: datetime = clock.day_start(date.min)
    body: str = CITY
    tour: str = ""
    assisted: bool = False
    returned: bool = False
    extended: bool = False
    late: bool = False
    empty: bool = False
    days: int = 55
    cosigners: int = 0


def plans(city: City, *, replied: int, each: int, unreplied: Mapping[str, int], now: datetime) -> list[Plan]:
    """Return `replied` answered papers of three years (`each` in every late state) and `unreplied` ones."""
    answered = _dated(city, _flagged(city.chance, _placed(city, _kinds(city.chance, replied, each))), now)
    return [*answered, *_unreplied(city, unreplied, now, start=replied)]


def _kinds(chance: random.Random, total: int, each: int) -> list[Plan]:
    """Return the ends of the answered papers with exact classes, promises and marks."""
    classes, unhappy = allot(CLASSES, total), max(2, round(30 * total / FULL_REPLIED))
    escalated = max(1, round(unhappy / 10))
    due, late = max(1, round(classes["B"] * 21 / 230)), max(1, round(classes["B"] * 8 / 230))
    found = [Plan(stop) for stop in SINCE_REPLY for _ in range(each)]
    found = [_marked(plan, plan.stop == "rehandling") for plan in found]
    plain = classes["A"] - len(found)
    found += [Plan("tracking", "B", promise="due")] * due + [Plan("tracking", "B", promise="late")] * late
    found += [_marked(Plan("escalated", "C"), True)] * escalated
    found += [_marked(Plan("archived", "C"), True)] * (unhappy - escalated)
    happy = [Plan("archived", "B", promise="kept")] * (classes["B"] - due - late)
    happy += [Plan("archived", "C")] * (classes["C"] - unhappy) + [Plan("archived")] * plain
    basically = set(chance.sample(range(len(happy)), round(95 * total / FULL_REPLIED)))
    return found + [
        replace(plan, rating=Rating.BASICALLY) if n in basically else plan for n, plan in enumerate(happy)
    ]


def _marked(plan: Plan, unhappy: bool) -> Plan:
    return replace(plan, rating=Rating.DISSATISFIED) if unhappy else plan


def _placed(city: City, kinds: Iterable[Plan]) -> list[Plan]:
    """Give each paper its congress; of every unfinished state one goes to each deputy of the tour."""
    seen: dict[str, int] = {}
    found = []
    for place, plan in enumerate(kinds):
        turn = seen[plan.stop] = seen.get(plan.stop, 0) + 1
        tour = {1: "city", 2: "town"}.get(turn, "") if plan.stop != "archived" else ""
        found.append(replace(plan, place=place, tour=tour))
    left = allot(BODIES, len(found))
    for plan in found:
        if plan.tour:
            left[plan.tour] -= 1
    rest = iter(dealt(city.chance, left, sum(left.values())))
    return [replace(plan, body=_body(city, plan.tour or next(rest), plan.tour)) for plan in found]


def _body(city: City, level: str, tour: str) -> str:
    if level == "city":
        return CITY
    return TOUR_TOWN if tour else city.chance.choice(city.towns)


def _flagged(chance: random.Random, found: list[Plan]) -> list[Plan]:
    """Mark exactly the shares that were returned, extended, late, helped by a second unit, and empty."""
    part = len(found) / FULL_REPLIED
    plain = [n for n, plan in enumerate(found) if plan.stop == "archived" and not plan.promise]
    calm = [n for n in plain if found[n].rating is not Rating.DISSATISFIED]
    slow = chance.sample(calm, round(67 * part))
    chosen = {
        "assisted": set(chance.sample(range(len(found)), round(282 * part))),
        "returned": set(chance.sample(plain, round(45 * part))),
        "late": set(slow[: round(37 * part)]),
        "extended": set(slow[round(37 * part) :]),
        "empty": set(chance.sample([n for n in calm if found[n].reply_class == "A"], min(3, len(calm)))),
    }
    cosigners = dealt(chance, COSIGNERS, len(found))
    return [
        replace(plan, cosigners=cosigners[n], **{name: n in held for name, held in chosen.items()})  # type: ignore[arg-type] # flags are booleans
        for n, plan in enumerate(found)
    ]


def _dated(city: City, found: list[Plan], now: datetime) -> list[Plan]:
    """Give each answered paper its days in hand (mean about two months) and its beginning."""
    return [
        replace(plan, days=days, at=now - timedelta(days=_age(city.chance, plan, days)))
        for plan in found
        for days in (_days(city.chance, plan),)
    ]


def _days(chance: random.Random, plan: Plan) -> int:
    if plan.late or plan.extended:
        return chance.randint(97, 128)
    return max(24, min(84, round(chance.gammavariate(6, 9.6))))


def _age(chance: random.Random, plan: Plan, days: int) -> float:
    """Return how long ago a paper was begun, so that its whole way fits in before today."""
    way = BEFORE_ASSIGNMENT + days
    if plan.stop in SINCE_REPLY:
        return way + SINCE_REPLY[plan.stop] + chance.random()
    if plan.promise in {"due", "late"}:
        return way + chance.uniform(25, 60) + (125 if plan.promise == "late" else 0)
    if plan.stop == "escalated":
        return way + chance.uniform(75, 200)
    least = way + 100 + 135 * (plan.promise == "kept") + 65 * (plan.rating is Rating.DISSATISFIED)
    return chance.uniform(least + 20 * plan.returned, YEARS)


def _unreplied(city: City, wanted: Mapping[str, int], now: datetime, *, start: int) -> list[Plan]:
    """Return papers without a reply; the last of those in a unit's hands are past their date."""
    several = wanted["in_handling"] > 3
    found: list[Plan] = []
    for stop, count in wanted.items():
        late = LATE.get(stop, 0) if several else int(stop == "in_handling")
        for turn in range(count):
            plan = _unreplied_one(city, stop, turn, now, late=turn >= count - late)
            found.append(replace(plan, place=start + len(found)))
    return found


def _unreplied_one(city: City, stop: str, turn: int, now: datetime, *, late: bool) -> Plan:
    chance = city.chance
    tour = {0: "city", 1: "town"}.get(turn, "") if stop != "merged" and not late else ""
    body = _body(city, tour or chance.choice(["city", "city", "town"]), tour)
    age = AGE[stop] + chance.random() + 110 * late
    if stop == "merged":
        body, age = CITY, AGE[stop] + 50 * turn + chance.random()
    return Plan(
        stop,
        at=now - timedelta(days=age),
        body=body,
        tour=tour,
        assisted=stop in {"in_handling", "accepted"} and turn == 0,
        late=late,
        empty=stop == "reply_drafted" and turn < 3,
        cosigners=3 if stop == "cosigning" else chance.choice([0, 1, 2]),
    )
