"""What happens every day in the demo city: the worker's clock, and the keepers' telephone calls."""

from __future__ import annotations

from datetime import datetime, timedelta

from lianxin.common import clock
from lianxin.common.actor import Actor
from lianxin.demo.city import City
from lianxin.demo.telling import Story
from lianxin.notifications.models import CallTask
from lianxin.notifications.services import call_task_done
from lianxin.opinions.counts import topics
from lianxin.opinions.services import topic_promote
from lianxin.regions.loading import CITY
from lianxin.suggestions import services as suggestions

DAILY = 150
"""The last months are told day by day, what lies further back week by week."""
LEFT_OPEN_DAYS = 2
"""Calls asked for in the last days stay open, so that keepers have some to make today."""


def days(city: City, *, since: datetime, until: datetime) -> Story:
    """Tell each morning: reminders and lapses fall due, yesterday's calls are made."""
    morning = clock.day_start(clock.local_date(since)) + timedelta(hours=8)
    while morning < until:
        yield morning
        left = (until - morning).days
        suggestions.tick(clock.today())
        if left > LEFT_OPEN_DAYS:
            _call(city)
        morning += timedelta(days=1 if left < DAILY else 7)


def hot_topics(city: City, *, at: datetime, wanted: int) -> Story:
    """Put the matters of widest concern on the year's list, as the office does."""
    yield at
    office = city.staff["office"]
    for row in topics(office)[:wanted]:
        topic_promote(
            actor=office, home6=CITY[:6], category=row["category"], title=f"{row['category']}：群众反映集中"
        )


def _call(city: City) -> None:
    for task in CallTask.objects.filter(state="open").order_by("number"):
        call_task_done(
            actor=_caller(city, task), task=task, reached=True, result="已电话告知结果，对方表示知道了。"
        )


def _caller(city: City, task: CallTask) -> Actor:
    if task.division_code == CITY:
        return city.staff["city-keeper"]
    return city.keeper(f"{task.division_code[:9]}000")
