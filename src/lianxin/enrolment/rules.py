"""How a row of a person or a unit is read: every fault is named at once, nothing is guessed. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lianxin.common.days import day_in

DEPUTY_COLUMNS = (
    "姓名", "性别", "出生年", "职业", "住在哪里", "代表证号",
    "哪级代表", "哪个镇", "届次", "选区", "任期开始", "任期届满",
)  # fmt: skip
UNIT_COLUMNS = ("单位全称", "简称", "哪一级", "哪个镇")
STAFF_COLUMNS = ("姓名", "用户名", "角色", "管哪里", "承办单位", "邮箱")
LEVELS = {"镇": "town", "市": "city", "地级市": "prefecture", "省": "province"}
"""「市」 is the congress that keeps this roll; deputies with only a higher seat are entered too."""
UNIT_LEVELS = {"市": "city", "镇": "town"}
ADULT = 18
"""选举法第四条: who is eighteen may elect and be elected."""
NAME, TERM, LONG = (2, 20), (2, 40), 60
SIGNS = re.compile(r"[A-Za-z0-9_.-]{3,30}")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
CITY_ONLY, TOWN_ONLY, VILLAGE_ONLY = "city", "town", "village"
WHERE = {
    "office": CITY_ONLY,
    "leader": CITY_ONLY,
    "oversight": CITY_ONLY,
    "presidium": TOWN_ONLY,
    "village": VILLAGE_ONLY,
    "village_supervisor": VILLAGE_ONLY,
}
"""Role → the only kind of place in which it is held; the other roles are held anywhere."""
WHERE_WORDS = {CITY_ONLY: "市", TOWN_ONLY: "镇", VILLAGE_ONLY: "村或社区"}
OF_UNITS = frozenset({"unit_clerk", "unit_head"})


@dataclass(frozen=True, slots=True)
class Elected:
    """A row of a deputy: who he is, and the seat to which he was elected."""

    name: str
    sex: str
    born_year: int | None
    occupation: str
    home: str
    card: str
    level: str
    body: str
    term: str
    constituency: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Unit:
    """A row of a unit that handles matters."""

    name: str
    short_name: str
    level: str
    place: str


@dataclass(frozen=True, slots=True)
class Staff:
    """A row of somebody who works with the system: the account and the role that is asked for."""

    name: str
    username: str
    role: str
    place: str
    unit: str
    email: str


def read_deputy(cells: Mapping[str, str], places: Mapping[str, str], today: date) -> Elected | list[str]:
    """Return the row's deputy, or every fault of it in plain words; `places` are names → codes."""
    said = {name: cells.get(name, "").strip() for name in DEPUTY_COLUMNS}
    faults = [*_who(said, today), *_card(said["代表证号"])]
    home = places.get(said["住在哪里"], "")
    if not home:
        faults.append(_no_place("住在哪里", said["住在哪里"]))
    level = LEVELS.get(said["哪级代表"], "")
    if not level:
        faults.append(f"哪级代表：请从这些里选一个：{'、'.join(LEVELS)}。")
    town = _town(said["哪个镇"], home, places) if level == "town" else ""
    if level == "town" and not town and (home or said["哪个镇"]):
        faults.append("哪个镇：镇代表请写镇的全名；住在哪个镇就是哪个镇的，可以不写。")
    if not TERM[0] <= len(said["届次"]) <= TERM[1]:
        faults.append("届次：请写届次的名称，比如「旬阳市第一届」。")
    if len(said["选区"]) > LONG:
        faults.append(f"选区：请写在 {LONG} 个字以内。")
    since, until, wrong = _days(said)
    if faults or wrong or since is None:
        return faults + wrong
    year = int(said["出生年"]) if said["出生年"] else None
    body = body_of(level, home, town)
    return Elected(
        said["姓名"], said["性别"], year, said["职业"], home, said["代表证号"],
        level, body, said["届次"], said["选区"], since, until,
    )  # fmt: skip


def body_of(level: str, home: str, town: str) -> str:
    """Return the congress's code: a town's own, the city's, or one above (GB/T 2260: 4 and 2 digits)."""
    kept = {"city": home[:6], "prefecture": home[:4], "province": home[:2]}
    return town or kept[level].ljust(12, "0")


def read_unit(cells: Mapping[str, str], places: Mapping[str, str], city: str) -> Unit | list[str]:
    """Return the row's unit, or every fault of it."""
    said = {name: cells.get(name, "").strip() for name in UNIT_COLUMNS}
    faults = []
    if not 4 <= len(said["单位全称"]) <= LONG:
        faults.append("单位全称：请写 4 到 60 个字的全称，公文上用的那个。")
    if not 2 <= len(said["简称"]) <= 20:
        faults.append("简称：请写 2 到 20 个字。")
    level = UNIT_LEVELS.get(said["哪一级"], "")
    if not level:
        faults.append("哪一级：请写市或镇。")
    place = city if level == "city" else _town(said["哪个镇"], "", places)
    if level == "town" and not place:
        faults.append(_no_place("哪个镇", said["哪个镇"]))
    return faults or Unit(said["单位全称"], said["简称"], level, place)


def read_staff(
    cells: Mapping[str, str],
    places: Mapping[str, str],
    roles: Mapping[str, str],
    units: Mapping[str, tuple[str, str]],
) -> Staff | list[str]:
    """Return the row's person or every fault; `roles` are words → role, `units` name → (code, place)."""
    said = {name: cells.get(name, "").strip() for name in STAFF_COLUMNS}
    faults = [] if NAME[0] <= len(said["姓名"]) <= NAME[1] else [_no_name()]
    if not SIGNS.fullmatch(said["用户名"]):
        faults.append("用户名：用 3 到 30 个字母、数字、点、横线或下划线。")
    role = roles.get(said["角色"], "")
    if not role:
        faults.append(f"角色：请从这些里选一个：{'、'.join(roles)}。")
    unit, at_unit = units.get(said["承办单位"], ("", "")) if role in OF_UNITS else ("", "")
    if role in OF_UNITS and not unit:
        faults.append("承办单位：请写单位名册里的全称或简称。")
    if role not in OF_UNITS and said["承办单位"]:
        faults.append("承办单位：只有经办人和负责人要写，其他角色请空着。")
    place = at_unit or places.get(said["管哪里"], "")
    if role not in OF_UNITS and not place:
        faults.append(_no_place("管哪里", said["管哪里"]))
    elif place and role in WHERE and place_kind(place) != WHERE[role]:
        faults.append(f"管哪里：「{said['角色']}」请写{WHERE_WORDS[WHERE[role]]}的全名。")
    if said["邮箱"] and not EMAIL.fullmatch(said["邮箱"]):
        faults.append("邮箱：写法不对，没有就空着。")
    return faults or Staff(said["姓名"], said["用户名"], role, place, unit, said["邮箱"])


def place_kind(code: str) -> str:
    """Return whether a code is the city's, a town's or a village's."""
    return CITY_ONLY if code.endswith("000000") else TOWN_ONLY if code.endswith("000") else VILLAGE_ONLY


def said_of_another(name: str, known: str | None) -> str | None:
    """Return the sentence that refuses a card number which belongs to somebody else, or None."""
    if known is None or known == name:
        return None
    return f"代表证号：这个号已经是「{known}」的，请核对；同一个人有几个席位，姓名和证号要写得一样。"


def _who(said: Mapping[str, str], today: date) -> list[str]:
    faults = [] if NAME[0] <= len(said["姓名"]) <= NAME[1] else [_no_name()]
    if said["性别"] not in {"", "男", "女"}:
        faults.append("性别：请写男或女，也可以不写。")
    year = said["出生年"]
    if year and not (year.isdecimal() and 1900 <= int(year[:6]) <= today.year - ADULT):
        faults.append("出生年：请写四位年份，代表要年满十八周岁（选举法第四条）；也可以不写。")
    if len(said["职业"]) > 40:
        faults.append("职业：请写在 40 个字以内。")
    return faults


def _card(card: str) -> list[str]:
    if SIGNS.fullmatch(card):
        return []
    return ["代表证号：用 3 到 30 个字母、数字、点、横线，登录时也用它；一人一号。"]


def _days(said: Mapping[str, str]) -> tuple[date | None, date | None, list[str]]:
    since, until = day_in(said["任期开始"]), day_in(said["任期届满"])
    faults = [] if since else ["任期开始：请写成 2021-12-20 这样。"]
    if said["任期届满"] and (until is None or since is None or until <= since):
        faults.append("任期届满：请写任期开始以后的日子，没有届满就空着。")
    return since, until, faults


def _town(named: str, home: str, places: Mapping[str, str]) -> str:
    """Return the town that is named, else the town in which somebody lives, else nothing."""
    code = places.get(named, "") if named else home[:9].ljust(12, "0") if home else ""
    return code if code and place_kind(code) == TOWN_ONLY else ""


def _no_place(column: str, named: str) -> str:
    if not named:
        return f"{column}：请写市、镇或村的全名。"
    return f"{column}：没有「{named}」，请写市、镇或村的全名；两个镇有同名的村，写成镇名加村名。"


def _no_name() -> str:
    return f"姓名：请写 {NAME[0]} 到 {NAME[1]} 个字。"
