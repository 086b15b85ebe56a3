"""重点任务 of the demo city: one a year since 2012 as the book has them, and this year's under way."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from lianxin.campaigns import services
from lianxin.campaigns.models import Campaign
from lianxin.campaigns.services.key_tasks import OldTask, key_tasks_register
from lianxin.common import clock
from lianxin.common.actor import SYSTEM
from lianxin.demo.city import TOUR_TOWN, City
from lianxin.demo.telling import Story
from lianxin.demo.work_texts import DONE, FINISHED, NOW, REPORTS, TASKS
from lianxin.regions.loading import HOME6

FINISH = 0.4
"""The share of towns that are done with this year's task."""


def stories(city: City, scale: str, now: datetime) -> list[Story]:
    """Return the one story of the bench."""
    return [_story(city, now)]


def _story(city: City, now: datetime) -> Story:
    chance = random.Random("key tasks")  # noqa: S311 - a demo, not a secret
    yield now - timedelta(days=200)
    title, basis, aim = NOW
    task = services.key_task_open(
        actor=city.staff["office"],
        home6=HOME6,
        title=title,
        basis=basis,
        aim=aim,
        due_on=clock.local_date(now) + timedelta(days=22),
        towns=city.towns,
    )
    for number, part in enumerate(task.parts.select_related("task").order_by("division_code")):
        yield now - timedelta(days=120 - 5 * number)
        town = city.staff[f"presidium:{part.division_code}"]
        services.part_report(actor=town, row=part, note=chance.choice(REPORTS))
        if part.division_code != TOUR_TOWN and chance.random() < FINISH:
            services.part_finish(actor=town, row=part, note=FINISHED)
    yield now - timedelta(hours=1, minutes=20)
    key_tasks_register(actor=SYSTEM, home6=HOME6, rows=[_old(city, chance, row) for row in TASKS])


def _old(city: City, chance: random.Random, row: tuple[int, str, str, str]) -> OldTask:
    year, title, basis, aim = row
    done = {
        town: (date(year, 9, 1) + timedelta(days=chance.randint(0, 100)), chance.choice(DONE))
        for town in city.towns
    }
    theme = Campaign.objects.filter(home6=HOME6, year=year, name=title).first()
    return OldTask(year, title, basis, aim, tuple(city.towns), done, theme)
