"""How many projects each congress of the demo city votes in each year, what they are, how they stand."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from lianxin.projects.rules import least_candidates
from lianxin.projects.services import Card

FIRST = 2019
FIGURES = {2019: (10, 148, 202), 2020: (10, 162, 213), 2021: (10, 176, 230)}
"""Year → city, all towns, candidates: 158 + 172 + 186 = 516 of 645 candidates."""
ROLLING = (10, 174)
RATIO = 0.2
LAMPS = (("red", 6), ("yellow", 24), ("done", 9))
"""Of the current year, in percent; all others are green."""
SATISFIED = 0.915
BAD_TESTS = 4
FUNDS = ("县级财政和乡村振兴衔接资金", "市级财政", "上级专项和镇自筹", "一般公共预算")
TOWN_WORK = (
    ("通组路硬化", "硬化三米五宽的通组路，做好排水和会车道。"),
    ("饮水管网改造", "更换老旧管网，新建蓄水池一座，装水表到户。"),
    ("太阳能路灯安装", "在主路和集中居住点装太阳能路灯。"),
    ("便民桥修建", "在河口修建便民桥一座，含护栏和引道。"),
    ("卫生室标准化改造", "改造诊室、药房，配齐常用设备。"),
    ("老年幸福院改造", "改造食堂和活动室，加装扶手和呼叫铃。"),
    ("河堤加固", "加固河堤，清理河道淤积。"),
    ("高标准农田配套渠", "整修灌溉渠，配套机耕路。"),
    ("公共厕所新建", "新建公共厕所一座，含无障碍厕位。"),
    ("污水管网延伸", "延伸污水管网，接入集镇处理站。"),
    ("文化广场修建", "修建文化广场，配健身器材和宣传栏。"),
    ("滑坡点治理", "治理滑坡点，设置监测和警示牌。"),
    ("小学操场改造", "硬化操场，更换围栏和照明。"),
    ("农贸市场改造", "改造摊位、排水和消防设施。"),
    ("产业路修建", "修建产业路，方便茶叶和烤烟运出。"),
)
CITY_WORK = (
    ("村小学营养餐食堂改造二十所", "education", "改造食堂灶间，配齐蒸柜和留样冰箱。"),
    ("农村危桥改造十二座", "transport", "拆除重建或加固危桥，限载标志到位。"),
    ("城区老旧小区改造八个", "housing", "改造管网、屋面和楼道，加装照明。"),
    ("镇卫生院能力提升", "health", "为十个镇卫生院配齐化验和影像设备。"),
    ("农村养老服务站三十个", "civil-affairs", "每站配助餐、助浴和日间照料。"),
    ("城乡供水保障工程", "water-supply", "新建水厂一座，管网延伸到六个镇。"),
    ("农村公路安防工程", "highway", "临水临崖路段装护栏一百二十公里。"),
    ("城区公共停车位一千个", "urban-management", "利用边角地建公共停车位。"),
    ("移民小区就业车间", "human-resources", "建社区工厂，提供就近就业岗位。"),
    ("农村电网改造", "power", "改造低压线路，解决低电压。"),
    ("适龄妇女两癌筛查", "women", "免费筛查，送检随访到人。"),
    ("残疾人家庭无障碍改造", "disabled", "坡道、扶手、卫浴改造五百户。"),
    ("通村客运全覆盖", "transport", "新开班线，定时定点定价。"),
    ("汉江生态护岸", "ecology", "修复护岸，种植护岸林。"),
)
WORDS = ("群众反映多年，雨季出行不便。", "人口集中，现有设施不够用。", "老人和学生每天要用，意愿集中。")
GOALS, SAFEGUARDS = "按时完工，验收合格，群众满意。", "专人负责，每月调度，资金专户，竣工公示。"
STEPS = ("勘察设计", "招标和进场", "主体施工过半", "主体完工", "附属工程", "验收和移交")


@dataclass(frozen=True, slots=True)
class Share:
    """What one congress votes in one year."""

    code: str
    places: int
    candidates: int


def shares(year: int, city: str, towns: list[str]) -> list[Share]:
    """Return each congress's share of a year; a smaller city keeps the size of one town."""
    if len(towns) == 1:
        return [_share(city, 3), _share(towns[0], 5)]
    of_city, of_towns, wanted = FIGURES.get(year, (*ROLLING, 0))
    found = [
        _share(city, of_city),
        *(_share(code, n) for code, n in zip(towns, _split(of_towns, len(towns)), strict=True)),
    ]
    return _filled(found, wanted)


def _split(whole: int, towns: int) -> list[int]:
    """Split a year's figure over the towns: larger ones take ten, smaller ones five, some one more."""
    large = (whole - 5 * towns) // 5
    sizes = [10] * large + [5] * (towns - large)
    for place in range(whole - sum(sizes)):
        sizes[place] += 1
    return sizes


def _share(code: str, places: int) -> Share:
    return Share(code, places, least_candidates(places, RATIO))


def _filled(found: list[Share], wanted: int) -> list[Share]:
    """Add candidates, one a congress, until the year has the wanted number."""
    more = max(0, wanted - sum(one.candidates for one in found))
    return [Share(one.code, one.places, one.candidates + (place < more)) for place, one in enumerate(found)]


def votes(share: Share, *, electorate: int, present: int) -> list[int]:
    """Return votes in favour that stand by the rules: enough for the places, too few for the rest."""
    start = 1 if electorate < 30 else 3
    chosen = [present - start - place for place in range(share.places)]
    spare = sum(present - one for one in chosen)
    rest = share.candidates - share.places
    return chosen + [max(0, min(electorate // 2 - 1, spare // rest) - place) for place in range(rest)]


def card(*, place: str, number: int, due_on: date, chance: random.Random) -> Card:
    """Return a town project's card."""
    what, content = TOWN_WORK[number % len(TOWN_WORK)]
    return Card(
        title=f"{place}{what}",
        place=place,
        need=WORDS[number % len(WORDS)],
        content=content,
        amount=chance.randint(8, 160) * 10_000,
        fund_source=FUNDS[number % len(FUNDS)],
        beneficiaries=chance.randint(12, 190) * 10,
        due_on=due_on,
    )


def city_card(*, number: int, due_on: date, chance: random.Random) -> Card:
    """Return a city project's card."""
    title, unit, content = CITY_WORK[number % len(CITY_WORK)]
    return Card(
        title=title,
        place="全市",
        need=WORDS[number % len(WORDS)],
        content=content,
        amount=chance.randint(200, 3000) * 10_000,
        fund_source=FUNDS[number % len(FUNDS)],
        beneficiaries=chance.randint(20, 400) * 100,
        due_on=due_on,
        unit_code=unit,
    )


def lamps(whole: int, chance: random.Random) -> list[str]:
    """Return a colour for each project of the current year, by the shares of the whole city."""
    found = [lamp for lamp, percent in LAMPS for _ in range(max(1, round(whole * percent / 100)))]
    found += ["green"] * (whole - len(found))
    chance.shuffle(found)
    return found


def days(begins: date, ends: date, count: int = len(STEPS)) -> list[date]:
    """Return `count` days spread evenly up to the end."""
    gap = (ends - begins).days / count
    return [begins + timedelta(days=round(gap * (place + 1))) for place in range(count)]
