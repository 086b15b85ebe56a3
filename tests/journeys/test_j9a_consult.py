"""两说一商 through the pages: both sides in their order, never an end without a result; nobody else writes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from playwright.sync_api import Page, expect

from lianxin.common import clock
from tests.journeys.axe import axe_clean_in_all_looks
from tests.journeys.conftest import DESKTOP, PHONE, Opens

SignIn = Callable[[Page, str], Page]


def planned(page: Page) -> str:
    """Arrange one from an empty form, which says what is missing and keeps what was typed."""
    page.goto("/forums/consults/new")
    page.fill("#id_place", "联络站")
    page.get_by_role("button", name="约好，通知两边").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("#id_place")).to_have_value("联络站")
    axe_clean_in_all_looks(page, again=False)
    page.fill("#id_title", f"集镇夜市用电的线路{uuid4().hex[:4]}")
    page.fill("#id_held_on", str(clock.today()))
    page.locator("#id_deputy").select_option(index=1)
    page.locator("#id_unit").select_option(index=1)
    page.get_by_role("button", name="约好，通知两边").click()
    expect(page.locator("main")).to_contain_text("已约好")
    return re.sub(r"^https?://[^/]+", "", page.url)


def said(page: Page, words: str) -> None:
    page.fill("#id_words", words)
    page.get_by_role("button", name="记下").click()


def test_both_sides_speak_and_it_does_not_end_without_a_result(opens: Opens, sign_in: SignIn) -> None:
    page = sign_in(opens(DESKTOP), "keeper")
    address = planned(page)
    expect(page.locator("main")).to_contain_text("等前一个环节说完")
    said(page, "跳")
    expect(page.get_by_role("alert")).to_be_visible()
    said(page, "夜市一开就跳闸，商户愿意分摊换线的钱。")
    said(page, "可以换大一号的线，要先停电半天。")
    axe_clean_in_all_looks(page)
    page.get_by_role("button", name="写商定结果").click()
    expect(page.get_by_role("alert")).to_contain_text("没有商定结果，不能结束")
    page.get_by_role("radio", name="没谈成").check()
    page.get_by_role("button", name="写商定结果").click()
    expect(page.get_by_role("alert")).to_contain_text("要写清下一步怎么办")
    expect(page.get_by_role("radio", name="没谈成")).to_be_checked()
    page.get_by_label("谈成了", exact=True).check()
    page.fill("#id_plan", "两个月内换线，商户承担三成，供电所派人施工。")
    page.fill("#id_follow_on", str(clock.today() + timedelta(days=60)))
    page.get_by_role("button", name="写商定结果").click()
    expect(page.locator("main")).to_contain_text("商户承担三成")
    said(page, "线换好了，夜市半个月没有跳闸。")
    expect(page.locator("main")).to_contain_text("已落实")
    axe_clean_in_all_looks(page)
    nobody_else(opens, sign_in, address)


def nobody_else(opens: Opens, sign_in: SignIn, address: str) -> None:
    """A deputy of elsewhere does not find it; a member of the committee reads and has nothing to press."""
    stranger = sign_in(opens(PHONE), "deputy_city2")
    answer = stranger.goto(address)
    assert answer is not None and answer.status == 404
    leader = sign_in(opens(DESKTOP), "leader")
    leader.goto(address)
    expect(leader.locator("main")).to_contain_text("线换好了")
    expect(leader.locator("main form")).to_have_count(0)
