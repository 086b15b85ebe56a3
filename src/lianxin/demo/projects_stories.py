"""民生实事 of the demo city: the years since 2019, one town's whole year, one plenary ready to vote."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from lianxin.common import clock
from lianxin.common.actor import RESIDENT, SYSTEM
from lianxin.demo.city import TOUR_TOWN, City
from lianxin.demo.projects_next import next_year
from lianxin.demo.projects_plan import (
    BAD_TESTS,
    FIRST,
    GOALS,
    SAFEGUARDS,
    SATISFIED,
    STEPS,
    Share,
    card,
    city_card,
    days,
    lamps,
    shares,
    votes,
)
from lianxin.demo.projects_whole import whole_year
from lianxin.demo.telling import Story
from lianxin.projects import services
from lianxin.projects.models import Project
from lianxin.projects.services.register import (
    HeldProject,
    HeldRound,
    HeldStep,
    HeldTest,
    rounds_register,
)
from lianxin.regions.loading import CITY, HOME6
from lianxin.regions.selectors import place_name

TOLD = "按计划完成，质量和进度现场核对过。"


def stories(city: City, scale: str, now: datetime) -> list[Story]:
    """Return the stories of this room."""
    return [_years(city, now), whole_year(city, now), next_year(city, now)]


def _years(city: City, now: datetime) -> Story:
    """Enter the votes of all years, then let the clock read the lamps."""
    yield now - timedelta(hours=4)
    chance = random.Random("projects")  # noqa: S311 - a demo, not a secret
    today = clock.today()
    for year in range(FIRST, today.year + 1):
        teller = _Year(city, year, today, chance)
        rounds_register(actor=SYSTEM, rows=teller.rows(), home6=HOME6)
    services.projects_tick(today)
    _polled(today.year - 1)


def _polled(year: int) -> None:
    """Let residents grade some finished projects: enough for shares on some, too few on others."""
    done = Project.objects.filter(round__year=year, state="evaluated").order_by("division_code", "rank")[:3]
    for place, project in enumerate(done):
        for voice in range((12, 7, 3)[place]):
            grade = "satisfied" if voice % 4 else "basically_satisfied"
            services.poll_answer(
                actor=RESIDENT, project=project, grade=grade, browser_token=f"demo-poll-{place}-{voice}"
            )


class _Year:
    """The rows of one year: who voted what, and how it went on."""

    def __init__(self, city: City, year: int, today: date, chance: random.Random) -> None:
        self.city, self.year, self.today, self.chance = city, year, today, chance
        self.is_current = year == today.year
        self.voted_on = min(date(year, 1, 20), today - timedelta(days=60))
        self.bad = BAD_TESTS if len(city.towns) > 1 else 1
        self.lamps: list[str] = []

    def rows(self) -> list[HeldRound]:
        """Return the year's rounds; the tour's town tells its last year itself."""
        found = [
            one
            for one in shares(self.year, CITY, self.city.towns)
            if not (one.code == TOUR_TOWN and self.year == self.today.year - 1)
        ]
        self.lamps = lamps(sum(one.places for one in found), self.chance)
        return [self._round(one) for one in found]

    def _round(self, share: Share) -> HeldRound:
        electorate = len(self.city.deputies[share.code])
        present = electorate - max(1, electorate // 20)
        counted = votes(share, electorate=electorate, present=present)
        projects = [self._project(share, place, one) for place, one in enumerate(counted)]
        return HeldRound(
            division_code=share.code,
            year=self.year,
            places=share.places,
            opened_on=self.voted_on - timedelta(days=120),
            voted_on=self.voted_on,
            electorate=electorate,
            present=present,
            projects=tuple(projects),
        )

    def _project(self, share: Share, place: int, votes_for: int) -> HeldProject:
        chosen = place < share.places
        lamp = self._lamp(share, place) if chosen and self.is_current else "done"
        begins = self.voted_on + timedelta(days=20)
        due_on = self.today + timedelta(days=25) if self.is_current else date(self.year, 12, 15)
        written = self._card(share, place, due_on)
        if not chosen:
            return HeldProject(written, votes_for)
        steps = self._steps(begins, due_on, lamp, written.amount or 0)
        finished = steps[-1].done_on if lamp == "done" else None
        test = None if self.is_current else self._test(share)
        return HeldProject(
            written, votes_for, GOALS, SAFEGUARDS, steps, finished, self._supervisors(share.code, place), test
        )

    def _lamp(self, share: Share, place: int) -> str:
        """Deal a lamp; the tour's unit has work on the city's first project."""
        if share.code == CITY and place == 0:
            self.lamps.remove("green")
            return "green"
        return self.lamps.pop()

    def _card(self, share: Share, place: int, due_on: date) -> services.Card:
        if share.code == CITY:
            number = place + 1 + 3 * (self.year - self.today.year)
            return city_card(number=number, due_on=due_on, chance=self.chance)
        villages = self.city.villages[share.code]
        village = villages[(place + self.year * 3) % len(villages)][1]
        name = village if village.endswith(("村", "社区")) else place_name(share.code) + village
        made = card(place=name, number=place + self.year * 7, due_on=due_on, chance=self.chance)
        return replace(made, unit_code=f"town-{share.code[6:9]}")

    def _steps(self, begins: date, due_on: date, lamp: str, amount: int) -> tuple[HeldStep, ...]:
        """Return the milestones so that the lamp reads as wanted today."""
        planned = days(begins, due_on)
        if lamp == "done" and self.is_current:
            planned = days(begins, self.today - timedelta(days=5))
        late = {"red": 45, "yellow": 12}.get(lamp)
        if late:
            planned[-2] = self.today - timedelta(days=late)
            planned = [min(day, planned[-2]) for day in planned[:-1]] + [due_on]
        found = []
        for place, (what, day) in enumerate(zip(STEPS, planned, strict=True), start=1):
            reached = lamp == "done" or (day < self.today and not (late and place == len(STEPS) - 1))
            paid = round(amount * place / len(STEPS) * 0.95)
            done_on = min(day, self.today) if reached else None
            found.append(HeldStep(what, day, done_on, paid if reached else None, TOLD if reached else ""))
        return tuple(found)

    def _supervisors(self, code: str, place: int) -> tuple[UUID, ...]:
        """Return four deputies of the congress; the tour's deputy watches over the first two projects."""
        if self.year < self.today.year - 1:
            return ()
        pairs = self.city.deputies[code]
        own = self.city.staff["deputy_city" if code == CITY else "deputy_town"]
        mine = [deputy.pk for actor, deputy in pairs if actor.id == own.id] if place < 2 else []
        found = [*mine, *(pairs[(place * 3 + n) % len(pairs)][1].pk for n in range(4))]
        return tuple(dict.fromkeys(found))[:4]

    def _test(self, share: Share) -> HeldTest:
        members = len(self.city.deputies[share.code])
        held = date(self.year, 12, 28) if date(self.year, 12, 28) < self.today else self.today
        if self.bad and self.year == self.today.year - 1:
            self.bad -= 1
            rectify = ("补做护栏和排水沟", "返修开裂的路面并公示验收")
            return HeldTest(held, members, members // 5, members // 6, members // 2, rectify, False)
        satisfied = min(members - 1, round(members * (SATISFIED + self.chance.uniform(-0.06, 0.06))))
        return HeldTest(held, members, satisfied, members - satisfied - 1, 1)
