"""A row of a person or a unit is understood whole or comes back with every fault; nothing is guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.common.days import day_in
from lianxin.enrolment.rules import (
    DEPUTY_COLUMNS,
    LEVELS,
    STAFF_COLUMNS,
    UNIT_COLUMNS,
    Elected,
    Staff,
    Unit,
    read_deputy,
    read_staff,
    read_unit,
    said_of_another,
)

TODAY = date(2026, 11, 30)
CITY, TOWN, VILLAGE = "610981000000", "610981113000", "610981113202"
PLACES = {"旬阳市": CITY, "段家河镇": TOWN, "段家河镇李家庄村": VILLAGE, "城关镇": "610981100000"}
ROLES = {"联络员": "keeper", "镇人大主席团": "presidium", "承办单位经办人": "unit_clerk", "村委会": "village"}
UNITS = {"交通运输局": ("transport", CITY)}
DEPUTY = dict(
    zip(
        DEPUTY_COLUMNS,
        ("张三", "女", "1980", "农民", "段家河镇李家庄村", "610981-9001", "镇", "", "段家河镇第二十届", "李家庄村选区", "2021-12-20", ""),
        strict=True,
    )
)  # fmt: skip
UNIT = dict(zip(UNIT_COLUMNS, ("旬阳市交通运输局", "交通运输局", "市", ""), strict=True))
STAFF = dict(zip(STAFF_COLUMNS, ("李四", "li.si", "联络员", "段家河镇", "", ""), strict=True))


def deputy(**changed: str) -> Elected | list[str]:
    return read_deputy({**DEPUTY, **changed}, PLACES, TODAY)


def staff(**changed: str) -> Staff | list[str]:
    return read_staff({**STAFF, **changed}, PLACES, ROLES, UNITS)


@pytest.mark.parametrize(
    ("level", "town", "body"),
    [
        ("镇", "", TOWN),
        ("镇", "城关镇", "610981100000"),
        ("市", "", CITY),
        ("地级市", "", "610900000000"),
        ("省", "", "610000000000"),
    ],
)
def test_the_congress_follows_from_level_and_home(level: str, town: str, body: str) -> None:
    read = deputy(哪级代表=level, 哪个镇=town)
    assert isinstance(read, Elected)
    assert (read.body, read.level, read.since) == (body, LEVELS[level], date(2021, 12, 20))


@pytest.mark.parametrize(
    ("column", "typed"),
    [
        ("姓名", "张"),
        ("性别", "不详"),
        ("出生年", "2015"),
        ("出生年", "八〇年"),
        ("住在哪里", "火星"),
        ("代表证号", "证 1"),
        ("哪级代表", "县"),
        ("哪个镇", "段家河镇李家庄村"),
        ("届次", ""),
        ("任期开始", "去年"),
        ("任期届满", "2020-01-01"),
    ],
)
def test_a_fault_is_named_with_its_column(column: str, typed: str) -> None:
    read = deputy(**{column: typed})
    assert isinstance(read, list) and [one for one in read if one.startswith(f"{column}：")], read


def test_every_fault_is_named_at_once_and_an_empty_row_names_all_it_needs() -> None:
    read = read_deputy({}, PLACES, TODAY)
    assert isinstance(read, list)
    named = {one.partition("：")[0] for one in read}
    assert named == {"姓名", "住在哪里", "代表证号", "哪级代表", "届次", "任期开始"}


def test_a_home_that_is_not_known_is_one_fault_and_not_two() -> None:
    read = deputy(住在哪里="火星")
    assert isinstance(read, list) and [one.partition("：")[0] for one in read] == ["住在哪里"]


def test_who_is_eighteen_this_year_may_be_elected_and_nobody_younger() -> None:
    assert isinstance(deputy(出生年=str(TODAY.year - 18)), Elected)
    assert isinstance(deputy(出生年=str(TODAY.year - 17)), list)


@given(st.fixed_dictionaries({name: st.text(max_size=30) for name in DEPUTY_COLUMNS}))
def test_any_text_is_read_or_refused_in_words(cells: dict[str, str]) -> None:
    read = read_deputy(cells, PLACES, TODAY)
    assert isinstance(read, Elected) or (read and all("：" in one for one in read))


@given(
    st.dates(date(1000, 1, 1), date(9999, 12, 31)),
    st.sampled_from(("{}-{}-{}", "{}年{}月{}日", "{}.{}.{}", "{}/{}/{}")),
)
def test_a_day_is_read_as_it_is_written(day: date, form: str) -> None:
    assert day_in(form.format(day.year, day.month, day.day)) == day
    assert day_in(f"{day} 00:00:00") == day


@given(st.text(max_size=12))
def test_what_is_no_day_is_none(text: str) -> None:
    assert day_in(f"{text}x") is None


def test_a_card_number_is_one_person() -> None:
    assert said_of_another("张三", None) is None and said_of_another("张三", "张三") is None
    assert "李四" in str(said_of_another("张三", "李四"))


def test_a_unit_of_a_town_names_its_town() -> None:
    assert read_unit(UNIT, PLACES, CITY) == Unit("旬阳市交通运输局", "交通运输局", "city", CITY)
    of_town = {"单位全称": "段家河镇人民政府", "简称": "段家河镇政府", "哪一级": "镇"}
    assert read_unit({**of_town, "哪个镇": "段家河镇"}, PLACES, CITY) == Unit(
        "段家河镇人民政府", "段家河镇政府", "town", TOWN
    )
    for wrong in ("", "段家河镇李家庄村", "火星"):
        assert isinstance(read_unit({**of_town, "哪个镇": wrong}, PLACES, CITY), list)
    assert isinstance(read_unit({**UNIT, "哪一级": "省"}, PLACES, CITY), list)


def test_a_role_is_held_in_its_own_kind_of_place_or_for_a_unit() -> None:
    assert staff() == Staff("李四", "li.si", "keeper", TOWN, "", "")
    unit = staff(角色="承办单位经办人", 承办单位="交通运输局", 管哪里="")
    assert isinstance(unit, Staff) and (unit.unit, unit.place) == ("transport", CITY)
    for wrong in (
        {"角色": "镇人大主席团", "管哪里": "旬阳市"},
        {"角色": "村委会"},
        {"角色": "系统管理员"},
        {"承办单位": "交通运输局"},
        {"角色": "承办单位经办人"},
        {"管哪里": "火星"},
        {"用户名": "李四"},
        {"邮箱": "没有"},
    ):
        assert isinstance(staff(**wrong), list), wrong
