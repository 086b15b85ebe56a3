"""64 两说一商 of the demo city, most of them agreed and carried out."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from lianxin.common import clock
from lianxin.demo.city import City
from lianxin.demo.telling import Story
from lianxin.meetings import services
from lianxin.regions.selectors import place_name

ALL_TOWNS, CONSULTS = 21, 64
"""Of the whole city; a smaller one has its share."""
TOPICS = (
    (
        "power",
        "集镇夜市用电的线路",
        "夜市一开就跳闸，商户愿意分摊。",
        "可以换大一号的线，要先停电半天。",
    ),
    (
        "agriculture",
        "冷库收费标准",
        "外地客商和本地农户一个价，本地吃亏。",
        "按量分档，本地合作社可以优惠。",
    ),
    (
        "ecology",
        "垃圾点挪到哪里",
        "现在的点离水井太近，气味大。",
        "新点要有路，找好地方就挪。",
    ),
    (
        "civil-affairs",
        "幸福院的午餐怎么补",
        "老人一顿八块还是嫌贵。",
        "市里补三块，镇上再想办法补一点。",
    ),
)
PLAN = "商定两个月内办好，双方各指定一人对接，办完到站里通报。"
NEXT = "数目还谈不拢，由联络站把账目列清，一个月内再谈一次。"
DONE = "按商定的办了，代表和群众到现场看过，没有意见。"


def consults(city: City, now: datetime) -> list[Story]:
    """Return one story for each 两说一商 of the city's towns."""
    wanted = round(CONSULTS * len(city.towns) / ALL_TOWNS)
    return [_story(city, now, place) for place in range(wanted)]


def _story(city: City, now: datetime, place: int) -> Story:
    chance = random.Random(f"consult {place}")  # noqa: S311 - a demo, not a secret
    town = city.towns[place % len(city.towns)]
    unit, topic, first, second = TOPICS[(place // len(city.towns) + place) % len(TOPICS)]
    at = now - timedelta(days=9 + place * 11 % 640) + timedelta(hours=10)
    yield at - timedelta(days=5)
    keeper = city.keeper(town)
    _actor, deputy = chance.choice(city.deputies[town])
    row = services.consult_plan(
        actor=keeper,
        division_code=town,
        title=f"{place_name(town)}{topic}",
        held_on=clock.local_date(at),
        place="联络站议事室",
        deputy=deputy.pk,
        unit=unit,
    )
    yield at
    services.consult_say(actor=keeper, consult=row, act="say_first", words=first)
    services.consult_say(actor=keeper, consult=row, act="say_second", words=second)
    agreed = place % 8 != 3
    follow_on = clock.local_date(at) + timedelta(days=60)
    result = {"result": "agreed", "plan": PLAN} if agreed else {"result": "not_agreed", "next_step": NEXT}
    services.consult_settle(actor=keeper, consult=row, follow_on=follow_on, **result)
    yield at + timedelta(days=55)
    if agreed:
        services.consult_follow(actor=keeper, consult=row, words=DONE)
