"""A congress enters its own people: the roll by a sheet and one by one, staff by two administrators, slips."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from lianxin.documents import tables
from lianxin.documents.tables import XLSX
from lianxin.enrolment.rules import DEPUTY_COLUMNS, STAFF_COLUMNS, UNIT_COLUMNS
from tests.journeys.axe import axe_clean_in_all_looks
from tests.journeys.conftest import DESKTOP, PHONE, Opens, city_apart
from tests.journeys.reading import leads

SignIn = Callable[[Page, str], Page]
pytestmark = pytest.mark.xdist_group("enrolment")


served = city_apart("enrolment")  # a deputy more changes how many a congress needs for a quorum


def sheet(columns: tuple[str, ...], *rows: tuple[str, ...]) -> Any:
    """Return a filled sheet as a browser sends it."""
    form = tables.Form("表", columns, columns, (12,) * len(columns))
    book = tables.book_of(form, [dict(zip(columns, row, strict=True)) for row in rows])
    return {"name": "名册.xlsx", "mimeType": XLSX, "buffer": book}


def say(page: Page, words: str) -> None:
    expect(page.locator("main")).to_contain_text(words)


def press(page: Page, words: str) -> None:
    leads(page, page.get_by_role("button", name=words, exact=True))


def test_the_office_brings_the_roll_in_and_mends_what_comes_back(opens: Opens, sign_in: SignIn) -> None:
    office, mark = sign_in(opens(DESKTOP), "office"), uuid4().hex[:6]
    office.goto("/enrolment")
    axe_clean_in_all_looks(office)
    leads(office, office.get_by_role("link", name="用表格登记"))
    press(office, "登记")
    expect(office.get_by_role("alert")).to_contain_text("请先选一个填好的表")
    axe_clean_in_all_looks(office, again=False)
    good = (
        f"张{mark}",
        "女",
        "1980",
        "农民",
        "段家河镇李家庄村",
        f"t-{mark}",
        "镇",
        "",
        "段家河镇第二十届",
        "",
        "2021-12-20",
        "",
    )
    bad = (f"李{mark}", "", "", "", "火星", f"u-{mark}", "镇", "", "段家河镇第二十届", "", "2021-12-20", "")
    office.set_input_files("#id_sheet", sheet(DEPUTY_COLUMNS, good, bad))
    press(office, "登记")
    say(office, "没有「火星」")
    axe_clean_in_all_looks(office)
    office.goto(f"/enrolment?q=t-{mark}")
    leads(office, office.get_by_role("link", name=f"张{mark}"))
    office.get_by_text("终止或暂停这个席位").click()
    press(office, "暂时停止执行职务")
    expect(office.get_by_role("alert")).to_contain_text("原因")
    office.get_by_label("原因和公告").fill("常委会公告第3号")
    axe_clean_in_all_looks(office, again=False)
    press(office, "暂时停止执行职务")
    say(office, "暂时停止执行职务")
    press(office, "恢复执行职务")
    say(office, "在任")


def test_the_presidium_enters_one_deputy_on_the_telephone(opens: Opens, sign_in: SignIn) -> None:
    town, mark = sign_in(opens(PHONE), "presidium"), uuid4().hex[:6]
    town.goto("/enrolment/deputies/new")
    town.fill("#id_name", f"王{mark}")
    town.fill("#id_card", f"v-{mark}")
    town.fill("#id_home", "段家河镇")
    town.get_by_label("镇", exact=True).check()
    town.fill("#id_term", "段家河镇第二十届")
    press(town, "登记")
    expect(town.get_by_role("alert")).to_contain_text("请写成 2021-12-20 这样")
    expect(town.locator("#id_name")).to_have_value(f"王{mark}")
    axe_clean_in_all_looks(town, again=False)
    town.fill("#id_since", "2021-12-20")
    press(town, "登记")
    say(town, "代表名册")
    stranger = sign_in(opens(PHONE), "keeper")
    answer = stranger.goto("/enrolment")
    assert answer is not None and answer.status == 403


def test_two_administrators_open_an_account_and_its_slip_is_shown_once(opens: Opens, sign_in: SignIn) -> None:
    admin, security = sign_in(opens(DESKTOP), "admin"), sign_in(opens(DESKTOP), "security")
    who = f"keeper.{uuid4().hex[:6]}"
    admin.goto("/enrolment/bring/staff")
    admin.set_input_files("#id_sheet", sheet(STAFF_COLUMNS, ("赵站长", who, "联络员", "双河镇", "", "")))
    press(admin, "登记")
    say(admin, "请安全管理员")
    address = admin.url
    axe_clean_in_all_looks(admin)
    security.goto(address)
    press(security, "全部授予")
    say(security, "已授予")
    admin.goto("/enrolment/passwords")
    axe_clean_in_all_looks(admin)
    press(admin, "开通双河镇的账号")
    say(admin, who)
    say(admin, "离开这一页就不再显示")
    axe_clean_in_all_looks(admin, again=False)
    admin.goto("/enrolment/passwords")
    expect(admin.get_by_role("button", name="开通双河镇的账号")).to_have_count(0)


def test_the_office_enters_a_unit(opens: Opens, sign_in: SignIn) -> None:
    office, unit = sign_in(opens(PHONE), "office"), f"旬阳市第{uuid4().hex[:6]}管理所"
    office.goto("/enrolment/bring/units")
    office.set_input_files("#id_sheet", sheet(UNIT_COLUMNS, (unit, unit[3:], "市", "")))
    press(office, "登记")
    office.goto("/enrolment/units")
    expect(office.locator("tr", has_text=unit)).to_contain_text("还没有负责人账号")
    axe_clean_in_all_looks(office)
    leads(office, office.get_by_role("link", name=unit))
    office.fill("#id_name", "局")
    press(office, "改好")
    expect(office.get_by_role("alert")).to_be_visible()
    axe_clean_in_all_looks(office, again=False)
    press(office, "停用这个单位")
    expect(office.locator("tr", has_text=unit)).to_contain_text("已停用")
