"""A row of an earlier record is understood whole or comes back with every fault; nothing is guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.archives.rules import COLUMNS, FIRST_YEAR, KINDS, Dated, Entry, read_date, read_row

TODAY = date(2026, 11, 29)
PLACES = {"旬阳市": "610981000000", "段家河镇": "610981113000"}
GOOD = {
    "日期": "2012年3月",
    "类别": "制度文件",
    "标题": "编写《村民自治规程》",
    "地方": "旬阳市",
    "文号": "",
    "摘要": "",
}


@pytest.mark.parametrize(
    ("typed", "on", "exact"),
    [
        ("2012-03-05", date(2012, 3, 5), "day"),
        ("2012年3月5日", date(2012, 3, 5), "day"),
        ("2012.3.5", date(2012, 3, 5), "day"),
        ("2012-03-05 00:00:00", date(2012, 3, 5), "day"),
        ("2012年3月", date(2012, 3, 1), "month"),
        ("2012", date(2012, 1, 1), "year"),
    ],
)
def test_a_date_is_kept_as_exactly_as_the_source_knows_it(typed: str, on: date, exact: str) -> None:
    assert read_date(typed, TODAY) == Dated(on, exact)


@pytest.mark.parametrize(
    "typed", ["", "去年", "2012-02-30", "2012年13月", "2027-01-01", "1900年", "12/3/2012"]
)
def test_a_date_that_says_nothing_is_asked_again(typed: str) -> None:
    said = read_date(typed, TODAY)
    assert isinstance(said, str)
    assert said.startswith("日期：")


@given(st.dates(min_value=date(FIRST_YEAR, 1, 1), max_value=TODAY))
def test_every_day_that_was_is_read_back(on: date) -> None:
    assert read_date(on.isoformat(), TODAY) == Dated(on, "day")


@given(st.fixed_dictionaries({name: st.text(max_size=140) for name in COLUMNS}))
def test_any_row_gives_an_entry_or_faults_that_say_where(cells: dict[str, str]) -> None:
    said = read_row(cells, PLACES, TODAY)
    if isinstance(said, Entry):
        assert said.place in PLACES.values()
        assert said.kind in KINDS.values()
    else:
        assert said
        assert all(
            fault.split("：")[0] in (*COLUMNS, "标题和摘要里不要写电话号码、身份证号。") for fault in said
        )


def test_a_row_names_all_its_faults_at_once() -> None:
    said = read_row({**GOOD, "日期": "", "类别": "大事", "标题": "无", "地方": "李家庄"}, PLACES, TODAY)
    assert isinstance(said, list)
    assert [fault[:2] for fault in said] == ["日期", "类别", "标题", "地方"]


@pytest.mark.parametrize("text", ["联系张某 13800138000 办理", "身份证 610928199001011234"])
def test_an_archive_takes_no_phone_and_no_identity_number(text: str) -> None:
    said = read_row({**GOOD, "摘要": text}, PLACES, TODAY)
    assert said == ["标题和摘要里不要写电话号码、身份证号。"]
    assert isinstance(read_row(GOOD, PLACES, TODAY), Entry)
