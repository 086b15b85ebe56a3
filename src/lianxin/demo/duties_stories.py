"""A year of duties in the demo city: diaries, deeds, pledges, training; month by month, in batches.

Visits and receptions are told by their own rooms. The figures are those of the scenario for 1,086
deputies; a smaller city gets its share.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.demo.city import City
from lianxin.demo.duties_shares import COPIES, WHOLE, drawn_photo, numbers, online_share
from lianxin.demo.duties_texts import (
    DEEDS,
    INSPECTIONS,
    PLEDGES,
    TITLES,
    TRAININGS,
    diary_text,
    filled,
)
from lianxin.demo.telling import Story
from lianxin.duties.services import (
    NewDeed,
    NewDuty,
    NewPledge,
    deeds_register,
    duties_register,
    pledges_register,
)
from lianxin.people.models import Deputy
from lianxin.regions.loading import HOME6

DEEDS_A_YEAR = 1900
PRIVACY = {"self": 35, "group": 20, "station": 40, "public": 5}
WAYS = {"qr": 40, "phone": 35, "paper": 25}
ROOM = "demo"


@dataclass(frozen=True)
class Person:
    """A deputy with the town that looks after him."""

    row: Deputy
    town: str


def stories(city: City, scale: str, now: datetime) -> list[Story]:
    """Return the one story of the ledger: a batch a month, the pledges in their year."""
    return [_year(city, now)]


def _year(city: City, now: datetime) -> Story:
    chance = random.Random(321)  # noqa: S311 - a demo, not a secret
    people = people_of(city)
    batches = _by_month(_duties(city, people, chance, now), now)
    deeds = _by_month(_deeds(city, people, chance, now), now)
    for end in sorted(set(batches) | set(deeds)):
        yield end
        office = city.staff["office"]
        duties_register(actor=office, rows=[one for one in batches.get(end, []) if isinstance(one, NewDuty)])
        found = [one for one in deeds.get(end, []) if isinstance(one, NewDeed)]
        deeds_register(actor=office, rows=found)
    yield now - timedelta(hours=5)
    pledges_register(actor=city.staff["office"], rows=_pledges(city, people, chance, now))


def people_of(city: City) -> list[Person]:
    """Return each deputy once, in a steady order."""
    seen: set[UUID] = set()
    found = []
    for town in sorted(city.deputies):
        for _actor, row in city.deputies[town]:
            if row.id not in seen:
                seen.add(row.id)
                found.append(Person(row, row.division_code[:9] + "000"))
    return found


def _duties(city: City, people: Sequence[Person], chance: random.Random, now: datetime) -> list[NewDuty]:
    rows: list[NewDuty] = []
    for person, count in zip(people, numbers(len(people), chance), strict=True):
        rows += [_diary(city, person, chance, now) for _ in range(count)]
    rows += _copies(rows, people, chance)
    for person in people:
        rows += _others(city, person, chance, now)
    return rows


def _diary(city: City, person: Person, chance: random.Random, now: datetime) -> NewDuty:
    place = _place(city, person, chance)
    privacy = chance.choices(list(PRIVACY), list(PRIVACY.values()))[0]
    title = filled(chance, chance.choice(TITLES), place[1])
    return _new(
        city, person, "field_diary", chance, now, place[0], title, diary_text(chance, place[1]), privacy
    )


def _copies(rows: Sequence[NewDuty], people: Sequence[Person], chance: random.Random) -> list[NewDuty]:
    """Return diaries that somebody copied from a colleague of his town in the same month."""
    shared = [one for one in rows if one.privacy in {"station", "public"} and 3 < one.on.day < 24]
    found = []
    for original in chance.sample(shared, COPIES):
        town = original.division_code[:9] + "000"
        mates = [one for one in people if one.town == town and one.row.id != original.deputy_id]
        mate = chance.choice(mates or [one for one in people if one.row.id != original.deputy_id])
        on = original.on + timedelta(days=1)
        at = clock.day_start(on) + timedelta(hours=21)
        text = original.text + "特此记录。"
        found.append(
            NewDuty(
                mate.row.id, "field_diary", on, HOME6, original.division_code, original.title, text,
                privacy="station", at=at, by=mate.row.account_id,
            )
        )  # fmt: skip
    return found


def _others(city: City, person: Person, chance: random.Random, now: datetime) -> list[NewDuty]:
    """Return training (everybody once, some twice), inspections and service of one deputy."""
    rows = []
    for _ in range(1 + (chance.random() < 0.3)):
        title = chance.choice(TRAININGS)
        rows.append(_plain(city, person, "training", chance, now, title, {"organiser": "市人大常委会"}))
    for _ in range(chance.choice((0, 1, 2, 2))):
        topic = chance.choice(INSPECTIONS)
        rows.append(_plain(city, person, "inspection", chance, now, f"{topic}视察", {"topic": topic}))
    if chance.random() < 0.4:
        rows.append(_plain(city, person, "volunteering", chance, now, "参加志愿服务", {"what": "帮扶"}))
    return rows


def _plain(
    city: City,
    person: Person,
    kind: str,
    chance: random.Random,
    now: datetime,
    title: str,
    values: dict[str, str],
) -> NewDuty:
    code, _name = _place(city, person, chance)
    return _new(city, person, kind, chance, now, code, title, "", "station", values, hours=3.0)


def _new(  # noqa: PLR0913 - a record has as many columns as it has
    city: City,
    person: Person,
    kind: str,
    chance: random.Random,
    now: datetime,
    code: str,
    title: str,
    text: str,
    privacy: str,
    values: dict[str, str] | None = None,
    hours: float | None = None,
    source: str = "",
) -> NewDuty:
    on = clock.local_date(now) - timedelta(days=chance.randint(1, 364))
    online = chance.random() < online_share(person.town)
    late = timedelta(hours=20) if online else timedelta(days=chance.randint(2, 9))
    by = person.row.account_id if online or privacy == "self" else city.keeper(person.town).id
    return NewDuty(
        deputy_id=person.row.id,
        kind=kind,
        on=on,
        home6=HOME6,
        division_code=code,
        title=title,
        text=text,
        privacy=privacy,
        values=values or {},
        hours=hours,
        online=online or privacy == "self",
        source_room=ROOM if source else "",
        source_id=source,
        at=min(clock.day_start(on) + late, now - timedelta(hours=5)),
        by=by,
    )


def _deeds(city: City, people: Sequence[Person], chance: random.Random, now: datetime) -> list[NewDeed]:
    wanted = round(DEEDS_A_YEAR * len(people) / WHOLE)
    photo, rows = drawn_photo(), []
    for number in range(wanted):
        person = people[number % len(people)]
        code, name = _place(city, person, chance)
        words, field = chance.choice(DEEDS)
        values = {"people": str(chance.randint(1, 60)), "field": field}
        title = filled(chance, words, name)
        duty = _new(
            city,
            person,
            "practical_deed",
            chance,
            now,
            code,
            title,
            "",
            "station",
            values,
            source=f"deed-{number}",
        )
        way = chance.choices(list(WAYS), list(WAYS.values()))[0] if chance.random() < 0.93 else ""
        verified = way and chance.random() < 0.93
        by = _presidium(city, person).id if verified else None
        rows.append(NewDeed(duty, photo if way or chance.random() < 0.5 else b"", way, by))
    return rows


def _pledges(city: City, people: Sequence[Person], chance: random.Random, now: datetime) -> list[NewPledge]:
    """Two pledges a deputy: most kept, some not due yet, some overdue with or without an explanation."""
    rows = []
    today = clock.local_date(now)
    for person in people:
        for words in chance.sample(PLEDGES, 2):
            place = _place(city, person, chance)[1]
            due_on = date(today.year, chance.randint(3, 12), chance.randint(1, 28))
            rows.append(_pledge(city, person, chance, filled(chance, words, place), due_on, today))
    return rows


def _pledge(
    city: City, person: Person, chance: random.Random, item: str, due_on: date, today: date
) -> NewPledge:
    half = date(today.year, 6, 25)
    late, kept = due_on < today, chance.random() < (0.88 if due_on < today else 0.25)
    proof_on = min(due_on, today) - timedelta(days=chance.randint(0, 25)) if kept else None
    return NewPledge(
        deputy_id=person.row.id,
        item=item,
        due_on=due_on,
        home6=HOME6,
        division_code=person.row.division_code,
        proof="已经办成，村上出了证明，照片存在联络站" if kept else "",
        proof_on=max(proof_on, date(today.year, 1, 2)) if proof_on else None,
        confirmed_by=_presidium(city, person).id if kept and chance.random() < 0.95 else None,
        explanation="汛期耽误了工期，材料已经到场，完工后第一时间报"
        if late and not kept and chance.random() < 0.6
        else "",
        half_year_note="进度过半，难处是劳力少，已经商量好错开农忙" if today > half else "",
        half_year_on=half if today > half else None,
    )


def _by_month(rows: Sequence[NewDuty | NewDeed], now: datetime) -> dict[datetime, list[NewDuty | NewDeed]]:
    """Return the rows by the month's end on which they are told (this month: this morning)."""
    found: dict[datetime, list[NewDuty | NewDeed]] = {}
    for row in rows:
        on = (row.duty if isinstance(row, NewDeed) else row).on
        first = (on.replace(day=28) + timedelta(days=4)).replace(day=1)
        end = min(clock.day_start(first) + timedelta(hours=7), now - timedelta(hours=6))
        found.setdefault(end, []).append(row)
    return found


def _place(city: City, person: Person, chance: random.Random) -> tuple[str, str]:
    return chance.choice(city.villages[person.town])


def _presidium(city: City, person: Person) -> Actor:
    return city.staff.get(f"presidium:{person.town}") or city.staff["office"]
