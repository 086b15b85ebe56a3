"""专项活动 of the demo city: themed years, contests, moral reviews, inspection sheets."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from lianxin.campaigns import services
from lianxin.campaigns.models import Nomination
from lianxin.campaigns.rules import checklist
from lianxin.campaigns.services.contests import contest_register
from lianxin.campaigns.services.moral import moral_register
from lianxin.campaigns.services.old_sheets import OldSheet, inspections_register
from lianxin.campaigns.services.themes import campaign_register
from lianxin.charters.models import CharterText
from lianxin.charters.selectors import in_force, standing
from lianxin.charters.workflow import Kind
from lianxin.common import clock
from lianxin.common.actor import RESIDENT, SYSTEM
from lianxin.demo.campaigns_texts import EVIDENCE, MORAL, PROBLEMS, SUMMARY, THEMES, WHY
from lianxin.demo.charters_stories import clerk_of, town_of
from lianxin.demo.city import LAMP_VILLAGE, City
from lianxin.demo.telling import Story
from lianxin.demo.villages_stories import ALL_VILLAGES
from lianxin.regions.loading import HOME6
from lianxin.villages.models import VillageProfile

WINNERS, STANDING = 10, 14
SHEETS, FINDINGS, NOW = 0.93, 0.3, 0.4
"""Shares of villages: with a sheet last quarter, with a problem on it, with a sheet already this quarter."""
OLD_CONTEST = date(2020, 11, 20)


def stories(city: City, scale: str, now: datetime) -> list[Story]:
    """Return the one story of guidance."""
    return [_story(city, now)]


def _story(city: City, now: datetime) -> Story:
    yield now - timedelta(hours=1, minutes=30)
    chance = random.Random("campaigns")  # noqa: S311 - a demo, not a secret
    profiles = list(VillageProfile.objects.select_related("supervising_deputy").order_by("division_code"))
    _themes(profiles, chance)
    _old_contest(profiles, chance)
    _moral(profiles, chance, clock.today())
    _sheets(profiles, chance, clock.today())
    yield now - timedelta(hours=1, minutes=20)
    _contest_now(city, profiles)


def _themes(profiles: Sequence[VillageProfile], chance: random.Random) -> None:
    """Enter both themed years; of the second some villages are still missing."""
    for name, year, plan, wanted, missing in THEMES:
        gaps = {row.pk for row in chance.sample(profiles, missing * len(profiles) // ALL_VILLAGES)}
        done = {
            row.division_code: (
                date(year, 5, 1) + timedelta(days=chance.randint(0, 220)),
                chance.choice(EVIDENCE),
            )
            for row in profiles
            if row.pk not in gaps
        }
        campaign_register(
            actor=SYSTEM,
            home6=HOME6,
            name=name,
            plan=plan,
            wanted=wanted,
            year=year,
            done=done,
            summary=SUMMARY,
        )


def _old_contest(profiles: Sequence[VillageProfile], chance: random.Random) -> None:
    """Enter the contest of 2020 with the covenants of that time: ten of those that stood were chosen."""
    codes = [row.division_code for row in profiles]
    texts = CharterText.objects.filter(kind=Kind.COVENANT, number=2, division_code__in=codes)
    chosen = chance.sample(list(texts.order_by("division_code")), min(STANDING, len(codes)))
    votes = sorted((chance.randint(180, 2600) for _ in chosen), reverse=True)
    rows = [
        (text.division_code, text.pk, _words(text), chance.choice(WHY), count)
        for text, count in zip(chosen, votes, strict=True)
    ]
    name = "2020年十大金牌村规民约评选"
    contest_register(actor=SYSTEM, home6=HOME6, name=name, on=OLD_CONTEST, rows=rows, winners=WINNERS)


def _words(text: CharterText) -> list[tuple[str, str]]:
    return [(row.heading, row.words) for row in standing(text)]


def _moral(profiles: Sequence[VillageProfile], chance: random.Random, today: date) -> None:
    rows = [
        (
            row.division_code,
            today - timedelta(days=chance.randint(3, 340)),
            topic,
            chance.randint(5, 15),
            outcome,
            words,
        )
        for row in profiles[::2]
        for topic, outcome, words in [chance.choice(MORAL)]
    ]
    moral_register(actor=SYSTEM, home6=HOME6, rows=rows)


def _sheets(profiles: Sequence[VillageProfile], chance: random.Random, today: date) -> None:
    """Enter last quarter's sheets, some of their problems past their day, and some of this quarter's."""
    first = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    rows = []
    for row in profiles:
        on = first - timedelta(days=chance.randint(2, 60))
        if chance.random() < SHEETS or row.division_code == LAMP_VILLAGE:
            rows.append(OldSheet(row.division_code, on, row.supervising_deputy, _problems(chance, on)))
        if chance.random() < NOW and row.division_code != LAMP_VILLAGE and today > first:
            day = first + timedelta(days=chance.randint(0, (today - first).days))
            rows.append(OldSheet(row.division_code, day, row.supervising_deputy))
    inspections_register(actor=SYSTEM, home6=HOME6, rows=rows)


def _problems(chance: random.Random, on: date) -> tuple[tuple[str, str, str, date | None], ...]:
    if chance.random() >= FINDINGS:
        return ()
    key = chance.choice([one.key for one in checklist() if one.key in PROBLEMS])
    state = chance.choice(("closed", "closed", "closed", "mended", "open"))
    looked = on + timedelta(days=25) if state == "closed" else None
    return ((key, PROBLEMS[key], state, looked),)


def _contest_now(city: City, profiles: Sequence[VillageProfile]) -> None:
    """Leave this year's contest in the vote."""
    contest = services.contest_open(
        actor=city.staff["office"], home6=HOME6, name=f"{clock.today().year}年十大金牌村规民约评选"
    )
    made: list[Nomination] = []
    for place, row in enumerate(profiles[:STANDING]):
        text = in_force(row.division_code, Kind.COVENANT)
        if text is None:
            continue
        clerk, why = clerk_of(row.division_code), WHY[place % len(WHY)]
        one = services.covenant_nominate(
            actor=clerk,
            contest=contest,
            village=row.division_code,
            covenant=UUID(str(text.pk)),
            clauses=_words(text),
            why=why,
        )
        made.append(services.nomination_review(actor=town_of(row.division_code), row=one, passed=True))
    services.contest_move(actor=city.staff["office"], contest=contest, act="open_voting")
    for number in range(3 * len(made)):
        one = made[number * number % len(made)]
        one.contest = contest
        services.vote_cast(actor=RESIDENT, row=one, browser_token=f"demo-{number}")
