"""A year of the groups: leaders on record, a plan each, four activities in turn, one that waits today."""

from __future__ import annotations

from datetime import datetime, timedelta

from lianxin.activities import services
from lianxin.activities.models import PlanItem
from lianxin.common import clock
from lianxin.demo.city import City
from lianxin.demo.telling import Story
from lianxin.demo.terms import SINCE
from lianxin.people.models import Deputy, DeputyGroup

PLANNED = (
    (2, "learning", "学习代表法和监督法", "镇政府三楼会议室"),
    (5, "field_research", "调研村组道路管护", "村党群服务中心"),
    (8, "livelihood_supervision", "看民生实事项目进度", "项目现场"),
    (10, "group_activity", "走访结对户、收集意见", "村党群服务中心"),
    (12, "seminar", "年底座谈：一年做了什么", "代表小组工作室"),
)
ACTIVITIES = 590
"""Held in a year in the full city: four for each of 145 groups and a fifth for ten of them."""
MINUTES = "到会代表逐项看了情况，议定三件事：列清单交联络站；分工各跟一项；下次活动先看办得怎样。"


def stories(city: City, scale: str, now: datetime) -> list[Story]:
    """Return one story: the register of the year, and what the tour's town is about to do."""
    del scale
    return [_year(city, now)]


def _year(city: City, now: datetime) -> Story:
    yield now - timedelta(days=1, hours=2)
    groups = list(DeputyGroup.objects.filter(members__valid_to=None).select_related("leader").distinct())
    groups.sort(key=lambda group: (group.division_code, group.name))
    office = city.staff["office"]
    since = datetime(SINCE.year, SINCE.month, SINCE.day, 9, tzinfo=clock.SHANGHAI)
    services.leaders_register(actor=office, groups=groups, since=since)
    year = clock.today().year
    items = [
        services.NewItem(group, year, month, kind, title, group.leader)
        for group in groups
        for month, kind, title, _place in PLANNED
    ]
    lines = services.plans_register(actor=office, items=items)
    services.activities_register(actor=office, rows=_held(city, groups, lines))
    yield now - timedelta(hours=3)
    _coming(city, groups)


def _held(city: City, groups: list[DeputyGroup], lines: list[PlanItem]) -> list[services.Held]:
    """Return the activities of the last twelve months, in turn for each group."""
    members = _members(groups)
    wanted = round(ACTIVITIES * len(groups) / 145)
    found = []
    for number in range(wanted):
        group = groups[number % len(groups)]
        turn = number // len(groups)
        month, kind, title, place = PLANNED[turn % len(PLANNED)]
        del month
        day = clock.today() - timedelta(days=40 + 75 * (3 - turn if turn < 4 else 0) + number % 19)
        starts = clock.day_start(day) + timedelta(hours=9)
        ends = starts + timedelta(hours=3)
        planned = services.Planned(kind, title, place, starts, ends)
        item = lines[(number % len(groups)) * len(PLANNED) + turn % len(PLANNED)]
        came = _came(city, members[str(group.pk)], starts, ends)
        same_year = item if day.year == item.plan.year else None
        found.append(services.Held(group, planned, MINUTES, came, same_year))
    return found


def _members(groups: list[DeputyGroup]) -> dict[str, list[Deputy]]:
    return {
        str(group.pk): list(
            Deputy.objects.filter(memberships__group=group, memberships__valid_to=None).order_by("pk")
        )
        for group in groups
    }


def _came(
    city: City, members: list[Deputy], starts: datetime, ends: datetime
) -> list[tuple[Deputy, datetime, datetime, bool]]:
    """Return who came and how: nine of ten, most by the code, a few ticked."""
    there = [one for one in members if city.chance.random() < 0.9] or members[:1]
    return [
        (one, starts - timedelta(minutes=city.chance.randrange(15)), ends, city.chance.random() < 0.93)
        for one in there
    ]


def _coming(city: City, groups: list[DeputyGroup]) -> None:
    """Let the tour's group leader prepare next week's activity and tell the members."""
    leader = city.staff["group_leader"]
    group = next(one for one in groups if one.leader and one.leader.account_id == leader.id)
    starts = clock.day_start(clock.today()) + timedelta(days=6, hours=9)
    planned = services.Planned(
        "group_activity",
        "冬季用水用电安全走访",
        "李家庄村党群服务中心",
        starts,
        starts + timedelta(hours=3),
    )
    row = services.activity_plan(actor=leader, group=group, planned=planned)
    services.activity_notify(actor=leader, activity=row)
