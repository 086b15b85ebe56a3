"""Villages of the demo city: two years of disclosure, a year of meetings, and one village at work today."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import Any

from lianxin.common import clock
from lianxin.common.actor import RESIDENT, SYSTEM
from lianxin.demo.city import LAMP_VILLAGE, City
from lianxin.demo.telling import Story
from lianxin.regions.loading import HOME6
from lianxin.villages import services
from lianxin.villages.calendar import Duty, Kind
from lianxin.villages.models import DisclosureItem, MeetingKind, VillageProfile
from lianxin.villages.reserved import Matter
from lianxin.villages.services import NewVillage
from lianxin.villages.services.register import (
    Entry,
    Held,
    HeldTopic,
    disclosures_register,
    meetings_register,
)
from lianxin.villages.services.timers import duties_of

ALL_VILLAGES, ITEMS, ASSEMBLIES, REPRESENTATIVES = 309, 9700, 520, 1180
"""Of the whole city: villages, items in two years, meetings in one year; smaller scales take their share."""
QUARTERS, MONTHS = 8, 24
REGULAR = 3 * QUARTERS
MONTHLY_MORE = MONTHS - QUARTERS
LATE, MISSING, TALKS, SLACK = 0.09, 0.03, 0.08, 0.2
MAJOR = ("三组机耕路工程招标结果", "救灾物资发放", "征地补偿费分配方案", "集体茶园承包结果")
TOPICS = (
    "整修三组到河边的机耕路",
    "安装二十盏太阳能路灯",
    "清理村口垃圾堆放点",
    "冬季清淤沟渠的出工办法",
    "文化广场使用和管护办法",
    "自来水管护和收费公示办法",
)
CARRIED = ("已请施工队进场，村民代表轮流监工。", "已按决议分组实施，材料统一采购。")
RESULTS = (
    "已经完工，支出和验收表都贴在公示栏。",
    "办完了，群众代表现场看过，没有意见。",
)


def stories(city: City, scale: str, now: datetime) -> list[Story]:
    """Return the one story of all villages."""
    return [_story(city, now)]


def _story(city: City, now: datetime) -> Story:
    yield now - timedelta(hours=3)
    chance = random.Random("villages")  # noqa: S311 - a demo, not a secret
    profiles = _profiles(city, chance)
    disclosures_register(actor=SYSTEM, rows=_entries(profiles, chance, clock.today()), home6=HOME6)
    meetings_register(actor=SYSTEM, rows=_held(profiles, chance, now), home6=HOME6)
    for day in (clock.today() - timedelta(days=31), clock.today()):
        services.calendar_make(day)
    yield now - timedelta(hours=2)
    _at_work(city)
    _meeting_ahead(city, now)


def share(whole: int, villages: int) -> int:
    """Return what so many villages have of a figure of the whole city."""
    return round(whole * villages / ALL_VILLAGES)


def monthly(villages: int) -> tuple[int, int]:
    """Return how many villages publish their accounts monthly, and how many major matters fill the figure."""
    left = share(ITEMS, villages) - REGULAR * villages
    return left // MONTHLY_MORE, left % MONTHLY_MORE


def _profiles(city: City, chance: random.Random) -> list[VillageProfile]:
    codes = [(town, code) for town in city.towns for code, _ in city.villages[town]]
    many = set(chance.sample(range(len(codes)), monthly(len(codes))[0]))
    new = [
        _village(city, town, code, place, chance, place in many) for place, (town, code) in enumerate(codes)
    ]
    services.villages_register(actor=SYSTEM, villages=new, home6=HOME6)
    return list(VillageProfile.objects.order_by("division_code"))


def _village(  # noqa: PLR0913 - what a village is made of
    city: City, town: str, code: str, place: int, chance: random.Random, many: bool
) -> NewVillage:
    adults = chance.randint(420, 2600)
    households = round(adults / 2.6)
    deputies = city.deputies[town]
    return NewVillage(
        code,
        adults,
        households,
        representatives := max(20, round(households / 12)),
        many,
        deputies[place % len(deputies)][1].pk,
        representatives + (3 if adults < 1000 else 4),
    )


def _entries(profiles: list[VillageProfile], chance: random.Random, today: date) -> list[Entry]:
    """Return two years of duties: most published in time, some late, some missing in a few slack villages."""
    pairs = [(row, duty) for row in profiles for duty in _past(row, today)]
    wanted = share(ITEMS, len(profiles))
    others = [row for row in profiles if row.division_code != LAMP_VILLAGE]
    slack = {row.pk for row in chance.sample(others, max(1, round(SLACK * len(profiles))))}
    recent = [
        n for n, (row, duty) in enumerate(pairs) if row.pk in slack and (today - duty.due_on).days < 400
    ]
    missing = set(chance.sample(recent, min(len(recent), round(MISSING * wanted))))
    left = [n for n, (_, duty) in enumerate(pairs) if n not in missing and (today - duty.due_on).days > 30]
    late = set(chance.sample(left, round(LATE * wanted)))
    found = []
    for place, (row, duty) in enumerate(pairs):
        after = chance.randint(1, 25) if place in late else -chance.randint(0, 9)
        on = None if place in missing else min(today, duty.due_on + timedelta(days=after))
        found.append(Entry(row, duty, on, *_content(duty, chance)))
    return found + _majors(profiles, chance, today)


def _past(profile: VillageProfile, today: date) -> list[Duty]:
    """Return the last eight quarters (24 months for monthly accounts) whose day has come."""
    found: list[Duty] = []
    duties = [
        one
        for one in duties_of(profile, since=today - timedelta(days=1000), until=today)
        if one.due_on < today
    ]
    for kind in (Kind.AFFAIRS, Kind.FINANCE, Kind.RELIEF):
        mine = [one for one in duties if one.kind is kind]
        is_monthly = kind is Kind.FINANCE and profile.many_dealings
        found += mine[-(MONTHS if is_monthly else QUARTERS) :]
    return found


def _majors(profiles: list[VillageProfile], chance: random.Random, today: date) -> list[Entry]:
    found = []
    for place in range(monthly(len(profiles))[1]):
        due = today - timedelta(days=chance.randint(20, 600))
        text = "经村民会议讨论通过，结果公开如下，欢迎监督。"
        row = chance.choice(profiles)
        what = MAJOR[place % len(MAJOR)]
        found.append(Entry(row, None, due - timedelta(days=2), text, (), what, due))
    return found


def _content(duty: Duty, chance: random.Random) -> tuple[str, tuple[tuple[str, ...], ...]]:
    """Return text and table of an item; sums are drawn, so that each village has its own."""
    if duty.kind is Kind.FINANCE:
        income, paid = chance.randint(80, 900) * 100, chance.randint(20, 70) * 100
        light, work = chance.randint(180, 900), chance.randint(6, 40) * 100
        rows = (
            ("项目", "收入（元）", "支出（元）"),
            ("上级补助", str(income), ""),
            ("误工补贴", "", str(work)),
            ("路灯电费", "", str(light)),
            ("公共设施维护", "", str(paid)),
            ("结余", str(income - work - light - paid), ""),
        )
        return "收支如下，票据在村委会可查。", rows
    if duty.kind is Kind.RELIEF:
        persons = chance.randint(4, 40)
        return f"本季度发放补贴 {persons} 人，名单和金额贴在公示栏，款项已直接打卡。", ()
    return "本季度村民代表会议决定的事项都在办理，办完的已晒结果。", ()


def _held(profiles: list[VillageProfile], chance: random.Random, now: datetime) -> list[Held]:
    count = len(profiles)
    assemblies = [_one(profiles[n % count], MeetingKind.ASSEMBLY, chance, now, talk=False)
                  for n in range(share(ASSEMBLIES, count))]  # fmt: skip
    wanted = share(REPRESENTATIVES, count)
    villages_only = [row for row in profiles if not row.is_community]
    talks = round(TALKS * wanted)
    return assemblies + [
        _one(
            villages_only[n % len(villages_only)] if n < talks else profiles[n % count],
            MeetingKind.REPRESENTATIVES,
            chance,
            now,
            talk=n < talks,
        )
        for n in range(wanted)
    ]


def _one(profile: VillageProfile, kind: str, chance: random.Random, now: datetime, *, talk: bool) -> Held:
    whole = profile.adults if kind == MeetingKind.ASSEMBLY else profile.meeting_members
    part = chance.uniform(0.3, 0.6) if talk else chance.uniform(0.7, 0.95)
    present, days = round(whole * part), chance.randint(3, 360)
    at = now - timedelta(days=days) + timedelta(hours=9)
    names = chance.sample(TOPICS, 1 + (chance.random() < 0.4))
    topics = tuple(_topic(name, present, days, chance) for name in names)
    title = f"{at.year}年{at.month}月{'村民会议' if kind == MeetingKind.ASSEMBLY else '村民代表会议'}"
    minutes = f"到会 {present} 人。逐项介绍议题后讨论，意见都记下，当场表决并公布结果。"
    return Held(profile, kind, title, at, present, minutes, topics)


def _topic(name: str, present: int, days: int, chance: random.Random) -> HeldTopic:
    in_favour = round(present * chance.uniform(0.62, 0.98))
    carried = chance.choice(CARRIED) if days > 25 else ""
    result = chance.choice(RESULTS) if days > 60 else ""
    return HeldTopic(name, Matter.ORDINARY, in_favour, carried, result)


def _at_work(city: City) -> None:
    """Leave one village with something at every stage: to review, to publish, corrected, asked about."""
    clerk, watch = city.staff["village"], city.staff["village_supervisor"]
    mine = DisclosureItem.objects.filter(division_code=LAMP_VILLAGE)
    waiting = mine.filter(state="to_prepare", kind="affairs").order_by("due_on")[0]
    text = "第四季度村民代表会议定了两件事，都在办理。"
    services.disclosure_submit(actor=clerk, item=waiting, text=text)
    today = clock.today()
    ready = services.major_open(
        actor=clerk, village=LAMP_VILLAGE, what="太阳能路灯采购结果", happened_on=today
    )
    table = [["项目", "数量", "金额（元）"], ["太阳能路灯", "20盏", "24000"]]
    services.disclosure_submit(actor=clerk, item=ready, text="采购结果如下。", table=table)
    services.disclosure_approve(actor=watch, item=ready)
    _corrected(clerk, watch, mine.filter(kind="finance").exclude(published_on=None).order_by("-due_on")[0])


def _corrected(clerk: Any, watch: Any, item: DisclosureItem) -> None:
    """Correct the latest accounts, then take two questions, one of them answered."""
    table = item.versions.get(number=1).table
    services.disclosure_correct(
        actor=clerk,
        item=item,
        text="收支如下，票据在村委会可查。路灯电费含上季度补交。",
        table=table,
        reason="补写路灯电费的说明",
    )
    services.disclosure_approve(actor=watch, item=item)
    services.disclosure_publish(actor=clerk, item=item)
    first = services.question_ask(actor=RESIDENT, item=item, text="路灯电费怎么比上季度多了？")
    services.question_answer(actor=clerk, question=first, answer="补交了上季度两个月的电费，票据可查。")
    item.refresh_from_db()
    services.question_ask(actor=RESIDENT, item=item, text="误工补贴是按什么标准发的？")


def _meeting_ahead(city: City, now: datetime) -> None:
    """Leave an assembly of that village with its notice out."""
    clerk = city.staff["village"]
    meeting = services.meeting_prepare(
        actor=clerk,
        village=LAMP_VILLAGE,
        kind=MeetingKind.ASSEMBLY,
        title="讨论村规民约修订的村民会议",
        held_at=now + timedelta(days=14, hours=9),
        place="村委会院坝",
    )
    services.topic_add(actor=clerk, meeting=meeting, title="修订村规民约", matter=Matter.COVENANT)
    services.meeting_notice(actor=clerk, meeting=meeting)
