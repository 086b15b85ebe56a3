"""Contacts of the demo city: who agreed, who contacts whom, a year of visits; shares are the scenario's."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeVar

import numpy as np

from lianxin.common import clock
from lianxin.common.actor import SYSTEM
from lianxin.contacts import services
from lianxin.contacts.assignment import NEAR, Problem, solve
from lianxin.contacts.geography import minutes_between
from lianxin.contacts.models import Household, Kind, Mode, Pairing
from lianxin.contacts.services import NewHousehold, NewMember, NewPairing, NewVisit
from lianxin.demo import contacts_mending
from lianxin.demo.city import LAMP_VILLAGE, TOUR_TOWN, City
from lianxin.demo.contacts_texts import CALLED, HEARD, TALKED
from lianxin.demo.duties_shares import online_share
from lianxin.demo.names import SURNAMES
from lianxin.demo.telling import Story
from lianxin.people.loading import deputy_rename
from lianxin.people.models import Deputy, DeputyGroup
from lianxin.regions.loading import CITY, HOME6

T = TypeVar("T")
TEN, FIVE, NINE, COMMITTEE, OVERLAP = 10, 5, 9, 31, 2
SAID = {"agree": 976, "change": 24}
"""Of those paired in the end; another 8 in a thousand said no and were replaced by the next nearest."""
NOES = 0.008
TIMES = {3: 31, 2: 31, 1: 27, 0: 11}
"""Of a hundred households: visited twice or more 62, once 27, never in the last twelve months 11."""
HEARS = 0.06
WAYS = {"home": 70, "phone": 20, "meeting": 7, "online": 3}
MONTHS, MONTH = 12, timedelta(days=30)
LEADER = "罗明德"


def stories(city: City, scale: str, now: datetime) -> list[Story]:
    """Return the year of contacts, and what was timed, answered and mended in the tour's town."""
    return [_Contacts(city, now).story(), *contacts_mending.stories(city, now)]


class _Contacts:
    """Tells the register, a batch of visits a month, and a plan to look at."""

    def __init__(self, city: City, now: datetime) -> None:
        self.city, self.now, self.chance = city, now, random.Random(3210)  # noqa: S311 - a demo, not a secret
        rows = {row.pk: row for pairs in city.deputies.values() for _, row in pairs}
        self.deputies = sorted(rows.values(), key=lambda row: str(row.pk))
        self.towns: dict[str, list[Deputy]] = defaultdict(list)
        for row in self.deputies:
            self.towns[row.division_code[:9] + "000"].append(row)
        self.pairs: list[Pairing] = []

    def story(self) -> Story:
        """Tell it."""
        start = self.now - MONTHS * MONTH - timedelta(days=5)
        yield start
        self._pair()
        times = {row.pk: self._drawn(TIMES) for row in self.pairs}
        for month in range(MONTHS):
            yield start + (month + 1) * MONTH
            self._visit([row for row in self.pairs if self.chance.random() * MONTHS < times[row.pk]])
        yield self.now - timedelta(hours=20)
        self._plan()

    def _pair(self) -> None:
        services.deputies_agree(actor=SYSTEM, deputies=self.deputies)
        committee, presidium = self._members()
        members = list({row.pk: row for row in [*committee, *sum(presidium.values(), [])]}.values())
        rows = self._households(dict(self.towns), TEN, Kind.DEPUTY_HOUSEHOLD)
        by_town: dict[str, list[Deputy]] = defaultdict(list)
        for row in members:
            by_town[row.division_code[:9] + "000"].append(row)
        rows += self._households(by_town, FIVE, Kind.MEMBER_HOUSEHOLD)
        rows += self._deputies_of(members) + self._appointed(committee, presidium)
        self.pairs = services.pairings_register(actor=SYSTEM, rows=rows)
        refused = [self._household(town, "no") for town in self.city.towns]
        wanted = max(1, round(len(self.pairs) * NOES))
        refused += [self._household(self.chance.choice(self.city.towns), "no") for _ in range(wanted)]
        services.households_register(actor=SYSTEM, rows=refused[:wanted])

    def _members(self) -> tuple[list[Deputy], dict[str, list[Deputy]]]:
        """Return the committee and each town's presidium, two in both; the first leads the tour's town."""
        whole = len(self.city.towns) == 21
        sitting = {town: [row for _, row in self.city.deputies[town]] for town in self.city.towns}
        presidium = {town: self.chance.sample(rows, NINE) for town, rows in sitting.items()}
        chairs = {row.pk for rows in presidium.values() for row in rows}
        both = presidium[self.city.towns[0]][:OVERLAP] if whole else []
        others = [row for _, row in self.city.deputies[CITY] if row.pk not in chairs and self._untold(row)]
        wanted = COMMITTEE if whole else 2
        committee = [*self.chance.sample(others, wanted - len(both)), *both]
        today = clock.today()
        rows = [NewMember(row, CITY, today) for row in committee]
        rows += [NewMember(row, town, today) for town, chosen in presidium.items() for row in chosen]
        made = services.members_register(actor=SYSTEM, rows=rows, home6=HOME6)
        deputy_rename(actor=SYSTEM, deputy=committee[0], name=LEADER)
        services.member_account_link(actor=SYSTEM, member=made[0], account_id=self.city.staff["leader"].id)
        return committee, presidium

    def _untold(self, row: Deputy) -> bool:
        """Say whether a deputy has no account of the tour, whose name must stay."""
        return row.account_id not in {actor.id for actor in self.city.staff.values()}

    def _household(self, town: str, answer: str) -> NewHousehold:
        village, _ = self.chance.choice(self.city.villages[town])
        phone = f"100{self.chance.randrange(10**8):08d}" if self.chance.random() < 0.7 else ""
        name = self.chance.choice(SURNAMES) + self.chance.choice(CALLED)
        return NewHousehold(village, self.chance.randint(1, 8), name, phone, answer)

    def _households(self, towns: dict[str, list[Deputy]], each: int, kind: Kind) -> list[NewPairing]:
        """Register households that agreed and give each town's to its people, the nearest way."""
        rows: list[NewPairing] = []
        for town, people in towns.items():
            new = [self._household(town, self._drawn(SAID)) for _ in range(each * len(people))]
            homes = services.households_register(actor=SYSTEM, rows=new)
            problem = _problem(homes, people, each)
            for place, column in enumerate(solve(problem, NEAR)):
                rows.append(
                    NewPairing(
                        kind,
                        people[column],
                        clock.today(),
                        household=homes[place],
                        minutes=int(problem.minutes[place, column]),
                        same_area=bool(problem.same_area[place, column]),
                    )
                )
        return rows

    def _deputies_of(self, members: Sequence[Deputy]) -> list[NewPairing]:
        """Give every deputy a member, nobody himself; where places are left some deputies have two."""
        today, rows = clock.today(), []
        minutes = np.array(
            [
                [minutes_between(one.division_code, row.division_code, 0) for one in members]
                for row in self.deputies
            ],
            dtype=np.float64,
        )
        own = np.array([[one.pk == row.pk for one in members] for row in self.deputies])
        nobody = np.full(len(self.deputies), -1)
        problem = Problem(minutes, own, np.ones_like(own), nobody, [FIVE] * len(members))
        chosen = solve(problem, NEAR)
        held = [chosen.count(column) for column in range(len(members))]
        pairs = [(row, column) for row, column in enumerate(chosen) if column >= 0]
        for column, count in enumerate(held):
            free = [row for row in range(len(chosen)) if chosen[row] != column and not own[row, column]]
            pairs += [(row, column) for row in self.chance.sample(free, FIVE - count)]
        for row, column in pairs:
            rows.append(
                NewPairing(
                    Kind.MEMBER_DEPUTY,
                    members[column],
                    today,
                    other=self.deputies[row],
                    minutes=int(minutes[row, column]),
                )
            )
        return rows

    def _appointed(self, committee: list[Deputy], presidium: dict[str, list[Deputy]]) -> list[NewPairing]:
        """Return a leader for each town, the tour's first, and a member of the presidium for each group."""
        today = clock.today()
        towns = sorted(self.city.towns, key=lambda town: town != TOUR_TOWN)
        rows = [
            NewPairing(Kind.LEADER_TOWN, committee[place % len(committee)], today, town=town)
            for place, town in enumerate(towns)
        ]
        groups = DeputyGroup.objects.order_by("division_code", "name")
        for place, group in enumerate(groups):
            chairs = presidium[group.division_code]
            rows.append(NewPairing(Kind.PRESIDIUM_GROUP, chairs[place % NINE], today, group=group))
        return rows

    def _visit(self, pairs: Sequence[Pairing]) -> None:
        rows = [self._one(pair) for pair in pairs]
        services.visits_register(actor=SYSTEM, rows=rows)

    def _one(self, pair: Pairing) -> NewVisit:
        matter, outcome = ("", "")
        if self.chance.random() < HEARS:
            matter, outcome = self.chance.choice(HEARD)
        on = clock.today() - timedelta(days=self.chance.randrange(28))
        online = self.chance.random() < online_share(pair.division_code[:9] + "000")
        return NewVisit(pair, on, self._drawn(WAYS), self.chance.choice(TALKED), matter, outcome, online)

    def _plan(self) -> None:
        """Leave something to do in the tour's town: households to ask, some that wait, a plan to approve."""
        for place in range(8):
            new = NewHousehold(
                LAMP_VILLAGE, place + 1, SURNAMES[place] + CALLED[place % 7], "", "agree" if place < 3 else ""
            )
            services.household_register(actor=self.city.keeper(TOUR_TOWN), new=new)
        services.plan_compute(
            actor=self.city.staff[f"presidium:{TOUR_TOWN}"], town=TOUR_TOWN, mode=Mode.BALANCED, quota=TEN + 1
        )

    def _drawn(self, shares: dict[T, int]) -> T:
        return self.chance.choices(list(shares), weights=list(shares.values()))[0]


def _problem(homes: Sequence[Household], people: Sequence[Deputy], each: int) -> Problem:
    minutes = np.array(
        [
            [minutes_between(one.division_code, home.division_code, home.group_no) for one in people]
            for home in homes
        ],
        dtype=np.float64,
    )
    same = np.array([[one.division_code == home.division_code for one in people] for home in homes])
    nobody = np.full(len(homes), -1)
    return Problem(minutes, np.zeros_like(same), same, nobody, [each] * len(people))
