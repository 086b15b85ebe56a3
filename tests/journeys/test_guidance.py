"""Guidance: the sheet and the second look, the vote without JavaScript, the pages in all looks."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.axe import axe_clean_in_all_looks
from tests.journeys.reading import fits

SignIn = Callable[[Page, str], Page]
DESK = (
    "/campaigns",
    "/campaigns/themes/new",
    "/campaigns/contests",
    "/campaigns/findings?tab=open",
    "/campaigns/supervisors",
)


def test_a_resident_votes_once_a_day_without_javascript(no_js: Page) -> None:
    no_js.goto("/villages")
    no_js.get_by_role("link", name="十大金牌村规民约").click()
    no_js.locator(".village-list a").first.click()
    no_js.get_by_role("button", name="投这份公约一票").click()
    expect(no_js.locator("main")).to_contain_text("投好了")
    no_js.get_by_role("button", name="投这份公约一票").click()
    expect(no_js.locator("main")).to_contain_text("明天可以再投")
    no_js.set_viewport_size({"width": 320, "height": 700})
    fits(no_js)


def test_the_pages_of_guidance_are_clean_in_all_looks(page: Page, sign_in: SignIn) -> None:
    sign_in(page, "office")
    for address in DESK:
        page.goto(address)
        axe_clean_in_all_looks(page, again=False)
    page.goto("/campaigns/contests")
    page.locator(".village-items h2 a").first.click()
    axe_clean_in_all_looks(page, again=False)
    sign_in(page, "village")
    page.goto("/campaigns/moral/new")
    page.get_by_role("button", name="记上").click()
    expect(page.get_by_role("alert")).to_be_visible()
    axe_clean_in_all_looks(page, again=False)


def test_the_town_fills_a_sheet_and_looks_again(page: Page, sign_in: SignIn) -> None:
    sign_in(page, "presidium")
    page.goto("/campaigns/supervisors")
    row = page.locator("tbody tr", has_text="—").first
    link = row.get_by_role("link").last.get_attribute("href") or ""
    page.goto(link.replace("/campaigns/supervisors/", "/campaigns/inspections/new/"))
    page.get_by_role("button", name="交巡查单").click()
    expect(page.get_by_role("alert")).to_be_visible()
    axe_clean_in_all_looks(page, again=False)
    for one in page.locator("input[value=ok]").all():
        one.check(force=True)
    page.locator("input[name=accounts][value=bad]").check(force=True)
    page.fill("#id_accounts_words", "账目只有总数，看不出花在哪里。")
    page.get_by_role("button", name="交巡查单").click()
    expect(page.locator("main")).to_contain_text("发现的问题 1 个")
    page.get_by_label("复查看到的").fill("当场改好了，账目逐笔列出。")
    page.get_by_role("button", name=re.compile("复查通过")).click()
    expect(page.locator("main")).to_contain_text("已销号")
    axe_clean_in_all_looks(page, again=False)
